package scheme

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
)

// materials reads what the scheme demands of the whole.
func (r *reading) materials() {
	for i, f := range list(listed(r.take(r.f, "materials"))) {
		heads, headed := f.sorted()
		for _, head := range heads {
			if note, ok := f[head].(string); ok && !office.MatchString(head) {
				r.demand(fields{"name": head, "note": note}, "materials."+head)
				continue
			}
			for j, one := range list(listed(f[head])) {
				r.demand(one, fmt.Sprintf("materials.%s[%d]", head, j))
			}
		}
		if !headed {
			r.demand(f, fmt.Sprintf("materials[%d]", i))
		}
	}
}

// office is the name of a department, and not of a paper.
var office = regexp.MustCompile(`(?:局|委|办|厅|部|部门|中心|残联|税务|公安|民政|人社|医保|卫健|海关|银行|单位)$`)

func (r *reading) demand(f fields, path string) {
	if m, ok := r.material(f, path, len(r.t.Materials)); ok {
		if slices.ContainsFunc(r.t.Materials, func(o items.Material) bool { return o.Name == m.Name }) {
			r.warn("material.twice", path, "材料“%s”列了两次，请确认是不是同一份；推算时只要一份", short(m.Name))
		}
		r.t.Materials = append(r.t.Materials, m)
	}
}

func (r *reading) material(f fields, path string, i int) (items.Material, bool) {
	v, n := f.title()
	m := items.Material{ID: fmt.Sprintf("s%d", i+1), Name: textOf(v), Necessity: items.Must}
	if m.Name == "" {
		r.warn("material.name", path, "这份材料没有名称，没有计入")
		return m, false
	}
	used := []string{n}
	note := func(key string) any {
		v, n := f.find(key)
		used = append(used, n)
		return v
	}
	r.necessity(&m, path, note("required"))
	if yes, known := truth(note("auto")); known && yes {
		r.t.Generated = append(r.t.Generated, m.Name)
	}
	if exempt := note("exempt"); exempt != nil {
		if yes, known := truth(exempt); !known || yes {
			m.Certificate = m.Name
		}
	}
	m.Note = textOf(note("note"))
	m.Kind, m.Form = kindOf(textOf(note("kind"))), formOf(textOf(note("form")))
	m.Copies, _ = number(note("copies"))
	m.Issuer = textOf(first(f["channel"], f["来源"]))
	m.When = r.condition(path+".when", textOf(note("when")))
	for _, n := range slices.Sorted(maps.Keys(f)) {
		if !slices.Contains(used, n) && !slices.Contains([]string{"channel", "来源", "来源渠道", "submit", "id", "序号"}, n) {
			r.warn("field", path+"."+n, "材料“%s”的“%s”（%s）没有读懂，没有计入", short(m.Name), n, short(textOf(f[n])))
		}
	}
	return m, true
}

func (r *reading) necessity(m *items.Material, path string, v any) {
	text := textOf(v)
	yes, known := truth(v)
	switch {
	case v == nil || known && yes:
	case strings.Contains(text, "容缺"):
		m.Necessity, m.Deferrable = items.LaterOK, true
	case known:
		m.Necessity = items.Optional
	default:
		r.warn("material.required", path, "材料“%s”的必要性“%s”没有读懂，按必要计", short(m.Name), short(text))
	}
}

func kindOf(s string) items.Copy {
	for _, k := range []items.Copy{items.OriginalAndCopy, items.OriginalOrCopy, items.Original, items.Duplicate} {
		if s == string(k) {
			return k
		}
	}
	return ""
}

func formOf(s string) items.PaperForm {
	for _, k := range []items.PaperForm{items.PaperOrElectronic, items.Paper, items.Electronic} {
		if s == string(k) {
			return k
		}
	}
	return ""
}

var counted = map[string]string{
	"materials": "materials", "材料": "materials", "days": "days", "working_days": "days", "时间": "days", "时限": "days",
	"visits": "visits", "跑动": "visits", "跑动次数": "visits", "steps": "steps", "环节": "steps", "items": "items", "units": "units", "部门": "units",
}

