package window

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"tongban/internal/engine/forms"
	"tongban/internal/places/frame"
)

// groups are the groups of the form that are asked under these answers.
func (v filing) groups() []forms.Group {
	return v.Edition.Form.With(v.Edition.Questions).Visible(v.Answers, 0).Groups[v.before():]
}

// before is how many groups stand before the form: the situation, if asked.
func (v filing) before() int {
	if len(v.Guide.Asked) > 0 {
		return 1
	}
	return 0
}

// focus is the first field that is still empty: there the clerk begins.
func (v filing) focus() string {
	for _, g := range v.groups() {
		for _, f := range g.Fields {
			if f.Required && v.Answers[f.ID] == "" {
				return f.ID
			}
		}
	}
	return ""
}

// ask is one field of the form.
func (v filing) ask(f forms.Field) templ.Component {
	a := answerField(f, v.Answers).Faulty(v.Err)
	a.Focus = v.Err == nil && f.ID == v.focus()
	return drawn(f, a, v.Places)
}

// answerField is a field of a form with its answer in it.
func answerField(f forms.Field, answers forms.Answers) frame.Field {
	return frame.Field{Name: answerName(f.ID), Label: f.Label, Hint: f.Hint, Value: answers[f.ID], Opt: !f.Required, Unit: f.Unit, Max: f.MaxLen}
}

// drawn is a field of a form, by its kind.
func drawn(f forms.Field, a frame.Field, places []frame.Choice) templ.Component {
	switch f.Kind {
	case forms.LongText:
		a.Rows = 3
		return frame.Textarea(a)
	case forms.Choice:
		return frame.Select(a, offered(f.Options))
	case forms.YesNo:
		return frame.Select(a, offered([]forms.Option{{Value: forms.Yes, Label: forms.Yes}, {Value: forms.No, Label: forms.No}}))
	case forms.Choices:
		return frame.Checks(a, chosen(f.Options, a.Value))
	case forms.Birth:
		return frame.DateParts(a)
	case forms.Region:
		return frame.Select(a, append([]frame.Choice{{Label: "请选择"}}, places...))
	}
	a.Kind = inputKinds[f.Kind]
	return frame.Input(a)
}

// inputKinds are the frame's words for kinds of one line.
var inputKinds = map[forms.Kind]string{
	forms.Number: "number", forms.Money: "money", forms.Date: "date", forms.Mobile: "tel", forms.IDNumber: "id", forms.Email: "email",
}

func offered(options []forms.Option) []frame.Choice {
	all := []frame.Choice{{Label: "请选择"}}
	for _, o := range options {
		all = append(all, frame.Choice{Value: o.Value, Label: o.Label})
	}
	return all
}

// chosen are the options of a choice of several.
func chosen(options []forms.Option, value string) []frame.Choice {
	var all []frame.Choice
	for _, o := range options {
		c := frame.Choice{Value: o.Value, Label: o.Label}
		for _, one := range lines(value) {
			c.On = c.On || one == o.Value
		}
		all = append(all, c)
	}
	return all
}

// numbered are the answers to a question, each with its digit.
func numbered(q forms.Question) []frame.Choice {
	options := q.Options
	if len(options) == 0 {
		options = []forms.Option{{Value: forms.Yes, Label: forms.Yes}, {Value: forms.No, Label: forms.No}}
	}
	var all []frame.Choice
	for i, o := range options {
		all = append(all, frame.Choice{Value: o.Value, Label: o.Label, Tag: strconv.Itoa(i + 1)})
	}
	return all
}

// lines are the values of an answer of several.
func lines(value string) []string {
	if value == "" {
		return nil
	}
	return strings.Split(value, "\n")
}

// inHand is the question that is to be answered next.
func (v filing) inHand() string {
	if v.Guide.Next != nil {
		return v.Guide.Next.ID
	}
	if len(v.Guide.Asked) > 0 {
		return v.Guide.Asked[0].ID
	}
	return ""
}
