package companies

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

func on(day string) calendar.Day { return calendar.Parse(day) }

func newCompany(born string) *Company {
	c := &Company{}
	c.Apply(Moved{Company: "c", Act: Found, At: on(born).Start(), Step: Step{Act: Found, On: on(born)}, Fresh: &Company{ID: "c", Code: "91", Party: "p", Name: "徐州云帆商贸有限公司", Born: on(born)}})
	return c
}

// does makes an act true on a day, if it may be done.
func (c *Company) does(act Act, day calendar.Day, w Want) error {
	if err := c.May(act, w, day); err != nil {
		return err
	}
	m := Moved{Company: "c", Act: act, At: day.Start(), Step: Step{Act: act, On: day}, Notice: (&Service{ClaimDays: 45}).announced(c, act, "李敏", day)}
	switch act {
	case TakeRest:
		r := w.Rest
		m.Rest = &r
	case Object:
		m.Said = &Objection{By: "周某", Kind: "债权人", Say: w.Say, On: day}
	}
	c.Apply(m)
	return nil
}

func rest(from, until string) Want { return Want{Rest: Rest{From: on(from), Until: on(until)}} }

func TestWhatTheLawAllowsACompany(t *testing.T) {
	type move struct {
		act  Act
		day  string
		want Want
	}
	for _, tt := range []struct {
		name  string
		moves []move
		code  string // of the fault of the last move
		state State
	}{
		{"it rests up to three years", []move{{TakeRest, "2026-03-02", rest("2026-03-02", "2029-03-01")}}, "", Resting},
		{"and not a day longer", []move{{TakeRest, "2026-03-02", rest("2026-03-02", "2029-03-02")}}, "companies.rest.long", Running},
		{"a rest is filed before it begins", []move{{TakeRest, "2026-03-02", rest("2026-03-01", "2026-06-01")}}, "companies.rest.late", Running},
		{"a rest is prolonged within its last thirty days", []move{{TakeRest, "2026-03-02", rest("2026-03-02", "2026-12-31")}, {TakeRest, "2026-12-15", rest("2026-03-02", "2027-12-31")}}, "", Resting},
		{"not earlier", []move{{TakeRest, "2026-03-02", rest("2026-03-02", "2026-12-31")}, {TakeRest, "2026-11-15", rest("2026-03-02", "2027-12-31")}}, "companies.rest.early", Resting},
		{"earlier rests count", []move{{TakeRest, "2026-03-02", rest("2026-03-02", "2028-03-01")}, {Resume, "2028-02-01", Want{}}, {TakeRest, "2028-06-01", rest("2028-06-01", "2030-06-01")}}, "companies.rest.long", Running},
		{"a simple ending is announced first", []move{{CloseSimply, "2026-03-02", Want{}}}, "companies.close-simply.state", Running},
		{"for twenty days", []move{{Announce, "2026-03-02", Want{}}, {CloseSimply, "2026-03-22", Want{}}}, "companies.close-simply.early", Closing},
		{"then it may be applied for", []move{{Announce, "2026-03-02", Want{}}, {CloseSimply, "2026-03-23", Want{}}}, "", Gone},
		{"within twenty days", []move{{Announce, "2026-03-02", Want{}}, {CloseSimply, "2026-04-12", Want{}}}, "companies.close-simply.late", Closing},
		{"not against an objection", []move{{Announce, "2026-03-02", Want{}}, {Object, "2026-03-10", Want{Say: "欠货款"}}, {CloseSimply, "2026-03-23", Want{}}}, "companies.close-simply.objected", Closing},
		{"an objection comes in time", []move{{Announce, "2026-03-02", Want{}}, {Object, "2026-03-23", Want{Say: "欠货款"}}}, "companies.object.late", Closing},
		{"one that was struck off does not end simply", []move{{Strike, "2026-03-02", Want{}}, {CloseSimply, "2026-03-23", Want{}}}, "companies.close-simply.state", Struck},
		{"but by liquidation", []move{{Strike, "2026-03-02", Want{}}, {Liquidate, "2026-03-03", Want{}}, {Close, "2026-04-18", Want{}}}, "", Gone},
		{"creditors have forty-five days", []move{{Liquidate, "2026-03-03", Want{}}, {Close, "2026-04-17", Want{}}}, "companies.close.early", Closing},
		{"while it is ending nothing is changed", []move{{Announce, "2026-03-02", Want{}}, {Change, "2026-03-03", Want{}}}, "companies.change.state", Closing},
		{"who takes back the notice goes on", []move{{Announce, "2026-03-02", Want{}}, {Abandon, "2026-03-03", Want{}}, {Change, "2026-03-04", Want{}}}, "", Running},
		{"after the end there is nothing but accounts", []move{{Announce, "2026-03-02", Want{}}, {CloseSimply, "2026-03-23", Want{}}, {EndSocial, "2026-03-24", Want{}}, {Change, "2026-03-25", Want{}}}, "companies.change.state", Gone},
		{"what is not in the table is refused", []move{{"dance", "2026-03-02", Want{}}}, "companies.dance.unknown", Running},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newCompany("2026-01-05")
			for i, m := range tt.moves {
				err := c.does(m.act, on(m.day), m.want)
				last := i == len(tt.moves)-1
				if last && fault.Code(err) != codeOr(tt.code) || !last && err != nil {
					t.Fatalf("%s: %v (%s)", m.act, err, fault.Say(err))
				}
			}
			if c.State != tt.state {
				t.Errorf("it is %s", c.State)
			}
		})
	}
}

