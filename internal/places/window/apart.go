package window

import "strings"

// calls is how the cases of one list are called, by their numbers.
type calls map[string]string

// headStep is by how many digits a number is called longer at a time, where its
// tail does not tell it apart.
const headStep = 6

// apart calls each row of a list by the tail of its number. Cases of two items
// share that: they get as much before it as tells them apart.
func apart[R any](rows []R, number func(R) string) calls {
	all := calls{}
	for _, r := range rows {
		all[number(r)] = ""
	}
	for n := range all {
		all[n] = all.callOf(n)
	}
	return all
}

func (all calls) callOf(number string) string {
	t := tail(number)
	for end := t; end != number; {
		if !all.shared(end, number) {
			break
		}
		end = number[max(0, len(number)-len(end)-headStep):]
		t = strings.TrimSuffix(end, tail(number)) + " " + tail(number)
	}
	return t
}

func (all calls) shared(end, number string) bool {
	for other := range all {
		if other != number && strings.HasSuffix(other, end) {
			return true
		}
	}
	return false
}

// rest is what stands before the call of a number.
func (all calls) rest(number string) string {
	return strings.TrimSuffix(number, strings.Replace(all[number], " ", "", 1))
}
