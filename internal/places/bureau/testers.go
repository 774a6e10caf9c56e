package bureau

import (
	"context"
	"slices"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// tests reports whether the reader was assigned to test.
func (p casePage) tests() bool {
	return slices.ContainsFunc(p.Case.Testers.People, func(t cases.Tester) bool { return t.Account == p.by.Account })
}

// testers are the agency's staff who may be assigned.
func (b *Bureau) testers(ctx context.Context, p casePage) ([]frame.Choice, error) {
	var all []frame.Choice
	for _, role := range identity.Deciding {
		holders, err := b.Staff.Holders(ctx, p.Case.Agency, role)
		if err != nil {
			return nil, err
		}
		for _, h := range holders {
			if !slices.ContainsFunc(all, func(c frame.Choice) bool { return c.Value == h.Account }) {
				all = append(all, frame.Choice{Value: h.Account, Label: h.Name + "（" + h.Post.Title + "）"})
			}
		}
	}
	return all, nil
}

func (b *Bureau) assignTesters(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	var to []identity.Actor
	for _, account := range f.All("to") {
		who, err := b.Staff.Signer(ctx, account)
		if err != nil {
			return nil, err
		}
		to = append(to, who)
	}
	return b.Cases.AssignTesters(ctx, id, to, by)
}

func (b *Bureau) noteTest(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	return b.Cases.NoteTest(ctx, id, cases.Tested{Result: cases.TestResult(f.Text("result")), Text: f.Text("text")}, by)
}

// settleSay says why one may decide on the spot.
func settleSay(p casePage) string {
	if p.Case.ClearlyPassed() {
		return "检验、检测、检疫合格，不需要进一步技术分析：当场作出准予决定" + frame.Cited(cases.MoveOf(cases.NoteTest).Rests(p.Edition)) + "。"
	}
	return "申请人已书面承诺符合全部条件，事项规定承诺后当场决定。决定后按告知的方式和时限核查承诺。"
}

func assignText(p casePage) string {
	if len(p.Case.Testers.People) > 0 {
		return "改派检验人员"
	}
	return "指派检验人员"
}

func testChoices() (all []frame.Choice) {
	for _, r := range cases.TestResults {
		all = append(all, frame.Choice{Value: string(r), Label: r.Han()})
	}
	return all
}
