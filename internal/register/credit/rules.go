package credit

import (
	"cmp"
	"fmt"

	"github.com/goccy/go-yaml"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// Rules are the terms and effects that no national rule fixes, so that a place
// sets its own (信用规则); see data/credit.yaml.
type Rules struct {
	Count  map[Kind]int    `yaml:"count"`  // months for which a record counts
	Repair map[Kind]int    `yaml:"repair"` // months after which repair may be asked for
	Answer Terms           `yaml:"answer"` // working days within which pleas are answered
	Worst  int             `yaml:"worst"`  // records of any kind that make the worst grade
	Grades map[Grade]Words `yaml:"grades"` // whose word is taken
}

// Terms are the working days for an answer.
type Terms struct {
	Objection int `yaml:"objection"`
	Repair    int `yaml:"repair"`
}

// Words say which words of a grade are taken, and how it is handled.
type Words struct {
	Defer  bool `yaml:"defer"`  // 容缺受理
	Pledge bool `yaml:"pledge"` // 告知承诺
	Path   Path `yaml:"path"`   // how the way of the case differs
}

// Grade is how somebody stands (信用等级); A comes only from elsewhere.
type Grade string

// The grades.
const (
	GradeA Grade = "A" // 守信
	GradeB Grade = "B" // 正常
	GradeC Grade = "C" // 一般失信
	GradeD Grade = "D" // 严重失信
)

// Han is the grade in words.
func (g Grade) Han() string {
	return map[Grade]string{GradeA: "守信", GradeB: "正常", GradeC: "一般失信", GradeD: "严重失信"}[g]
}

// ReadRules reads rules, and refuses such as would let records count for ever
// or nobody ever repair one.
func ReadRules(text []byte) (r Rules, err error) {
	if err := yaml.UnmarshalWithOptions(text, &r, yaml.Strict()); err != nil {
		return r, fmt.Errorf("read credit rules: %w", err)
	}
	for _, k := range []Kind{LapsedPromise, BrokenPledge} {
		if r.Count[k] < 1 || r.Repair[k] < 0 || r.Repair[k] > r.Count[k] {
			return r, fault.New(fault.Invalid, "credit.rules.months", "信用规则：%s的有效期须至少一个月，申请修复的期限不得长于有效期", k.Han())
		}
	}
	for _, g := range []Grade{GradeA, GradeB, GradeC, GradeD} {
		words, ok := r.Grades[g]
		if !ok {
			return r, fault.New(fault.Invalid, "credit.rules.grade", "信用规则没有写明%s级能否容缺受理、告知承诺", g)
		}
		if err := words.Path.check(g); err != nil {
			return r, err
		}
	}
	if r.Answer.Objection < 1 || r.Answer.Repair < 1 || r.Worst < 1 {
		return r, fault.New(fault.Invalid, "credit.rules.terms", "信用规则的答复期限和严重失信的记录数须大于零")
	}
	return r, nil
}

// A Word is what somebody's word is asked for.
type Word string

// The words.
const (
	Deferral Word = "容缺受理"
	Pledging Word = "告知承诺"
)

// GradeOf is how somebody with these records, the latest first, stands on day:
// by what they did not keep, or as they are graded elsewhere if that is worse or
// nothing is on record against them.
func (r Rules) GradeOf(records []Record, day calendar.Day) Grade {
	about := map[string]bool{} // what went wrong in one case counts once
	for _, one := range records {
		if one.Kind != Graded && one.Counts(day) {
			about[cmp.Or(one.Case, one.ID)] = true
		}
	}
	own := GradeD
	switch {
	case len(about) == 0:
		own = GradeB
	case len(about) < r.Worst:
		own = GradeC
	}
	if elsewhere, ok := given(records, day); ok && (own == GradeB || elsewhere.Grade > own) {
		return elsewhere.Grade
	}
	return own
}

// MayPromise says why somebody's word is not taken on day, if it is not: their
// grade leaves them out, or the very word was broken before and not repaired
// (国办发〔2020〕42号（四）; 徐政发〔2022〕21号（七）).
func (r Rules) MayPromise(records []Record, what Word, day calendar.Day) error {
	grade := r.GradeOf(records, day)
	words := r.Grades[grade]
	if what == Deferral && !words.Defer || what == Pledging && !words.Pledge {
		return fault.New(fault.Conflict, "credit.may.grade", "申请人的信用等级为%s（%s），修复以前不能适用%s，请提交材料按一般程序办理。异议和修复在“我的信用”里提出", grade, grade.Han(), what)
	}
	for _, one := range records {
		same := one.Kind == LapsedPromise && what == Deferral || one.Kind == BrokenPledge && what == Pledging
		if same && one.Counts(day) {
			return fault.New(fault.Conflict, "credit.may.broken", "申请人有未修复的失信记录（%s，%s），%s前不能适用%s，请提交材料按一般程序办理", one.Kind.Han(), one.On.Han(), (one.Until + 1).Han(), what)
		}
	}
	return nil
}

// term fills in for how long a record counts, and from when it may be repaired.
func (r Rules) term(one *Record) {
	if law, fixed := terms[one.Kind]; fixed {
		one.Until = law.By(one.On, nil)
		if one.Repair = one.On.AddMonths(r.Repair[BrokenPledge]); one.Permit != "" || one.Repair > one.Until {
			one.Repair = one.Until + 1 // the law's ban is not shortened
		}
		return
	}
	one.Until, one.Repair = one.On.AddMonths(r.Count[one.Kind]), one.On.AddMonths(r.Repair[one.Kind])
}

// answerBy is the day by which a plea is to be answered.
func (r Rules) answerBy(kind PleaKind, day calendar.Day, days clock.Days) calendar.Day {
	n := r.Answer.Objection
	if kind == Repairs {
		n = r.Answer.Repair
	}
	return clock.Term{Limit: clock.Limit{N: n, Unit: clock.WorkingDays}}.By(day, days)
}