func codeOr(code string) string {
	if code == "" {
		return fault.Code(nil)
	}
	return code
}

// Whatever is done in whatever order: a rest never lasts more than three years
// and a day in all, an ended company stays ended, every refusal says why in
// Chinese, and what the page offers is what the rule allows.
func TestALifeStaysWithinTheLaw(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c, day := newCompany("2026-01-05"), on("2026-01-05")
		for range 40 {
			day += calendar.Day(rapid.IntRange(0, 200).Draw(rt, "days"))
			if act := c.Overdue(day); act != "" {
				if err := c.does(act, day, Want{}); err != nil {
					rt.Fatalf("%s is due and refused: %v", act, err)
				}
			}
			ended := c.Ended
			act := Life[rapid.IntRange(2, len(Life)-1).Draw(rt, "act")].Act
			if act == Awake || act == Lapse || act == Ask || act == Unask {
				continue
			}
			w := Want{Rest: Rest{From: day, Until: day + calendar.Day(rapid.IntRange(0, 1200).Draw(rt, "rest"))}, Say: "欠款未还"}
			if err := c.does(act, day, w); err != nil && !strings.ContainsAny(fault.Say(err), "不请应期") {
				rt.Fatalf("refused without a reason: %v", err)
			}
			if c.RestDays(day) > restDays+2 {
				rt.Fatalf("rested %d days", c.RestDays(day))
			}
			if ended != 0 && (c.State != Gone || c.Ended != ended) {
				rt.Fatalf("rose again: %+v", c)
			}
			for _, o := range c.Offers(day) {
				if o.Why == "" && !o.Done && c.May(o.Row.Act, Want{}, day) != nil {
					rt.Fatalf("%s is offered and refused", o.Row.Act)
				}
			}
		}
	})
}

func TestWarnings(t *testing.T) {
	c := newCompany("2026-01-05")
	if err := c.does(TakeRest, on("2026-03-02"), rest("2026-03-02", "2029-03-01")); err != nil {
		t.Fatal(err)
	}
	rules := func(day string) string {
		var all []string
		for _, w := range c.Warnings(on(day)) {
			all = append(all, w.Rule)
		}
		return strings.Join(all, " ")
	}
	for day, want := range map[string]string{"2029-01-01": "", "2029-02-10": "rest.three-years", "2029-03-02": "rest.over"} {
		if got := rules(day); got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
	if c.Overdue(on("2029-03-01")) != "" || c.Overdue(on("2029-03-02")) != Awake {
		t.Error("wakes on the wrong day")
	}
	if c.Wake() != on("2029-03-02") {
		t.Error(c.Wake())
	}
}

// A code has eight characters of its own; what the city's begin with leaves the rest.
func TestACodeHasRoomForSoManyNumbers(t *testing.T) {
	for own8, want := range map[string]int64{"MA1": 99999, "MA12345": 9, "": 99999999} {
		if got := LastCode(own8); got != want {
			t.Errorf("behind %q: %d, not %d", own8, got, want)
		}
	}
}
