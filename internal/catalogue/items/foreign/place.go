package foreign

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// elementOf is which field of the source an element of the edition comes from.
var elementOf = map[string]string{
	"name": "name", "item": "id", "type": "type", "objects": "objects", "agency": "uscc", "agencyName": "agency", "region": "region", "level": "levels", "scope": "scope",
	"visits": "visits", "visitReason": "must", "ways": "ways", "online": "depth", "statutory": "statutory", "statutoryNote": "statutory", "promised": "promised", "kind": "kind",
	"acceptLimit": "accepting", "review": "review", "guidance": "guidance", "agencyKind": "agencyKind", "conditions": "conditions",
	"materials": "materials", "procedure": "steps", "steps": "steps", "fees": "fee", "payOnline": "fee", "results": "results", "bases": "bases", "special": "special",
	"mediators": "mediator", "phone": "phone", "complaint": "complaint", "retired": "retired", "effective": "effective", "powerSource": "power", "quota": "quota", "form": "form",
	"places": "address", "places.hours": "hours", "remedies.review.body": "reviewBody", "remedies.suit.body": "suitBody", "codes.handling": "handling", "codes": "code",
}

var numbered = regexp.MustCompile(`\[(\d+)\]`)

// Column is the column and the heading that a finding at a path is about; false
// if none is.
func (t *Table) Column(path string) (int, string, bool) {
	for i, h := range t.heads {
		if h != "" && strings.HasPrefix(path, strings.TrimSpace(h)) || t.words[i] != "" && path == t.words[i] {
			return i, h, true
		}
	}
	path = numbered.ReplaceAllString(path, "")
	for _, word := range partOf[path] {
		if i := slices.Index(t.words, word); i >= 0 {
			return i, t.heads[i], true
		}
	}
	for path != "" {
		if k := elementOf[path]; k != "" {
			for i, w := range t.words {
				if w != "" && (slices.Contains(names[k], w) || groups[w] == k) {
					return i, t.heads[i], true
				}
			}
		}
		path = path[:max(strings.LastIndexByte(path, '.'), 0)]
	}
	return 0, "", false
}

// Row is which of the rows of one item a finding at a path is about: that of the
// material, step or fee that it names.
func (t *Table) Row(path string, rows [][]string) int {
	element, _, _ := strings.Cut(path, "[")
	m := numbered.FindStringSubmatch(path)
	if m == nil {
		return 0
	}
	nth, _ := strconv.Atoi(m[1]) // digits, by the pattern; too many are no row
	for n, cells := range rows {
		if !t.tells(elementOf[element], cells) {
			continue
		}
		if nth--; nth < 0 {
			return n
		}
	}
	return 0
}

// tells reports whether a row tells of one of what a group holds.
func (t *Table) tells(group string, cells []string) bool {
	for i, w := range t.words {
		if t.grouped[w] && groups[w] == group && i < len(cells) && !blank(cells[i]) {
			return true
		}
	}
	return false
}
