package window

import (
	"strings"

	"tongban/internal/handling/cases"
)

// tailLen is how long the day and the serial at the end of a case number are.
const tailLen = 12

// tail is the end of the number, by which clerks call a case: the day and the
// serial. Every item counts its own serials, so cases of two items may share it.
func tail(number string) string { return number[max(0, len(number)-tailLen):] }

// head is the rest of the number, the code of the item: it tells apart the cases
// that share a tail.
func head(number string) string { return strings.TrimSuffix(number, tail(number)) }

// called is the end of the number as it is called out: 1121-0003.
func called(number string) string {
	if t := tail(number); len(t) == tailLen {
		return t[4:8] + "-" + t[8:]
	}
	return tail(number)
}

// leastTail is the shortest end that is looked for, as it is called out: 1121-0003.
const leastTail = 8

// tailAsked is the end of a number in what was typed, as it is called out or as a
// list calls it: 025000 202611210003; "" if it is anything else.
func tailAsked(asked string) string {
	if before, end, longer := strings.Cut(asked, " "); longer && len(end) == tailLen && digits(before+end) {
		return before + end
	}
	t := strings.Replace(asked, "-", "", 1)
	if len(t) < leastTail || len(t) > tailLen || !digits(t) {
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
