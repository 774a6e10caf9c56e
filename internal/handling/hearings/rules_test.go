package hearings

import (
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

var (
	zhang  = identity.Actor{Account: "zw", Name: "张伟", Party: "p-zhang"}
	market = identity.Actor{Account: "zh", Name: "周海", Posts: []identity.Post{{Agency: "scjg", Role: identity.Reviewer}}}
	fire   = identity.Actor{Account: "xf", Name: "消防", Posts: []identity.Post{{Agency: "xf", Role: identity.Reviewer}}}
)

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.Code(err)
}

func on(day string) time.Time { return calendar.Parse(day).Start().Add(9 * time.Hour) }

// announced is a hearing on 1 April, for which one signs up by 20 March; the last
// day to call speakers is 23 March.
func announced() *Notice {
	return &Notice{ID: "n", Agency: "scjg", Party: "p-limin", At: on("2026-04-01"), SignBy: calendar.Parse("2026-03-20"), Seats: 1, Told: 1}
}

func TestWhoMaySignUp(t *testing.T) {
	sound := Signup{Relation: Concerned, Interest: "住在二楼", Speak: true, View: "油烟", Phone: "13900000000"}
	for _, tt := range []struct {
		name   string
		change func(*Signup)
		by     identity.Actor
		at     string
		code   string // of the fault, or of its only field
	}{
		{"a neighbour", func(*Signup) {}, zhang, "2026-03-20", ""},
		{"who only listens", func(u *Signup) { u.Relation, u.Interest, u.Speak, u.View = Resident, "", false, "" }, zhang, "2026-03-03", ""},
		{"nobody", func(*Signup) {}, identity.Actor{}, "2026-03-03", "hearings.sign-up.who"},
		{"who applies is called anyway", func(*Signup) {}, identity.Actor{Account: "l", Party: "p-limin"}, "2026-03-03", "hearings.sign-up.party"},
		{"too late", func(*Signup) {}, zhang, "2026-03-21", "hearings.sign-up.closed"},
		{"of no relation", func(u *Signup) { u.Relation = "x" }, zhang, "2026-03-03", "relation"},
		{"concerned in nothing", func(u *Signup) { u.Interest = " " }, zhang, "2026-03-03", "interest"},
		{"who speaks of nothing", func(u *Signup) { u.View = "" }, zhang, "2026-03-03", "view"},
		{"who cannot be reached", func(u *Signup) { u.Phone = "1" }, zhang, "2026-03-03", "phone"},
	} {
		u := sound
		tt.change(&u)
		_, err := announced().SignUp(u, tt.by, on(tt.at))
		got := codeOf(err)
		if f := fault.Fields(err); len(f) == 1 {
			got = f[0].Path
		}
		if got != tt.code {
			t.Errorf("%s: %q, %v", tt.name, got, err)
		}
	}
}

func TestWhoIsChosen(t *testing.T) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	all := []*Signup{
		{ID: "a", Name: "甲", Relation: Concerned, Speak: true}, {ID: "b", Name: "乙", Relation: Resident, Speak: true},
		{ID: "c", Name: "丙", Relation: Expert, Speak: true}, {ID: "d", Name: "丁", Relation: Resident},
		{ID: "e", Name: "戊", Relation: Resident, Speak: true, Seat: Gone},
	}
	for _, tt := range []struct {
		name    string
		choices []Choice
		by      identity.Actor
		at      string
		code    string // of the fault, or of its first field
	}{
		{"a neighbour while others still sign up", []Choice{{"a", Speaker, ""}}, market, "2026-03-10", ""},
		{"a resident before signing up ended", []Choice{{"b", Speaker, ""}}, market, "2026-03-20", "seat.b"},
		{"everybody", []Choice{{"a", Speaker, ""}, {"b", Speaker, ""}, {"c", Listener, "名额已满"}, {"d", Listener, ""}}, market, "2026-03-21", ""},
		{"more than there are seats", []Choice{{"b", Speaker, ""}, {"c", Speaker, ""}}, market, "2026-03-21", "choices"},
		{"on the last day to call them", []Choice{{"b", Speaker, ""}}, market, "2026-03-23", ""},
		{"too late to be called", []Choice{{"b", Speaker, ""}}, market, "2026-03-24", "seat.b"},
		{"a listener needs no seven days", []Choice{{"d", Listener, ""}}, market, "2026-03-31", ""},
		{"not chosen and not told why", []Choice{{"b", Declined, ""}}, market, "2026-03-21", "seat.b"},
		{"only to listen, and not told why", []Choice{{"a", Listener, ""}}, market, "2026-03-21", "seat.a"},
		{"made to speak", []Choice{{"d", Speaker, ""}}, market, "2026-03-21", "seat.d"},
		{"who went", []Choice{{"e", Speaker, ""}}, market, "2026-03-21", "seat.e"},
		{"twice", []Choice{{"a", Speaker, ""}, {"a", Declined, "x"}}, market, "2026-03-21", "seat.a"},
		{"nobody", nil, market, "2026-03-21", "choices"},
		{"by another agency", []Choice{{"a", Speaker, ""}}, fire, "2026-03-21", "hearings.choose.agency"},
		{"after the hearing", []Choice{{"a", Listener, "x"}}, market, "2026-04-01", "hearings.choose.late"},
	} {
		chosen, err := announced().Choose(all, tt.choices, days, tt.by, on(tt.at))
		got := codeOf(err)
		if f := fault.Fields(err); len(f) > 0 {
			got = f[0].Path
		}
		if got != tt.code || err == nil && len(chosen) != len(tt.choices) {
			t.Errorf("%s: %q %v %v", tt.name, got, err, fault.Fields(err))
		}
	}
}

