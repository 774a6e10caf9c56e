package frame

import (
	"maps"
	"slices"
	"strings"
)

// Calls is how the cases of one list are called, by their numbers.
type Calls map[string]string

// TailLen is how long the end of a case number is: the day and the serial.
const TailLen = 12

// Tail is the end of the number, by which people call a case: the day and the serial.
// Every item counts its own serials, so cases of two items may share it.
func Tail(number string) string { return last(number, TailLen) }

// headStep is by how many digits a number is called longer at a time, where its
// tail does not tell it apart.
const headStep = 6

// Apart calls each row of a list by the tail of its number. Cases of two items
// share that: they get as much before it as tells them apart.
func Apart[R any](rows []R, number func(R) string) Calls {
	all := Calls{}
	for _, r := range rows {
		all[number(r)] = ""
	}
	left := slices.Collect(maps.Keys(all))
	for long := TailLen; len(left) > 0; long += headStep {
		left = all.call(left, long)
	}
	return all
}

// call calls those of the numbers that their last digits tell apart, and returns the
// others.
func (all Calls) call(numbers []string, long int) (shared []string) {
	have := map[string]int{}
	for _, n := range numbers {
		have[last(n, long)]++
	}
	for _, n := range numbers {
		if end := last(n, long); have[end] > 1 {
			shared = append(shared, n)
		} else {
			all[n] = strings.TrimSpace(strings.TrimSuffix(end, Tail(n)) + " " + Tail(n))
		}
	}
	return shared
}

func last(number string, long int) string { return number[max(0, len(number)-long):] }

// Rest is what stands before the call of a number.
func (all Calls) Rest(number string) string {
	return strings.TrimSuffix(number, strings.Replace(all[number], " ", "", 1))
}
