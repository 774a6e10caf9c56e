package window

import (
	"fmt"

	"tongban/internal/handling/cases"
)

// brought is a material that the applicant may bring to the window: asked for
// in a notice, or promised.
type brought struct {
	Name string // of its field, as the faults name it
	cases.Handed
	Say string
	On  bool
}

// expects lists what the applicant may bring.
func (a *actPage) expects() {
	switch {
	case a.Move.Act == cases.Rectify:
		a.replaceable()
	case a.Move.Act == cases.Correct && len(a.Case.Notices) > 0:
		for i, d := range a.Case.Notices[len(a.Case.Notices)-1].Items {
			if d.Material != "" {
				a.Brought = append(a.Brought, brought{fmt.Sprintf("materials[%d]", i), cases.Handed{Material: d.Material, Name: d.Name, Paper: true}, d.Say, false})
			}
		}
	case a.Move.Act == cases.Cure:
		for i, promise := range a.Case.Promises {
			if !promise.Kept {
				a.Brought = append(a.Brought, brought{fmt.Sprintf("materials[%d]", i), cases.Handed{Material: promise.Material, Name: promise.Name, Paper: true}, "承诺于" + promise.By.Han() + "前补交", false})
			}
		}
	}
}

// handed is what the clerk ticked.
func (a actPage) handed() []cases.Handed {
	var all []cases.Handed
	for _, b := range a.Brought {
		if b.On {
			all = append(all, b.Handed)
		}
	}
	return all
}
