package elsewhere

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

const (
	yunlong  = "320303000000"
	quanshan = "320311000000"
	xuzhou   = "320300000000"
	nanjing  = "320100000000"
	suzhou   = "341300000000"
)

func TestAnItemReachesAsFarAsItsScope(t *testing.T) {
	for _, tt := range []struct {
		scope items.Scope
		here  string
		want  bool
	}{
		{items.Nation, suzhou, true},
		{items.WholeProvince, suzhou, false},
		{items.WholeProvince, nanjing, true},
		{items.WholeCity, nanjing, false},
		{items.WholeCity, quanshan, true},
		{items.WholeCounty, quanshan, false},
		{items.WholeCounty, "320303001000", true},
		{items.NotShared, yunlong, false},
		{"", yunlong, false},
	} {
		if Reaches(tt.scope, yunlong, tt.here) != tt.want {
			t.Errorf("%q at %s: %v", tt.scope, tt.here, !tt.want)
		}
	}
}

func TestWhoMayTakeForAnotherPlace(t *testing.T) {
	window := func(region string) identity.Actor {
		return identity.Actor{Account: "w", Posts: []identity.Post{{Role: identity.Window, Region: region}}}
	}
	own := identity.Actor{Account: "u", Party: "p1"}
	for _, tt := range []struct {
		name  string
		scope items.Scope
		to    Place
		by    identity.Actor
		code  string
	}{
		{"by the applicant, an item of the province to another", items.WholeProvince, Place{Partner: "x", Region: suzhou}, own, "elsewhere.take.scope"},
		{"by the applicant, who has to come there", items.Nation, Place{Partner: "x", Region: suzhou}, identity.Actor{Account: "come", Party: "p1"}, "elsewhere.take.visit"},
		{"a window of another county of the city", items.WholeCity, Place{Region: yunlong}, window(quanshan), ""},
		{"a window that receives the item itself", items.WholeCity, Place{Region: yunlong}, window(xuzhou), "elsewhere.take.own"},
		{"beyond the scope", items.WholeCounty, Place{Region: yunlong}, window(quanshan), "elsewhere.take.scope"},
		{"for a partner in another province", items.Nation, Place{Partner: "x", Region: suzhou}, window(quanshan), ""},
		{"for another province, an item of the province", items.WholeProvince, Place{Partner: "x", Region: suzhou}, window(quanshan), "elsewhere.take.scope"},
		{"by the applicant, to a partner", items.Nation, Place{Partner: "x", Region: suzhou}, own, ""},
		{"by the applicant, who can apply here", items.Nation, Place{Region: yunlong}, own, "elsewhere.take.own"},
		{"by somebody else", items.Nation, Place{Partner: "x", Region: suzhou}, identity.Actor{Account: "v", Party: "p2"}, "elsewhere.take.role"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := &items.Edition{Item: "i", Agency: "yl-police", Region: yunlong, Scope: tt.scope, Online: []items.Depth{items.HandleNet}}
			if tt.by.Account == "come" {
				e.Visits = 1
			}
			_, _, err := Taker(e, tt.to, "p1", tt.by)
			if err == nil && tt.code != "" || err != nil && fault.Code(err) != tt.code {
				t.Errorf("%v, want %q", err, tt.code)
			}
		})
	}
}

func TestSomebodyAlwaysAnswers(t *testing.T) {
	day := calendar.Parse("2026-09-30")
	for _, tt := range []struct {
		name  string
		p     Parcel
		here  bool
		until calendar.Day
	}{
		{"taken", Parcel{State: Taken, ForwardBy: day}, true, day},
		{"on its way", Parcel{State: Sent, ForwardBy: day}, true, day},
		{"returned", Parcel{State: Returned, ForwardBy: day}, true, day},
		{"received there", Parcel{State: There, Status: Status{State: cases.Received}}, false, 0},
		{"to be put right", Parcel{State: There, Status: Status{State: cases.Correcting, Notice: &cases.Notice{Until: day}}}, true, day},
		{"accepted there", Parcel{State: There, Status: Status{State: cases.Accepted, Promised: day, Statutory: day + 9}}, false, day},
		{"to be fetched here", Parcel{State: Settled, Status: Status{Delivery: cases.Delivery{Way: "window"}}}, true, 0},
		{"to be posted by them", Parcel{State: Settled, Status: Status{Delivery: cases.Delivery{Way: "post"}}}, false, 0},
	} {
		if a := tt.p.Answers(); a.Here != tt.here || a.Until != tt.until || a.What == "" {
			t.Errorf("%s: %+v", tt.name, a)
		}
	}
}

