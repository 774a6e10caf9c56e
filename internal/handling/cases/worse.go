package cases

import (
	"encoding/json"
	"fmt"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

// Worse lists, in words, in what a later edition would be worse for the
// applicant of this case, or cannot be proven not to be; none means that the
// case may be put under it: no later due day, no more materials, no lost step,
// nothing else that could turn against the applicant.
func (c *Case) Worse(old, new Frame, days clock.Days) []string {
	var all []string
	for _, look := range []func(was, is *items.Edition) []string{c.moreMaterials, c.moreConditions, fewerPlaces, otherForm, otherCourse, moreCosts, otherResult} {
		all = append(all, look(old.Edition, new.Edition)...)
	}
	all = append(all, later("承诺的办结日期", c.Promised, old.Edition.Promised, new.Edition.Promised, days)...)
	return append(all, later("法定的办结日期", c.Statutory, old.Edition.Statutory, new.Edition.Statutory, days)...)
}

// later compares the day a clock ends with the day it would end under another
// limit; before the clock runs the limits themselves are compared.
func later(what string, k clock.Clock, was, is clock.Limit, days clock.Days) []string {
	if was == is {
		return nil
	}
	if k.Started == 0 {
		if !is.None() && !was.None() && is.Unit == was.Unit && is.N <= was.N {
			return nil
		}
		return []string{fmt.Sprintf("%s：时限由%s改为%s，不能证明不更晚", what, was, is)}
	}
	now, then := k.Due(days), relimit(k, is).Due(days)
	switch {
	case is.None() || !now.Known || !then.Known:
		return []string{what + "不能确定"}
	case then.Day > now.Day:
		return []string{fmt.Sprintf("%s会从%s推迟到%s", what, now.Day.Han(), then.Day.Han())}
	}
	return nil
}

// moreMaterials are materials that the later edition asks of this applicant and
// that are neither on file nor asked for now.
func (c *Case) moreMaterials(was, is *items.Edition) []string {
	asked := map[string]items.Material{}
	for _, m := range was.MaterialsFor(c.Answers) {
		asked[m.ID] = m
	}
	var all []string
	for _, m := range is.MaterialsFor(c.Answers) {
		before, known := asked[m.ID]
		_, has := c.Has(m.ID)
		switch {
		case m.Necessity == items.Optional || has && known && before.Name == m.Name:
		case !known || before.Name != m.Name || before.Necessity == items.Optional:
			all = append(all, "要多交“"+m.Name+"”")
		case before.MayFollow() && !m.MayFollow() || before.Promisable && !m.Promisable || before.Fetched() && !m.Fetched(), before.FetchedIfOwn() && !m.Fetched() && !m.FetchedIfOwn():
			all = append(all, "“"+m.Name+"”不再能容缺、承诺或者免交")
		}
	}
	return all
}

func (c *Case) moreConditions(was, is *items.Edition) []string {
	var all []string
	if len(c.Pledges) > 0 && !same(was.Pledge, is.Pledge) {
		all = append(all, "告知承诺的核查和整改安排有变化")
	}
	before := was.ConditionsFor(c.Answers)
	for _, one := range is.ConditionsFor(c.Answers) {
		if !slices.ContainsFunc(before, func(b items.Condition) bool { return b.Text == one.Text && b.Kind == one.Kind }) {
			all = append(all, "条件有变：“"+one.Text+"”")
		}
	}
	return all
}

// otherForm finds that the form or the questions differ: what was answered may
// mean something else then.
func otherForm(was, is *items.Edition) []string {
	if same(was.Form, is.Form) && same(was.Questions, is.Questions) {
		return nil
	}
	return []string{"表单或者情形问题有变化，已填的内容不能直接沿用"}
}

// otherCourse finds that the procedure leads elsewhere. Limits of steps and
// words may change; who does what in which order may not, because the case
// stands somewhere in it.
func otherCourse(was, is *items.Edition) []string {
	if same(bare(was.Procedure), bare(is.Procedure)) {
		return nil
	}
	return []string{"环节、走向或者办理岗位有变化，不能证明没有减少环节"}
}

// bare is a procedure without what is only read or drawn.
func bare(d flow.Definition) flow.Definition {
	out := flow.Definition{Nodes: slices.Clone(d.Nodes), Edges: slices.Clone(d.Edges)}
	for i := range out.Nodes {
		n := &out.Nodes[i]
		n.Name, n.Standard, n.Authority, n.Limit, n.Box = "", "", "", limitOf(*n), nil
	}
	for i := range out.Edges {
		out.Edges[i].Name, out.Edges[i].Points = "", nil
	}
	return out
}

// limitOf keeps the time of timers, which decides what happens; that of steps
// binds only those who work.
func limitOf(n flow.Node) clock.Limit {
	if n.Kind == flow.Timer {
		return n.Limit
	}
	return clock.Limit{}
}

// fewerPlaces finds that fewer are granted, or counted in another way.
func fewerPlaces(was, is *items.Edition) []string {
	more := is.Quantity
	more.N = was.Quantity.N
	if !is.Quantity.Counted() || was.Quantity.N <= is.Quantity.N && same(was.Quantity, more) {
		return nil
	}
	return []string{"名额或者名额的算法有变化：" + is.Quantity.String()}
}

func moreCosts(was, is *items.Edition) []string {
	var all []string
	for _, f := range is.Fees {
		if !slices.ContainsFunc(was.Fees, func(b items.Fee) bool { return b.Name == f.Name && b.Standard == f.Standard }) {
			all = append(all, "收费有变：“"+f.Name+"”")
		}
	}
	if !same(was.Special, is.Special) {
		all = append(all, "特别程序有变化")
	}
	if len(is.Mediators) > len(was.Mediators) {
		all = append(all, "中介服务增加")
	}
	return all
}

// otherResult finds that something else would be decided or issued.
func otherResult(was, is *items.Edition) []string {
	if was.Type == is.Type && was.Kind == is.Kind && was.Agency == is.Agency && same(was.Results, is.Results) {
		return nil
	}
	return []string{"事项类型、实施主体或者办理结果有变化"}
}

// same compares as written down.
func same(a, b any) bool {
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err == nil && err2 == nil && string(x) == string(y)
}
