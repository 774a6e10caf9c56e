package cases

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/condition"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
)

// An Input is one fact that automatic rules were judged by, and where it came from.
type Input struct {
	Name   string `json:"name"`
	Value  any    `json:"value"`
	Source string `json:"source"` // 申请表, 电子证照库 1.2.156…, 办件材料
}

// Reckoned is how a case came out under the automatic rules of its edition
// (自动审查). It holds everything it was reckoned from, so that anybody can
// reckon it again (see Replay).
type Reckoned struct {
	Item    items.ID          `json:"item"`
	Edition int               `json:"edition"`
	Number  string            `json:"number"` // of the case
	Of      int64             `json:"of"`     // the fact after which it was reckoned
	Decides bool              `json:"decides"`
	Sample  int               `json:"sample"`
	Stopped map[string]string `json:"stopped,omitempty"` // rules switched off, and why; "" is the whole item
	Inputs  []Input           `json:"inputs"`            // that the rules speak of, by name
	Rules   []Ruled           `json:"rules"`
	Clear   bool              `json:"clear"`             // granted without a person
	Sampled bool              `json:"sampled,omitempty"` // drawn for a check afterwards
	Why     []string          `json:"why,omitempty"`     // why it goes to a person
}

// Ruled is one rule as it came out.
type Ruled struct {
	ID    string          `json:"id"`
	Name  string          `json:"name"`
	When  string          `json:"when"`
	Basis string          `json:"basis"`
	Out   Outcome         `json:"out"`
	Trace condition.Trace `json:"trace"`
}

// An Outcome is how a rule came out.
type Outcome string

// The outcomes. Only Holds lets a case be granted without a person.
const (
	Holds   Outcome = "成立"
	Fails   Outcome = "不成立"
	Unclear Outcome = "不明"
	Stopped Outcome = "停用"
)

// The facts that the case itself tells, and the rules over them that every item has.
const (
	allThere  = "材料齐全"
	untouched = "无人着手"
	nothingUp = "无待办程序"
)

// standing are the rules that hold for every automatic decision, whatever the item says.
var standing = []items.AutoRule{
	{ID: "materials", Name: "申请材料齐全", When: allThere, Basis: []items.Basis{{Law: "行政许可法", Article: "第三十四条"}}},
	{ID: "open", Name: "没有承诺事项和特别程序", When: nothingUp, Basis: []items.Basis{{Law: "行政许可法", Article: "第四十五条"}}},
	{ID: "untouched", Name: "没有人已经着手审查", When: untouched, Basis: []items.Basis{{Law: "行政许可法", Article: "第三十四条"}}},
}

// Reckon judges the rules over the inputs. It is pure: the same case number,
// edition, inputs and switches give the same bytes on every machine and for ever.
func Reckon(e *items.Edition, r Reckoned) Reckoned {
	r.Item, r.Edition, r.Decides, r.Sample = e.Item, e.Number, e.Automatic.Decides, e.Automatic.Sample
	r.Rules, r.Why, r.Clear, r.Sampled = nil, nil, false, false
	env := condition.Env{}
	for _, in := range r.Inputs {
		env[in.Name] = in.Value
	}
	if why, off := r.Stopped[""]; off {
		r.Why = append(r.Why, "自动办理已停用："+why)
	}
	if !r.Decides {
		r.Why = append(r.Why, "本事项只作自动预审")
	}
	for _, rule := range slices.Concat(standing, e.Automatic.Rules) {
		out := r.judge(rule, env)
		r.Rules = append(r.Rules, out)
		if out.Out != Holds {
			r.Why = append(r.Why, fmt.Sprintf("“%s”%s", rule.Name, out.Out))
		}
	}
	r.Clear = len(r.Why) == 0
	r.Sampled = r.Clear && Drawn(r.Number, r.Sample)
	return r
}

func (r Reckoned) judge(rule items.AutoRule, env condition.Env) Ruled {
	out := Ruled{ID: rule.ID, Name: rule.Name, When: rule.When, Basis: basisWords(rule.Basis), Out: Unclear}
	p, err := condition.Compile(rule.When, nil)
	if err != nil {
		out.Trace = condition.Trace{Text: rule.When, Value: "无法判断"}
		return out
	}
	out.Trace = p.Explain(env)
	switch _, off := r.Stopped[rule.ID]; {
	case off:
		out.Out = Stopped
	case out.Trace.Value == string(Holds), out.Trace.Value == string(Fails):
		out.Out = Outcome(out.Trace.Value)
	}
	return out
}