func TestWhatBecomesOfAMessage(t *testing.T) {
	now := time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC)
	good := Envelope{From: "a", To: "b", Number: 5, Key: "k", Kind: Moved, Sent: now, Body: []byte(`{}`)}
	change := func(do func(*Envelope)) Envelope { e := good; do(&e); return e }
	for _, tt := range []struct {
		name   string
		e      Envelope
		taken  int64
		before string
		want   Outcome
	}{
		{"the next", good, 4, "", Done},
		{"done before", good, 5, good.Digest(), Repeated},
		{"held before", good, 2, good.Digest(), Repeated},
		{"sent again later is the same", change(func(e *Envelope) { e.Sent = now.Add(time.Minute) }), 5, good.Digest(), Repeated},
		{"the same number, something else", change(func(e *Envelope) { e.Body = []byte(`{"a":1}`) }), 5, good.Digest(), Altered},
		{"before its turn", good, 1, "", Held},
		{"far before its turn", change(func(e *Envelope) { e.Number = 999 }), 1, "", TooFar},
		{"for somebody else", change(func(e *Envelope) { e.To = "c" }), 4, "", Astray},
		{"too old", change(func(e *Envelope) { e.Sent = now.Add(-time.Hour) }), 4, "", Stale},
		{"from the future", change(func(e *Envelope) { e.Sent = now.Add(time.Hour) }), 4, "", Stale},
		{"of no kind", change(func(e *Envelope) { e.Kind = "x" }), 4, "", Garbled},
		{"without a number", change(func(e *Envelope) { e.Number = 0 }), 4, "", Garbled},
	} {
		if got := Admit(tt.e, "b", tt.taken, tt.before, now); got != tt.want || got.Say() == "" {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// Whatever order messages come in, and however often, each is done once and in order.
func TestEveryNumberIsDoneOnceInOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		now := time.Now()
		n := rapid.IntRange(1, 8).Draw(r, "messages")
		seen, held, done := map[int64]string{}, map[int64]bool{}, []int64{}
		taken := int64(0)
		arrive := func(number int64) {
			e := Envelope{To: "b", Number: number, Key: "k", Kind: Moved, Sent: now, Body: []byte(`{}`)}
			switch Admit(e, "b", taken, seen[number], now) {
			case Held:
				seen[number], held[number] = e.Digest(), true
			case Done:
				seen[number] = e.Digest()
				for done, taken = append(done, number), number; held[taken+1]; {
					taken++
					done = append(done, taken)
				}
			}
		}
		for _, number := range rapid.SliceOfN(rapid.Int64Range(1, int64(n)), 0, 30).Draw(r, "arrivals") {
			arrive(number)
		}
		for number := range int64(n) { // the sender repeats what is not kept
			arrive(number + 1)
		}
		for i, number := range done {
			if number != int64(i+1) {
				r.Fatalf("done %v", done)
			}
		}
		if len(done) != n {
			r.Fatalf("done %v of %d", done, n)
		}
	})
}

func TestAPartnerIsCheckedWhenItIsEntered(t *testing.T) {
	any := func(string) error { return nil }
	_, _, err := Partner{Regions: []Region{{Code: "3203", Name: "x"}}}.Check("own", any)
	for _, at := range []string{"name", "key", "regions"} {
		found := false
		for _, f := range fault.Fields(err) {
			found = found || f.Path == at
		}
		if !found {
			t.Errorf("nothing about %s: %v", at, err)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte(`{"text":"e30=","signature":"AA==","files":{"x":"AA=="}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var e Envelope
		if p, err := unpack(raw, &e); err == nil {
			if p.signedBy("bm90IGEga2V5") {
				t.Error("signed by no key")
			}
			e.Digest()
		}
	})
}

// What is older than what is known, and what is said of another case, changes nothing
// but where the other place registers the parcel anew.
func TestWhatIsHeardOfAParcel(t *testing.T) {
	for _, tt := range []struct {
		name  string
		state State
		heard Status
		want  bool
	}{
		{"news", There, Status{Case: "c1", Seq: 4, State: cases.Accepted}, true},
		{"the same again", There, Status{Case: "c1", Seq: 3, State: cases.Accepted}, false},
		{"registered anew by a place that was brought back", There, Status{Case: "c2", Seq: 1, State: cases.Received}, true},
		{"the same of one that is over", Over, Status{Case: "c2", Seq: 1, State: cases.Received}, false},
		{"news of another case", There, Status{Case: "c2", Seq: 9, State: cases.Granted}, false},
	} {
		p := &Parcel{State: tt.state, Status: Status{Case: "c1", Number: "n1", Seq: 3, State: cases.Accepted}}
		before := p.Status
		got := p.hear(tt.heard, time.Now())
		if after := p.Status; got != tt.want || got && after != tt.heard || !got && after != before {
			t.Errorf("%s: %v, then %+v", tt.name, got, after)
		}
	}
}

// A receipt tells that one side was brought back from a copy.
func TestAReceiptTellsWhoHasForgotten(t *testing.T) {
	for _, tt := range []struct {
		name  string
		kept  int64
		r     Receipt
		lacks bool
		ahead int64
	}{
		{"the next was done", 4, Receipt{Number: 5, Outcome: Done, Next: 6}, false, 0},
		{"it was done before", 4, Receipt{Number: 5, Outcome: Repeated, Next: 9}, false, 0},
		{"one that was kept there is waited for", 4, Receipt{Number: 5, Outcome: Held, Next: 2}, true, 0},
		{"so many that it is not held", 400, Receipt{Number: 401, Outcome: TooFar, Next: 2}, true, 0},
		{"another was taken under the number", 4, Receipt{Number: 5, Outcome: Altered, Next: 9}, false, 9},
		{"a partner that says nothing of numbers", 4, Receipt{Number: 5, Outcome: Stranger}, false, 0},
	} {
		if tt.r.Lacks(tt.kept) != tt.lacks || tt.r.Ahead() != tt.ahead {
			t.Errorf("%s: %v, %d", tt.name, tt.r.Lacks(tt.kept), tt.r.Ahead())
		}
	}
}
