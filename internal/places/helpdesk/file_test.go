package helpdesk

import (
	"testing"

	"tongban/internal/handling/aid"
)

// Only of a matter that was answered is it known whether it was solved.
func TestTheTableSaysOfAnsweredMattersOnlyWhetherTheyWereSolved(t *testing.T) {
	for _, tt := range []struct {
		m    aid.Matter
		want string
	}{
		{aid.Matter{State: aid.Closed, Solved: true}, "解决了"},
		{aid.Matter{State: aid.Closed}, "没有"},
		{aid.Matter{State: aid.Withdrawn}, ""},
		{aid.Matter{State: aid.Declined}, ""},
		{aid.Matter{State: aid.Taken, Due: 20000}, ""},
	} {
		row := cells(tt.m)
		if got := row[len(row)-1]; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.m.State, got, tt.want)
		}
	}
}
