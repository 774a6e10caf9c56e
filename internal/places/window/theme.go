package window

import (
	"context"
	"net/http"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/places/frame"
)

// offered is what is applied for: an item, or a theme as if it were one
// (一窗受理: 一张表、一套材料).
func (p *Window) offered(r *http.Request, item items.ID) (*items.Edition, error) {
	if joint.Is(item) {
		return p.Joint.Offer(r.Context(), item, nil)
	}
	return p.Items.Open(r.Context(), item, p.today())
}

// findThemes finds what several agencies handle as one matter.
func (p *Window) findThemes(ctx context.Context, asked, party string) ([]frame.Hit, error) {
	if asked == "" {
		return nil, nil
	}
	all, err := p.Joint.Themes.All(ctx)
	var hits []frame.Hit
	for _, t := range all {
		if len(hits) < most && t.Answers(asked) {
			hits = append(hits, frame.Hit{Icon: "list-checks", Text: t.Name + "一件事", Mark: asked, Note: t.Lead.Name + "牵头", Href: fileHref(themes.Prefix+items.ID(t.ID), party), Tag: frame.Tag(frame.Plain, t.Promised.String())})
		}
	}
	return hits, err
}

// themeSight looks ahead from a theme as the page stands: what is still missing
// from the one form and the one set of materials.
func (p *Window) themeSight(v filing) sight {
	s := sight{Tone: frame.Blue, Head: "一件事，一次收件"}
	_, err := cases.Sound(v.Edition, v.application(), p.Now())
	if err != nil {
		s.Tone, s.Head = frame.Amber, "正在收件"
		s.Lines = filingLines(err, v.Checks)
	} else {
		s.Lines = []frame.CheckLine{{Tone: frame.Green, Text: "各部门的事项一次提交", Note: "等前一项的，办好以后自己开始"}, {Tone: frame.Plain, Text: tally(v.Checks)}}
	}
	s.Primary = &frame.Btn{Text: "提交并一并受理", Kind: "p", Key: "Ctrl+Enter", Form: "filing", Name: "do", Value: "accept"}
	s.Rows = [][]frame.Btn{{{Text: "只收件，稍后核对", Key: "S", Form: "filing", Name: "do", Value: "receive"}}}
	return s
}

// takeTheme files a theme for who stands at the counter, in one submission, and
// accepts all its parts if the clerk pressed that. The form they signed on paper
// stands for the form of every part.
func (p *Window) takeTheme(r *http.Request, v filing, how string) (*joint.Joint, error) {
	by, a := asking(r, v.Request), v.application()
	if err := p.unmask(r, v, a.Answers); err != nil {
		return nil, err
	}
	d := cases.Draft{Party: v.Who.ID, Item: a.Item, Applicant: a.Applicant, Answers: a.Answers, Materials: a.Materials, Delivery: a.Delivery}
	j, err := p.Joint.Submit(r.Context(), d, func(e *items.Edition) (cases.Handed, error) {
		return cases.Handed{Material: joint.FormMaterial, Name: e.Name + "申请表", Paper: true}, nil
	}, by)
	if err != nil || how != "accept" {
		return j, err
	}
	accepted, err := p.Joint.Accept(r.Context(), j.ID, by)
	if fault.Code(err) == "joint.accept.none" { // pressed twice: the first press accepted it
		return j, nil
	}
	return accepted, err
}