// claims are the numbers the scheme gives of itself.
func (r *reading) claims() {
	read := func(v any, after bool, path string) {
		m, _ := v.(map[string]any)
		for _, n := range slices.Sorted(maps.Keys(m)) {
			count, ok := number(m[n])
			switch {
			case counted[n] != "" && ok:
				r.s.Claims = append(r.s.Claims, Claim{counted[n], after, count})
			case n != "faq" && n != "conditions":
				r.warn("claim", path+"."+n, "“%s”（%s）没有读懂，没有比较", n, short(textOf(m[n])))
			}
		}
	}
	read(r.take(r.f, "counts"), true, "counts")
	if n, ok := number(r.take(r.f, "itemCount")); ok {
		r.s.Claims = append(r.s.Claims, Claim{"items", true, n})
	}
	if m, ok := r.take(r.f, "beforeAfter").(map[string]any); ok {
		f := fields(m)
		read(first(f["before"], f["改革前"]), false, "before_after.before")
		read(first(f["after"], f["改革后"]), true, "before_after.after")
	}
	for _, a := range r.s.Claims {
		for _, b := range r.s.Claims {
			if a.After && !b.After && a.What == b.What && a.N > b.N {
				r.warn("claim.worse", "before_after", "方案自称改革后（%d）比改革前（%d）还多，请核对是否写反", a.N, b.N)
			}
		}
	}
}

// Compare holds the numbers of the scheme against those computed: what does not
// agree is a finding, for either the scheme or the list behind it is not whole.
func (s *Scheme) Compare(c *themes.Composed) []themes.Finding {
	var all []themes.Finding
	for _, claim := range s.Claims {
		if !countable(c, claim) {
			all = append(all, unlisted(c, claim)...)
			continue
		}
		n, what := claim.reckoned(c)
		if what == "" || n == claim.N {
			continue
		}
		side := "分别办理"
		if claim.After {
			side = "一件事办理"
		}
		all = append(all, themes.Finding{Rule: "scheme.claim", Severity: items.Warning, Path: "before_after",
			Say: fmt.Sprintf("方案称%s%d%s，按所列内容计算为%d%s，请核对方案是否列全", side, claim.N, what, n, what)})
	}
	return all
}

// reckoned is how much there is by the parts of what a claim is about, and in which
// measure; "" if that is nothing to count.
func (x Claim) reckoned(c *themes.Composed) (n int, what string) {
	switch x.What {
	case "materials":
		return of2(c.Saved.Materials, x.After), "份材料"
	case "days":
		return of2(c.Saved.Days, x.After), "个工作日"
	case "visits":
		return of2(c.Saved.Visits, x.After), "次跑动"
	case "steps":
		return of2(c.Saved.Steps, x.After), "个环节"
	case "items":
		return len(c.Parts), "个事项"
	}
	return 0, ""
}

// unlisted tells of a number of materials behind which no list stands.
func unlisted(c *themes.Composed, claim Claim) []themes.Finding {
	if claim.What != "materials" || claim.After && len(c.Theme.Materials) > 0 {
		return nil
	}
	side := "分别办理要"
	if claim.After {
		side = ""
	}
	return []themes.Finding{{Rule: "scheme.claim.unlisted", Severity: items.Warning, Path: "materials",
		Say: fmt.Sprintf("方案称%s%d份材料，却没有列出是哪些，无从比较，请补列", side, claim.N)}}
}

// countable reports whether the scheme lists what it counts.
func countable(c *themes.Composed, claim Claim) bool {
	switch claim.What {
	case "materials":
		apart := slices.ContainsFunc(c.Parts, func(p themes.Part) bool { return len(p.Edition.Materials) > 0 })
		return apart || claim.After && len(c.Theme.Materials) > 0
	case "days":
		return len(c.Parts) > 0 && len(c.Plan.Unknown) == 0 && (!claim.After || c.Theme.Promised.None())
	case "visits", "steps":
		return !claim.After && len(c.Parts) > 0 && claim.What == "steps"
	}
	return true
}

func of2(s themes.Saving, after bool) int {
	if after {
		return s.Jointly
	}
	return s.Apart
}
