package condition

import (
	"time"

	"github.com/expr-lang/expr/ast"
	"tongban/internal/civic/calendar"
)

// A function is one of the few that a condition may call. None has effects and
// none knows the time: today is a fact like any other.
type function struct {
	takes []Kind
	gives Kind
	knows bool // is called even when an argument is missing
	call  func(args []any) any
}

var functions = map[string]function{
	"已填":   {[]Kind{Any}, Truth, true, func(a []any) any { return a[0] != nil }},
	"个数":   {[]Kind{List}, Number, false, func(a []any) any { return count(a[0]) }},
	"周岁":   {[]Kind{Day, Day}, Number, false, func(a []any) any { return days(a, age) }},
	"相隔天数": {[]Kind{Day, Day}, Number, false, func(a []any) any { return days(a, apart) }},
}

const functionNames = "已填(名称)、个数(多项)、周岁(出生日期, 某日)、相隔天数(某日, 某日)"

// calls refuses functions that are not there or are called with too few facts.
func calls(n *ast.CallNode) error {
	name := nameOf(n.Callee)
	f, ok := functions[name]
	if !ok {
		return bad("function", n.Location().From, "没有叫“%s”的函数，可用的有：%s", n.Callee, functionNames)
	}
	if len(n.Arguments) != len(f.takes) {
		return bad("function", n.Location().From, "%s 要%d个值，这里给了%d个", name, len(f.takes), len(n.Arguments))
	}
	return nil
}

func (vars Vars) call(n *ast.CallNode) (Kind, error) {
	f := functions[nameOf(n.Callee)]
	for i, arg := range n.Arguments {
		want := f.takes[i]
		if _, literal := arg.(*ast.StringNode); literal && want == Day {
			want = Text
		}
		if err := vars.all(want, arg); err != nil {
			return Any, err
		}
	}
	return f.gives, nil
}

func call(n *ast.CallNode, env Env) (any, error) {
	f := functions[nameOf(n.Callee)]
	args := make([]any, len(n.Arguments))
	for i, arg := range n.Arguments {
		v, err := eval(arg, env)
		if err != nil {
			return nil, err
		}
		if v == nil && !f.knows {
			return nil, nil
		}
		args[i] = v
	}
	return f.call(args), nil
}

func count(v any) any {
	if list, ok := v.([]any); ok {
		return float64(len(list))
	}
	return float64(1) // one value of several is written without a list
}

// days reads two days; what is not a day is 不明.
func days(args []any, of func(a, b calendar.Day) float64) any {
	var day [2]calendar.Day
	for i := range day {
		text, _ := args[i].(string)
		if day[i] = calendar.Parse(text); day[i] == 0 {
			return nil
		}
	}
	return of(day[0], day[1])
}

// age is the full years (周岁) from birth to a day: one more on the day after
// the birthday, as courts count (最高法释〔2000〕19号: 从周岁生日的第二天起).
func age(birth, on calendar.Day) float64 {
	b, d := birth.Start(), on.Start()
	years := d.Year() - b.Year()
	birthday := time.Date(d.Year(), b.Month(), b.Day(), 0, 0, 0, 0, calendar.Zone)
	if !d.After(birthday) {
		years--
	}
	return float64(max(years, 0))
}

func apart(a, b calendar.Day) float64 { return float64(b - a) }
