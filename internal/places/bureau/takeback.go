package bureau

import (
	"context"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// takeBack ends that a colleague does a step in one's name (收回委托).
func (b *Bureau) takeBack(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	if f.Text("to") == "" {
		return nil, fault.New(fault.Invalid, "bureau.take-back.to", "请选择收回哪个环节的委托").At("to", "required", "请选择收回哪个环节的委托")
	}
	return b.Cases.TakeBack(ctx, id, f.Text("to"), f.Text("reason"), by)
}

// lent are the steps that the reader may take back, each with the name of whoever
// does it now; one alone is chosen already.
func (p casePage) lent() (all []frame.Choice) {
	lent := p.Case.Lent(p.by)
	for _, w := range lent {
		all = append(all, frame.Choice{Value: w.ID, Label: w.Name + "（" + p.doing(w.ID) + "在办）", On: len(lent) == 1 || p.value("to") == w.ID})
	}
	return all
}

// doing is the name of whoever a step was delegated to last.
func (p casePage) doing(work string) (name string) {
	for _, e := range p.Events {
		if e.Act == cases.Delegate && e.Work.ID == work {
			name = e.Work.ToName
		}
	}
	return name
}

// takenBack says what was taken back from the reader, if anything was.
func (p casePage) takenBack() string {
	e, found := cases.TakenBack(p.Events, p.by)
	if !found || !p.Case.State.Open() {
		return ""
	}
	return e.By.Name + "已收回委托您办理的“" + e.Work.Name + "”，理由：" + e.Reason
}
