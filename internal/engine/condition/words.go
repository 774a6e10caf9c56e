package condition

import (
	"strings"

	"github.com/expr-lang/expr/ast"
)

// Words tells the condition in plain Chinese, as a guide shows it beside a
// material: “面积 大于 100 且 类型 为 新设”. The label of each fact is what name
// returns; an empty label leaves the name. The empty condition has no words.
func (p Program) Words(label func(name string) string) string {
	if p.root == nil {
		return ""
	}
	return said(p.root, label)
}

func said(n ast.Node, label func(string) string) string {
	if name := nameOf(n); name != "" {
		if l := label(name); l != "" {
			return l
		}
		return name
	}
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.BoolNode:
		return written(n.Value)
	case *ast.ArrayNode:
		return spoken(n.Nodes, "、", label)
	case *ast.CallNode:
		return nameOf(n.Callee) + "（" + spoken(n.Arguments, "，", label) + "）"
	case *ast.UnaryNode:
		if isNot(n) {
			return "不是（" + said(n.Node, label) + "）"
		}
		return n.Operator + said(n.Node, label)
	case *ast.ConditionalNode:
		return "如果" + said(n.Cond, label) + "则" + said(n.Exp1, label) + "，否则" + said(n.Exp2, label)
	case *ast.BinaryNode:
		return side(n, n.Left, label) + " " + operators[n.Operator] + " " + side(n, n.Right, label)
	default:
		return n.String()
	}
}

// side puts what binds more loosely than the whole into brackets.
func side(whole *ast.BinaryNode, n ast.Node, label func(string) string) string {
	b, ok := n.(*ast.BinaryNode)
	if !ok || isLogic(whole) && (!isLogic(b) || operators[b.Operator] == operators[whole.Operator]) {
		return said(n, label)
	}
	return "（" + said(n, label) + "）"
}

func spoken(nodes []ast.Node, between string, label func(string) string) string {
	var words []string
	for _, n := range nodes {
		words = append(words, said(n, label))
	}
	return strings.Join(words, between)
}
