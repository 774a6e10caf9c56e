package frame

import "strings"

// Calls is how the cases of one list are called, by their numbers.
type Calls map[string]string

// TailLen is how long the end of a case number is: the day and the serial.
const TailLen = 12

// Tail is the end of the number, by which people call a case: the day and the serial.
// Every item counts its own serials, so cases of two items may share it.
func Tail(number string) string { return number[max(0, len(number)-TailLen):] }

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
	for n := range all {
		all[n] = all.callOf(n)
	}
	return all
}

func (all Calls) callOf(number string) string {
	t := Tail(number)
	for end := t; end != number; {
		if !all.shared(end, number) {
			break
		}
		end = number[max(0, len(number)-len(end)-headStep):]
		t = strings.TrimSuffix(end, Tail(number)) + " " + Tail(number)
	}
	return t
}

func (all Calls) shared(end, number string) bool {
	for other := range all {
		if other != number && strings.HasSuffix(other, end) {
			return true
		}
	}
	return false
}

// Rest is what stands before the call of a number.
func (all Calls) Rest(number string) string {
	return strings.TrimSuffix(number, strings.Replace(all[number], " ", "", 1))
}
