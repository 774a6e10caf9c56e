package portal

import (
	"net/http"
	"strings"

	"tongban/internal/catalogue/guides"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// situationView is the questions of an item and, when all are answered, one's
// own list (情形自测).
type situationView struct {
	guideView
	Asked   []situationQuestion
	Answers []frame.Row // what was answered, in words
	Left    int         // questions that came up and are not answered yet
	Own     *guides.Personal
	Err     error
	Again   string
}

// situationQuestion is one question as the page asks it.
type situationQuestion struct {
	Field   frame.Field
	Choices []frame.Choice
	Many    bool
}

func (p *Portal) situationPage(w http.ResponseWriter, r *http.Request) error {
	g, err := p.guide(r)
	if err != nil {
		return err
	}
	v := situationView{guideView: g, Again: r.URL.Path}
	answers := answersOf(page.Query(r), g.Edition)
	told := forms.Guide(g.Edition.Questions, answers, calendar.DayOf(p.Now()))
	for _, q := range told.Asked {
		if answers[q.ID] == "" {
			v.Left++
		}
		v.Asked = append(v.Asked, questionOf(q, answers[q.ID]))
		v.Answers = append(v.Answers, frame.Row{Key: q.Text, Value: shownAnswer(q, answers[q.ID])})
	}
	if len(told.Faults) > 0 {
		v.Err = refusal(told.Faults)
	}
	if told.Next == nil && v.Err == nil {
		own := guides.For(g.Edition, answers)
		v.Own = &own
	}
	if g.Apply != "" {
		v.Apply = applyAt(g.Edition.Item, answers)
	}
	view := guideFrame(r, g).Named(g.Edition.Name + "：情形自测")
	shown := situationShow(view.Refused(len(told.Faults)), v)
	if v.Err != nil {
		page.ShowFault(w, r, v.Err, shown)
		return nil
	}
	page.Show(w, r, shown)
	return nil
}

// answersOf are the answers in the address, to questions of the item only.
func answersOf(f *page.Form, e *items.Edition) forms.Answers {
	answers := forms.Answers{}
	for _, q := range e.Questions {
		if all := f.All(q.ID); len(all) > 0 {
			answers[q.ID] = strings.Join(all, "\n")
		}
	}
	return answers
}

func questionOf(q forms.Question, answer string) situationQuestion {
	s := situationQuestion{Field: frame.Field{Name: q.ID, Label: q.Text, Hint: q.Hint}, Many: q.Many}
	options := q.Options
	if len(options) == 0 {
		options = []forms.Option{{Value: "是", Label: "是"}, {Value: "否", Label: "否"}}
	}
	given := strings.Split(answer, "\n")
	for _, o := range options {
		c := frame.Choice{Value: o.Value, Label: o.Label}
		for _, g := range given {
			c.On = c.On || g == o.Value
		}
		s.Choices = append(s.Choices, c)
	}
	return s
}

func shownAnswer(q forms.Question, answer string) string {
	var labels []string
	for _, one := range strings.Split(answer, "\n") {
		label := one
		for _, o := range q.Options {
			if o.Value == one {
				label = o.Label
			}
		}
		labels = append(labels, label)
	}
	return strings.Join(labels, "、")
}

func refusal(fields []fault.Field) error {
	return fault.New(fault.Invalid, "portal.situation.answers", "有回答需要修改").With("", fields)
}

// ownNeeds are materials as one's own list shows them.
func ownNeeds(list []items.Material) []frame.Need {
	needs := make([]frame.Need, len(list))
	for i, m := range list {
		needs[i] = frame.Need{Name: m.Name, How: howWords(m), Note: m.Note, Marks: reliefTags(m)}
	}
	return needs
}
