package condition

import (
	"math"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
)

// eval gives the value of n: bool, float64, string, []any, or nil for 不明.
func eval(n ast.Node, env Env) (any, error) {
	if name := nameOf(n); name != "" {
		return lookup(env, name)
	}
	switch n := n.(type) {
	case *ast.BoolNode:
		return n.Value, nil
	case *ast.IntegerNode:
		return float64(n.Value), nil
	case *ast.FloatNode:
		return n.Value, nil
	case *ast.StringNode:
		return n.Value, nil
	case *ast.ArrayNode:
		return array(n, env)
	case *ast.UnaryNode:
		return unary(n, env)
	case *ast.ConditionalNode:
		return choice(n, env)
	case *ast.CallNode:
		return call(n, env)
	case *ast.BinaryNode:
		return binary(n, env)
	default:
		return nil, bad("syntax", n.Location().From, "条件里不能用这种写法")
	}
}

func array(n *ast.ArrayNode, env Env) (any, error) {
	list := make([]any, len(n.Nodes))
	for i, one := range n.Nodes {
		v, err := eval(one, env)
		if err != nil {
			return nil, err
		}
		list[i] = v
	}
	return list, nil
}

func unary(n *ast.UnaryNode, env Env) (any, error) {
	v, err := eval(n.Node, env)
	if err != nil || v == nil {
		return nil, err
	}
	if isNot(n) {
		t, err := truthOf(v, n.Node)
		if t == nil || err != nil {
			return nil, err
		}
		return t != true, nil
	}
	f, err := numberOf(v, n.Node)
	if n.Operator == "-" {
		f = -f
	}
	return f, err
}

func choice(n *ast.ConditionalNode, env Env) (any, error) {
	t, err := truth(n.Cond, env)
	switch {
	case err != nil || t == nil:
		return nil, err
	case t == true:
		return eval(n.Exp1, env)
	default:
		return eval(n.Exp2, env)
	}
}

func binary(n *ast.BinaryNode, env Env) (any, error) {
	if isLogic(n) {
		return both(n, env, truth)
	}
	l, err := eval(n.Left, env)
	if err != nil {
		return nil, err
	}
	if n.Operator == "??" && l != nil {
		return l, nil
	}
	r, err := eval(n.Right, env)
	switch {
	case err != nil:
		return nil, err
	case n.Operator == "??":
		return r, nil
	case l == nil || r == nil:
		return nil, nil
	}
	return apply(n, l, r)
}

// both is Kleene's and, which 否 decides, and or, which 是 does: one side that
// decides is enough, whatever the other is. truth is what a side is by itself.
func both(n *ast.BinaryNode, env Env, truth func(ast.Node, Env) (any, error)) (any, error) {
	decides := isOr(n)
	l, err := truth(n.Left, env)
	if err != nil || l == decides {
		return l, err
	}
	r, err := truth(n.Right, env)
	switch {
	case err != nil || r == decides:
		return r, err
	case l == nil || r == nil:
		return nil, nil
	default:
		return !decides, nil
	}
}

// apply works a binary operator on two values that are there.
func apply(n *ast.BinaryNode, l, r any) (any, error) {
	switch n.Operator {
	case "==", "!=":
		same, err := equal(n, l, r)
		return same == (n.Operator == "=="), err
	case "<", "<=", ">", ">=":
		c, err := compare(n, l, r)
		return ordered(n.Operator, c), err
	case "in":
		return within(n, l, r)
	case "contains":
		if _, list := r.([]any); list {
			return nil, unfit(n.Right, r, Text)
		}
		if text, ok := l.(string); ok {
			return strings.Contains(text, written(r)), nil
		}
		return within(n, r, l)
	case "startsWith":
		return strings.HasPrefix(written(l), written(r)), nil
	case "endsWith":
		return strings.HasSuffix(written(l), written(r)), nil
	default:
		return reckon(n, l, r)
	}
}

func ordered(operator string, c int) bool {
	switch operator {
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case ">":
		return c > 0
	default:
		return c >= 0
	}
}

func within(n *ast.BinaryNode, one, list any) (any, error) {
	all, ok := list.([]any)
	if !ok {
		all = []any{list} // one value of several is written without a list
	}
	found := slices.ContainsFunc(all, func(v any) bool {
		same, err := equal(n, one, v)
		return err == nil && same
	})
	if !found && slices.Contains(all, any(nil)) {
		return nil, nil
	}
	return found, nil
}

// reckon adds, takes away, multiplies and divides; what has no finite result,
// as anything divided by nothing, is 不明.
func reckon(n *ast.BinaryNode, l, r any) (any, error) {
	a, err := numberOf(l, n.Left)
	if err != nil {
		return nil, err
	}
	b, err := numberOf(r, n.Right)
	if err != nil {
		return nil, err
	}
	f := map[string]func() float64{
		"+": func() float64 { return a + b },
		"-": func() float64 { return a - b },
		"*": func() float64 { return a * b },
		"/": func() float64 { return a / b },
		"%": func() float64 { return math.Mod(a, b) },
	}[n.Operator]()
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, nil
	}
	return f, nil
}

// truth evaluates n as 是, 否 or 不明.
func truth(n ast.Node, env Env) (any, error) {
	v, err := eval(n, env)
	if err != nil {
		return nil, err
	}
	return truthOf(v, n)
}
