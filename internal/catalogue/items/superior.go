package items

import (
	"cmp"
	"fmt"
	"slices"

	"tongban/internal/engine/clock"
)

// Exceeds finds what an edition goes beyond in its superior's of the same
// catalogue code. Name, type, guiding department and bases are locked; conditions,
// materials, situations, special procedures, mediators, fees, results, forms, ways,
// places, limits and visits may only be better for the applicant
// (徐政发〔2022〕21号（一）（四）). Each finding names the element and both values.
func (e *Edition) Exceeds(superior *Edition) []Finding {
	var found []Finding
	say := func(path, what, mine, theirs string) { found = append(found, exceeding(path, what, mine, theirs)) }
	for _, c := range []struct{ path, what, mine, theirs string }{
		{"codes.catalogue", "基本编码", e.Codes.Catalogue, superior.Codes.Catalogue}, {"name", "事项名称", e.Name, superior.Name},
		{"type", "事项类型", string(e.Type), string(superior.Type)}, {"guidance", "业务指导部门", e.Guidance, superior.Guidance},
		{"agencyKind", "实施主体性质", e.AgencyKind, superior.AgencyKind},
	} {
		if c.mine != c.theirs && c.theirs != "" {
			say(c.path, c.what, c.mine, c.theirs)
		}
	}
	for _, c := range []struct {
		path, what   string
		mine, theirs []string
	}{
		{"bases", "设定依据", citations(e.Bases), citations(superior.Bases)},
		{"materials", "申请材料", e.demanded(), superior.demanded()},
		{"special", "特别程序", e.specialNames(), superior.specialNames()},
		{"mediators", "中介服务", e.mediatorNames(), superior.mediatorNames()},
		{"fees", "收费项目", e.feeNames(), superior.feeNames()},
	} {
		for i, one := range c.mine {
			if !slices.Contains(c.theirs, one) {
				say(at(c.path, i), c.what, one, none)
			}
		}
	}
	return append(append(found, e.longerThan(superior)...), e.worseThan(superior)...)
}

// none is the superior's value where it has no such element.
const none = "没有这一项"

// exceeding is the finding that an element stands outside the superior's record.
func exceeding(path, what, mine, theirs string) Finding {
	return Finding{Rule: "items.superior", Severity: Error, Path: path, Say: fmt.Sprintf("%s超出上级目录：本级为“%s”，上级为“%s”", what, mine, theirs)}
}

// doubtful is the finding that an element may be better or worse than the
// superior's: a person has to weigh it, and nothing passes in silence.
func doubtful(path, what, mine, theirs string) Finding {
	return Finding{Rule: "items.superior.unproven", Severity: Warning, Path: path,
		Say: fmt.Sprintf("%s与上级目录不同，无法自动判断是否更严：本级为“%s”，上级为“%s”，请确认没有增加申请人的负担", what, mine, theirs)}
}

func limitOf(l clock.Limit) string {
	if l.None() {
		return "没有写明"
	}
	return l.String()
}

// Fixed are the elements that a superior's record fixes for everyone below:
// name, department, kind of agency and legal basis (徐政发〔2022〕21号（一）).
var Fixed = []string{"codes.catalogue", "name", "type", "guidance", "agencyKind", "bases"}

// Inherit takes over from the superior what its record fixes. What the superior
// leaves open is one's own to say.
func (e *Edition) Inherit(superior *Edition) {
	e.Codes.Catalogue = cmp.Or(superior.Codes.Catalogue, e.Codes.Catalogue)
	e.Name, e.Type = cmp.Or(superior.Name, e.Name), cmp.Or(superior.Type, e.Type)
	e.Guidance, e.AgencyKind = cmp.Or(superior.Guidance, e.Guidance), cmp.Or(superior.AgencyKind, e.AgencyKind)
	if len(superior.Bases) > 0 {
		e.Bases = slices.Clone(superior.Bases)
	}
}

// longerThan finds limits and visits that are worse than the superior's.
func (e *Edition) longerThan(superior *Edition) []Finding {
	var found []Finding
	worse := func(path, what, mine, theirs string) {
		found = append(found, Finding{Rule: "items.superior", Severity: Error, Path: path,
			Say: fmt.Sprintf("%s（%s）长于或者多于上级目录（%s）", what, mine, theirs)})
	}
	for _, c := range []struct {
		path, what   string
		mine, theirs clock.Limit
	}{
		{"statutory", "法定时限", e.Statutory, superior.Statutory}, {"promised", "承诺时限", e.Binding(), superior.Binding()},
		{"acceptLimit", "受理时限", e.AcceptLimit, superior.AcceptLimit},
	} {
		switch weighLimits(c.mine, c.theirs) {
		case heavier:
			worse(c.path, c.what, c.mine.String(), c.theirs.String())
		case unclear:
			found = append(found, doubtful(c.path, c.what, limitOf(c.mine), c.theirs.String()))
		}
	}
	if e.Visits > superior.Visits {
		worse("visits", "到办事现场次数", fmt.Sprintf("%d次", e.Visits), fmt.Sprintf("%d次", superior.Visits))
	}
	return found
}

func citations(bases []Basis) []string {
	return mapped(bases, Basis.String)
}

func (e *Edition) conditionTexts() []string {
	return mapped(e.Conditions, func(c Condition) string { return c.Text })
}

// demanded are the materials one cannot do without.
func (e *Edition) demanded() []string {
	var names []string
	for _, m := range e.Materials {
		if m.Necessity != Optional {
			names = append(names, m.Name)
		}
	}
	return names
}

func (e *Edition) specialNames() []string {
	return mapped(e.Special, func(s Special) string { return s.Name })
}

func (e *Edition) mediatorNames() []string {
	return mapped(e.Mediators, func(m Mediator) string { return m.Name })
}

func (e *Edition) feeNames() []string { return mapped(e.Fees, func(f Fee) string { return f.Name }) }

func mapped[T any](list []T, name func(T) string) []string {
	names := make([]string, len(list))
	for i, one := range list {
		names[i] = name(one)
	}
	return names
}
