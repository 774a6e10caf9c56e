package bureau

import (
	"net/http"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/handling/hearings"
	"tongban/internal/places/frame"
)

// casePage is one case on one screen: what was handed in on the left, what is
// looked at in the middle, where it stands and what can be done on the right.
type casePage struct {
	frame.View
	by      identity.Actor
	now     time.Time
	days    clock.Days
	agency  *agencies.Directory
	Case    *cases.Case
	Edition *items.Edition
	Answers forms.Answers // sensitive ones masked
	Turns   []cases.Turn
	Tallies []flow.Tally // of countersigns
	Events  []cases.Event

	See      string // what stands in the middle: see sights
	Material string // the material looked at
	Hash     string // and the file of it

	Do      cases.Act // the act whose form is open; "" none
	Work    flow.Work // the work in hand; its ID is "" if there is none for this reader
	Special string    // the special procedure to be ended
	Done    cases.Act // what was just done
	Err     error
	Sent    *page.Form // what was sent and refused
	Request string     // names what the page's forms ask for, so that a double click does nothing twice

	Away     *elsewhere.Parcel // taken in at another place; nil: filed here
	Together bool              // other departments must see the same place
	Place    *cases.Standings  // among those who compete for a limited number; nil: it is not limited

	Earlier    []flow.Node    // where the work may be sent back to
	Colleagues []frame.Choice // who may take the work over
	Ruling     cases.Ruling   // of the decision being drawn up
	Preview    *cases.Sheet   // the decision paper before it is signed
	Seconds    []string       // who may sign next

	Speakers []*hearings.Signup // of the public, who were chosen for the hearing
}

// showCase is the case page as it is looked at.
func (b *Bureau) showCase(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r)
	p, err := b.load(r, by, q)
	if err != nil {
		return err
	}
	p.Do, p.Done, p.Special = actOf(q, "do"), actOf(q, "done"), q.Text("special")
	if err := b.prepare(r, &p); err != nil {
		return err
	}
	page.Show(w, r, caseView(p))
	return nil
}

// actOf is the act that the address names; "" if there is no such act.
func actOf(q *page.Form, name string) cases.Act {
	act := cases.Act(q.Text(name))
	if slices.ContainsFunc(cases.Life, func(m cases.Move) bool { return m.Act == act }) {
		return act
	}
	return ""
}

// load reads the case that the address names, for someone who may see it.
func (b *Bureau) load(r *http.Request, by identity.Actor, q *page.Form) (p casePage, err error) {
	ctx := r.Context()
	if p.Case, err = b.Cases.Case(ctx, cases.ID(r.PathValue("case")), by); err != nil {
		return p, err
	}
	if p.Away, err = b.Elsewhere.Of(ctx, p.Case.ID); err != nil {
		return p, err
	}
	if p.Together, err = b.Visits.Concerns(ctx, p.Case.ID, by); err != nil {
		return p, err
	}
	if p.Turns, p.Events, err = b.Cases.Course(ctx, p.Case, by); err != nil {
		return p, err
	}
	f, err := b.Cases.Frame(ctx, p.Case)
	if err != nil {
		return p, err
	}
	p.Tallies = f.Procedure.Tallies(p.Case.Flow)
	if p.Place, err = b.Cases.Standings(ctx, p.Case, f.Edition); err != nil {
		return p, err
	}
	if p.Answers, err = b.Cases.Answers(ctx, p.Case, by); err != nil {
		return p, err
	}
	if p.agency, err = b.Agencies.Directory(ctx); err != nil {
		return p, err
	}
	p.View, p.by, p.now, p.days, p.Edition = frame.Of(r).Named(p.Case.Applicant.Name+" "+p.Case.ItemName), by, b.Now(), b.Days, f.Edition
	p.Work, p.Request = inHand(p.Case, by, q.Text("work")), sqldb.NewID()
	p.See, p.Material, p.Hash = q.OneOf("see", sights...), q.Text("material"), q.Text("file")
	if p.See == "" {
		p.See = sights[0]
	}
	return p, nil
}

// experted reports whether experts may review the case, or do.
func (p casePage) experted() bool {
	_, on := cases.Experted(p.Edition)
	return on && p.Case.State == cases.Accepted
}

// sights are what may stand in the middle.
var sights = []string{"standard", "form", "material", "flow", "papers"}

// inHand is the work the reader is about: the one they name, else one they have
// taken, else one they may take.
func inHand(c *cases.Case, by identity.Actor, named string) flow.Work {
	mine := c.WorkFor(by)
	for _, fits := range []func(flow.Work) bool{
		func(w flow.Work) bool { return w.ID == named },
		func(w flow.Work) bool { return cases.Mine(w, by) },
		func(w flow.Work) bool { return cases.Asked(w, by) },
		func(flow.Work) bool { return true },
	} {
		if i := slices.IndexFunc(mine, fits); i >= 0 {
			return mine[i]
		}
	}
	return flow.Work{}
}

// prepare looks up what the open form offers.
func (b *Bureau) prepare(r *http.Request, p *casePage) (err error) {
	switch p.Do {
	case cases.SendBack:
		p.Earlier, err = b.Cases.Earlier(r.Context(), p.Case, p.Work)
	case cases.Transfer, cases.Delegate:
		p.Colleagues, err = b.colleagues(r, p.Work, p.by)
	case cases.AddSigner:
		p.Colleagues, err = b.signers(r.Context(), *p)
	case cases.AssignTesters:
		p.Colleagues, err = b.testers(r.Context(), *p)
	case cases.NoteHearing:
		p.Speakers, err = b.Hearings.Speakers(r.Context(), p.Case)
	}
	if err == nil && p.Work.Decides {
		p.Seconds, err = b.seconds(r, p.Work)
	}
	return err
}

// colleagues are the others who hold the post that the work asks for.
func (b *Bureau) colleagues(r *http.Request, w flow.Work, by identity.Actor) ([]frame.Choice, error) {
	holders, err := b.Staff.Holders(r.Context(), w.Agency, w.Role)
	if err != nil {
		return nil, err
	}
	all := []frame.Choice{{Value: "", Label: "请选择"}}
	for _, h := range holders {
		if h.Account != by.Account {
			all = append(all, frame.Choice{Value: h.Account, Label: h.Name + "（" + h.Post.Title + "）"})
		}
	}
	return all, nil
}

// seconds are those who may still sign the decision.
func (b *Bureau) seconds(r *http.Request, w flow.Work) ([]string, error) {
	holders, err := b.Staff.Holders(r.Context(), w.Agency, w.Role)
	var names []string
	for _, h := range holders {
		if !w.SignedBy(h.Account) && !slices.Contains(names, h.Name) {
			names = append(names, h.Name)
		}
	}
	return names, err
}
