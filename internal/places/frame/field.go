package frame

import (
	"strings"

	"github.com/a-h/templ"

	"tongban/internal/ground/fault"
)

// A Field is one question of a form. Only Name and Label must be set.
type Field struct {
	Name    string // as it is posted, and as fault.Field.Path names it
	Label   string
	Hint    string
	Value   string
	Err     string // what must change; see Faulty
	Kind    string // "" text, "tel", "id" 身份证号, "money", "date", "number", "email", "search", "password", "moment" a day with its hour
	Width   string // "" full, "s" a few digits, "m" a number or date
	Unit    string // after the field: "元", "㎡"
	Form    string // autocomplete token: "name", "tel", "street-address"
	Max     int    // characters
	Rows    int    // of a Textarea
	Head    bool   // the label is the page's h1: one question on one screen
	Opt     bool   // may be left empty
	Fixed   bool   // shown, not to be changed (数据共享带出)
	Key     string // shortcut that goes to it, or ticks it: "N", "Y"
	Focus   bool   // the page begins here
	Whole   bool   // of a FileInput: pictures are sent as they are, not made smaller
	Strokes string // of an InkPad: what is drawn already; see Inked
	From    string // where a prefilled value comes from: "公安人口库，11 月 20 日核验"
}

// ID is the field's id in the page.
func (f Field) ID() string { return FieldID(f.Name) }

// FieldID is the id in the page of the field with this name or fault path.
func FieldID(name string) string {
	return "f-" + strings.NewReplacer(".", "-", "[", "-", "]", "", " ", "-").Replace(name)
}

// Faulty is the field with what err says about it.
func (f Field) Faulty(err error) Field {
	for _, at := range fault.Fields(err) {
		if at.Path == f.Name {
			f.Err = at.Say
			return f
		}
	}
	return f
}

// described lists the ids that explain the field.
func (f Field) described() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID()+"-hint")
	}
	if f.Err != "" {
		ids = append(ids, f.ID()+"-err")
	}
	return strings.Join(ids, " ")
}

func (f Field) group() string {
	if f.Err != "" {
		return "f err"
	}
	return "f"
}

func (f Field) input() string {
	class := "in"
	if f.Width != "" {
		class += " w-" + f.Width
	}
	return class
}

// kind is the input's type; numbers are typed as text, so that no wheel or
// arrow changes them by accident.
func (f Field) kind() string {
	switch f.Kind {
	case "tel", "email", "search", "password", "date":
		return f.Kind
	case "moment":
		return "datetime-local"
	}
	return "text"
}

// mode is the keyboard a phone should show.
func (f Field) mode() string {
	switch f.Kind {
	case "tel":
		return "tel"
	case "money":
		return "decimal"
	case "number":
		return "numeric"
	}
	return ""
}

func (f Field) max() int {
	switch {
	case f.Max > 0:
		return f.Max
	case f.Kind == "id":
		return 18
	case f.Kind == "tel":
		return 20
	}
	return 0
}

func (f Field) unit() string {
	if f.Kind == "money" {
		return or(f.Unit, "元")
	}
	return f.Unit
}

// part is the field of one part of a date or region.
func (f Field) part(name, label, value string) Field {
	return Field{Name: f.Name + "." + name, Label: label, Value: value}
}

// A Choice is one answer among several.
type Choice struct {
	Value, Label string
	Hint         string
	Tone         Tone
	Tag          string // a word of its state, in Tone
	On           bool
	Off          bool // cannot be chosen now; Hint says why
	Group        string
	Reveal       templ.Component // asked only if this is chosen; may be nil
}

// Errors lists what must change for the ErrorSummary.
func Errors(err error) []Link {
	var all []Link
	for _, f := range fault.Fields(err) {
		all = append(all, Link{Text: f.Say, Href: "#" + FieldID(f.Path)})
	}
	if len(all) == 0 && err != nil {
		all = append(all, Link{Text: fault.Say(err)})
	}
	return all
}
