package condition

import (
	"math"
	"slices"

	"github.com/expr-lang/expr/ast"
)

// A trial is a set of answers to be tried, by what they are answers to.
type trial struct {
	points map[string][]any
	order  []string
	whole  bool // whether every subject is a fact, so that what is tried can be
	mixed  bool // whether a subject is asked in ways that no one answer fits
}

// learn finds what n depends on and the values that matter for it.
func (t *trial) learn(n ast.Node) {
	if _, fixed := literal(n); n == nil || fixed {
		return
	}
	switch n := n.(type) {
	case *ast.UnaryNode:
		if isNot(n) {
			t.learn(n.Node)
			return
		}
	case *ast.BinaryNode:
		if isLogic(n) {
			t.learn(n.Left)
			t.learn(n.Right)
			return
		}
		if subject, values, ok := against(n); ok {
			t.compared(reading(n, subject), subject, values)
			return
		}
	}
	t.add(n, true, false)
}

// against takes a comparison apart into what is compared and the values it is
// compared with; ok is false where neither side is a value.
func against(n *ast.BinaryNode) (subject ast.Node, values []any, ok bool) {
	for _, sides := range [][2]ast.Node{{n.Left, n.Right}, {n.Right, n.Left}} {
		values, fixed := literal(sides[1])
		_, both := literal(sides[0])
		_, part := n.Left.(*ast.StringNode) // "abc" contains 名称: too many texts to try
		if fixed && !both && (isEquation(n.Operator) || isOrder(n.Operator) || n.Operator == "in" || n.Operator == "contains" && !part) {
			return sides[0], values, true
		}
	}
	return nil, nil, false
}

func isEquation(operator string) bool { return operator == "==" || operator == "!=" }

func isOrder(operator string) bool { return slices.Contains([]string{"<", "<=", ">", ">="}, operator) }

// reading is the operator as seen from the subject: a value in a list of answers
// is what the list contains.
func reading(n *ast.BinaryNode, subject ast.Node) string {
	switch {
	case n.Operator == "in" && subject == n.Right:
		return "contains"
	case n.Operator == "contains" && subject == n.Right:
		return "in"
	default:
		return n.Operator
	}
}

// literal is the value, or the values, that n is by itself.
func literal(n ast.Node) ([]any, bool) {
	if list, ok := n.(*ast.ArrayNode); ok {
		var all []any
		for _, one := range list.Nodes {
			v, fixed := literal(one)
			if !fixed {
				return nil, false
			}
			all = append(all, v...)
		}
		return all, true
	}
	switch n.(type) {
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.UnaryNode, *ast.BinaryNode:
		names := 0
		walk(n, func(m ast.Node) {
			if _, call := m.(*ast.CallNode); nameOf(m) != "" || call {
				names++
			}
		})
		if v, err := eval(n, nil); names == 0 && err == nil && v != nil {
			return []any{v}, true
		}
	}
	return nil, false
}

// subsets marks the points of a subject that may be several answers at once.
type subsets struct{}

// mostOfMany is how many answers of several are tried in every combination.
const mostOfMany = 6

func (t *trial) compared(operator string, subject ast.Node, values []any) {
	for _, v := range slices.Clone(values) {
		switch v := v.(type) {
		case float64:
			values = append(values, v-1, v+1)
		case bool:
			values = append(values, !v)
		case string:
			if isOrder(operator) {
				values = append(values, "", v+"\x00") // just below all, and just above
				t.whole = false
			} else {
				values = append(values, "（别的回答）")
			}
		}
	}
	if operator == "contains" {
		values = append(values, subsets{})
	}
	t.add(subject, values...)
}

func (t *trial) add(subject ast.Node, values ...any) {
	key := subject.String()
	if _, known := t.points[key]; !known {
		t.order = append(t.order, key)
	}
	t.points[key] = append(t.points[key], values...)
	t.whole = t.whole && nameOf(subject) != ""
}

// spread are the answers to try for a subject: the values, what lies between two
// numbers, and none.
func (t *trial) spread(key string) []any {
	values := t.points[key]
	if slices.Contains(values, any(subsets{})) {
		return t.many(values)
	}
	var numbers []float64
	all := []any{nil}
	for _, v := range values {
		if f, ok := v.(float64); ok {
			numbers = append(numbers, f)
		} else if !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	for i, f := range numbers {
		all = append(all, f)
		switch next := math.Floor(numbers[max(i-1, 0)]) + 1; {
		case i == 0:
		case next < f:
			all = append(all, next)
		default:
			all = append(all, (f+numbers[i-1])/2)
		}
	}
	return all
}

// many are all combinations of several answers.
func (t *trial) many(values []any) []any {
	var texts []any
	for _, v := range values {
		switch v.(type) {
		case subsets:
		case string:
			if !slices.Contains(texts, v) {
				texts = append(texts, v)
			}
		default:
			t.mixed = true
		}
	}
	if len(texts) > mostOfMany {
		t.mixed = true
		return nil
	}
	all := []any{nil}
	for bits := range 1 << len(texts) {
		some := []any{}
		for i, v := range texts {
			if bits>>i&1 == 1 {
				some = append(some, v)
			}
		}
		all = append(all, some)
	}
	return all
}
