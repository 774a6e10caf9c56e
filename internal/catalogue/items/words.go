package items

import (
	"errors"
	"fmt"
	"strings"

	"tongban/internal/ground/fault"
)

// at is the path of one element of a list: materials[2].
func at(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }

// quoted is a row of a list by its name, or by its place while it has none.
func quoted(name string, i int) string {
	if strings.TrimSpace(name) == "" {
		return fmt.Sprintf("第%d项", i+1)
	}
	return "“" + name + "”"
}

// founded reports whether at least one basis names a law.
func founded(bases []Basis) bool {
	for _, b := range bases {
		if strings.TrimSpace(b.Law) != "" {
			return true
		}
	}
	return false
}

// isStatute reports whether a basis is a law, an ordinance or a rule, which
// have articles, rather than a notice, which has a number.
func isStatute(law string) bool { return hasSuffix(law, "法", "条例", "规定", "办法", "细则") }

// sayOf is the sentence of a fault, or the error as it stands.
func sayOf(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Say
	}
	return err.Error()
}
