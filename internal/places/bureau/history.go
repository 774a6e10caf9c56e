package bureau

import (
	"net/http"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// historyPage is everything that happened to a case, with its proof.
type historyPage struct {
	frame.View
	Case   *cases.Case
	Rows   []factRow
	Broken string // the first difference that an audit finds; "" the case is what its facts say
}

// factRow is one fact of the chain.
type factRow struct {
	Seq   int64
	When  string
	What  string
	Who   string
	Said  string
	Basis string
	Hash  string
}

// history is the case's complete history (全过程留痕), audited as it is shown.
func (b *Bureau) history(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	c, err := b.Cases.Case(r.Context(), cases.ID(r.PathValue("case")), by)
	if err != nil {
		return err
	}
	events, err := b.Cases.History(r.Context(), c.ID, by)
	if err != nil {
		return err
	}
	found, err := b.Cases.AuditOne(r.Context(), c.ID)
	if err != nil {
		return err
	}
	dir, err := b.Agencies.Directory(r.Context())
	if err != nil {
		return err
	}
	p := historyPage{View: frame.Of(r).Named("全过程留痕"), Case: c}
	if found != nil {
		p.Broken = found.Say
	}
	for _, e := range events {
		who := e.By.Name
		if e.By.Agency != "" {
			who += "（" + dir.Name(e.By.Agency) + " " + e.By.Title + "）"
		}
		p.Rows = append(p.Rows, factRow{e.Seq, second(e.At), cases.MoveOf(e.Act).Name, who, said(e.Moved), cases.MoveOf(e.Act).Basis, e.Hash})
	}
	page.Show(w, r, historyView(p))
	return nil
}

// said is what the fact brought, in one line.
func said(m cases.Moved) string {
	line := ""
	add := func(name, text string) {
		if text != "" {
			line += name + text + "　"
		}
	}
	if w := m.Work; w != nil {
		add("环节：", w.Name)
		for _, name := range []string{cases.AnswerOpinion, cases.AnswerDecided} {
			text, _ := w.Answers[name].(string) // absent from other acts
			add(name+"：", text)
		}
		add("理由：", w.Opinion)
		add("交给：", w.ToName)
	}
	if s := m.Special; s != nil {
		add("程序：", s.Kind)
		add("理由：", s.Reason)
		add("结果：", s.Result)
	}
	if x := m.Extension; x != nil {
		add("延长：", x.Limit.String())
		add("批准：", x.Approver)
	}
	if d := m.Delivered; d != nil {
		for _, fact := range d.Facts() {
			add(fact.Name+"：", fact.Value)
		}
	}
	if m.Extension == nil {
		add("", m.Reason)
	} else {
		add("理由：", m.Reason)
	}
	if m.From != m.To {
		add("转为：", m.To.Han())
	}
	return line
}
