package queue

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/data"
	"tongban/internal/catalogue/halls"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// usual are the rules that ship with the program.
var usual = func() Rules {
	text, err := data.Queue.ReadFile("queue.yaml")
	if err != nil {
		panic(err)
	}
	r, err := ReadRules(text)
	if err != nil {
		panic(err)
	}
	return r
}()

var nine = calendar.Parse("2026-09-21").Start().Add(9 * time.Hour)

func TestLinesOf(t *testing.T) {
	h := halls.Hall{Windows: []halls.Window{{No: "B01", Kind: halls.Field, Area: "不动产登记"}, {No: "A01", Kind: halls.Any, Area: "东区"}, {No: "A02", Kind: halls.Any, Area: "西区"},
		{No: "B02", Kind: halls.Field, Area: "公安"}, {No: "C01", Kind: halls.Appeal}}}
	got := LinesOf(h)
	want := []struct {
		letter, name string
		windows      int
	}{{"A", "综合窗口", 2}, {"B", "不动产登记", 1}, {"C", "公安", 1}, {"D", "办不成事反映", 1}}
	if len(got) != len(want) {
		t.Fatalf("lines %v", got)
	}
	for i, w := range want {
		if got[i].Letter != w.letter || got[i].Name != w.name || len(got[i].Windows) != w.windows {
			t.Errorf("line %d is %v, want %v", i, got[i], w)
		}
	}
	if h.Closed = true; LinesOf(h) != nil {
		t.Error("a closed hall has lines")
	}
	if letter(26) != "AA" || letter(51) != "AZ" {
		t.Errorf("after Z comes %s … %s", letter(26), letter(51))
	}
}

func TestRank(t *testing.T) {
	day := calendar.DayOf(nine)
	for _, tt := range []struct {
		name    string
		p       Priority
		booked  time.Duration // slot; 0 for none
		now     time.Duration
		earlier time.Duration // than now
	}{
		{"somebody who just came", "", 0, 10 * time.Hour, 0},
		{"an old man", "elder", 0, 10 * time.Hour, 20 * time.Minute},
		{"a word that is no priority", "friend", 0, 10 * time.Hour, 0},
		{"an appointment at its time", "", 10 * time.Hour, 10 * time.Hour, 30 * time.Minute},
		{"an appointment much too early", "", 10 * time.Hour, 9 * time.Hour, 0},
		{"an appointment a little late", "", 10 * time.Hour, 10*time.Hour + 40*time.Minute, 70 * time.Minute},
		{"an appointment too late", "", 10 * time.Hour, 10*time.Hour + 46*time.Minute, 0},
		{"an old man with an appointment", "elder", 10 * time.Hour, 10 * time.Hour, 30 * time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b *Booking
			if tt.booked > 0 {
				b = &Booking{Day: day, Slot: tt.booked}
			}
			now := day.Start().Add(tt.now)
			if got := now.Sub(usual.rank(tt.p, b, now)); got != tt.earlier {
				t.Errorf("%v earlier, want %v", got, tt.earlier)
			}
		})
	}
}

// Whoever waits is called after a bounded time, whoever else may come.
func TestNobodyWaitsForEver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mine := Ticket{ID: "me", Letter: "A", Seq: 1, Rank: usual.rank("", nil, nine)}
		waiting := []Ticket{mine}
		for i := range rapid.IntRange(0, 60).Draw(t, "others") {
			late := time.Duration(rapid.IntRange(1, 240).Draw(t, "minutes")) * time.Minute
			p := rapid.SampledFrom([]Priority{"", "elder", "infant"}).Draw(t, "priority")
			waiting = append(waiting, Ticket{ID: "x", Letter: "A", Seq: i + 2, Rank: usual.rank(p, nil, nine.Add(late)), Taken: nine.Add(late)})
		}
		for _, w := range waiting {
			if w.Taken.After(nine.Add(usual.HeadStart)) && byRank(w, mine) < 0 {
				t.Fatalf("%s, drawn %v later, comes first", w.No(), w.Taken.Sub(nine))
			}
		}
		first, _ := next(waiting)
		if len(before(waiting, first)) != 0 {
			t.Fatal("somebody is ahead of the first")
		}
	})
}

func TestActs(t *testing.T) {
	allowed := map[act]string{call: "waiting", recall: "called", begin: "called", end: "serving", miss: "called", rejoin: "missed", leave: "waiting called missed", forward: "called serving", free: "waiting"}
	for a, from := range allowed {
		for state := range stateNames {
			_, err := Ticket{State: state}.can(a)
			if want := slices.Contains(strings.Fields(from), string(state)); want != (err == nil) {
				t.Errorf("%s of a ticket that is %s: %v", a, state, err)
			}
		}
	}
}

