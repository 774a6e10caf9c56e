package aid

import (
	"regexp"
	"strings"

	"tongban/internal/ground/sqldb"
)

// numberForm is a number of a matter as people read it from a paper: whole, or its end.
var numberForm = regexp.MustCompile(`^(?:(?:BF|BB|DB)-?[0-9]{4}-?)?([0-9A-Z]{6})$`)

// caseForm is the number of a case, as far as its form tells.
var caseForm = regexp.MustCompile(`^[0-9A-Z-]*[0-9][0-9A-Z-]*$`)

// Find has the filter look for what somebody typed: the number of a matter, that of the
// case it is about, or the beginning of a name. What is found is listed whether it has
// ended or not, the latest first.
func (f Filter) Find(text string) Filter {
	text = strings.TrimSpace(text)
	loud := strings.ToUpper(strings.ReplaceAll(text, " ", ""))
	switch tail := numberForm.FindStringSubmatch(loud); {
	case text == "":
	case tail != nil:
		f.Tail = tail[1]
	case caseForm.MatchString(loud):
		f.Case = loud
	default:
		f.Name = text
	}
	return f
}

// Sought reports whether the filter looks for something.
func (f Filter) Sought() bool { return f.Tail != "" || f.Case != "" || f.Name != "" }

// Tail is the end of the number, by which a matter is found.
func (m Matter) Tail() string { return sqldb.Short(m.ID) }
