package cases_test

import (
	"strings"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// pledgeable is the permit with a proof that a word may stand for, and all of it
// to be pledged.
func pledgeable() *items.Edition {
	e := casestest.Permit()
	e.Materials = append(e.Materials, items.Material{ID: "proof", Name: "健康证明", Necessity: items.Must, Promisable: true, Proves: []string{"site"}})
	e.Promisable, e.Pledge = true, items.PledgeRules{AtOnce: true, Within: clock.Limit{N: 5, Unit: clock.WorkingDays}}
	return e
}

var signed = casestest.SignedBy("李敏")

// play is one case taken through acts of a test.
type play struct {
	t    *testing.T
	f    cases.Frame
	c    *cases.Case
	days calendar.Calendar
	at   time.Time
}

func begin(t *testing.T, e *items.Edition, word cases.Word, handed ...string) (*play, error) {
	t.Helper()
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	p, err := flow.Compile(e.Procedure)
	if err != nil {
		t.Fatal(err)
	}
	g := &play{t, cases.Frame{Edition: e, Procedure: p}, &cases.Case{}, days, calendar.Parse("2026-03-02").Start().Add(10 * time.Hour)}
	a := cases.Application{Item: e.Item, Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"}, Answers: map[string]string{"店名": "云帆", "手机": "13800138000"}, Word: word}
	for _, m := range handed {
		a.Materials = append(a.Materials, cases.Handed{Material: m, Paper: true})
	}
	m, err := cases.Receive("c", a, e, casestest.LiMin, calendar.DayOf(g.at), g.at)
	if err == nil {
		g.apply(m, nil)
	}
	return g, err
}

func (g *play) apply(m cases.Moved, err error) {
	g.t.Helper()
	if err == nil {
		err = g.c.Apply(m, g.f)
	}
	if err != nil {
		g.t.Fatalf("%v %v", err, fault.Fields(err))
	}
	g.c.Head.Seq = m.Seq
}

func codes(err error) string {
	if err == nil {
		return ""
	}
	all := []string{fault.Code(err)}
	for _, f := range fault.Fields(err) {
		all = append(all, f.Code)
	}
	return strings.Join(all, " ")
}

func TestWhatMayBePledged(t *testing.T) {
	for _, tt := range []struct {
		name string
		word cases.Word
		want string
		item func(*items.Edition)
	}{
		{"nothing, with the proof missing", cases.Word{}, "cases.submit.form missing", nil},
		{"the proof", cases.Word{Materials: []string{"proof"}, Signed: signed}, "", nil},
		{"the whole licence", cases.Word{Licence: true, Signed: signed}, "", nil},
		{"not signed", cases.Word{Materials: []string{"proof"}, Signed: cases.Signature{Free: true}}, "cases.pledge.invalid required", nil},
		{"not freely", cases.Word{Materials: []string{"proof"}, Signed: cases.Signature{Signature: signed.Signature}}, "cases.pledge.invalid required", nil},
		{"a main material", cases.Word{Materials: []string{"id"}, Signed: signed}, "cases.pledge.invalid not-listed", nil},
		{"what the guide does not ask for", cases.Word{Materials: []string{"tax"}, Signed: signed}, "cases.pledge.invalid not-asked", nil},
		{"twice", cases.Word{Materials: []string{"proof", "proof"}, Signed: signed}, "cases.pledge.invalid twice", nil},
		{"a licence that is on no list", cases.Word{Licence: true, Signed: signed}, "cases.pledge.invalid not-listed", func(e *items.Edition) { e.Promisable = false }},
		{"what is too dangerous", cases.Word{Materials: []string{"proof"}, Signed: signed}, "cases.pledge.excluded", func(e *items.Edition) { e.Pledge.Excluded = "直接涉及公共安全" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := pledgeable()
			if tt.item != nil {
				tt.item(e)
			}
			if _, err := begin(t, e, tt.word, "id", "plan"); codes(err) != tt.want {
				t.Errorf("%s, want %s: %v", codes(err), tt.want, err)
			}
		})
	}
}

// A window that asks by hand for what no page offers gets no further.
func TestNoMainMaterialFollows(t *testing.T) {
	g, err := begin(t, pledgeable(), cases.Word{Materials: []string{"proof"}, Signed: signed}, "id", "plan")
	if err != nil {
		t.Fatal(err)
	}
	c, e, by := g.c, g.f.Edition, casestest.WangFang
	verdict := func(material string, f cases.Finding) []cases.Verdict {
		return []cases.Verdict{{Material: material, Finding: f}}
	}
	_, main := c.Judge(e, verdict("id", cases.Promised), by, g.at)
	_, ok := c.Judge(e, verdict("plan", cases.Promised), by, g.at)
	_, unpledged := c.Judge(e, verdict("id", cases.OnWord), by, g.at)
	_, unknown := c.Accept(e, verdict("nowhere", cases.Complete), nil, g.days, by, g.at)
	_, acceptMain := c.Accept(e, verdict("id", cases.Promised), nil, g.days, by, g.at)
	_, promised := c.Accept(e, nil, []cases.Promise{{Material: "id", By: calendar.DayOf(g.at) + 2}}, g.days, by, g.at)
	_, twice := c.Accept(e, verdict("plan", cases.Promised), []cases.Promise{{Material: "plan", By: calendar.DayOf(g.at) + 2}, {Material: "plan", By: calendar.DayOf(g.at) + 2}}, g.days, by, g.at)
	for _, tt := range []struct{ name, got, want string }{
		{"a main material found to follow", codes(main), "cases.judge.verdicts main"},
		{"a minor one", codes(ok), ""},
		{"a word nobody gave", codes(unpledged), "cases.judge.verdicts unpledged"},
		{"what the guide does not list, at acceptance", codes(unknown), "cases.accept.not-in-guide"},
		{"a main one at acceptance", codes(acceptMain), "cases.accept.verdicts main"},
		{"a main one promised", codes(promised), "cases.accept.promises main"},
		{"one promised twice", codes(twice), "cases.accept.promises twice"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, tt.got, tt.want)
		}
	}
}

func TestACheckHasItsTermAndIsMissedAloud(t *testing.T) {
	g, err := begin(t, pledgeable(), cases.Word{Licence: true, Signed: signed}, "id", "plan")
	if err != nil {
		t.Fatal(err)
	}
	g.apply(g.c.Accept(g.f.Edition, nil, nil, g.days, casestest.WangFang, g.at))
	if _, err := g.c.Settle(g.f.Edition, casestest.ElseBureau, g.at); fault.Code(err) != "cases.settle.role" {
		t.Errorf("settled by another bureau: %v", err)
	}
	g.apply(g.c.Settle(g.f.Edition, casestest.ZhaoGang, g.at))
	if due := g.c.Check.Due(g.days); due.Day.String() != "2026-03-09" || g.c.Alarm(g.days).Day().String() != "2026-03-10" {
		t.Fatalf("due %s, rings %s", due.Day, g.c.Alarm(g.days).Day())
	}
	found := cases.Found{Result: cases.PledgeUnmet, Reason: "现场没有健康证明"}
	if _, err := g.c.CheckPledge(g.f.Edition, found, nil, g.days, casestest.ZhouHai, g.at); codes(err) != "cases.check-pledge.invalid required" {
		t.Errorf("no evidence of a visit: %v", err)
	}
	g.at = calendar.Parse("2026-03-10").Start().Add(time.Hour)
	g.apply(g.c.Ring(g.f.Edition, g.days, g.at))
	if !g.c.Check.Late || g.c.Alarm(g.days) != 0 {
		t.Errorf("missed: %+v", g.c.Check)
	}
	found.Evidence = []cases.File{{Hash: "h", Name: "照片.jpg"}}
	g.apply(g.c.CheckPledge(g.f.Edition, found, nil, g.days, casestest.ZhouHai, g.at))
	if g.c.Check.Late || g.c.Check.Done || g.c.Check.Mend.String() != "2026-03-31" || g.c.Alarm(g.days).Day().String() != "2026-04-01" {
		t.Errorf("to be put right: %+v, rings %s", g.c.Check, g.c.Alarm(g.days).Day())
	}
	g.apply(g.c.CheckPledge(g.f.Edition, cases.Found{Result: cases.PledgeTrue, Reason: "已整改"}, nil, g.days, casestest.ZhouHai, g.at))
	if g.c.Checking() || g.c.Alarm(g.days) != 0 || len(g.c.Check.Found) != 2 {
		t.Errorf("done: %+v", g.c.Check)
	}
	if _, err := g.c.CheckPledge(g.f.Edition, found, nil, g.days, casestest.ZhouHai, g.at); fault.Code(err) != "cases.check-pledge.none" {
		t.Errorf("checked again: %v", err)
	}
}
