package sqldb_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"tongban/internal/ground/sqldb"
)

// table counts how often it is asked.
type table struct {
	version, asked, read int64
	broken               error
}

func (t *table) Version(context.Context) (int64, error) { t.asked++; return t.version, t.broken }
func (t *table) Read(context.Context) (int64, error)    { t.read++; return t.version * 10, t.broken }

func TestASmallTableIsReadAgainOnlyWhenItChanged(t *testing.T) {
	var held sqldb.Kept[int64]
	from := &table{version: 1}
	now := time.Date(2026, 9, 24, 9, 0, 0, 0, time.UTC)
	get := func(after time.Duration) (int64, error) {
		return held.Get(t.Context(), now.Add(after), from.Version, from.Read)
	}
	for _, step := range []struct {
		why                string
		after              time.Duration
		do                 func()
		value, asked, read int64
	}{
		{"the first asking reads", 0, nil, 10, 1, 1},
		{"within a second it is believed", 900 * time.Millisecond, func() { from.version = 2 }, 10, 1, 1},
		{"after a second the change is seen", time.Second, nil, 20, 2, 2},
		{"an unchanged table is not read again", 3 * time.Second, nil, 20, 3, 2},
		{"our own change is seen at once", 3 * time.Second, func() { from.version = 3; held.Doubt() }, 30, 4, 3},
		{"a clock set back believes nothing", time.Second, func() { from.version = 4 }, 40, 5, 4},
	} {
		if step.do != nil {
			step.do()
		}
		got, err := get(step.after)
		if err != nil || got != step.value || from.asked != step.asked || from.read != step.read {
			t.Errorf("%s: %d, %v after %d askings and %d readings", step.why, got, err, from.asked, from.read)
		}
	}
	from.broken = errors.New("cut")
	if _, err := get(time.Hour); !errors.Is(err, from.broken) {
		t.Errorf("a cut line gave %v", err)
	}
	from.broken = nil
	if got, err := get(time.Hour); err != nil || got != 40 {
		t.Errorf("mended, it gave %d, %v", got, err)
	}
}
