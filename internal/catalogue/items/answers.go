package items

import (
	"slices"
	"sync"

	"tongban/internal/engine/condition"
	"tongban/internal/engine/forms"
)

// MaterialsFor lists what someone with these answers must bring, in order.
// What depends on a question not yet answered is not in it.
func (e *Edition) MaterialsFor(answers forms.Answers) []Material {
	return applying(e.Materials, e.values(answers), func(m Material) string { return m.When })
}

// ConditionsFor lists what someone with these answers must meet, in order.
func (e *Edition) ConditionsFor(answers forms.Answers) []Condition {
	return applying(e.Conditions, e.values(answers), func(c Condition) string { return c.When })
}

// ResultsFor lists what someone with these answers is given, in order.
func (e *Edition) ResultsFor(answers forms.Answers) []Result {
	return applying(e.Results, e.values(answers), func(r Result) string { return r.When })
}

// QuestionsFor lists the questions that someone who has given these answers is
// asked, answered or not, in order.
func (e *Edition) QuestionsFor(answers forms.Answers) []forms.Question {
	return applying(e.Questions, e.values(answers), func(q forms.Question) string { return q.When })
}

// Resolved reports whether the answers settle every condition of a material
// or requirement, so that the personal list is complete.
func (e *Edition) Resolved(answers forms.Answers) bool {
	for _, q := range e.QuestionsFor(answers) {
		if answers[q.ID] == "" {
			return false
		}
	}
	return true
}

// Turns reports whether another answer to one of these fields could turn a
// condition.
func Turns(when string, fields []string) bool {
	p, err := condition.Compile(when, nil)
	return err == nil && slices.ContainsFunc(p.Names(), func(name string) bool { return slices.Contains(fields, name) })
}

// applying keeps the elements whose condition holds. A condition that cannot
// be judged keeps its element: nobody is let off by a slip in the catalogue,
// and the check before publication refuses such a slip.
func applying[T any](list []T, values func() condition.Env, when func(T) string) []T {
	return slices.DeleteFunc(slices.Clone(list), func(one T) bool {
		w := when(one)
		if w == "" {
			return false
		}
		holds, err := condition.Judge(w, values())
		return err == nil && !holds
	})
}

// values are the answers as conditions see them, looked up when one asks, for most
// elements have none; an answer to a question that these answers leave unasked is none.
func (e *Edition) values(answers forms.Answers) func() condition.Env {
	return sync.OnceValue(func() condition.Env { return forms.Facts(e.Form.With(e.Questions), answers, 0) })
}
