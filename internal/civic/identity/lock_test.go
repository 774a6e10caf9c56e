package identity

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/internal/ground/fault"
)

func TestLockOut(t *testing.T) {
	start := time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name    string
		minutes []int // of each wrong try
		refused bool  // the last one
	}{
		{"the fifth wrong one is still looked at", []int{0, 1, 2, 3, 4}, false},
		{"the sixth is not", []int{0, 1, 2, 3, 4, 5}, true},
		{"nor any in the quarter of an hour after the fifth", []int{0, 1, 2, 3, 4, 18}, true},
		{"after it the count starts again", []int{0, 1, 2, 3, 4, 19}, false},
		{"waiting at the closed door does not make it longer", []int{0, 1, 2, 3, 4, 10, 15, 18, 19}, false},
		{"wrong ones further apart than a quarter of an hour do not add up", []int{0, 4, 8, 12, 16, 20}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var tries Tries
			var err error
			for _, m := range tt.minutes {
				now := start.Add(time.Duration(m) * time.Minute)
				tries = tries.Charge(now, Usual)
				err = tries.Refuse(now, Usual)
			}
			if (err != nil) != tt.refused {
				t.Errorf("got %v", err)
			}
			if err != nil && fault.Of(err) != fault.TooOften {
				t.Errorf("got kind %v", fault.Of(err))
			}
		})
	}
}

// However the tries fall, no quarter of an hour looks at more than twice five
// passwords, and at most five in any 15 minutes that begin with a fresh count.
func TestGuessingIsSlow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC)
		var tries Tries
		var looked []time.Time
		for range rapid.IntRange(1, 200).Draw(t, "tries") {
			now = now.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "seconds")) * time.Second)
			if tries = tries.Charge(now, Usual); tries.Refuse(now, Usual) == nil {
				looked = append(looked, now)
			}
		}
		for i := range looked {
			if j := i + 2*Usual.Wrong; j < len(looked) && looked[j].Sub(looked[i]) < Usual.Within {
				t.Fatalf("%d passwords looked at within %v", 2*Usual.Wrong+1, looked[j].Sub(looked[i]))
			}
		}
	})
}
