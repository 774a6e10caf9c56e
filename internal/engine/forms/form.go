// Package forms is what an application asks (申请表单): its groups of fields,
// when each is asked, what counts as an answer, and the few questions that
// find out a person's own situation (情形引导).
//
// A form is data of an edition in the catalogue; this package judges it before
// it is published and judges the answers afterwards. Nothing here keeps
// anything, and nothing here draws a page.
package forms

import "iter"

// A Form is the groups of fields of one application, in the order they are asked.
type Form struct {
	Groups []Group `json:"groups" yaml:"groups"`
}

// A Group is a few fields that belong together under one title.
type Group struct {
	ID     string  `json:"id" yaml:"id"`
	Title  string  `json:"title" yaml:"title"`
	Hint   string  `json:"hint,omitempty" yaml:"hint,omitempty"`
	When   string  `json:"when,omitempty" yaml:"when,omitempty"` // a condition; empty: always asked
	Fields []Field `json:"fields" yaml:"fields"`
}

// A Field is one thing to be told.
type Field struct {
	ID        string   `json:"id" yaml:"id"` // a name that conditions can use: letters, Han, digits, _
	Label     string   `json:"label" yaml:"label"`
	Hint      string   `json:"hint,omitempty" yaml:"hint,omitempty"`
	Kind      Kind     `json:"kind" yaml:"kind"`
	Element   string   `json:"element,omitempty" yaml:"element,omitempty"` // national data element (数据元), free text
	Required  bool     `json:"required,omitempty" yaml:"required,omitempty"`
	When      string   `json:"when,omitempty" yaml:"when,omitempty"` // a condition over earlier fields; empty: always asked
	Options   []Option `json:"options,omitempty" yaml:"options,omitempty"`
	Min       string   `json:"min,omitempty" yaml:"min,omitempty"` // number, money: a number; date, birth: a day or "today"; choices: how many
	Max       string   `json:"max,omitempty" yaml:"max,omitempty"`
	MaxLen    int      `json:"maxLen,omitempty" yaml:"maxLen,omitempty"`   // characters; 0: what the kind allows
	Pattern   string   `json:"pattern,omitempty" yaml:"pattern,omitempty"` // the name of a pattern, see PatternNames
	Unit      string   `json:"unit,omitempty" yaml:"unit,omitempty"`       // 平方米, 元
	Prefill   string   `json:"prefill,omitempty" yaml:"prefill,omitempty"` // person.name, org.uscc, certificate:营业执照.名称
	Sensitive bool     `json:"sensitive,omitempty" yaml:"sensitive,omitempty"`
}

// An Option is one answer that a choice offers.
type Option struct {
	Value string `json:"value" yaml:"value"`
	Label string `json:"label" yaml:"label"`
}

// A Kind says what sort of answer a field takes.
type Kind string

// The kinds of field, each with how its normalized answer is written.
const (
	Text     Kind = "text"     // one line
	LongText Kind = "longtext" // lines joined by \n
	Number   Kind = "number"   // 120.5
	Money    Kind = "money"    // yuan with at most two decimals: 1200.50
	Date     Kind = "date"     // 2026-09-24
	Birth    Kind = "birth"    // as Date; pages ask ID.year, ID.month, ID.day
	Mobile   Kind = "mobile"   // 13800000000
	IDNumber Kind = "idnumber" // 18 characters, X in capitals
	USCC     Kind = "uscc"     // 18 characters in capitals
	Choice   Kind = "choice"   // the value of one option
	Choices  Kind = "choices"  // values of options joined by \n, in the order of the options
	YesNo    Kind = "yesno"    // 是 or 否
	Region   Kind = "region"   // a division code of 6, 9 or 12 digits
	Address  Kind = "address"  // one line
	File     Kind = "file"     // content hashes joined by \n
	Email    Kind = "email"
	Bank     Kind = "bank" // digits of an account number
)

// Yes and No are the two answers to a YesNo field.
const (
	Yes = "是"
	No  = "否"
)

// Answers are what was told, by field ID. Several values of one field (Choices,
// File) and the lines of a LongText are joined by "\n".
type Answers map[string]string

// A Finding is one fault of a definition, at the place where it stands.
type Finding struct {
	Path string `json:"path"` // "groups[0].fields[2].when"
	Code string `json:"code"` // stable, for programs: "forms.when.cycle"
	Say  string `json:"say"`  // what is wrong and what to do, in Chinese
	Warn bool   `json:"warn"` // may be published all the same
}

// All walks the fields of the form in order, each with its group.
func (f Form) All() iter.Seq2[*Group, *Field] {
	return func(yield func(*Group, *Field) bool) {
		for g := range f.Groups {
			for i := range f.Groups[g].Fields {
				if !yield(&f.Groups[g], &f.Groups[g].Fields[i]) {
					return
				}
			}
		}
	}
}

// Field returns the field with this ID, or nil.
func (f Form) Field(id string) *Field {
	for _, field := range f.All() {
		if field.ID == id {
			return field
		}
	}
	return nil
}

// Empty says whether the form asks nothing at all.
func (f Form) Empty() bool {
	for range f.All() {
		return false
	}
	return true
}
