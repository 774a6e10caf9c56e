package condition

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// lookup finds a fact: by its whole name, else step by step.
func lookup(env Env, name string) (any, error) {
	if v, ok := env[name]; ok {
		return plain(name, v)
	}
	first, rest, dotted := strings.Cut(name, ".")
	if !dotted {
		return nil, nil
	}
	inner, ok := env[first].(map[string]any)
	if !ok {
		return nil, nil
	}
	return lookup(inner, rest)
}

// plain brings a fact into one of the few forms that are judged.
func plain(name string, v any) (any, error) {
	switch v := v.(type) {
	case nil, bool, string:
		return v, nil
	case float64:
		return finite(v), nil
	case calendar.Day:
		return day(v), nil
	case json.Number:
		f, err := v.Float64()
		if err != nil {
			return nil, unusable(name)
		}
		return finite(f), nil
	}
	return plainly(name, reflect.ValueOf(v))
}

func plainly(name string, v reflect.Value) (any, error) {
	switch {
	case v.Kind() == reflect.Slice:
		return list(name, v)
	case v.CanInt():
		return float64(v.Int()), nil
	case v.CanUint():
		return float64(v.Uint()), nil
	case v.CanFloat():
		return finite(v.Float()), nil
	case v.Kind() == reflect.String:
		return v.String(), nil
	case v.Kind() == reflect.Bool:
		return v.Bool(), nil
	default:
		return nil, unusable(name)
	}
}

func list(name string, v reflect.Value) (any, error) {
	all := make([]any, v.Len())
	for i := range all {
		one, err := plain(name, v.Index(i).Interface())
		if err != nil {
			return nil, err
		}
		if _, nested := one.([]any); nested {
			return nil, unusable(name)
		}
		all[i] = one
	}
	return all, nil
}

func finite(f float64) any {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	return f
}

func day(d calendar.Day) any {
	if d == 0 {
		return nil
	}
	return d.String()
}

func unusable(name string) error {
	return fault.New(fault.Invalid, "condition.value", "“%s”的值不能用来判断，应是文字、数字、日期、是否或多项", name)
}

// unfit says that a fact is of the wrong sort, without telling the fact: it may
// be an identity number, and faults are written to logs.
func unfit(n ast.Node, v any, want Kind) error {
	return fault.New(fault.Invalid, "condition.value", "“%s”的值是%s，这里要%s，无法判断", n, kindOf(v), want)
}

func kindOf(v any) Kind {
	switch v.(type) {
	case bool:
		return Truth
	case float64:
		return Number
	case []any:
		return List
	default:
		return Text
	}
}

// truthOf reads 是 and 否 as well as true and false; nil stays nil.
func truthOf(v any, n ast.Node) (any, error) {
	switch v {
	case nil, true, false:
		return v, nil
	case "是":
		return true, nil
	case "否":
		return false, nil
	default:
		return nil, unfit(n, v, Truth)
	}
}

// numberOf reads a number, also one that is written as text.
func numberOf(v any, n ast.Node) (float64, error) {
	switch v := v.(type) {
	case float64:
		return v, nil
	case string:
		if f, ok := decimal(v); ok {
			return f, nil
		}
	}
	return 0, unfit(n, v, Number)
}

// decimal reads 120 or -1.5, and nothing more fanciful.
func decimal(s string) (float64, bool) {
	if s == "" || strings.Trim(s, "0123456789.-") != "" {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

// equal compares two values that are there. A number equals its text, 是 equals true.
func equal(n *ast.BinaryNode, l, r any) (bool, error) {
	_, a := l.([]any)
	_, b := r.([]any)
	if a || b {
		return false, unfit(n, l, Text)
	}
	if lb, rb, ok := pair[bool](l, r, asTruth); ok {
		return lb == rb, nil
	}
	if lf, rf, ok := pair[float64](l, r, asNumber); ok {
		return near(lf, rf), nil
	}
	return written(l) == written(r), nil
}

// compare orders numbers by size and texts, so also days, by their characters.
func compare(n *ast.BinaryNode, l, r any) (int, error) {
	if a, b, ok := pair[float64](l, r, asNumber); ok {
		switch {
		case near(a, b):
			return 0, nil
		case a < b:
			return -1, nil
		default:
			return 1, nil
		}
	}
	a, ok := l.(string)
	if !ok {
		return 0, unfit(n.Left, l, Number)
	}
	b, ok := r.(string)
	if !ok {
		return 0, unfit(n.Right, r, Number)
	}
	return strings.Compare(a, b), nil
}

// pair reads both values as T when at least one already is.
func pair[T any](l, r any, as func(any) (T, bool)) (a, b T, ok bool) {
	_, lt := l.(T)
	_, rt := r.(T)
	if !lt && !rt {
		return a, b, false
	}
	a, okA := as(l)
	b, okB := as(r)
	return a, b, okA && okB
}

func asTruth(v any) (bool, bool) {
	t, err := truthOf(v, nil)
	b, ok := t.(bool)
	return b, ok && err == nil
}

func asNumber(v any) (float64, bool) {
	if f, ok := v.(float64); ok {
		return f, true
	}
	s, ok := v.(string)
	if !ok {
		return 0, false
	}
	return decimal(s)
}

// near says whether two numbers are the same to nine digits, so that 0.1 + 0.2
// is 0.3 as people reckon.
func near(a, b float64) bool {
	return a == b || math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b))
}

// written is a value as people write it.
func written(v any) string {
	switch v := v.(type) {
	case nil:
		return "缺"
	case bool:
		if v {
			return "是"
		}
		return "否"
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		words := make([]string, len(v))
		for i, one := range v {
			words[i] = written(one)
		}
		return strings.Join(words, "、")
	default:
		return fmt.Sprint(v)
	}
}
