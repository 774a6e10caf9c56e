package forms

import (
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/condition"
	"tongban/internal/ground/fault"
)

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

// Guidance is how far the questions have got.
type Guidance struct {
	Asked  []Question    // what this person is asked, in order, answered or not
	Next   *Question     // the first that is not answered rightly; nil when the situation is known
	Facts  condition.Env // what conditions of materials, fields and steps are judged over
	Faults []fault.Field // answers that cannot be, at their questions
}

// Guide asks the questions (情形引导) over the answers given so far. Answers to
// questions that are not asked, and answers to anything else, are left out.
func Guide(questions []Question, given Answers, today calendar.Day) Guidance {
	form := Form{}.With(questions)
	facts, asked := form.settle(normal(form, given), today)
	g := Guidance{Facts: facts}
	wrong := map[string]bool{}
	for _, bad := range Check(form, given, today) {
		if asked[bad.Path] {
			wrong[bad.Path] = true
		}
		if asked[bad.Path] && bad.Code != "required" {
			g.Faults = append(g.Faults, bad)
		}
	}
	for _, q := range questions {
		if !asked[q.ID] {
			continue
		}
		if g.Asked = append(g.Asked, q); wrong[q.ID] && g.Next == nil {
			g.Next = &q
		}
	}
	return g
}
