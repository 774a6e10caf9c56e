package codes

import (
	"regexp"
	"strings"

	"tongban/internal/ground/fault"
)

// The local basic codes of the Sichuan portal come in three ages: national
// digits with letters in the type (511Z07001006: 51, 1Z, 07, 001, 006), the same
// with ten digits whose inner segments no source tells (511A0138000000), and
// hyphenated serials (G-000007-001, 1J-5100-00027).
var localShapes = []*regexp.Regexp{
	regexp.MustCompile(`^` + basicShape + `$`),
	regexp.MustCompile(`^(?P<region>\d\d)(?P<type>\d[A-Z])(?P<main>\d{10})$`),
	regexp.MustCompile(`^` + basicShape + `\d\d$`),
	regexp.MustCompile(`^(?P<type>[A-Z])-(?P<main>\d{6})-(?P<sub>\d{3,4})$`),
	regexp.MustCompile(`^(?P<type>\d[A-Z])-(?P<region>\d{4})-(?P<main>\d{5})$`),
}

func (c *ItemCode) splitLocal() {
	for _, re := range localShapes {
		if m := re.FindStringSubmatch(c.Local); m != nil {
			for i, name := range re.SubexpNames() {
				if at := c.segment(name); at != nil {
					*at = m[i]
				}
			}
			return
		}
	}
}

// sichuan writes the code of the portal again. Reserved holds the segments
// around the agency, as they came.
func (c ItemCode) sichuan() string {
	if c.Division == "" {
		return c.Local + "-" + c.Agency
	}
	return strings.Join([]string{c.Local, c.Division, c.Reserved, c.Handling}, "-")
}

func say(err error) string { return fault.Say(err) }
