package openapi

import (
	"context"

	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

// routeTesters names the operations of the acts of a test by technical standard.
func (a *API) routeTesters(b *book) {
	act(b, "POST /cases/{case}/testers", cases.AssignTesters, a.assignTesters)
	act(b, "POST /cases/{case}/test", cases.NoteTest, a.noteTest)
}

type assignTestersInput struct {
	OnCase
	Body struct {
		To []string `json:"to" minItems:"2" maxItems:"20" doc:"指派的工作人员的账号，两名以上"`
	}
}

func (a *API) assignTesters(ctx context.Context, by identity.Actor, in *assignTestersInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) {
		var to []identity.Actor
		for _, account := range in.Body.To {
			who, err := a.Staff.Signer(ctx, account)
			if err != nil {
				return nil, err
			}
			to = append(to, who)
		}
		return a.Cases.AssignTesters(ctx, id, to, by)
	})
}

type noteTestInput struct {
	OnCase
	Body struct {
		Result cases.TestResult `json:"result" enum:"clear,passed,failed" doc:"clear 合格，不需要进一步技术分析，可以当场决定；passed 合格；failed 不合格"`
		Text   string           `json:"text" maxLength:"2000" doc:"经过、所依据的技术标准和结果"`
	}
}

func (a *API) noteTest(ctx context.Context, by identity.Actor, in *noteTestInput) (*cases.Case, error) {
	return a.on(ctx, in.Case, by, func(id cases.ID) (*cases.Case, error) {
		return a.Cases.NoteTest(ctx, id, cases.Tested{Result: in.Body.Result, Text: in.Body.Text}, by)
	})
}
