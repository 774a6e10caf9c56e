package window

import (
	"net/http"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/signing"
	"tongban/internal/places/frame"
)

// rectifying offers, before anything is asked for by a notice, to put right now what
// can be put right now (行政许可法第三十二条).
func (s *sight) rectifying(c *cases.Case, by identity.Actor) {
	if !slices.ContainsFunc(c.May(by), func(m cases.Move) bool { return m.Act == cases.Rectify }) {
		return
	}
	now := frame.Btn{Text: "当场更正", Key: "Z", Href: caseHref(c.ID) + "/do/rectify"}
	if len(s.Rows) == 0 {
		s.Rows = [][]frame.Btn{nil}
	}
	s.Rows[0] = append([]frame.Btn{now}, s.Rows[0]...)
}

// replaceable lists the papers on file, each of which may be put right and taken in
// again, and those that only other answers would call for.
func (a *actPage) replaceable() {
	asked := a.Edition.MaterialsFor(a.Case.Answers)
	for _, m := range a.Edition.Materials {
		h, there := a.Case.Has(m.ID)
		there = there && (len(h.Files) > 0 || h.Certificate != "" || h.Paper)
		needed := slices.ContainsFunc(asked, func(one items.Material) bool { return one.ID == m.ID })
		if there || !needed {
			say := "当场改好，重新收下"
			if !there {
				say = "改后才需要，现在交来"
			}
			a.Brought = append(a.Brought, brought{"materials." + m.ID, cases.Handed{Material: m.ID, Name: m.Name, Paper: true}, say, false})
		}
	}
}

// rectification is what the page says was put right.
func (a actPage) rectification() cases.Rectification {
	return cases.Rectification{Handed: a.handed(), Answers: a.Form.changes(), Say: a.Intent.Reason, Confirmed: a.Confirmed}
}

// rectifyBundle is what the applicant reads before they confirm what was put right.
func (p *Window) rectifyBundle(r *http.Request, a actPage, b signing.Bundle) (signing.Bundle, error) {
	x := a.rectification()
	changes, err := p.Cases.Rectified(r.Context(), a.Case.ID, x, frame.Actor(r))
	if err != nil {
		return b, err
	}
	l := signing.Letter{Title: "当场更正确认书", To: a.Edition.AgencyName,
		Text: []string{"本人（单位）申请办理“" + a.Edition.Name + "”，下列内容当场更正，本人看过，真实、准确。"}}
	for _, c := range changes {
		l.List = append(l.List, signing.Line{Name: c.Label, Say: c.Words()})
	}
	for _, h := range x.Handed {
		l.List = append(l.List, signing.Line{Name: "材料：" + h.Name, Say: x.Say})
	}
	l.After = []string{"收到申请材料的日期不变，仍为" + a.Case.Received.Han() + "。"}
	b.Letters = []signing.Letter{l}
	return b, nil
}
