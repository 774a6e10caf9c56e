package sqldb

import (
	"regexp"
	"strconv"
	"strings"
)

var numbers = regexp.MustCompile(`\$[0-9]+`)

// nameless writes $1, $2, $3 as ?, where each stands once and in its order: SQLite's
// driver looks the name of every place up among all the others. What has names in
// another order, or in a text, stays as it is.
func nameless(query string) string {
	n, ordered := 0, !strings.Contains(query, "'$")
	plain := numbers.ReplaceAllStringFunc(query, func(name string) string {
		n++
		ordered = ordered && name == "$"+strconv.Itoa(n)
		return "?"
	})
	if !ordered {
		return query
	}
	return plain
}
