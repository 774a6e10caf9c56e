package queue

import (
	"strings"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// A ticket that was sent to a window waits for that window and no other, with the time
// it has waited, until somebody of the line lets it go.
func TestATicketSentToAWindow(t *testing.T) {
	lines := []Line{{Name: "综合窗口", Letter: "A", Windows: []string{"A01", "A02"}}, {Name: "税务", Letter: "B", Windows: []string{"B01"}}}
	served := Ticket{ID: "t", State: Serving, Line: "综合窗口", Letter: "A", Seq: 7, Window: "A01", Rank: nine}
	for _, tt := range []struct {
		name, to   string
		line, code string
		window     string
	}{
		{"another line", "税务", "税务", "", ""}, {"a window of the same line", "A02", "综合窗口", "", "A02"}, {"a window of another line", "B01", "税务", "", "B01"},
		{"the line in which it is", "综合窗口", "", "queue.forward.same", ""}, {"the window at which it is", "A01", "", "queue.forward.here", ""},
		{"a window that the hall has not", "C09", "", "queue.line.none", ""},
	} {
		line, window, err := target(lines, tt.to)
		got := served
		if err == nil {
			got, err = served.sent(line, window)
		}
		if fault.Code(err) != tt.code && (err != nil || tt.code != "") {
			t.Errorf("to %s: %v, want %s", tt.name, err, tt.code)
		}
		if err == nil && (got.Line != tt.line || got.Window != tt.window || got.State != Waiting || !got.Rank.Equal(nine)) {
			t.Errorf("to %s: %+v", tt.name, got)
		}
	}
	sent, _ := served.sent(lines[0], "A02")
	later := Ticket{ID: "u", State: Waiting, Letter: "A", Seq: 8, Rank: nine.Add(time.Minute)}
	if first, _ := next(of([]Ticket{later, sent}, "A01")); first.ID != "u" {
		t.Error("A01 calls who was sent to A02")
	}
	if first, _ := next(of([]Ticket{later, sent}, "A02")); first.ID != "t" {
		t.Error("A02 does not call who was sent to it")
	}
	if _, err := later.freed(); fault.Code(err) != "queue.free.any" {
		t.Errorf("a ticket that waits for any window was let go: %v", err)
	}
	if sent, _ = sent.freed(); !sent.CalledBy("A01") {
		t.Error("a ticket that was let go still waits for A02")
	}
}

// An appointment changes its time as long as it stands.
func TestAnAppointmentIsChanged(t *testing.T) {
	today := calendar.DayOf(nine)
	b := Booking{Day: today, Slot: 10 * time.Hour, State: Booked}
	for _, tt := range []struct {
		name  string
		state BookingState
		slot  time.Duration
		now   time.Duration
		code  string
	}{
		{"another time", Booked, 11 * time.Hour, 0, ""}, {"the same time", Booked, 10 * time.Hour, 0, "queue.change.same"},
		{"given up before", Cancelled, 11 * time.Hour, 0, "queue.change.state"}, {"come already", Kept, 11 * time.Hour, 0, "queue.change.state"},
		{"not come in time", Booked, 14 * time.Hour, 2 * time.Hour, "queue.change.state"},
	} {
		b.State = tt.state
		_, err := b.changed(today, tt.slot, usual.Slot, nine.Add(tt.now))
		if fault.Code(err) != tt.code && (err != nil || tt.code != "") {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
		}
	}
}

func TestReadRules(t *testing.T) {
	text, err := data.Queue.ReadFile("queue.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, from, to string }{
		{"a slot of no length", "slot: 30", "slot: 0"}, {"no call before a miss", "miss_after: 2", "miss_after: 0"}, {"a head start of a day", "head_start: 20", "head_start: 1440"},
		{"a word nobody knows", "usual: 8", "usual: 8\nvip: 60"}, {"one left out", "open: 3", ""},
	} {
		if _, err := ReadRules([]byte(strings.Replace(string(text), tt.from, tt.to, 1))); err == nil {
			t.Errorf("%s was read", tt.name)
		}
	}
}
