package bureau

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

func (b *Bureau) vetLater(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	return b.Cases.Vet(ctx, id, f.Text("opinion"), by)
}

func (b *Bureau) proposeLater(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	kind, ground, _ := strings.Cut(f.Text("ground"), "：")
	return b.Cases.Propose(ctx, id, cases.Later{Kind: cases.LaterKind(kind), Ground: ground, Reason: f.Text("reason"), Basis: f.Text("basis")}, by)
}

func (b *Bureau) concludeLater(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	grant := f.OneOf("grant", "yes", "no")
	r := cases.LaterRuling{Grant: grant == "yes", Reason: f.Text("reason"), Answer: f.Text("answer")}
	if grant == "" {
		r.Grant = true // of the rest is told what either decision has to say
		return nil, b.undecided(ctx, id, by, "请选择怎样决定", func(c *cases.Case) error { return c.Replies(cases.DismissLater, r) })
	}
	return b.Cases.Conclude(ctx, id, r, by)
}

func (b *Bureau) serveLater(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	d, err := frame.ReadService(ctx, f, b.Files)
	return sqldb.Judged(ctx, err, func(ctx context.Context) (*cases.Case, error) { return b.Cases.ServeLater(ctx, id, d, by) })
}

// offersLater reports whether the act has its turn: one thing at a time, judged
// by the agency that decided, by two people.
func (p casePage) offersLater(act cases.Act) bool {
	l, own := p.Case.Later, slices.Contains(agenciesOf(posts(p.by)), p.Case.Agency)
	_, gone := p.Case.Gone()
	switch act {
	case cases.ProposeLater:
		return own && !gone && !l.Pending()
	case cases.VetLater:
		return own && l.Pending() && l.Asked && l.By == ""
	case cases.DismissLater:
		return own && l.Pending() && l.By != "" && l.By != p.by.Account
	}
	return l != nil && l.Done && l.Served == nil
}

// groundChoices are the cases that the law names, under what may follow.
func groundChoices(p casePage) []frame.Choice {
	var all []frame.Choice
	for _, kind := range cases.LaterKinds {
		for _, ground := range kind.Grounds(p.Edition.Type) {
			value := string(kind) + "：" + ground
			all = append(all, frame.Choice{Value: value, Label: kind.Han() + "：" + ground, Hint: kind.Article(p.Edition, ground), On: p.value("ground") == value})
		}
	}
	return all
}

// undoings are what the agency may begin for the item.
func undoings(p casePage) string { return heardFirst(p) + "、" + cases.Cancelling.Han() }

// heardFirst are those of them before which the holder is heard.
func heardFirst(p casePage) string {
	var all []string
	for _, kind := range cases.LaterKinds {
		if kind.Heard() && len(kind.Grounds(p.Edition.Type)) > 0 {
			all = append(all, kind.Han())
		}
	}
	return strings.Join(all, "、")
}

// basisOf says what the form wants of the law on which a proposal rests.
func basisOf(p casePage) frame.Field {
	f := frame.Field{Name: "basis", Label: "依据", Hint: "不填的，写所选情形下面的法条", Opt: true, Max: 300}
	if p.Edition.Type != items.Licence {
		f.Hint, f.Opt = "所选情形下面没有法条的必须写明：哪部法律、法规、规章，第几条", false
	}
	return f
}

func concludeChoices(p casePage) []frame.Choice {
	l, no := p.Case.Later, "不予"+p.Case.Later.Kind.Han()
	return []frame.Choice{{Value: "yes", Label: l.Kind.Han(), Hint: cmp.Or(l.Basis, l.Kind.Article(p.Edition, l.Ground)), On: p.value("grant") == "yes"}, {Value: "no", Label: no, On: p.value("grant") == "no"}}
}

// extendSay is what the law says of putting a decision off.
func extendSay(p casePage) string {
	most, law := p.Case.DecisionTerm().Extension, frame.Cited(cases.MoveOf(cases.Extend).Rests(p.Edition))
	if p.Case.Statutory.Limit.Unit.Counts() == clock.CalendarDays {
		most = most.In(clock.CalendarDays)
	}
	if p.Case.Joint != "" {
		return p.Case.Joint + "的事项，只能延长一次，最长" + most.String() + "；经本级人民政府负责人批准，并将理由告知申请人" + law + "。"
	}
	return "只能延长一次，最长" + most.String() + "；由您作为行政机关负责人批准，并将理由告知申请人" + law + "。"
}

// extendUnit is in what the form asks how much longer: in that in which the legal
// limit counts, and in days where it counts hours.
func extendUnit(p casePage) string {
	switch p.Case.Statutory.Limit.Unit.Counts() {
	case clock.CalendarDays:
		return "个自然日"
	case clock.WorkingHours:
		return "个工作日（每日按8个工作小时折算）"
	}
	return "个工作日"
}

func laterTitle(l cases.Later) string {
	if l.Asked {
		return "申请" + l.Kind.Han()
	}
	return "拟" + l.Kind.Han()
}

func laterState(l cases.Later) string {
	switch {
	case l.Deemed:
		return "视为准予" + l.Kind.Han()
	case l.Done && l.Granted:
		return "已" + l.Kind.Han()
	case l.Done:
		return "不予" + l.Kind.Han()
	case l.By == "":
		return "待审查"
	case l.Owned() && l.Plea == nil:
		return "等待陈述、申辩"
	}
	return "待决定"
}

func laterTone(l cases.Later) frame.Tone {
	switch {
	case !l.Done:
		return frame.Amber
	case l.Granted && l.Kind.Favours():
		return frame.Green
	case l.Granted:
		return frame.Red
	}
	return frame.Plain
}

// laterRows are what is known of it.
func laterRows(p casePage) []frame.Row {
	l := p.Case.Later
	rows := []frame.Row{{Key: "情形", Value: l.Ground}, {Key: "理由", Value: l.Reason}, {Key: "依据", Value: l.Basis}}
	for _, x := range l.Changes {
		rows = append(rows, frame.Row{Key: "变更" + x.Name, Value: x.Say})
	}
	if l.Till != 0 {
		rows = append(rows, frame.Row{Key: "延续至", Value: l.Till.Han()})
	}
	rows = append(rows, frame.Row{Key: "审查", Value: l.ByName + " " + l.Opinion})
	if l.Until != 0 {
		rows = append(rows, frame.Row{Key: "陈述、申辩期限", Value: l.Until.Han()})
	}
	if l.Plea != nil {
		rows = append(rows, frame.Row{Key: "陈述、申辩", Value: l.Plea.Text})
		if l.Plea.Hearing {
			rows = append(rows, frame.Row{Key: "听证", Value: "持证人要求听证"})
		}
	}
	rows = append(rows, frame.Row{Key: "决定理由", Value: l.Why}, frame.Row{Key: "对意见的答复", Value: l.Answer})
	if l.Done && !l.Deemed {
		rows = append(rows, frame.Row{Key: "签署人", Value: joined(l.Signed)})
	}
	if s := l.Served; s != nil {
		rows = append(rows, frame.Row{Key: "送达", Value: moment(s.At) + cases.Ways[s.Way]})
	}
	kept := rows[:0]
	for _, row := range rows {
		if strings.TrimSpace(row.Value) != "" {
			kept = append(kept, row)
		}
	}
	return kept
}
