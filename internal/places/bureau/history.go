package bureau

import (
	"net/http"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// historyPage is everything that happened to a case, with its proof.
type historyPage struct {
	frame.View
	Case   *cases.Case
	Rows   []frame.Fact
	Papers []frame.Moment // how its originals travelled
	Broken string         // the first difference that an audit finds; "" the case is what its facts say
}

// history is the case's complete history (全过程留痕), audited as it is shown.
func (b *Bureau) history(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	c, err := b.Cases.Case(r.Context(), cases.ID(r.PathValue("case")), by)
	if err != nil {
		return err
	}
	events, err := b.Cases.History(r.Context(), c.ID, by)
	if err != nil {
		return err
	}
	found, err := b.Cases.AuditOne(r.Context(), c.ID)
	if err != nil {
		return err
	}
	f, err := b.Cases.Frame(r.Context(), c)
	if err != nil {
		return err
	}
	dir, err := b.Agencies.Directory(r.Context())
	if err != nil {
		return err
	}
	p := historyPage{View: frame.Of(r).Named("全过程留痕"), Case: c}
	if found != nil {
		p.Broken = found.Say
	}
	p.Rows = frame.FactsOf(events, f.Edition, dir)
	slips, err := b.Relay.Of(r.Context(), c, by)
	if err != nil {
		return err
	}
	p.Papers = frame.Originals(slips, string(c.ID))
	page.Show(w, r, historyView(p))
	return nil
}

// forWhom says beside a name in whose place they acted.
func forWhom(absent string) string {
	if absent == "" {
		return ""
	}
	return "（代" + absent + "）"
}
