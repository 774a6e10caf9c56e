package window

import (
	"net/http"
	"strings"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/places/frame"
)

// showFiling shows the page on which everything is taken down.
func (p *Window) showFiling(w http.ResponseWriter, r *http.Request, v filing) error {
	var err error
	if v.Sight, err = p.filingSight(r, v); err != nil {
		return err
	}
	v.Places = p.places()
	b := p.bench(r, filingLeft(v), sightView(v.Sight), rowKeys...)
	view := filingView(frame.Of(r).Named("窗口收件 "+v.Edition.Name).Faulty(v.Err), b, v)
	if v.Err != nil {
		page.ShowFault(w, r, v.Err, view)
		return nil
	}
	page.Show(w, r, view)
	return nil
}

// fileSight answers the script while the page is filled in.
func (p *Window) fileSight(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, err := p.readFiling(r, f)
	if err == nil {
		v.Sight, err = p.filingSight(r, v)
	}
	if err != nil {
		return err
	}
	page.Show(w, r, sightAgain(v.Sight, rowsOf(v.Checks, 0, true), tally(v.Checks)))
	return nil
}

// filingSight looks ahead from the page as it stands.
func (p *Window) filingSight(r *http.Request, v filing) (s sight, err error) {
	if v.Away {
		return awaySight(v), nil
	}
	if joint.Is(v.Edition.Item) {
		return p.themeSight(v), nil
	}
	i := intent(v.Checks)
	a := v.application()
	if err := p.whole(r, v, a.Answers); err != nil {
		return s, err
	}
	ahead, err := p.Cases.ForeseeFiling(r.Context(), a, i, asking(r, ""))
	if err != nil {
		return s, err
	}
	s.filing(ahead, v, i, p)
	return s, nil
}

func (s *sight) filing(ahead cases.Prospect, v filing, i cases.Intent, p *Window) {
	if ahead.Why == nil {
		s.accepting(ahead, i, p)
	} else {
		s.Tone, s.Head = frame.Amber, "正在收件"
		s.Lines = filingLines(ahead.Why, v.Checks)
	}
	s.Primary = &frame.Btn{Text: "提交并受理", Kind: "p", Key: "Ctrl+Enter", Form: "filing", Name: "do", Value: "accept"}
	if len(i.Promises) > 0 {
		s.Primary.Text = "提交并容缺受理"
	}
	s.Rows = [][]frame.Btn{{{Text: "只收件，稍后核对", Key: "S", Form: "filing", Name: "do", Value: "receive"}}}
}

// filingLines are what still stands in the way, the form in one line.
func filingLines(why error, all []check) []frame.CheckLine {
	var lines []frame.CheckLine
	open := 0
	for _, f := range fault.Fields(why) {
		if strings.HasPrefix(f.Path, "answers.") {
			open++
		} else {
			lines = append(lines, frame.CheckLine{Tone: frame.Red, Text: f.Say})
		}
	}
	if open > 0 {
		lines = append(lines, frame.CheckLine{Tone: frame.Amber, Text: "申请表还有 " + itoa(open) + " 项要填或者要改"})
	}
	if len(fault.Fields(why)) == 0 {
		lines = append(lines, frame.CheckLine{Tone: frame.Red, Text: fault.Say(why)})
	}
	return append(lines, frame.CheckLine{Tone: frame.Plain, Text: tally(all)})
}
