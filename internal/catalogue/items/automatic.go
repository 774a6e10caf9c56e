package items

import (
	"slices"
	"strings"

	"tongban/internal/engine/condition"
	"tongban/internal/engine/forms"
)

// Automatic is what the program may do with an application by itself: look it
// over by rules, and perhaps grant it (秒批秒办、无感智办, 徐政发〔2022〕21号（二十四）).
// It never denies: what a rule does not find true goes to a person.
type Automatic struct {
	Decides bool       `json:"decides,omitempty"` // may grant by itself when every rule is true
	Sample  int        `json:"sample,omitempty"`  // of 1000 granted so, how many a person checks afterwards (抽查)
	Rules   []AutoRule `json:"rules,omitempty"`
}

// An AutoRule is one thing that must be so for an application to be granted
// without a person.
type AutoRule struct {
	ID    string  `json:"id"`
	Name  string  `json:"name"` // 持有有效的营业执照
	When  string  `json:"when"` // over AutoVars
	Basis []Basis `json:"basis,omitempty"`
}

// Reviews reports whether the program looks applications over by itself.
func (a Automatic) Reviews() bool { return len(a.Rules) > 0 }

// The facts beside the form that a rule may speak of. Those under Certified are
// true while the applicant holds a certificate of that type which is good,
// false if theirs was withdrawn or has run out, and not known otherwise; those
// under OnFile say whether a material is there.
const (
	Certified  = "证照."
	OnFile     = "材料."
	Credit     = "信用.等级"   // A, B, C, D
	HolderKind = "申请人.类型"  // 个人, 单位
	HolderName = "申请人.名称"  // as in the register of parties
	HolderAge  = "申请人.周岁"  // of a person
	Agent      = "申请人.有代办" // 是, 否
)

// AutoVars are the names that rules may use: what the form asks, the day, what
// is on file and what the city itself vouches for. Answers that are kept
// unreadable are not among them, for what a rule used stands readable in the record.
func (e *Edition) AutoVars() condition.Vars {
	form := e.Form.With(e.Questions)
	vars := form.Vars()
	for _, f := range form.All() {
		if f.Private() {
			delete(vars, f.ID)
		}
	}
	for _, m := range e.Materials {
		vars[OnFile+m.ID], vars[OnFile+m.Name] = condition.Truth, condition.Truth
	}
	for _, r := range e.Automatic.Rules {
		for _, name := range r.Names() {
			if strings.HasPrefix(name, Certified) {
				vars[name] = condition.Truth
			}
		}
	}
	vars[Credit], vars[HolderKind], vars[HolderName], vars[HolderAge], vars[Agent] = condition.Text, condition.Text, condition.Text, condition.Number, condition.Truth
	return vars
}

// Names are the facts the rule speaks of; none if it cannot be read.
func (r AutoRule) Names() []string {
	p, err := condition.Compile(r.When, nil)
	if err != nil {
		return nil
	}
	return p.Names()
}

// automaticRules keep what the program may do by itself within what it can
// know and what the law leaves no room in.
var automaticRules = []Rule{
	{"items.automatic.shape", Error, "自动审查规则须有标识、名称和条件，标识不得重复", "徐政发〔2022〕21号（二十四）", shapelessRules},
	{"items.automatic.when", Error, "自动审查规则只能使用申请表、材料、证照和信用中的内容", "徐政发〔2022〕21号（二十四）", unreadableRules},
	{"items.automatic.private", Error, "自动审查规则不得使用敏感内容", "个人信息保护法第二十八条", privateRules},
	{"items.automatic.basis", Error, "每条自动审查规则须写明依据的条款", "行政许可法第三十八条", unfoundedRules},
	{"items.automatic.rules", Error, "允许自动办理的，须有自动审查规则", "徐政发〔2022〕21号（二十四）", decidesWithoutRules},
	{"items.automatic.substantive", Error, "需要两人以上核查、特别程序的事项不得自动办理", "行政许可法第三十四条", decidesSubstance},
	{"items.automatic.sample", Error, "抽查比例应在千分之0至1000之间", "徐政发〔2022〕21号（二十四）", wrongSample},
	{"items.automatic.unsampled", Warning, "自动办理的事项应当安排人工抽查", "徐政发〔2022〕21号（二十四）", neverSampled},
}

func shapelessRules(e *Edition, say report) {
	seen := map[string]bool{}
	for i, r := range e.Automatic.Rules {
		path := at("automatic.rules", i)
		if r.ID == "" || r.Name == "" || strings.TrimSpace(r.When) == "" {
			say(path, "请填写规则的标识、名称和条件")
		}
		if r.ID != "" && seen[r.ID] {
			say(path+".id", "规则标识“%s”重复", r.ID)
		}
		seen[r.ID] = true
	}
}

func unreadableRules(e *Edition, say report) {
	vars := e.AutoVars()
	for _, f := range e.Form.With(e.Questions).All() {
		if f.Private() {
			vars[f.ID] = condition.Any // said by items.automatic.private
		}
	}
	for i, r := range e.Automatic.Rules {
		if _, err := condition.Compile(r.When, vars); err != nil {
			say(at("automatic.rules", i)+".when", "条件“%.100s”：%s", r.When, sayOf(err))
		}
	}
}

func privateRules(e *Edition, say report) {
	private := map[string]forms.Field{}
	for _, f := range e.Form.With(e.Questions).All() {
		if f.Private() {
			private[f.ID] = *f
		}
	}
	for i, r := range e.Automatic.Rules {
		for _, name := range r.Names() {
			if f, ok := private[name]; ok {
				say(at("automatic.rules", i)+".when", "“%s”是敏感内容，自动审查的依据会写入办件记录，不能使用", f.Label)
			}
		}
	}
}

func unfoundedRules(e *Edition, say report) {
	for i, r := range e.Automatic.Rules {
		if !founded(r.Basis) || slices.ContainsFunc(r.Basis, func(b Basis) bool { return isStatute(b.Law) && b.Article == "" }) {
			say(at("automatic.rules", i)+".basis", "规则%s没有写明依据的条款", quoted(r.Name, i))
		}
	}
}

func decidesWithoutRules(e *Edition, say report) {
	if e.Automatic.Decides && !e.Automatic.Reviews() {
		say("automatic.rules", "没有自动审查规则，不能自动办理；请补充规则，或者取消自动办理")
	}
}

func decidesSubstance(e *Edition, say report) {
	if !e.Automatic.Decides {
		return
	}
	for _, n := range e.Procedure.Nodes {
		if n.Substantive {
			say("automatic.decides", "环节“%s”须由两人以上办理，不能自动办理", n.Name)
		}
	}
	if len(e.Special) > 0 {
		say("automatic.decides", "“%s”须由人办理，不能自动办理", e.Special[0].Name)
	}
}

func wrongSample(e *Edition, say report) {
	if e.Automatic.Sample < 0 || e.Automatic.Sample > 1000 {
		say("automatic.sample", "抽查比例应在千分之0至1000之间，不能是%d", e.Automatic.Sample)
	}
}

func neverSampled(e *Edition, say report) {
	if e.Automatic.Decides && e.Automatic.Sample == 0 {
		say("automatic.sample", "没有安排抽查，请写明每千件抽查几件")
	}
}
