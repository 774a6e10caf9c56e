package condition

import (
	"github.com/expr-lang/expr/ast"
	"tongban/internal/civic/calendar"
)

// A Kind is the sort of value a fact has.
type Kind uint8

// The kinds of fact.
const (
	Any    Kind = iota // known only when it is there
	Truth              // 是 or 否
	Number             // 120.5
	Text               // 新设
	Day                // 2026-09-24
	List               // several texts
)

// String is the kind as people call it.
func (k Kind) String() string {
	return [...]string{"值", "是否", "数字", "文字", "日期", "多项"}[k]
}

// Vars are the names a condition may use, each with its kind; nil allows any.
type Vars map[string]Kind

// check refuses names that are not there and uses that cannot be meant.
func (vars Vars) check(root ast.Node) error {
	k, err := vars.kind(root)
	if err != nil {
		return err
	}
	if k != Truth && k != Any {
		return bad("truth", root.Location().From, "条件要能判断是或否，“%s”是%s", root, k)
	}
	return nil
}

// kind finds what sort of value n gives.
func (vars Vars) kind(n ast.Node) (Kind, error) {
	if name := nameOf(n); name != "" {
		k, ok := vars[name]
		if !ok && vars != nil {
			return Any, bad("name", n.Location().From, "没有叫“%s”的问题或字段", name)
		}
		return k, nil
	}
	switch n := n.(type) {
	case *ast.BoolNode:
		return Truth, nil
	case *ast.IntegerNode, *ast.FloatNode:
		return Number, nil
	case *ast.StringNode:
		return Text, nil
	case *ast.ArrayNode:
		return List, vars.all(Any, n.Nodes...)
	case *ast.UnaryNode:
		if isNot(n) {
			return Truth, vars.all(Truth, n.Node)
		}
		return Number, vars.all(Number, n.Node)
	case *ast.ConditionalNode:
		return vars.choice(n)
	case *ast.CallNode:
		return vars.call(n)
	case *ast.BinaryNode:
		return vars.binary(n)
	default:
		return Any, nil
	}
}

func (vars Vars) binary(n *ast.BinaryNode) (Kind, error) {
	switch n.Operator {
	case "and", "&&", "or", "||":
		return Truth, vars.all(Truth, n.Left, n.Right)
	case "+", "-", "*", "/", "%":
		return Number, vars.all(Number, n.Left, n.Right)
	case "in":
		return Truth, vars.member(n, n.Left, n.Right)
	case "contains":
		if k, err := vars.kind(n.Left); err != nil || k == List {
			return Truth, vars.member(n, n.Right, n.Left)
		}
		return Truth, vars.all(Text, n.Left, n.Right)
	case "startsWith", "endsWith":
		return Truth, vars.all(Text, n.Left, n.Right)
	case "??":
		k, err := vars.kind(n.Left)
		if err != nil {
			return k, err
		}
		return k, vars.same(n)
	default:
		return Truth, vars.same(n)
	}
}

// all holds the nodes to be of the kind wanted.
func (vars Vars) all(want Kind, nodes ...ast.Node) error {
	for _, n := range nodes {
		k, err := vars.kind(n)
		if err != nil {
			return err
		}
		if !fits(k, want) {
			return bad("kind", n.Location().From, "“%s”是%s，这里要%s", n, k, want)
		}
	}
	return nil
}

// fits says whether a value of kind k will do where want is wanted.
func fits(k, want Kind) bool {
	return k == want || k == Any || want == Any || k == Day && want == Text
}

// same holds both sides of a comparison to values that can be equal.
func (vars Vars) same(n *ast.BinaryNode) error {
	l, err := vars.kind(n.Left)
	if err != nil {
		return err
	}
	r, err := vars.kind(n.Right)
	if err != nil {
		return err
	}
	for _, side := range []struct {
		k, other Kind
		literal  ast.Node
	}{{l, r, n.Right}, {r, l, n.Left}} {
		text, ok := side.literal.(*ast.StringNode)
		switch {
		case ok && side.k == Truth && (text.Value == "是" || text.Value == "否"):
			return nil
		case ok && side.k == Day && calendar.Parse(text.Value) == 0:
			return bad("day", text.Location().From, "“%s”不是日期，请写成 \"2026-09-24\" 的样子", text.Value)
		}
	}
	if !fits(l, r) && !fits(r, l) {
		return bad("kind", n.Location().From, "“%s”是%s，“%s”是%s，不能比较", n.Left, l, n.Right, r)
	}
	return nil
}

// member holds list to be a list and one to be something in it.
func (vars Vars) member(n *ast.BinaryNode, one, list ast.Node) error {
	k, err := vars.kind(one)
	if err != nil {
		return err
	}
	if k == List {
		return bad("kind", one.Location().From, "“%s”是多项，请写 %s contains \"某一项\"", one, one)
	}
	if k, err = vars.kind(list); err == nil && k != List && k != Any {
		return bad("kind", n.Location().From, "“%s”是%s，这里要多项，如 [\"甲\", \"乙\"]", list, k)
	}
	return err
}

func (vars Vars) choice(n *ast.ConditionalNode) (Kind, error) {
	if err := vars.all(Truth, n.Cond); err != nil {
		return Any, err
	}
	a, err := vars.kind(n.Exp1)
	if err != nil {
		return Any, err
	}
	b, err := vars.kind(n.Exp2)
	if err == nil && !fits(a, b) && !fits(b, a) {
		return Any, bad("kind", n.Location().From, "两种结果一个是%s，一个是%s，应当相同", a, b)
	}
	return a, err
}