func TestMissedAndBack(t *testing.T) {
	ticket := Ticket{ID: "t", State: Called, Calls: 1}
	if _, err := usual.missed(ticket, nine); fault.Code(err) != "queue.miss.calls" {
		t.Errorf("missed after one call: %v", err)
	}
	ticket.Calls = 2
	ticket, err := usual.missed(ticket, nine)
	if err != nil || ticket.State != Missed {
		t.Fatalf("%v %v", ticket.State, err)
	}
	var waiting []Ticket
	for i := range 5 {
		waiting = append(waiting, Ticket{ID: string(rune('a' + i)), Seq: i, Rank: nine.Add(time.Duration(i) * time.Minute)})
	}
	ticket, err = usual.back(ticket, waiting, nine.Add(time.Hour))
	if n := len(before(waiting, ticket)); err != nil || n != 3 || ticket.Calls != 0 {
		t.Errorf("%d ahead, %d calls, %v", n, ticket.Calls, err)
	}
	missed := Ticket{ID: "m", State: Missed}
	if missed, _ = usual.back(missed, waiting[:1], nine.Add(time.Hour)); len(before(waiting[:1], missed)) != 1 {
		t.Error("with one waiting, whoever comes back is not the second")
	}
}

func TestDrawable(t *testing.T) {
	hours := calendar.DefaultHours()
	for _, tt := range []struct {
		name  string
		hours []calendar.Span
		at    time.Duration
		code  string
	}{
		{"in the morning", hours, 9 * time.Hour, ""}, {"an hour before", hours, 8 * time.Hour, ""}, {"over noon", hours, 12*time.Hour + 30*time.Minute, ""},
		{"in the night", hours, 5 * time.Hour, "queue.take.early"}, {"after work", hours, 17*time.Hour + 30*time.Minute, "queue.take.late"}, {"on a Sunday", nil, 10 * time.Hour, "queue.take.closed"},
	} {
		if err := drawable(tt.hours, calendar.DayOf(nine).Start().Add(tt.at)); fault.Code(err) != tt.code && (err != nil || tt.code != "") {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
		}
	}
}

func TestBookable(t *testing.T) {
	today := calendar.DayOf(nine)
	free := usual.slots(today, calendar.DefaultHours(), 2, map[time.Duration]int{10 * time.Hour: 4, 11 * time.Hour: 3}, nine)
	if len(free) != 13 || free[0].At != 9*time.Hour+30*time.Minute {
		t.Fatalf("slots %v", free)
	}
	held := []Booking{{Day: today, Slot: 14 * time.Hour, State: Booked}, {Day: today, Slot: 15 * time.Hour, State: Cancelled}}
	many := []Booking{{Day: today + 1, State: Booked}, {Day: today + 2, State: Booked}, {Day: today + 3, State: Booked}}
	for _, tt := range []struct {
		name string
		day  calendar.Day
		slot time.Duration
		held []Booking
		code string
	}{
		{"a free slot", today, 11 * time.Hour, held, ""}, {"a full slot", today, 10 * time.Hour, held, "queue.book.full"},
		{"a slot that has begun", today, 9 * time.Hour, nil, "queue.book.slot"}, {"no slot", today, 12 * time.Hour, nil, "queue.book.slot"},
		{"yesterday", today - 1, 11 * time.Hour, nil, "queue.book.day"}, {"far away", today + 15, 11 * time.Hour, nil, "queue.book.day"},
		{"the same time twice", today, 14 * time.Hour, held, "queue.book.twice"}, {"a time given up before", today, 15 * time.Hour, held, ""},
		{"a fourth one", today, 11 * time.Hour, many, "queue.book.many"},
	} {
		err := usual.bookable(Booking{Day: tt.day, Slot: tt.slot}, tt.held, free, today)
		if got := fault.Code(err); err != nil && got != tt.code || err == nil && tt.code != "" {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
		}
	}
}

func TestMinutes(t *testing.T) {
	for _, tt := range []struct {
		here, shared, windows int
		served                []time.Duration
		want                  int
	}{{0, 0, 2, nil, 0}, {0, 3, 0, nil, 24}, {0, 3, 2, nil, 12}, {0, 3, 2, []time.Duration{5 * time.Minute, 6 * time.Minute}, 9}, {3, 0, 2, nil, 24}, {1, 2, 4, nil, 12}} {
		if got := usual.minutes(tt.here, tt.shared, tt.windows, tt.served); got != tt.want {
			t.Errorf("%d ahead here, %d shared by %d windows: %d minutes, want %d", tt.here, tt.shared, tt.windows, got, tt.want)
		}
	}
}
