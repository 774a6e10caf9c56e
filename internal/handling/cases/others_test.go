package cases

import (
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// heard is a case of which the applicant was told on Monday 2 March 2026, and who
// acts on it.
type heard struct {
	*Case
	t        *testing.T
	days     calendar.Calendar
	reviewer identity.Actor
	head     identity.Actor
	now      time.Time
}

func newHeard(t *testing.T) *heard {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	staff := func(account, name string, role identity.Role) identity.Actor {
		return identity.Actor{Account: account, Name: name, Posts: []identity.Post{{Agency: "scjg", Region: "320300000000", Role: role}}}
	}
	h := &heard{t: t, days: days, now: calendar.Parse("2026-03-02").Start().Add(10 * time.Hour),
		reviewer: staff("zh", "周海", identity.Reviewer), head: staff("zj", "赵局", identity.Head),
		Case: &Case{ID: "c", State: Accepted, Agency: "scjg", Region: "320300000000", Applicant: Applicant{Party: "p1", Name: "李敏"}}}
	h.does(h.TellHearing(Hearing{About: "拟准予", Reason: "相邻住户"}, days, h.reviewer, h.now))
	return h
}

func (h *heard) does(m Moved, err error) Moved {
	h.t.Helper()
	if err != nil {
		h.t.Fatalf("%v %v", err, fault.Fields(err))
	}
	h.Hearing = m.Hearing
	if m.Special != nil {
		h.Specials = append(h.Specials, *m.Special)
	}
	return m
}

func (h *heard) refuses(code string, _ Moved, err error) {
	h.t.Helper()
	if fault.Code(err) != code {
		h.t.Errorf("want %s: %v %v", code, err, fault.Fields(err))
	}
}

// Whoever was told has five working days of their own; the decision waits for them.
func TestOthersWhoWereToldAskInTheirOwnTerm(t *testing.T) {
	h, zhang := newHeard(t), Other{ID: "k1", Name: "张伟", Relation: "住在二楼"}
	h.now = h.now.AddDate(0, 0, 3) // Thursday
	if m := h.does(h.TellOther(&items.Edition{}, zhang, h.days, h.reviewer, h.now)); m.Paper != HearingRight || m.Hearing.Others[0].Until != calendar.Parse("2026-03-12") {
		t.Errorf("%+v", m.Hearing)
	}
	m, err := h.TellOther(&items.Edition{}, zhang, h.days, h.reviewer, h.now)
	h.refuses("cases.tell-hearing.other", m, err)
	wish := Other{ID: "k1", Name: "张伟", Wish: "油烟"}
	m, err = h.AskOther(&items.Edition{}, wish, identity.TheSystem, calendar.Parse("2026-03-13").Start())
	h.refuses("cases.ask-hearing.late", m, err)
	if err := h.unheard(Decide, calendar.Parse("2026-03-11").Start()); fault.Code(err) != "cases.decide.hearing-term" {
		t.Errorf("decided in the term of the other: %v", err)
	}
	h.now = calendar.Parse("2026-03-12").Start().Add(9 * time.Hour)
	m, err = h.AskOther(&items.Edition{}, Other{ID: "k1"}, identity.TheSystem, h.now)
	h.refuses("cases.ask-hearing.other", m, err)
	m = h.does(h.AskOther(&items.Edition{}, wish, identity.TheSystem, h.now))
	if m.Special == nil || m.Hearing.Asked != calendar.DayOf(h.now) || m.Hearing.Others[0].Relation != "住在二楼" || m.By.Name != "张伟（利害关系人）" {
		t.Errorf("%+v", m)
	}
	m, err = h.AskOther(&items.Edition{}, wish, identity.TheSystem, h.now)
	h.refuses("cases.ask-hearing.twice", m, err)
}

// Whoever was not told shows what of theirs is touched, and reads an answer.
func TestOthersWhoCameByThemselvesAreAnswered(t *testing.T) {
	h := newHeard(t)
	h.now = h.now.AddDate(0, 0, 1)
	m, err := h.AskOther(&items.Edition{}, Other{ID: "k2", Name: "王芳", Wish: "停车"}, identity.TheSystem, h.now)
	h.refuses("cases.ask-hearing.other", m, err)
	for _, id := range []string{"k2", "k3"} {
		if m := h.does(h.AskOther(&items.Edition{}, Other{ID: id, Name: "王芳", Relation: "在对面开店", Wish: "停车"}, identity.TheSystem, h.now)); m.Special != nil || m.Paper != "" {
			t.Errorf("the clock stands still before the answer: %+v", m)
		}
	}
	if err := h.unheard(Decide, h.now.AddDate(0, 1, 0)); fault.Code(err) != "cases.decide.hearing-demand" {
		t.Errorf("decided without an answer: %v", err)
	}
	m, err = h.JudgeOther(&items.Edition{}, "k2", false, "", h.reviewer, h.now)
	h.refuses("cases.judge-demand.why", m, err)
	if m := h.does(h.JudgeOther(&items.Edition{}, "k2", false, "商业竞争不是重大利益", h.reviewer, h.now)); m.Paper != HearingReply || m.Hearing.Asked != 0 {
		t.Errorf("%+v", m)
	}
	m, err = h.JudgeOther(&items.Edition{}, "k2", true, "", h.reviewer, h.now)
	h.refuses("cases.judge-demand.none", m, err)
	if m := h.does(h.JudgeOther(&items.Edition{}, "k3", true, "", h.reviewer, h.now.AddDate(0, 0, 2))); m.Special == nil || m.Hearing.Asked != calendar.DayOf(h.now) {
		t.Errorf("the twenty days do not begin with the demand: %+v", m)
	}
}

// The host is no reviewer; the head answers an objection, and who had to stand
// aside does not come back.
func TestTheHostStandsAside(t *testing.T) {
	h := newHeard(t)
	h.does(h.AskHearing(&items.Edition{}, "通风", h.days, identity.Actor{Account: "lm", Name: "李敏", Party: "p1"}, h.now))
	limin := identity.Actor{Account: "lm", Name: "李敏", Party: "p1"}
	call := func(host string, reviewers ...string) (Moved, error) {
		return h.CallHearing(&items.Edition{}, Hearing{At: calendar.Parse("2026-03-18").Start(), Place: "听证室", Host: host}, h.days, h.reviewer, h.now, reviewers...)
	}
	field := func(err error, path string) {
		t.Helper()
		if f := fault.Fields(err); len(f) != 1 || f[0].Path != path {
			t.Errorf("want %s: %v %v", path, err, f)
		}
	}
	_, err := call("钱审", "钱审")
	field(err, "host")
	m, err := h.ObjectHost("", "他是房东", limin, h.now)
	h.refuses("cases.object-host.none", m, err)
	h.does(call("陈主持", "钱审"))
	m, err = h.ObjectHost("", "", limin, h.now)
	h.refuses("cases.object-host.reason", m, err)
	h.does(h.ObjectHost("", "他是房东", limin, h.now))
	_, err = call("孙主持")
	field(err, "host")
	m, err = h.NoteHearing(Minutes{Held: true, Text: "经过", Attended: []string{"李敏"}, Unsigned: "拒签"}, h.reviewer, calendar.Parse("2026-03-18").Start())
	h.refuses("cases.note-hearing.objection", m, err)
	m, err = h.SettleHost(true, "孙主持", "", nil, h.reviewer, h.now)
	h.refuses("cases.settle-host.role", m, err)
	_, err = h.SettleHost(true, "陈主持", "", nil, h.head, h.now)
	field(err, "next")
	_, err = h.SettleHost(true, "钱审", "", []string{"钱审"}, h.head, h.now)
	field(err, "next")
	_, err = h.SettleHost(false, "", "", nil, h.head, h.now)
	field(err, "why")
	if m := h.does(h.SettleHost(true, "孙主持", "", nil, h.head, h.now)); m.Paper != HearingReply || m.Hearing.Host != "孙主持" || m.Hearing.Objections[0].Say() != "李敏申请主持人陈主持回避：他是房东。赵局决定同意，改由孙主持主持" {
		t.Errorf("%+v", m.Hearing)
	}
	_, err = call("陈主持")
	field(err, "host")
	h.does(h.ObjectHost("张伟", "同学", identity.TheSystem, h.now))
	h.does(h.SettleHost(false, "", "没有利害关系", nil, h.head, h.now))
	m, err = h.ObjectHost("张伟", "同学", identity.TheSystem, h.now)
	h.refuses("cases.object-host.twice", m, err)
	if err := h.aside(Claim, identity.Actor{Name: "孙主持"}); fault.Code(err) != "cases.claim.host" {
		t.Errorf("the host reviews: %v", err)
	}
}
