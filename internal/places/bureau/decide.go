package bureau

import (
	"context"
	"net/http"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
)

// ruling reads the form of a decision.
func ruling(f *page.Form) cases.Ruling {
	return cases.Ruling{Grant: f.Text("grant") == "1", Reason: f.Text("reason"), Basis: f.Text("basis"), Conditions: f.Text("conditions"), Heard: f.Text("heard"), False: f.Has("false")}
}

// previewDecision shows the decision paper as it would read, before anybody is
// bound by it; the form can still be changed.
func (b *Bureau) previewDecision(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	sheet, err := b.foreseen(r, f, by)
	if err != nil {
		return b.again(w, r, cases.Decide, f, by, err)
	}
	p, err := b.load(r, by, f)
	if err != nil {
		return err
	}
	p.Do, p.Ruling, p.Sent = cases.Decide, ruling(f), f
	if !f.Has("change") {
		p.Preview = &sheet
	}
	if err := b.prepare(r, &p); err != nil {
		return err
	}
	page.Show(w, r, caseView(p))
	return nil
}

func (b *Bureau) foreseen(r *http.Request, f *page.Form, by identity.Actor) (cases.Sheet, error) {
	id := cases.ID(r.PathValue("case"))
	if err := b.chosen(r.Context(), id, f, by); err != nil {
		return cases.Sheet{}, err
	}
	return b.Cases.DecisionPreview(r.Context(), id, f.Text("work"), ruling(f), by)
}

// chosen refuses a decision that says neither yes nor no.
func (b *Bureau) chosen(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) error {
	if g := f.Text("grant"); g == "1" || g == "0" {
		return nil
	}
	return b.undecided(ctx, id, by, "请选择准予还是不予", func(c *cases.Case) error { return c.Heeds(ruling(f)) })
}

// undecided asks for the choice that was not made, together with what either decision
// has to say.
func (b *Bureau) undecided(ctx context.Context, id cases.ID, by identity.Actor, ask string, rest func(*cases.Case) error) error {
	c, err := b.Cases.Case(ctx, id, by)
	if err != nil {
		return err
	}
	return fault.Together(fault.New(fault.Invalid, "bureau.decide.grant", "%s", ask).At("grant", "required", "%s", ask), rest(c))
}

// decide signs what was previewed.
func (b *Bureau) decide(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	if err := b.chosen(ctx, id, f, by); err != nil {
		return nil, err
	}
	return b.Cases.Decide(ctx, id, f.Text("work"), ruling(f), by)
}
