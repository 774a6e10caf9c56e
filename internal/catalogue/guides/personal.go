package guides

import (
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/condition"
	"tongban/internal/engine/forms"
)

// Personal is what one needs in one's own situation (情形引导).
type Personal struct {
	Complete   bool              `json:"complete"` // every question that matters is answered
	Questions  []forms.Question  `json:"questions,omitempty"`
	Conditions []items.Condition `json:"conditions,omitempty"`
	Bring      []items.Material  `json:"bring,omitempty"`    // to be handed in
	Fetched    []items.Material  `json:"fetched,omitempty"`  // we get them; consent is enough
	IfOwn      []items.Material  `json:"ifOwn,omitempty"`    // we get them of those whose own they are; others hand them in
	Optional   []items.Material  `json:"optional,omitempty"` // may be handed in
	Limit      string            `json:"limit"`
	Fees       []items.Fee       `json:"fees,omitempty"`
	Saved      int               `json:"saved"` // materials of the whole list that one need not bring
}

// For is the personal list of someone who gave these answers. Until it is
// Complete it may still grow.
func For(e *items.Edition, answers forms.Answers) Personal {
	p := Personal{Complete: e.Resolved(answers), Questions: e.QuestionsFor(answers), Conditions: e.ConditionsFor(answers),
		Limit: e.Binding().String(), Fees: e.Fees}
	for _, m := range e.MaterialsFor(answers) {
		switch {
		case m.Fetched():
			p.Fetched = append(p.Fetched, m)
		case m.FetchedIfOwn():
			p.IfOwn = append(p.IfOwn, m)
		case m.Necessity == items.Optional:
			p.Optional = append(p.Optional, m)
		default:
			p.Bring = append(p.Bring, m)
		}
	}
	p.Saved = len(e.Materials) - len(p.Bring) - len(p.IfOwn)
	return p
}

// situation says in brackets in which situation something is asked.
func situation(e *items.Edition, when string) string {
	if said := inWords(e, when); said != "" {
		return "（" + said + "）"
	}
	return ""
}

// inWords is a condition as people say it, with the labels of the questions
// for their names; an empty or unreadable one says nothing.
func inWords(e *items.Edition, when string) string {
	p, err := condition.Compile(when, nil)
	if err != nil || when == "" {
		return ""
	}
	whole := e.Form.With(e.Questions)
	return p.Words(func(name string) string {
		if f := whole.Field(name); f != nil {
			return quoted(f.Label)
		}
		return name
	})
}

// quoted is a label within a sentence: a question stands in quotation marks,
// without its own mark at the end.
func quoted(label string) string {
	if bare := strings.TrimRight(label, "？?"); bare != label {
		return "“" + bare + "”"
	}
	return label
}
