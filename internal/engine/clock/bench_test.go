package clock_test

import (
	"fmt"
	"testing"

	"tongban/internal/engine/clock"
)

func ordinary(b *testing.B) clock.Clock {
	c, err := clock.Clock{}.Start(twenty, on("2025-09-22"))
	if err == nil {
		c, err = c.Pause(clock.Pause{Key: "1", Kind: "专家评审", From: moment("2025-10-13")})
	}
	if err == nil {
		c, err = c.Resume("1", on("2025-10-24"))
	}
	if err != nil {
		b.Fatal(err)
	}
	return c
}

// overlapping has n pauses of a week, one begun each day.
func overlapping(b *testing.B, n int) clock.Clock {
	c, err := clock.Clock{}.Start(twenty, on("2025-01-02"))
	for i := range n {
		from := on("2025-01-03").AddDate(0, 0, i)
		key := fmt.Sprint("检验", i)
		if c, err = c.Pause(clock.Pause{Key: key, Kind: key, From: clock.At(from)}); err != nil {
			b.Fatal(err)
		}
		if c, err = c.Resume(key, from.AddDate(0, 0, 6)); err != nil {
			b.Fatal(err)
		}
	}
	return c
}

func BenchmarkDue(b *testing.B) {
	for _, bb := range []struct {
		name  string
		clock clock.Clock
	}{{"ordinary", ordinary(b)}, {"200 pauses", overlapping(b, 200)}} {
		b.Run(bb.name, func(b *testing.B) {
			for b.Loop() {
				bb.clock.Due(shipped)
			}
		})
	}
}

func BenchmarkColour(b *testing.B) {
	c, now := ordinary(b), on("2025-11-03")
	for b.Loop() {
		c.Colour(now, shipped, clock.Usual)
	}
}

func BenchmarkExplain(b *testing.B) {
	now := on("2025-11-03")
	for _, bb := range []struct {
		name  string
		clock clock.Clock
	}{{"ordinary", ordinary(b)}, {"200 pauses", overlapping(b, 200)}} {
		b.Run(bb.name, func(b *testing.B) {
			for b.Loop() {
				bb.clock.Explain(shipped, now)
			}
		})
	}
}