func basisWords(all []items.Basis) string {
	var words []string
	for _, b := range all {
		words = append(words, b.String())
	}
	return strings.Join(words, "、")
}

// Drawn reports whether a case is among those checked by a person afterwards:
// perMille of 1000, by its number alone, so that nobody chooses and everybody
// can see that nobody chose.
func Drawn(number string, perMille int) bool {
	sum := sha256.Sum256([]byte(number))
	return int(binary.BigEndian.Uint64(sum[:8])%1000) < perMille
}

// selfInputs are the facts that the case itself tells: what was answered, what is
// on file, whether somebody has begun.
func (c *Case) selfInputs(f Frame) []Input {
	var all []Input
	form := f.Edition.Form.With(f.Edition.Questions)
	private := map[string]bool{}
	for _, field := range form.All() {
		private[field.ID] = field.Private()
	}
	for name, v := range forms.Facts(form, c.Answers, calendar.DayOf(c.Opened)) {
		if !private[name] {
			all = append(all, Input{name, plain(v), "申请表"})
		}
	}
	for _, m := range f.Edition.MaterialsFor(c.Answers) {
		there, source := c.machineSees(m)
		all = append(all, Input{items.OnFile + m.ID, there, source}, Input{items.OnFile + m.Name, there, source})
	}
	return append(all,
		Input{items.Agent, c.Applicant.Agent != "", "申请人"},
		Input{allThere, c.allThere(f.Edition), "办件材料"},
		Input{nothingUp, !c.specialOpen() && c.owed() == "" && len(c.Pledges) == 0 && c.Hearing == nil && (c.Credit == nil || !c.Credit.OnSite), "办件记录"},
		Input{untouched, c.untouched(), "办件记录"})
}

// plain is a fact as JSON keeps it.
func plain(v any) any {
	if day, ok := v.(calendar.Day); ok {
		return day.String()
	}
	return v
}

// machineSees reports whether a material is there in a way that needs no eye: as
// a file or a certificate, or judged complete by the window that took it in.
func (c *Case) machineSees(m items.Material) (bool, string) {
	h, ok := c.Has(m.ID)
	switch {
	case !ok:
		return false, "没有提交"
	case h.Verdict != nil && h.Verdict.Finding != Complete && h.Verdict.Finding != Exempt:
		return false, "窗口核对：" + h.Verdict.Finding.Han()
	case h.Certificate != "":
		return true, "电子证照 " + h.Certificate
	case len(h.Files) > 0:
		return true, "上传文件 " + h.Files[0].Hash
	case h.Paper && c.State == Accepted:
		return true, "窗口收取并核对的纸质材料"
	}
	return false, "纸质材料尚未核对"
}

func (c *Case) allThere(e *items.Edition) bool {
	return !slices.ContainsFunc(e.MaterialsFor(c.Answers), func(m items.Material) bool {
		there, _ := c.machineSees(m)
		return !there && m.Necessity != items.Optional
	})
}

// untouched reports whether nobody has begun to review: work of people is not
// taken out of their hands.
func (c *Case) untouched() bool {
	return len(c.Flow.Done) == 0 && !slices.ContainsFunc(c.Flow.Open, func(w flow.Work) bool { return w.Claimed != "" || len(w.Signed) > 0 })
}

// Inputs begins a reckoning with what the case tells and what others say of the
// applicant: of both, only what the rules speak of.
func (c *Case) Inputs(f Frame, about []Input) Reckoned {
	return Reckoned{Inputs: used(f.Edition, append(c.selfInputs(f), about...))}
}

// used keeps the inputs that some rule speaks of, by name: nothing is written
// down that was not needed.
func used(e *items.Edition, all []Input) []Input {
	needed := map[string]bool{}
	for _, r := range slices.Concat(standing, e.Automatic.Rules) {
		for _, name := range r.Names() {
			needed[name] = true
		}
	}
	kept := slices.DeleteFunc(all, func(in Input) bool { return !needed[in.Name] })
	slices.SortFunc(kept, func(a, b Input) int { return cmp.Compare(a.Name, b.Name) })
	return kept
}
