package relay_test

import (
	"testing"

	"tongban/internal/handling/cases"
	"tongban/internal/handling/relay"
)

func TestOriginalsOfWhatIsOverTravelNoMore(t *testing.T) {
	for _, tt := range []struct {
		name string
		c    cases.Case
		want string
	}{
		{"under way", cases.Case{State: cases.Accepted}, ""},
		{"decided, and still to be filed", cases.Case{State: cases.Granted, Decision: &cases.Decision{Granted: true}}, ""},
		{"withdrawn", cases.Case{State: cases.Withdrawn}, "已经结束，原件退还申请人"},
		{"on the shelf", cases.Case{State: cases.Granted, Decision: &cases.Decision{}, Archived: &cases.Archived{}}, "已经归档"},
	} {
		if got := relay.Closed(&tt.c); got != tt.want {
			t.Errorf("%s: %q, not %q", tt.name, got, tt.want)
		}
	}
}
