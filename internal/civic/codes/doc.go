// Package codes reads, checks, writes and masks the numbers by which the state
// knows people, organizations, places, items, cases and certificates (编码).
//
// Every number is checked by the standard that defines it. Numbers met in the
// wild break the rules, so a finding has a severity: what is Wrong cannot be
// meant, what is Doubtful is kept and shown to somebody. The code lists (代码表)
// of the national standards are data, in lists/, each with the codes other
// systems use for the same thing.
package codes

import (
	"fmt"
	"strings"
	"unicode"

	"tongban/internal/ground/fault"
)

// A Severity says how bad a finding is.
type Severity uint8

// The severities.
const (
	Sound    Severity = iota // nothing found
	Doubtful                 // breaks a rule that real numbers also break: keep it, ask
	Wrong                    // cannot be a number of this sort
)

// A Finding is one thing that is wrong with a code.
type Finding struct {
	Segment  string   // which part of the code: agency, level, main…
	Code     string   // stable, for programs: "codes.uscc.check"
	Say      string   // in Chinese, and what to do
	Severity Severity // never Sound
}

// Worst is the highest severity among the findings; Sound if there are none.
func Worst(found []Finding) Severity {
	worst := Sound
	for _, f := range found {
		worst = max(worst, f.Severity)
	}
	return worst
}

// Tidy brings what people type for a code into the form of the standards:
// full-width characters become half-width, letters capitals, and white space
// is dropped. It does not judge.
func Tidy(s string) string {
	return strings.Map(func(r rune) rune {
		r = Halfwidth(r)
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, s)
}

// Halfwidth is the ASCII character that a full-width one stands for; any other
// character is itself.
func Halfwidth(r rune) rune {
	switch {
	case r == '　':
		return ' '
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	default:
		return r
	}
}

func bad(code, say string, args ...any) error {
	return fault.New(fault.Invalid, "codes."+code, say, args...)
}

func found(segment string, severity Severity, code, say string, args ...any) Finding {
	return Finding{segment, "codes." + code, fmt.Sprintf(say, args...), severity}
}

// digits says whether s is nothing but ASCII digits, at least one.
func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// alnum says whether s is nothing but ASCII digits and capitals, at least one.
func alnum(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z')
	}) < 0
}
