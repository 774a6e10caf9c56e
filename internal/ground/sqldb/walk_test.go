package sqldb_test

import (
	"errors"
	"slices"
	"testing"

	"tongban/internal/ground/sqldb"
)

// pages of two numbers, up to five.
func numbers(after int) ([]int, error) {
	all := []int{1, 2, 3, 4, 5}[after:]
	return all[:min(2, len(all))], nil
}

func TestOneThatFailsKeepsNoOtherWaiting(t *testing.T) {
	broken := errors.New("broken")
	for _, tt := range []struct {
		name string
		walk func(func(int) ([]int, error), func(int) int, func(int) error) error
		want []int
	}{
		{"a walk ends with it", sqldb.Walk[int, int], []int{1, 2}},
		{"one that goes on", sqldb.WalkOn[int, int], []int{1, 2, 3, 4, 5}},
	} {
		var seen []int
		err := tt.walk(numbers, func(n int) int { return n }, func(n int) error {
			if seen = append(seen, n); n == 2 {
				return broken
			}
			return nil
		})
		if !errors.Is(err, broken) || !slices.Equal(seen, tt.want) {
			t.Errorf("%s: %v, %v", tt.name, seen, err)
		}
	}
	if err := sqldb.WalkOn(numbers, func(n int) int { return n }, func(int) error { return nil }); err != nil {
		t.Error(err)
	}
}
