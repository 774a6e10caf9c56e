package bureau

import (
	"context"
	"net/http"
	"strings"
	"time"
	"tongban/internal/ground/sqldb"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// deed reads one form and does what it asks for.
type deed func(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error)

// act does something to a case. What the rule refuses is shown on the case
// page, at its field.
func (b *Bureau) act(act cases.Act, do deed) frame.Act {
	return func(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
		f, err := page.ReadUpload(w, r, mostSent(act))
		if err != nil {
			return err
		}
		by.Request = f.Text("request")
		c, err := do(r.Context(), cases.ID(r.PathValue("case")), f, by)
		if err != nil {
			return b.again(w, r, act, f, by, err)
		}
		page.SeeOther(w, r, next(c, act, f))
		return nil
	}
}

// next is where one goes on after an act: to the same case.
func next(c *cases.Case, act cases.Act, f *page.Form) string {
	to := caseURL(c.ID) + "?done=" + string(act)
	if _, still := c.Flow.Find(f.Text("work")); still {
		to += "&work=" + f.Text("work")
	}
	if see := f.OneOf("see", sights...); see != "" {
		to += "&see=" + see
	}
	return to
}

// again shows the case page with the form that was refused.
func (b *Bureau) again(w http.ResponseWriter, r *http.Request, act cases.Act, f *page.Form, by identity.Actor, refused error) error {
	refused = frame.AtEvidence(refused)
	if kind := fault.Of(refused); kind != fault.Invalid && kind != fault.Conflict && kind != fault.Forbidden {
		return refused
	}
	p, err := b.load(r, by, f)
	if err != nil {
		return err
	}
	p.Do, p.Err, p.Sent, p.Special, p.Ruling = act, refused, f, f.Text("special"), ruling(f)
	if err := b.prepare(r, &p); err != nil {
		return err
	}
	p.View = p.View.Faulty(refused)
	page.ShowFault(w, r, refused, caseView(p))
	return nil
}

func (b *Bureau) claim(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	return b.Cases.Claim(ctx, id, f.Text("work"), by)
}

func (b *Bureau) release(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	return b.Cases.Release(ctx, id, f.Text("work"), by)
}

func (b *Bureau) review(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	opinion := f.Text("opinion")
	reason := opinionText(opinion, f.Text("reason"), f.All("point"))
	c, err := b.Cases.Case(ctx, id, by)
	if err != nil {
		return nil, err // whose case it is not keeps no files here
	}
	evidence, err := frame.ReadEvidence(ctx, f, b.Files)
	if err != nil {
		_, also := c.Review(f.Text("work"), opinion, reason, by, b.Now(), evidence...)
		return nil, frame.WithEvidence(err, also)
	}
	return b.Cases.Review(ctx, id, f.Text("work"), opinion, reason, by, evidence...)
}

// opinionText is the reason with the points that were gone through before it;
// ticking points is no reason by itself where one is asked for.
func opinionText(opinion, reason string, points []string) string {
	switch {
	case len(points) == 0, reason == "" && opinion != cases.Opinions[0]:
		return reason
	case reason == "":
		return "已核对：" + strings.Join(points, "；") + "。"
	}
	return "已核对：" + strings.Join(points, "；") + "。" + reason
}

func (b *Bureau) sendBack(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	return b.Cases.SendBack(ctx, id, f.Text("work"), f.Text("to"), f.Text("reason"), by)
}

// transfer hands the work to a colleague whom the list of holders knows.
func (b *Bureau) transfer(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	return b.handOver(ctx, id, f, by, b.Cases.Transfer)
}

// delegate has such a colleague do it in one's name.
func (b *Bureau) delegate(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	return b.handOver(ctx, id, f, by, b.Cases.Delegate)
}

// addSigner asks somebody of the agencies that have to do with the case.
func (b *Bureau) addSigner(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	c, err := b.Cases.Case(ctx, id, by)
	if err != nil {
		return nil, err
	}
	to, err := b.Staff.Signer(ctx, f.Text("to"))
	if err != nil {
		_, also := c.AddSigner(f.Text("work"), to, f.Text("reason"), by, b.Now())
		return nil, fault.Together(err, also)
	}
	return b.Cases.AddSigner(ctx, id, f.Text("work"), to, f.Text("reason"), by)
}

type handing func(ctx context.Context, id cases.ID, work string, to identity.Actor, reason string, by identity.Actor) (*cases.Case, error)

func (b *Bureau) handOver(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor, do handing) (*cases.Case, error) {
	c, err := b.Cases.Case(ctx, id, by)
	if err != nil {
		return nil, err
	}
	w, _ := c.Flow.Find(f.Text("work")) // work that is gone is refused by the rule
	holders, err := b.Staff.Holders(ctx, w.Agency, w.Role)
	if err != nil {
		return nil, err
	}
	var to identity.Actor
	for _, h := range holders {
		if h.Account == f.Text("to") {
			to = identity.Actor{Account: h.Account, Name: h.Name, Posts: append(to.Posts, h.Post)}
		}
	}
	return do(ctx, id, f.Text("work"), to, f.Text("reason"), by)
}

func (b *Bureau) openSpecial(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	return b.Cases.OpenSpecial(ctx, id, f.Text("name"), f.Text("reason"), by, cases.SpecialRecord{Asker: f.Text("asker"), Approver: f.Text("approver")})
}

func (b *Bureau) closeSpecial(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	c, err := b.Cases.Case(ctx, id, by)
	if err != nil {
		return nil, err // whose case it is not keeps no files here
	}
	evidence, err := frame.ReadEvidence(ctx, f, b.Files)
	end := cases.SpecialEnd{Result: f.Text("result"), Opinion: f.Text("opinion"), Evidence: evidence}
	if err != nil {
		_, also := c.CloseSpecial(f.Text("special"), end, by, b.Now())
		return nil, frame.WithEvidence(err, also)
	}
	return b.Cases.CloseSpecial(ctx, id, f.Text("special"), end, by)
}

func (b *Bureau) tellHearing(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	return b.Cases.TellHearing(ctx, id, cases.Hearing{About: f.Text("about"), Reason: f.Text("reason")}, by)
}

// hearingTime is a day with an hour like 9:30; no time if either is missing.
func hearingTime(day, hour string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", day+" "+hour, calendar.Zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

func (b *Bureau) extend(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	x := cases.Extension{Limit: clock.Limit{N: f.Int("days"), Unit: clock.WorkingDays}, Reason: f.Text("reason"), Approver: f.Text("approver")}
	return sqldb.Judged(ctx, f.Err(), func(ctx context.Context) (*cases.Case, error) { return b.Cases.Extend(ctx, id, x, by) })
}

func (b *Bureau) terminate(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	x := frame.ReadEnding(f)
	return sqldb.Judged(ctx, f.Err(), func(ctx context.Context) (*cases.Case, error) { return b.Cases.Terminate(ctx, id, x, by) })
}

func (b *Bureau) deliver(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	d, err := frame.ReadService(ctx, f, b.Files)
	return sqldb.Judged(ctx, err, func(ctx context.Context) (*cases.Case, error) { return b.Cases.Deliver(ctx, id, d, by) })
}

// servePaper notes that a refusal or a notice reached whom it is for.
func (b *Bureau) servePaper(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	d, err := frame.ReadService(ctx, f, b.Files)
	which, _ := cases.ParseRef(f.Text("paper")) // one that names nothing is refused by the rule
	return sqldb.Judged(ctx, err, func(ctx context.Context) (*cases.Case, error) { return b.Cases.ServePaper(ctx, id, which, d, by) })
}
