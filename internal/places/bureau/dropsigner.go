package bureau

import (
	"context"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// dropSigner takes off somebody who was asked to sign and has not (撤回加签).
func (b *Bureau) dropSigner(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	work, signer, ok := strings.Cut(f.Text("to"), "/")
	if !ok {
		return nil, fault.New(fault.Invalid, "bureau.drop-signer.to", "请选择撤回谁的加签").At("to", "required", "请选择撤回谁的加签")
	}
	return b.Cases.DropSigner(ctx, id, work, signer, f.Text("reason"), by)
}

// awaited are the signatures that the reader may take back, each with the step
// and the name by which it was asked for.
func (p casePage) awaited() (all []frame.Choice) {
	for _, one := range p.Case.Droppable(p.by) {
		value := one.Work.ID + "/" + one.Signer
		all = append(all, frame.Choice{Value: value, Label: p.asked(one) + "（" + one.Work.Name + "）", On: p.value("to") == value})
	}
	return all
}

// asked is the name of whoever was asked, as the history has it.
func (p casePage) asked(one cases.Awaited) string {
	name := one.Signer
	for _, e := range p.Events {
		if e.Act == cases.AddSigner && e.Work.ID == one.Work.ID && e.Work.To == one.Signer {
			name = e.Work.ToName
		}
	}
	return name
}
