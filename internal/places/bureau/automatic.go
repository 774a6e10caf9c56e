package bureau

import (
	"context"
	"net/http"
	"net/url"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// checksPage is the automatic decisions of an agency that a person still has to
// look at (抽查和纠错).
type checksPage struct {
	frame.View
	Post     string
	Agencies []frame.Choice
	Agency   string
	Find     string
	Rows     []checkRow
	Next     string
}

type checkRow struct {
	Href, Item, Number, Applicant, Closed, Want string
	Tone                                        frame.Tone
}

// checks lists them for the agencies the reader works in.
func (b *Bureau) checks(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	dir, err := b.Agencies.Directory(r.Context())
	if err != nil {
		return err
	}
	q := page.Query(r)
	p := checksPage{View: frame.Of(r).Named("抽查和纠错"), Find: q.Text("q")}
	p.Agency, p.Agencies = workplaces(by, q.Text("agency"), dir)
	p.Post = dir.Name(p.Agency)
	rows, err := b.Cases.Checks(r.Context(), p.Agency, p.Find, q.Text("after"), by)
	if err != nil {
		return err
	}
	for _, row := range rows {
		one := checkRow{Href: caseURL(row.ID), Item: row.ItemName, Number: row.Number, Applicant: row.Applicant, Closed: moment(row.Closed), Want: "待抽查", Tone: frame.Amber}
		if row.Case.Prejudged.Check != nil {
			one.Want, one.Tone = "待纠正", frame.Red
		}
		p.Rows = append(p.Rows, one)
	}
	if len(rows) == perPage {
		p.Next = "/bureau/checks?" + url.Values{"agency": {p.Agency}, "q": {p.Find}, "after": {rows[len(rows)-1].Cursor}}.Encode()
	}
	page.Show(w, r, checksTable(p))
	return nil
}

func (b *Bureau) check(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	return b.Cases.CheckDecision(ctx, id, f.Text("right") == "1", f.Text("say"), f.Text("rule"), f.Text("ground"), by)
}

func (b *Bureau) mend(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	return b.Cases.MendDecision(ctx, id, f.Text("how"), by)
}

// reckoned is the latest automatic review, from the facts already read.
func (p casePage) reckoned() *cases.Reckoned {
	if p.Case.Prejudged == nil {
		return nil
	}
	for _, e := range p.Events {
		if e.Seq == p.Case.Prejudged.Seq {
			return e.Reckoned
		}
	}
	return nil
}

// checkable reports whether the reader may check, or mend, an automatic decision.
func (p casePage) checkable(act cases.Act) bool {
	pre := p.Case.Prejudged
	switch {
	case pre == nil || !pre.Granted:
		return false
	case act == cases.Check:
		return pre.Check == nil
	}
	return pre.Check != nil && !pre.Check.Right && pre.Check.Mended == ""
}

func ruleChoices(p casePage) []frame.Choice {
	all := []frame.Choice{{Value: "", Label: "（不是规则的问题）"}}
	if r := p.reckoned(); r != nil {
		for _, one := range r.Rules {
			all = append(all, frame.Choice{Value: one.ID, Label: one.Name})
		}
	}
	return all
}

// undoChoices are how a wrong decision is corrected: annulled on a ground that
// the law names, or put right in a way that leaves it standing.
func undoChoices() []frame.Choice {
	all := []frame.Choice{{Value: "", Label: "不影响决定效力，另行更正"}}
	for _, ground := range cases.Annulling.Grounds(items.Licence) {
		all = append(all, frame.Choice{Value: ground, Label: "撤销：" + ground})
	}
	return all
}
