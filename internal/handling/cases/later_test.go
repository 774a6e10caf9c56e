package cases_test

import (
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// holder is a granted case with a certificate, and what is done to it.
type holder struct {
	*testing.T
	c    *cases.Case
	f    cases.Frame
	days calendar.Calendar
	now  time.Time
}

func granted(t *testing.T, until string) *holder {
	t.Helper()
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	e := casestest.Permit()
	e.Results[0].CertificateType, e.Results[0].ValidYears = "食品经营许可证", 5
	p, err := flow.Compile(e.Procedure)
	if err != nil {
		t.Fatal(err)
	}
	now := calendar.Parse("2026-03-02").Start().Add(10 * time.Hour)
	h := &holder{t, &cases.Case{ID: "c", Item: e.Item, State: cases.Granted, Agency: casestest.Agency, Region: casestest.Region,
		Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"}, Decision: &cases.Decision{Granted: true, At: now}}, cases.Frame{Edition: e, Procedure: p}, days, now}
	h.does(h.c.Certify("no-1", calendar.Parse(until), now))
	return h
}

func (h *holder) does(m cases.Moved, err error) {
	h.Helper()
	if err == nil {
		err = h.c.Apply(m, h.f)
	}
	if err != nil {
		h.Fatal(err, fault.Fields(err))
	}
	h.c.Head.Seq = m.Seq
}

func (h *holder) refused(code string, err error) {
	h.Helper()
	if (code != "" || err != nil) && fault.Code(err) != code {
		h.Errorf("want %s, got %v", code, err)
	}
}

func (h *holder) on(day string) { h.now = calendar.Parse(day).Start().Add(10 * time.Hour) }

func (h *holder) ask(kind cases.LaterKind) (cases.Moved, error) {
	l := cases.Later{Kind: kind, Reason: "搬了"}
	if kind == cases.Changing {
		l.Changes = []cases.Line{{Name: "店名", Say: "云帆二店"}}
	}
	return h.c.Ask(h.f.Edition, l, h.days, casestest.LiMin, h.now)
}

func (h *holder) propose(kind cases.LaterKind, by identity.Actor) (cases.Moved, error) {
	return h.c.Propose(h.f.Edition, cases.Later{Kind: kind, Ground: kind.Grounds(h.f.Edition.Type)[0], Reason: "查实"}, h.days, by, h.now)
}

func (h *holder) conclude(grant bool, by identity.Actor) (cases.Moved, error) {
	return h.c.Conclude(h.f.Edition, cases.LaterRuling{Grant: grant, Reason: "符合", Answer: "不予采纳"}, by, h.now)
}

func TestARenewalIsAskedThirtyDaysBefore(t *testing.T) {
	h := granted(t, "2026-09-30")
	for _, tt := range []struct{ on, code string }{
		{"2026-09-01", "cases.ask-renewal.late"}, {"2026-08-31", ""},
	} {
		h.on(tt.on)
		m, err := h.ask(cases.Renewing)
		h.refused(tt.code, err)
		if err == nil && m.Later.Till != calendar.Parse("2031-09-30") {
			t.Errorf("renewed till %s", m.Later.Till)
		}
	}
	h.f.Edition.Results[0].RenewBefore = clock.Limit{N: 15, Unit: clock.WorkingDays}
	h.does(h.c.Certify("no-2", calendar.Parse("2026-09-30"), h.now))
	h.on("2026-09-09")
	if _, err := h.ask(cases.Renewing); err != nil {
		t.Errorf("another law says fifteen working days: %v", err)
	}
}

func TestSilenceRenews(t *testing.T) {
	h := granted(t, "2026-09-30")
	if on := h.c.Alarm(h.days).Day(); on != calendar.Parse("2026-08-01") {
		t.Errorf("reminded on %s", on)
	}
	h.on("2026-08-20")
	h.does(h.c.Ring(h.f.Edition, h.days, h.now))
	h.does(h.ask(cases.Renewing))
	h.does(h.c.Vet("同意", casestest.ZhouHai, h.now))
	if on := h.c.Alarm(h.days).Day(); on != calendar.Parse("2026-10-01") {
		t.Errorf("rings on %s", on)
	}
	h.on("2026-09-30")
	_, err := h.c.Ring(h.f.Edition, h.days, h.now)
	h.refused("cases.ring.early", err)
	h.on("2026-10-01")
	_, err = h.conclude(true, casestest.ZhaoGang)
	h.refused("cases.renew.expired", err)
	h.does(h.c.Ring(h.f.Edition, h.days, h.now))
	if l := h.c.Later; !l.Deemed || !l.Granted || h.c.Papers[len(h.c.Papers)-1].Title != "延续行政许可决定书" {
		t.Errorf("%+v %v", l, h.c.Papers)
	}
}

// zhaoGang also holds a post of reviewers.
var zhaoGang = identity.Actor{Account: casestest.ZhaoGang.Account, Name: casestest.ZhaoGang.Name, Posts: append([]identity.Post{{Agency: casestest.Agency, Region: casestest.Region, Role: identity.Reviewer}}, casestest.ZhaoGang.Posts...)}

func TestTwoPeopleJudgeWhatTheHolderAsksFor(t *testing.T) {
	h := granted(t, "2026-09-30")
	_, err := h.c.Ask(h.f.Edition, cases.Later{Kind: cases.Changing, Reason: "搬了"}, h.days, casestest.LiMin, h.now)
	h.refused("cases.ask-change.changes", err)
	_, err = h.c.Ask(h.f.Edition, cases.Later{Kind: cases.Annulling, Reason: "搬了"}, h.days, casestest.LiMin, h.now)
	h.refused("cases.ask.kind", err)
	h.does(h.ask(cases.Changing))
	_, err = h.ask(cases.Cancelling)
	h.refused("cases.ask-cancel.pending", err)
	_, err = h.conclude(true, casestest.ZhaoGang)
	h.refused("cases.amend.vet", err)
	h.does(h.c.Vet("同意", zhaoGang, h.now))
	_, err = h.conclude(true, casestest.ZhaoGang)
	h.refused("cases.amend.same", err)
	h.does(h.conclude(true, casestest.HeJing))
	if owes := h.c.Owes(h.days); len(owes) != 0 || h.c.Later.Signed[1] != "何静" {
		t.Errorf("%v %+v", owes, h.c.Later)
	}
	h.does(h.ask(cases.Cancelling))
	h.does(h.c.Vet("同意", casestest.ZhouHai, h.now))
	h.does(h.conclude(true, casestest.ZhaoGang))
	if kind, gone := h.c.Gone(); !gone || kind != cases.Cancelling || h.c.Alarm(h.days) != 0 {
		t.Errorf("%s %v", kind, gone)
	}
	_, err = h.ask(cases.Renewing)
	h.refused("cases.ask-renewal.gone", err)
}

func TestNobodyIsUndoneUnheard(t *testing.T) {
	h := granted(t, "2026-09-30")
	_, err := h.c.Propose(h.f.Edition, cases.Later{Kind: cases.Annulling, Ground: "想撤", Reason: "查实"}, h.days, casestest.ZhouHai, h.now)
	h.refused("cases.propose-later.ground", err)
	h.does(h.propose(cases.Annulling, casestest.ZhouHai)) // 2 March
	_, err = h.conclude(true, casestest.ZhaoGang)
	h.refused("cases.annul.unheard", err)
	h.on("2026-03-09")
	h.does(h.c.PleadLater("有现场核查记录", true, casestest.LiMin, h.now))
	_, err = h.conclude(true, casestest.ZhaoGang)
	h.refused("cases.annul.hearing", err)
	h.does(h.c.CallHearing(h.f.Edition, cases.Hearing{Asked: calendar.DayOf(h.now), At: h.now.AddDate(0, 0, 14), Place: "听证室", Host: "李倩"}, h.days, casestest.ZhouHai, h.now))
	_, err = h.c.NoteHearing(cases.Minutes{Held: true, Text: "照片不是本店的", Attended: []string{"李敏"}}, casestest.ZhouHai, h.now)
	h.refused("cases.note-hearing.early", err)
	h.now = h.now.AddDate(0, 0, 15)
	_, err = h.conclude(true, casestest.ZhaoGang)
	h.refused("cases.annul.hearing", err)
	_, err = h.c.NoteHearing(cases.Minutes{Held: true, Text: "照片不是本店的", Attended: []string{"李敏"}}, casestest.ZhouHai, h.now)
	h.refused("cases.note-hearing.invalid", err)
	h.does(h.c.NoteHearing(cases.Minutes{Held: true, Text: "照片不是本店的", Attended: []string{"李敏"}, Unsigned: "离场"}, casestest.ZhouHai, h.now))
	_, err = h.c.Conclude(h.f.Edition, cases.LaterRuling{Grant: true}, casestest.ZhaoGang, h.now)
	h.refused("cases.annul.answer", err)
	h.does(h.conclude(true, casestest.ZhaoGang))
	_, err = h.propose(cases.Recalling, casestest.ZhouHai)
	h.refused("cases.propose-later.gone", err)
	h.does(h.c.ServeLater(cases.Delivered{Way: "window", Receiver: "李敏"}, casestest.WangFang, h.now))
	_, err = h.c.ServeLater(cases.Delivered{Way: "window", Receiver: "李敏"}, casestest.WangFang, h.now)
	h.refused("cases.serve-later.twice", err)
	if h.c.Delivered != nil {
		t.Error("service of the later decision was taken for that of the first")
	}
}

func TestWhoMayAndWhat(t *testing.T) {
	h := granted(t, "2026-09-30")
	for _, kind := range []cases.LaterKind{cases.Annulling, cases.Recalling, cases.Stripping} {
		m, err := h.propose(kind, casestest.ZhouHai)
		if err != nil || m.Paper != cases.LaterNotice || m.Later.Until != calendar.Parse("2026-03-09") || m.Basis != kind.Article(h.f.Edition, "") {
			t.Errorf("%s: %+v %v", kind, m, err)
		}
	}
	_, err := h.propose(cases.Annulling, casestest.LiMin)
	h.refused("cases.propose-later.role", err)
	_, err = h.c.Ask(h.f.Edition, cases.Later{Kind: cases.Cancelling, Reason: "不干了"}, h.days, casestest.ZhangSan, h.now)
	h.refused("cases.ask-cancel.role", err)
	h.c.Involved = []string{"other"}
	_, err = h.propose(cases.Cancelling, casestest.ElseBureau)
	h.refused("cases.propose-later.agency", err)
	h.does(h.propose(cases.Cancelling, casestest.ZhouHai))
	_, err = h.c.PleadLater("不同意", false, casestest.LiMin, h.now)
	h.refused("cases.plead-later.none", err)
	h.does(h.conclude(false, casestest.ZhaoGang))
	if _, gone := h.c.Gone(); gone {
		t.Error("gone although it was not cancelled")
	}
}

func TestACertificateWithoutAnEndIsNotRenewed(t *testing.T) {
	h := granted(t, "")
	_, err := h.ask(cases.Renewing)
	h.refused("cases.ask-renewal.endless", err)
	h.c.Certificate = ""
	_, err = h.ask(cases.Changing)
	h.refused("cases.ask-change.certificate", err)
}
