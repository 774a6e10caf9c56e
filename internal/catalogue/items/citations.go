package items

import (
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/laws"
)

// citationRules hold what an edition cites to the register of laws (法条库). They
// need the register, which Check has not; see Citations.
var citationRules = []Rule{
	{"items.law.unknown", Warning, "引用的法律、文件须在法条库中", "徐政发〔2022〕21号（一）：依据须真实", nil},
	{"items.law.unlisted", Warning, "引用的条款须在法条库中", "徐政发〔2022〕21号（一）：依据须真实", nil},
	{"items.law.missing", Error, "引用的条款须存在", "徐政发〔2022〕21号（一）：依据须真实", nil},
	{"items.law.abolished", Error, "引用的条款在施行之日须有效", "阿营组发〔2018〕3号：没有法律法规依据的一律取消", nil},
	{"items.law.early", Error, "引用的条款在施行之日须已施行", "立法法：法律自施行之日起生效", nil},
}

// Citations holds every basis that the edition cites to the register: as of the
// day it takes effect or, once that has come, as of today. What the register does
// not know is to be confirmed, and told once for each law; what it knows better
// is an error at its field.
func (e *Edition) Citations(codex *laws.Codex, today calendar.Day) []Finding {
	if codex == nil {
		return nil
	}
	day := max(e.Effective, today)
	if e.Retired != 0 && e.Retired <= today {
		day = 0 // what it cited may have ended with it
	}
	var found []Finding
	unknown := map[string]bool{}
	e.eachBasis(func(path string, b Basis) {
		for _, v := range codex.Judge(b.Law, b.Article, day) {
			if title := laws.Title(b.Law); v.Doubt == laws.Unknown {
				if unknown[title] {
					continue
				}
				unknown[title] = true
			}
			severity := Warning
			if v.Doubt.Certain() {
				severity = Error
			}
			found = append(found, Finding{Rule: "items.law." + string(v.Doubt), Severity: severity, Path: path, Say: v.Say})
		}
	})
	return found
}

// eachBasis shows every basis of the edition with its path, in the order of the
// fields.
func (e *Edition) eachBasis(see func(path string, b Basis)) {
	each := func(path string, bases []Basis) {
		for i, b := range bases {
			if strings.TrimSpace(b.Law) != "" {
				see(at(path, i), b)
			}
		}
	}
	each("bases", e.Bases)
	for i, c := range e.Conditions {
		each(at("conditions", i)+".basis", c.Basis)
	}
	for i, m := range e.Materials {
		each(at("materials", i)+".basis", m.Basis)
	}
	for i, s := range e.Special {
		each(at("special", i)+".basis", s.Basis)
	}
	for i, m := range e.Mediators {
		each(at("mediators", i)+".basis", m.Basis)
	}
	for i, f := range e.Fees {
		each(at("fees", i)+".basis", f.Basis)
	}
}
