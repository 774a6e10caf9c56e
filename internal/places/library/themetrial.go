package library

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// A themeTrial is what somebody who answers so would see of the theme as the
// draft has it: what is asked, what is to be handed in, when all is done.
type themeTrial struct {
	Asked   []frame.Field
	Choices [][]frame.Choice
	Whole   bool // every question is answered
	Fields  []themes.Field
	Hands   themes.Handing
	Spared  []themes.Without
	Plan    themes.Plan
	Parts   []themes.Part
}

func trialOfTheme(c *themes.Composed, q *page.Form, today calendar.Day) themeTrial {
	answers := forms.Answers{}
	for _, one := range c.Form.Questions {
		if a := q.Text("a." + one.ID); a != "" {
			answers[one.ID] = a
		}
	}
	own := themes.Recompose(c, answers)
	t := themeTrial{Whole: true, Plan: own.Plan, Parts: own.Parts, Hands: own.Handing(answers), Spared: own.Materials.Spared}
	asked, fields := own.Asked(answers, today)
	t.Fields = fields
	for _, one := range asked {
		t.Whole = t.Whole && answers[one.ID] != ""
		t.Asked = append(t.Asked, frame.Field{Name: "a." + one.ID, Label: one.Text, Value: answers[one.ID], Width: "m", Opt: true})
		t.Choices = append(t.Choices, answerChoices(one.Question))
	}
	return t
}

// agenciesOf are the departments that use a field or a material, each once.
func agenciesOf(uses []themes.Use) string {
	var names []string
	for _, u := range uses {
		names = append(names, u.Agency)
	}
	return strings.Join(unique(names), "、")
}

// unique are the texts, each once, in their order.
func unique(all []string) []string {
	var once []string
	for _, one := range all {
		if !slices.Contains(once, one) {
			once = append(once, one)
		}
	}
	return once
}
