package queue

import "testing"

func TestWhoIsSoonCalledIsTold(t *testing.T) {
	stage := int64(0)
	for _, tt := range []struct {
		name  string
		state State
		ahead int
		calls int
		say   string // "" nothing
	}{
		{"four ahead", Waiting, 4, 0, ""},
		{"three ahead", Waiting, 3, 0, "前面还有3人，请到大厅等候"},
		{"called", Called, 0, 1, "叫到您了，请到 A01 号窗口"},
		{"missed", Missed, 0, 1, "您的号过了，还在大厅的可以回到队里"},
		{"in the line again", Waiting, 0, 1, "下一个就是您，请到大厅等候"},
		{"called again", Called, 0, 2, "叫到您了，请到 A01 号窗口"},
		{"at the window", Serving, 0, 2, ""},
		{"gone", Left, 0, 2, ""},
	} {
		w, news := Seen{Ticket: Ticket{State: tt.state, Calls: tt.calls, Window: "A01"}, Ahead: tt.ahead}.Word()
		if news != (tt.say != "") || w.Say != tt.say {
			t.Errorf("%s: %q", tt.name, w.Say)
		}
		if news && w.Stage <= stage {
			t.Errorf("%s is no news after what was told before: %d after %d", tt.name, w.Stage, stage)
		}
		if news {
			stage = w.Stage
		}
	}
}
