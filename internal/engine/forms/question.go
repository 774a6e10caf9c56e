package forms

// A Question finds out one fact about a person's situation (情形) before the
// form begins; conditions of materials, fields and steps are asked over the
// answers.
type Question struct {
	ID      string   `json:"id" yaml:"id"` // a name that conditions can use: 是否首次申请
	Text    string   `json:"text" yaml:"text"`
	Hint    string   `json:"hint,omitempty" yaml:"hint,omitempty"`
	Options []Option `json:"options,omitempty" yaml:"options,omitempty"` // none: 是 or 否
	Many    bool     `json:"many,omitempty" yaml:"many,omitempty"`       // several options may be chosen
	When    string   `json:"when,omitempty" yaml:"when,omitempty"`       // a condition over earlier questions
}

// situation is the ID of the group in which questions stand in a form.
const situation = "situation"

// With returns the form with the questions asked before it, so that conditions
// of its fields may use their answers.
func (f Form) With(questions []Question) Form {
	if len(questions) == 0 {
		return f
	}
	return Form{append([]Group{asked(questions)}, f.Groups...)}
}

// asked is the group that a page would show for the questions.
func asked(questions []Question) Group {
	g := Group{ID: situation, Title: "您的情况"}
	for _, q := range questions {
		g.Fields = append(g.Fields, q.field())
	}
	return g
}

func (q Question) field() Field {
	return Field{ID: q.ID, Label: q.Text, Hint: q.Hint, Kind: q.kind(), Options: q.Options, When: q.When, Required: true}
}

func (q Question) kind() Kind {
	switch {
	case q.Many:
		return Choices
	case len(q.Options) == 0:
		return YesNo
	default:
		return Choice
	}
}
