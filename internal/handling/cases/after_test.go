package cases

import (
	"testing"
	"time"

	"tongban/internal/engine/clock"
)

func TestTimeDoesNotRunBackwardsInAFile(t *testing.T) {
	opened := time.Date(2026, 9, 21, 1, 0, 0, 0, time.UTC)
	accepted := opened.Add(24 * time.Hour)
	c := &Case{Opened: opened, Statutory: clock.Clock{Started: clock.At(accepted)},
		Promised: clock.Clock{Started: clock.At(accepted), Pauses: []clock.Pause{{From: clock.At(accepted.Add(time.Hour)), Until: clock.At(accepted.Add(2 * time.Hour))}}}}
	last := accepted.Add(2 * time.Hour)
	for _, tt := range []struct {
		name      string
		now, want time.Time
	}{
		{"the clock goes on", last.Add(time.Minute), last.Add(time.Minute)},
		{"the clock was set back by two hours", last.Add(-2 * time.Hour), last},
		{"and to before the case was opened", opened.Add(-time.Hour), last},
		{"so far that somebody must look", last.Add(-73 * time.Hour), last.Add(-73 * time.Hour)},
	} {
		if got := c.after(tt.now); !got.Equal(tt.want) {
			t.Errorf("%s: %s, not %s", tt.name, got, tt.want)
		}
	}
}
