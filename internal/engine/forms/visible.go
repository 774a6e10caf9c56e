package forms

import (
	"slices"
	"strconv"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/condition"
)

// Today is the name under which conditions know the day: 周岁(出生日期, 今天) < 18.
const Today = "今天"

// Visible is the part of the form that is asked under these answers: fields
// whose conditions hold, in groups that have any.
func (f Form) Visible(a Answers, today calendar.Day) Form {
	asked := f.asked(normal(f, a), today)
	var shown Form
	for _, g := range f.Groups {
		fields := slices.DeleteFunc(slices.Clone(g.Fields), func(f Field) bool { return !asked[f.ID] })
		if g.Fields = fields; len(fields) > 0 {
			shown.Groups = append(shown.Groups, g)
		}
	}
	return shown
}

// Facts are the answers as conditions see them: numbers, truths, days and
// lists, of the fields that are asked, and the day.
func Facts(f Form, a Answers, today calendar.Day) condition.Env {
	facts, _ := f.settle(normal(f, a), today)
	return facts
}

// asked says of each field of the form whether it is asked.
func (f Form) asked(a Answers, today calendar.Day) map[string]bool {
	_, asked := f.settle(a, today)
	return asked
}

// settle walks the form once in order. A condition sees the answers of fields
// before it that are themselves asked; an answer that nobody was asked for is none.
func (f Form) settle(a Answers, today calendar.Day) (condition.Env, map[string]bool) {
	facts, asked := make(condition.Env, len(a)+1), make(map[string]bool, f.count())
	if today != 0 {
		facts[Today] = today
	}
	for _, g := range f.Groups {
		open := holds(g.When, facts)
		for i := range g.Fields {
			field := &g.Fields[i]
			if asked[field.ID] = open && holds(field.When, facts); !asked[field.ID] {
				continue
			}
			if v, ok := field.fact(a[field.ID]); ok {
				facts[field.ID] = v
			}
		}
	}
	return facts, asked
}

// holds says whether something with this condition is asked. What cannot be
// judged is asked: nobody is spared a question by a slip in the definition. So
// is what hangs on the day while the day is not known.
func holds(when string, facts condition.Env) bool {
	if when == "" {
		return true
	}
	p, err := condition.Compile(when, nil)
	if err != nil {
		return true
	}
	if _, known := facts[Today]; !known && slices.Contains(p.Names(), Today) && !p.Known(facts) {
		return true
	}
	ok, err := p.Eval(facts)
	return ok || err != nil
}

// fact is an answer as conditions see it; false for none or an unreadable one.
func (f *Field) fact(v string) (any, bool) {
	if v == "" {
		return nil, false
	}
	switch f.Kind {
	case Number, Money:
		n, err := strconv.ParseFloat(v, 64)
		return n, err == nil && decimal.MatchString(v)
	case Date, Birth:
		day := calendar.Parse(v)
		return day, day != 0
	case YesNo:
		return v == Yes, v == Yes || v == No
	case Choices, File:
		return strings.Split(v, "\n"), true
	default:
		return v, true
	}
}

// kind is how conditions see the answers of a field.
func (k Kind) kind() condition.Kind {
	switch k {
	case Number, Money:
		return condition.Number
	case Date, Birth:
		return condition.Day
	case YesNo:
		return condition.Truth
	case Choices, File:
		return condition.List
	default:
		return condition.Text
	}
}

// Vars are the names that conditions over this form may use, the day included.
func (f Form) Vars() condition.Vars {
	vars := condition.Vars{Today: condition.Day}
	for _, field := range f.All() {
		vars[field.ID] = field.Kind.kind()
	}
	return vars
}
