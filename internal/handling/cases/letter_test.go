package cases_test

import (
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// Nobody is forced to promise, and no clerk promises for them: the letter is the
// applicant's, and an agent's only by a power of attorney (徐政发〔2022〕21号（七）).
func TestNothingIsAcceptedOnAPromiseWithoutALetter(t *testing.T) {
	day := calendar.Parse("2026-03-09")
	pen, offer := &ink.Signature{Name: "李敏"}, cases.Promise{Material: "plan", By: day, Signed: &ink.Signature{Name: "李敏"}}
	attorney := cases.Handed{Material: "power", Name: "授权委托书原件", Paper: true}
	for _, tt := range []struct {
		name   string
		agent  string
		given  cases.Promise
		offer  *cases.Promise
		handed []cases.Handed
		found  cases.Finding // of the power of attorney
		code   string
	}{
		{"signed by nobody", "", cases.Promise{}, nil, nil, "", "cases.accept.letter required"},
		{"a signature without a name", "", cases.Promise{Signed: &ink.Signature{}}, nil, nil, "", "cases.accept.letter required"},
		{"signed on a screen", "", cases.Promise{Signed: pen}, nil, nil, "", ""},
		{"signed on paper", "", cases.Promise{OnPaper: true}, nil, nil, "", ""},
		{"signed with the application", "", cases.Promise{}, &offer, nil, "", ""},
		{"signed with the application by another day", "", cases.Promise{}, &cases.Promise{Material: "plan", By: day - 1, Signed: pen}, nil, "", "cases.accept.letter required"},
		{"by an agent without power", "王强", cases.Promise{Signed: pen}, nil, nil, "", "cases.accept.letter required"},
		{"by an agent whose power the window keeps", "王强", cases.Promise{OnPaper: true, Attorney: true}, nil, nil, "", ""},
		{"by an agent whose power is among the materials", "王强", cases.Promise{Signed: pen}, nil, []cases.Handed{attorney}, cases.Complete, ""},
		{"by an agent whose power was found wanting", "王强", cases.Promise{Signed: pen}, nil, []cases.Handed{attorney}, cases.Defective, "cases.accept.letter required"},
		{"by an agent with the application", "王强", cases.Promise{}, &offer, nil, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := casestest.Permit()
			e.Materials = append(e.Materials, items.Material{ID: "power", Name: "授权委托书", Necessity: items.Optional})
			g, err := begin(t, e, cases.Word{}, "id")
			if err != nil {
				t.Fatal(err)
			}
			g.c.Applicant.Agent = tt.agent
			g.c.Materials = append(g.c.Materials, tt.handed...)
			if tt.offer != nil {
				g.c.Offers = []cases.Promise{*tt.offer}
			}
			var verdicts []cases.Verdict
			if tt.found != "" {
				verdicts = append(verdicts, cases.Verdict{Material: "power", Finding: tt.found})
			}
			tt.given.Material, tt.given.By = "plan", day
			m, err := g.c.Accept(g.f.Edition, verdicts, []cases.Promise{tt.given}, g.days, casestest.WangFang, g.at)
			if codes(err) != tt.code {
				t.Fatalf("%s, want %s: %v", codes(err), tt.code, err)
			}
			if err == nil && m.Promises[0].Offered != (tt.offer != nil) {
				t.Errorf("%+v", m.Promises[0])
			}
		})
	}
}