// What the public is told follows the case, and told twice it is told once.
func TestANoticeFollowsItsCase(t *testing.T) {
	c := &cases.Case{ID: "c", Number: "N1", Applicant: cases.Applicant{Party: "p", Name: "李雪梅"}}
	h := &cases.Hearing{About: "拟准予", Told: on("2026-03-02"), At: on("2026-04-01"), Place: "一楼", Public: &cases.Announcement{Seats: 3}}
	n, news := Notice{}.Tell(c, cases.Moved{Seq: 5, Hearing: h, At: on("2026-03-02")})
	if !news || n.Told != 1 || n.Applicant != "李**" || !n.Moved.IsZero() {
		t.Fatalf("%+v", n)
	}
	if _, news := n.Tell(c, cases.Moved{Seq: 5, Hearing: h}); news {
		t.Error("told twice")
	}
	later := *h
	later.At = on("2026-04-08")
	n, _ = n.Tell(c, cases.Moved{Seq: 6, Hearing: &later, At: on("2026-03-05")})
	if n.Told != 2 || n.Moved.IsZero() || n.ID != NameOf("c", h) {
		t.Errorf("put off: %+v", n)
	}
	off, news := n.Tell(c, cases.Moved{Seq: 7, From: cases.Accepted, To: cases.Withdrawn, At: on("2026-03-06")})
	if !news || off.Outcome != "办件已经结束（已撤回），不再举行" {
		t.Errorf("withdrawn: %+v", off)
	}
	later.Minutes = &cases.Minutes{Held: true}
	done, _ := n.Tell(c, cases.Moved{Seq: 7, Hearing: &later, At: on("2026-04-08")})
	if done.Ended.IsZero() || done.Standing(on("2026-04-09")) != done.Outcome {
		t.Errorf("held: %+v", done)
	}
	if _, news := (Notice{}).Tell(c, cases.Moved{Seq: 9, From: cases.Accepted, To: cases.Granted}); news {
		t.Error("a case without a hearing is announced")
	}
}

func TestWhatWhoSignedUpIsTold(t *testing.T) {
	n := announced()
	stage := int64(-1)
	for _, tt := range []struct {
		name   string
		change func(h *Held)
		say    string
	}{
		{"waiting", func(h *Held) {}, ""},
		{"chosen", func(h *Held) { h.Seat, h.Seated, h.Head.Seq = Speaker, on("2026-03-21"), 2 }, "您被选定参加听证并发言，请按时到场"},
		{"put off", func(h *Held) { h.For.Moved, h.For.Told = on("2026-03-22"), 2 }, "您报名的听证改了时间或者地点，请看公告"},
		{"held", func(h *Held) { h.For.Ended, h.For.Outcome, h.For.Told = on("2026-04-01"), "已经举行", 3 }, "您报名的听证已经举行"},
		{"gone", func(h *Held) { h.Seat = Gone }, ""},
	} {
		h := Held{Signup: Signup{At: on("2026-03-03")}, For: n}
		h.Head.Seq = 1
		if tt.name != "waiting" && tt.name != "chosen" {
			h.Seat, h.Seated, h.Head.Seq = Speaker, on("2026-03-21"), 2
		}
		tt.change(&h)
		w, news := h.Word()
		if news != (tt.say != "") || news && w.Say != tt.say {
			t.Errorf("%s: %v %q", tt.name, news, w.Say)
		}
		if news && w.Stage <= stage {
			t.Errorf("%s is no news after what was told before", tt.name)
		}
		if news {
			stage = w.Stage
		}
	}
}
