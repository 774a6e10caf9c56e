package items

import (
	"regexp"
	"slices"
	"strings"
)

// Called is a fact of a rule as people know it: a material by its name, a field of
// the form by its label; any other is named as it is.
func (e *Edition) Called(fact string) string {
	if id, ok := strings.CutPrefix(fact, OnFile); ok {
		if m, ok := e.Material(id); ok {
			return OnFile + m.Name
		}
		return fact
	}
	if f := e.Form.With(e.Questions).Field(fact); f != nil && f.Label != "" {
		return f.Label
	}
	return fact
}

// spoken are the quoted texts of a condition, which stay, and the names in it.
var spoken = regexp.MustCompile(`"[^"]*"|'[^']*'|[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}\p{N}_]+)*`)

// Legible is the condition of a rule with the facts it speaks of as people know them.
func (e *Edition) Legible(rule AutoRule) string {
	names := rule.Names()
	return spoken.ReplaceAllStringFunc(rule.When, func(word string) string {
		if slices.Contains(names, word) {
			return e.Called(word)
		}
		return word
	})
}
