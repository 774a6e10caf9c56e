package desk

import (
	"context"
	"fmt"
	"net/http"

	"github.com/a-h/templ"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
)

// standing is where a case stands and why, with what a supervisor may do about it.
type standing struct {
	Case    *cases.Case
	Why     supervision.Reason
	Late    bool
	Gantt   templ.Component
	Urge    frame.Field // of the text, filled in
	Until   frame.Field // by when an answer is asked for
	To      string      // whom it is to
	MayUrge bool
	Work    string // which may be given to someone else; "" none
	Step    string
	Hand    frame.Field // to whom
	Hands   []frame.Choice
	Reason  frame.Field
	Events  int
	Back    string // where an act leads back to
	Request string
}

func (d *Desk) standing(ctx context.Context, c *cases.Case, by identity.Actor) (*standing, error) {
	sight, err := d.Supervision.Look(ctx, c, by)
	if err != nil {
		return nil, err
	}
	chart := sight.Chart()
	lanes, ticks := gantt(chart)
	s := &standing{Case: c, Why: sight.Why(), Late: sight.Late(), Events: len(sight.Events), Request: sqldb.NewID(),
		Gantt: frame.Gantt(lanes, ticks, chart.Span, chart.Promise, chart.Now, chart.DueName, chart.Sentence)}
	for _, m := range c.May(by) {
		s.MayUrge = s.MayUrge || m.Act == cases.Urge
	}
	if err := d.hands(ctx, s); err != nil {
		return nil, err
	}
	s.Urge = frame.Field{Name: "text", Label: "督办意见", Rows: 3, Max: 500, Value: prefilled(s.Why)}
	s.Until = frame.Field{Name: "until", Label: "请在这一天前答复", Hint: "不填的，是下一个工作日", Kind: "date", Width: "m", Opt: true}
	s.Hand = frame.Field{Name: "to", Label: "“" + s.Step + "”由谁接办"}
	s.Reason = frame.Field{Name: "reason", Label: "改派理由", Max: 200, Value: clip(s.Why.Sentence, 190)}
	return s, nil
}

// prefilled is the text of a directive that a supervisor may send as it is.
func prefilled(why supervision.Reason) string {
	return fmt.Sprintf("%s。请于1个工作日内办理，并说明原因。", why.Sentence)
}

// hands finds who else holds the post of the work at which the case stands.
func (d *Desk) hands(ctx context.Context, s *standing) error {
	w, open := s.Case.Flow.Find(s.Why.Work)
	if !open {
		s.To = "窗口"
		return nil
	}
	holders, err := d.Staff.Holders(ctx, w.Agency, w.Role)
	if err != nil {
		return err
	}
	s.Work, s.Step, s.To = w.ID, w.Name, w.Post
	for _, h := range holders {
		if h.Account == w.Claimed {
			s.To = h.Name
			continue
		}
		if w.Post == "" || h.Post.Title == w.Post {
			s.Hands = append(s.Hands, frame.Choice{Value: h.Account, Label: h.Name + "（" + h.Post.Title + "）"})
		}
	}
	return nil
}

// urge is 督办.
func (d *Desk) urge(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	id := cases.ID(r.PathValue("case"))
	by.Request = f.Text("request")
	until := calendar.Parse(f.Date("until"))
	_, err = sqldb.Judged(r.Context(), f.Err(), func(ctx context.Context) (*cases.Case, error) {
		return d.Cases.Urge(ctx, id, f.Text("text"), by, until)
	})
	if err != nil {
		return d.again(w, r, id, err, f, by)
	}
	back(w, r, f, id, "urged")
	return nil
}

// reassign is 改派.
func (d *Desk) reassign(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	id := cases.ID(r.PathValue("case"))
	by.Request = f.Text("request")
	to, err := d.receiver(r.Context(), id, f.Text("work"), f.Text("to"), by)
	if err == nil {
		_, err = d.Cases.Reassign(r.Context(), id, f.Text("work"), to, f.Text("reason"), by)
	}
	if err != nil {
		return d.again(w, r, id, err, f, by)
	}
	back(w, r, f, id, "reassigned")
	return nil
}

// receiver is the person chosen, with the posts in which they could do the work.
func (d *Desk) receiver(ctx context.Context, id cases.ID, work, account string, by identity.Actor) (identity.Actor, error) {
	c, err := d.Cases.Case(ctx, id, by)
	if err != nil {
		return identity.Actor{}, err
	}
	to := identity.Actor{Account: account}
	w, _ := c.Flow.Find(work) // work that is gone is refused by the room itself
	holders, err := d.Staff.Holders(ctx, w.Agency, w.Role)
	for _, h := range holders {
		if h.Account == account {
			to.Name, to.Posts = h.Name, append(to.Posts, h.Post)
		}
	}
	return to, err
}

// back leads to where the act was asked for.
func back(w http.ResponseWriter, r *http.Request, f *page.Form, id cases.ID, say string) {
	if f.Text("back") == "watch" {
		page.SeeOther(w, r, "/desk?open="+string(id)+"&done="+say)
		return
	}
	page.SeeOther(w, r, "/desk/cases/"+string(id)+"?done="+say)
}

// again shows the case with what must change in the form.
func (d *Desk) again(w http.ResponseWriter, r *http.Request, id cases.ID, err error, f *page.Form, by identity.Actor) error {
	if fault.Of(err) == fault.Internal || fault.Of(err) == fault.NotFound {
		return err
	}
	v, e := d.penetrate(r, id, by)
	if e != nil {
		return e
	}
	v.Fault = err
	s := v.Standing
	if f.Has("work") {
		s.Reason.Value, s.Hand.Value = f.Text("reason"), f.Text("to")
	} else {
		s.Urge.Value, s.Until.Value = f.Text("text"), f.Text("until")
	}
	s.Until = s.Until.Faulty(err)
	s.Urge, s.Hand, s.Reason = s.Urge.Faulty(err), s.Hand.Faulty(err), s.Reason.Faulty(err)
	v.View = v.View.Faulty(err)
	page.ShowFault(w, r, err, caseView(v))
	return nil
}
