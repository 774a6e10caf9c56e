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
	query = inPart(query)
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

// inPart lets an INSERT that fails leave the rows before the one it failed at: whoever
// it was for is undone as a whole. To undo it alone SQLite would keep a copy of each
// page that an INSERT of many rows touches.
func inPart(query string) string {
	if rest, is := strings.CutPrefix(query, "INSERT INTO "); is {
		return "INSERT OR FAIL INTO " + rest
	}
	return query
}
