package frame

import (
	"fmt"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// A Fact is one fact of a case's chain as staff read it (全过程留痕).
type Fact struct {
	Seq   int64
	When  string // to the second
	What  string // the move
	Who   string // with agency and title
	Said  string // what it brought, in one line
	Basis string // the article it rests on
	Hash  string
	Proof []cases.File // of a service
}

// FactsOf puts the facts of a case under the edition into words; dir names the agencies.
func FactsOf(all []cases.Event, e *items.Edition, dir *agencies.Directory) []Fact {
	facts := make([]Fact, 0, len(all))
	for _, told := range all {
		one := factOf(told, dir)
		one.Basis = told.Rests(e)
		if name := cases.Absent(all, told); name != "" {
			one.Who += "，代" + name + "（AB岗）"
		}
		facts = append(facts, one)
	}
	return facts
}

func factOf(e cases.Event, dir *agencies.Directory) Fact {
	who := e.By.Name
	if e.By.Agency != "" {
		who += "（" + dir.Name(e.By.Agency) + " " + e.By.Title + "）"
	}
	if e.By.Under != "" {
		who += "，" + e.By.Under
	}
	move := cases.MoveOf(e.Act)
	f := Fact{Seq: e.Seq, When: second(e.At), What: move.Name, Who: who, Said: string(words(PutRight(e)) + brought(e.Moved)), Hash: e.Hash}
	if e.Delivered != nil {
		f.Proof = e.Delivered.Proof
	}
	return f
}

// Cited is an article in brackets behind what rests on it; "" where there is none.
func Cited(article string) string {
	if article == "" {
		return ""
	}
	return "（" + article + "）"
}

// Silence says what silence does to a renewal that was asked for in time, and by what.
func Silence(renews bool) string {
	if renews {
		return "；到期没有答复的，视为准予延续" + Cited(cases.MoveOf(cases.DeemRenew).Basis)
	}
	return ""
}

func second(t time.Time) string { return t.In(calendar.Zone).Format("2006年1月2日 15:04:05") }

// words gathers what was said, leaving out what is empty.
type words string

func (w *words) add(name, text string) {
	if text != "" {
		*w += words(name + text + "　")
	}
}

// brought is what a move brought, in one line.
func brought(m cases.Moved) (w words) {
	w.work(m.Work)
	w.clock(m)
	if n := m.Notice; n != nil {
		w.add("", fmt.Sprintf("告知 %d 项，请于%s前补正", len(n.Items), n.Until.Han()))
	}
	if len(m.Materials) > 0 && m.Confirmed == nil {
		w.add("", fmt.Sprintf("材料 %d 份", len(m.Materials)))
	}
	w.add("", m.Came.Say())
	if d := m.Delivered; d != nil {
		for _, fact := range d.Facts() {
			w.add(fact.Name+"：", fact.Value)
		}
	}
	if m.Confirmed == nil { // what was put right on the spot says both itself: see PutRight
		w.add("理由：", m.Reason)
	}
	if m.From != m.To {
		w.add("转为：", m.To.Han())
	}
	return w
}

// work says what somebody did at a step.
func (w *words) work(done *cases.WorkAct) {
	if done == nil {
		return
	}
	w.add("环节：", done.Name)
	for _, name := range []string{cases.AnswerOpinion, cases.AnswerDecided} {
		text, _ := done.Answers[name].(string) // absent from other acts
		w.add(name+"：", text)
	}
	w.add("说明：", done.Opinion)
	w.add("交给：", done.ToName)
}

// clock says what stopped or lengthened the time.
func (w *words) clock(m cases.Moved) {
	if s := m.Special; s != nil {
		w.add("程序：", s.Kind)
		w.add("事由：", s.Reason)
		w.add("结果：", s.Result)
	}
	if x := m.Extension; x != nil {
		w.add("延长：", x.Limit.String())
		w.add("批准：", x.Approver)
	}
}
