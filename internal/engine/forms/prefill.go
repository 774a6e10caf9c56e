package forms

import (
	"strings"
	"time"

	"tongban/internal/civic/calendar"
)

// Known is a value that need not be asked again, with where it was found and
// when it was true there. Both are shown beside the field, and saying 信息不对
// only empties it.
type Known struct {
	Value string    `json:"value"`
	From  string    `json:"from"` // 实名认证, 电子营业执照, 办件 320300…0068
	At    time.Time `json:"at"`
}

// sources are what a field may be filled from; those ending in : name a thing
// and one of its fields, as certificate:营业执照.名称.
var sources = []string{
	"person.name", "person.idnumber", "person.mobile", "person.birth", "person.sex", "person.address",
	"org.name", "org.uscc", "org.legal", "org.address", "org.type",
	"agent.name", "agent.idnumber", "agent.mobile",
	"certificate:", "case:", "register:",
}

// Prefill gives the value for each field that names a source that is known, by
// field ID. A value that the field would not accept is left out: what we know
// wrongly must not stand in the way.
func Prefill(f Form, known map[string]Known, today calendar.Day) map[string]Known {
	filled := map[string]Known{}
	for _, field := range f.All() {
		k, ok := known[field.Prefill]
		if !ok || field.Prefill == "" {
			continue
		}
		k.Value = field.normal(field.valueOf(k.Value))
		if code, _ := field.check(k.Value, today); k.Value != "" && code == "" {
			filled[field.ID] = k
		}
	}
	return filled
}

// valueOf is the value of the option that a register writes by its label.
func (f Field) valueOf(v string) string {
	for _, o := range f.Options {
		if o.Label == v {
			return o.Value
		}
	}
	return v
}

func soundSource(s string) bool {
	name, field, dotted := strings.Cut(s, ".")
	for _, source := range sources {
		if s == source || strings.HasSuffix(source, ":") && strings.HasPrefix(name, source) && len(name) > len(source) && dotted && field != "" {
			return true
		}
	}
	return false
}
