package items

import (
	"fmt"
	"slices"
	"strings"

	"tongban/internal/engine/condition"
	"tongban/internal/engine/forms"
)

// situationRules look at what depends on the applicant's own situation (情形).
var situationRules = []Rule{
	{"items.when", Error, "情形条件须读得懂，所用的问题和字段须存在", "情形引导", unreadableConditions},
	{"items.when.value", Error, "情形条件中的取值须是问题的选项", "情形引导", unofferedValues},
	{"items.question.unused", Warning, "问题须有用处", "少问一个问题，少填一项", unusedQuestions},
}

// A when is one condition of the edition and where it stands.
type when struct{ path, text string }

// whens are the conditions that materials, requirements and results hang on. Those of
// the form and of the procedure are checked in their own rooms.
func (e *Edition) whens() []when {
	var all []when
	for i, m := range e.Materials {
		all = append(all, when{at("materials", i) + ".when", m.When})
	}
	for i, c := range e.Conditions {
		all = append(all, when{at("conditions", i) + ".when", c.When})
	}
	for i, r := range e.Results {
		all = append(all, when{at("results", i) + ".when", r.When})
	}
	return slices.DeleteFunc(all, func(w when) bool { return w.text == "" })
}

// vars are the names those conditions may use. The day is not among them: what
// one must bring may not change between asking and applying.
func (e *Edition) vars() condition.Vars {
	vars := e.Form.With(e.Questions).Vars()
	delete(vars, forms.Today)
	return vars
}

func unreadableConditions(e *Edition, say report) {
	vars := e.vars()
	for _, w := range e.whens() {
		if _, err := condition.Compile(w.text, vars); err != nil {
			say(w.path, "条件“%.100s”读不懂：%s", w.text, sayOf(err))
		}
	}
}

func unofferedValues(e *Edition, say report) {
	whole := e.Form.With(e.Questions)
	for _, w := range e.whens() {
		p, err := condition.Compile(w.text, nil)
		if err != nil {
			continue // said by items.when
		}
		for name, values := range p.Mentions() {
			field := whole.Field(name)
			if field == nil || len(field.Options) == 0 {
				continue
			}
			for _, v := range values {
				if !slices.ContainsFunc(field.Options, func(o forms.Option) bool { return o.Value == v }) {
					say(w.path, "“%s”没有“%s”这个选项", field.Label, v)
				}
			}
		}
	}
}

func unusedQuestions(e *Edition, say report) {
	used := map[string]bool{}
	note := func(text string) {
		if p, err := condition.Compile(text, nil); err == nil {
			for _, name := range p.Names() {
				used[name] = true
			}
		}
	}
	for _, w := range e.whens() {
		note(w.text)
	}
	for group, field := range e.Form.All() {
		note(group.When)
		note(field.When)
	}
	for _, c := range e.Procedure.Conditions() {
		note(c.Text)
	}
	for _, q := range e.Questions {
		note(q.When)
	}
	for i, q := range e.Questions {
		if !used[q.ID] {
			say(at("questions", i), "“%s”的回答不影响条件、材料、表单和流程，请删去或者用上", q.Text)
		}
	}
}

// formFindings are what the forms room finds in the questions and the form.
func (e *Edition) formFindings() []Finding {
	var found []Finding
	for _, f := range forms.CheckForm(e.Form, e.Questions...) {
		severity, path := Error, f.Path
		if f.Warn {
			severity = Warning
		}
		if !strings.HasPrefix(path, "questions") {
			path = "form." + path
		}
		found = append(found, Finding{Rule: f.Code, Severity: severity, Path: path, Say: f.Say})
	}
	return append(found, e.elementFindings()...)
}

// elementFindings warns of fields that name no national data element, because
// they can neither be filled by others nor handed on.
func (e *Edition) elementFindings() []Finding {
	var found []Finding
	for i, g := range e.Form.Groups {
		for j, f := range g.Fields {
			if f.Element == "" {
				found = append(found, Finding{Rule: "items.form.element", Severity: Warning,
					Path: fmt.Sprintf("form.groups[%d].fields[%d].element", i, j), Say: fmt.Sprintf("“%s”没有对应的数据元，不能共享复用", f.Label)})
			}
		}
	}
	return found
}
