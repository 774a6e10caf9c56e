package condition

import (
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
)

// A Trace tells how a condition came out: each part of it with its value, as
// kept in the file of a case. The same condition over the same facts gives the
// same bytes.
type Trace struct {
	Text  string  `json:"text"`            // the part, in one way of writing
	Value string  `json:"value"`           // 成立, 不成立, 不明, or the fact itself
	Parts []Trace `json:"parts,omitempty"` // what it was made of
}

// Explain evaluates the condition and tells how it came out. A part that
// cannot be judged says so in its value.
func (p Program) Explain(env Env) Trace {
	if p.root == nil {
		return Trace{Text: "（无条件）", Value: verdict(true)}
	}
	return explain(p.root, env)
}

func explain(n ast.Node, env Env) Trace {
	t := Trace{Text: n.String()}
	v, err := truth(n, env)
	if t.Value = verdict(v); err != nil {
		t.Value = "无法判断"
	}
	if inner := logic(n); inner != nil {
		for _, part := range inner {
			t.Parts = append(t.Parts, explain(part, env))
		}
		return t
	}
	t.Parts = facts(n, env)
	return t
}

// logic is what a part that joins truths joins; nil for one that compares.
func logic(n ast.Node) []ast.Node {
	switch n := n.(type) {
	case *ast.UnaryNode:
		return parts(n)
	case *ast.BinaryNode:
		if isLogic(n) {
			return parts(n)
		}
	}
	return nil
}

// facts are the names a comparison used, each once, with what they were.
func facts(n ast.Node, env Env) []Trace {
	var seen []Trace
	walk(n, func(n ast.Node) {
		name := nameOf(n)
		if name == "" || slices.ContainsFunc(seen, func(t Trace) bool { return t.Text == name }) {
			return
		}
		v, err := lookup(env, name)
		if err != nil {
			seen = append(seen, Trace{Text: name, Value: "无法判断"})
			return
		}
		seen = append(seen, Trace{Text: name, Value: written(v)})
	})
	return seen
}

func verdict(v any) string {
	switch v {
	case true:
		return "成立"
	case false:
		return "不成立"
	default:
		return "不明"
	}
}

// String is the trace as lines, each part indented below its whole.
func (t Trace) String() string {
	var b strings.Builder
	t.write(&b, 0)
	return b.String()
}

func (t Trace) write(b *strings.Builder, depth int) {
	b.WriteString(strings.Repeat("  ", depth) + t.Text + "：" + t.Value + "\n")
	for _, part := range t.Parts {
		part.write(b, depth+1)
	}
}
