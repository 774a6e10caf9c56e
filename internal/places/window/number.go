package window

import (
	"strings"

	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// head is the rest of the number, the code of the item: it tells apart the cases
// that share a tail.
func head(number string) string { return strings.TrimSuffix(number, frame.Tail(number)) }

// called is the end of the number as it is called out: 1121-0003.
func called(number string) string {
	if t := frame.Tail(number); len(t) == frame.TailLen {
		return t[4:8] + "-" + t[8:]
	}
	return frame.Tail(number)
}

// leastTail is the shortest end that is looked for, as it is called out: 1121-0003.
const leastTail = 8

// tailAsked is the end of a number in what was typed, as it is called out or as a
// list calls it: 025000 202611210003; "" if it is anything else.
func tailAsked(asked string) string {
	if before, end, longer := strings.Cut(asked, " "); longer && len(end) == frame.TailLen && digits(before+end) {
		return before + end
	}
	t := strings.Replace(asked, "-", "", 1)
	if len(t) < leastTail || len(t) > frame.TailLen || !digits(t) {
		return ""
	}
	return t
}

func digits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// narrowed is a list narrowed to what was typed: the end of a number, or the beginning
// of the applicant's name.
func narrowed(f cases.Filter, text string) cases.Filter {
	if f.Tail = tailAsked(text); f.Tail == "" {
		f.Name = text
	}
	return f
}
