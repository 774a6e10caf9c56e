package bureau

import (
	"net/http"
	"net/url"
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/licensing"
	"tongban/internal/places/frame"
	"tongban/internal/register/certificates"
	"tongban/internal/register/licences"
)

// licencePage is one composite licence as the agencies of its parts see it: each
// acts on its own part and on no other.
type licencePage struct {
	frame.View
	Licence  *licences.Licence
	Holder   string
	Standing licences.Standing
	Validity string
	Parts    []permitView
	Moments  []frame.Moment
	Do       certificates.Act // whose form is open, on the part Of
	Of       string
	Done     certificates.Act
	Err      error
	Sent     *page.Form // what was sent and refused
}

// permitView is one part; what follows Own is there for its own agency only.
type permitView struct {
	licences.Part
	State certificates.State
	Own   bool
	Moves []certificates.Move
	Case  *cases.Case // on which it was granted; nil: not here
	Late  bool        // the licence is still to show what became of it
}

func actOfPermit(f *page.Form, name string) certificates.Act {
	return certificates.Act(f.OneOf(name, string(certificates.Suspend), string(certificates.Resume)))
}

func (b *Bureau) licence(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	p, err := b.licencePage(r, by)
	if err != nil {
		return err
	}
	q := page.Query(r)
	p.Do, p.Of, p.Done = actOfPermit(q, "do"), q.Text("part"), actOfPermit(q, "done")
	page.Show(w, r, licenceShown(p))
	return nil
}

func (b *Bureau) licencePage(r *http.Request, by identity.Actor) (p licencePage, err error) {
	ctx, today := r.Context(), calendar.DayOf(b.Now())
	if p.Licence, err = b.Licences.Own(ctx, licences.ID(r.PathValue("licence")), by); err != nil {
		return p, err
	}
	names, err := b.Parties.Names(ctx, p.Licence.Party)
	if err != nil {
		return p, err
	}
	editions, err := b.Licences.Editions(ctx, p.Licence.ID)
	if err != nil {
		return p, err
	}
	for _, part := range p.Licence.Parts {
		view, err := b.permit(r, part, today, by)
		if err != nil {
			return p, err
		}
		p.Parts = append(p.Parts, view)
	}
	p.View, p.Holder, p.Moments = frame.Of(r).Named("综合许可证 "+p.Licence.Name), names[p.Licence.Party], frame.Editions(editions, "/verify/")
	p.Standing, p.Validity = p.Licence.Standing(today), p.Licence.Validity(today)
	return p, nil
}

// permit is a part; for its own agency as its certificate stands now, with what
// may be done to it.
func (b *Bureau) permit(r *http.Request, part licences.Part, today calendar.Day, by identity.Actor) (permitView, error) {
	v := permitView{Part: part, State: part.Standing(today), Own: by.SpeaksFor(part.Agency.ID)}
	if !v.Own {
		return v, nil
	}
	c, err := b.Certificates.Certificate(r.Context(), part.Certificate, by)
	if err != nil {
		return v, err
	}
	v.Moves, v.State, v.Late = licensing.Moves(c, today, by), c.Standing(today), c.State != part.State
	if c.Case == "" {
		return v, nil
	}
	if v.Case, err = b.Cases.Case(r.Context(), cases.ID(c.Case), by); fault.Of(err) == fault.NotFound {
		return v, nil // granted elsewhere
	}
	return v, err
}

// asks is the act on a part whose form is open.
func (p licencePage) asks(part permitView) (certificates.Move, bool) {
	i := slices.IndexFunc(part.Moves, func(m certificates.Move) bool { return m.Act == p.Do })
	if i < 0 || p.Of != part.Certificate {
		return certificates.Move{}, false
	}
	return part.Moves[i], true
}

// open is the page with the form of an act on a part.
func (p licencePage) open(part permitView, m certificates.Move) string {
	return licenceURL(p.Licence.ID) + "?" + url.Values{"do": {string(m.Act)}, "part": {part.Certificate}}.Encode()
}

func (p licencePage) reason(m certificates.Move) frame.Field {
	f := frame.Field{Name: "reason", Label: m.Name + "的理由", Hint: "写明决定书文号和事实", Rows: 3, Max: 200}
	if p.Sent == nil {
		return f
	}
	f.Value = p.Sent.Text(f.Name)
	return f.Faulty(p.Err)
}

// late reports whether the licence is still to show what was just done.
func (p licencePage) late() bool {
	return slices.ContainsFunc(p.Parts, func(v permitView) bool { return v.Late })
}

// moveSay is what an act on a part means.
func moveSay(m certificates.Move) string {
	if m.Act == certificates.Suspend {
		return "暂扣以行政处罚决定为准，决定书送达后在这里登记（" + m.Basis + "）。只暂扣这一项，其他许可照常有效。"
	}
	return "暂扣期满或者整改合格后发还，这一项恢复有效。"
}
