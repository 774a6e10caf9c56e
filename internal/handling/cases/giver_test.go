package cases_test

import (
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// 行政许可法第四十三条 counts from when the lower agency accepts: whatever is given
// before the file goes up is its paper, and what it gave it serves.
func TestWhoTakesInAndReviewsFirstGivesThePapers(t *testing.T) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	e := casestest.Permit()
	e.FirstReview = items.FirstReview{Step: "lower", AgencyName: "某县应急管理局"}
	lower := flow.Step{ID: "lower", Name: "县级初审", Post: "审查岗", Role: identity.Reviewer, Agency: "other"}
	decide := flow.Step{ID: "decide", Name: "决定", Post: "审批岗", Role: identity.Approver, Decides: true}
	through := flow.FromSteps("p", "两级", []flow.Step{lower, decide})
	lower.When = `店名 == "大"`
	sometimes := flow.FromSteps("p", "有的两级", []flow.Step{lower, decide})
	at := calendar.Parse("2026-03-02").Start().Add(10 * time.Hour)
	asked := []cases.Deficiency{{Material: "plan", Finding: cases.Defective, Say: "看不清"}}

	accept := func(c *cases.Case, _ cases.Frame) (cases.Moved, error) {
		return c.Accept(e, nil, nil, days, casestest.WangFang, at)
	}
	review := func(c *cases.Case, f cases.Frame) (cases.Moved, error) {
		m, err := c.Review(c.Flow.Open[0].ID, "同意", "", casestest.ElseBureau, at)
		if err != nil {
			return m, err
		}
		return c.SendUp(m, f)
	}
	withdraw := func(c *cases.Case, _ cases.Frame) (cases.Moved, error) {
		return c.Withdraw("不办了", casestest.LiMin, at)
	}
	type act = func(*cases.Case, cases.Frame) (cases.Moved, error)
	for _, tt := range []struct {
		name string
		way  flow.Definition
		acts []act
		kind cases.PaperKind
		of   string // the agency; empty: the one whose item it is
	}{
		{"what was handed in is taken in below", through, nil, cases.Receipt, "other"},
		{"what is missing is asked for below", through, []act{func(c *cases.Case, _ cases.Frame) (cases.Moved, error) {
			return c.AskOnce(e, asked, calendar.Parse("2026-03-20"), casestest.WangFang, at)
		}}, cases.CorrectionNotice, "other"},
		{"accepted below", through, []act{accept}, cases.AcceptanceNotice, "other"},
		{"not accepted below", through, []act{func(c *cases.Case, _ cases.Frame) (cases.Moved, error) {
			return c.Refuse("不属于零售", "《行政许可法》第三十二条", casestest.WangFang, at)
		}}, cases.RefusalNotice, "other"},
		{"withdrawn below", through, []act{accept, withdraw}, cases.WithdrawalNotice, "other"},
		{"withdrawn above", through, []act{accept, review, withdraw}, cases.WithdrawalNotice, ""},
		{"served by who gave it, though the file has gone up", through, []act{accept, review, func(c *cases.Case, _ cases.Frame) (cases.Moved, error) {
			return c.ServePaper(c.Papers[1].Ref(), cases.Delivered{Way: "window", Receiver: "李敏"}, casestest.WangFang, at)
		}}, cases.ServiceRecord, "other"},
		{"by its answers it does not go through the lower agency", sometimes, nil, cases.Receipt, ""},
		{"accepted above", sometimes, []act{accept}, cases.AcceptanceNotice, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := flow.Compile(tt.way)
			if err != nil {
				t.Fatal(err)
			}
			e.Procedure = tt.way
			c, f := &cases.Case{}, cases.Frame{Edition: e, Procedure: p}
			do := func(m cases.Moved, err error) {
				t.Helper()
				if err == nil {
					err = c.Apply(m, f)
				}
				if err != nil {
					t.Fatal(err)
				}
				c.Head.Seq = m.Seq
			}
			do(cases.Receive("c", cases.Application{Item: e.Item, Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"},
				Answers: map[string]string{"店名": "云帆", "手机": "13800138000"}, Materials: []cases.Handed{{Material: "id", Paper: true}, {Material: "plan", Paper: true}},
			}, e, casestest.LiMin, calendar.DayOf(at), at))
			for _, act := range tt.acts {
				do(act(c, f))
			}
			if last := c.Papers[len(c.Papers)-1]; last.Kind != tt.kind || last.Agency != tt.of {
				t.Errorf("%s given by %q", last.Kind, last.Agency)
			}
		})
	}
}
