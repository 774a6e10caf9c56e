// Package condition judges whether a situation holds (条件): a short text such
// as `面积 > 100 and 类型 in ["新设", "变更"]` over named facts.
//
// A condition has no effects and no time of its own, so the same text over the
// same facts gives the same answer, and the same trace, for ever. Logic has
// three values: what depends on a fact nobody told is 不明, and 不明 is not
// true. The grammar is that of expr-lang; of it, only what is listed in
// grammar.go is understood.
package condition

import (
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"tongban/internal/ground/fault"
)

// An Env is the facts by name. A dotted name (申请人.年龄) is looked up as a
// whole first, then step by step in nested maps. A value may be a truth, a
// number, a text, a day, or a list of these; nil is the same as absent.
type Env = map[string]any

// A Program is a condition that was read and found sound. The zero Program is
// the empty condition, which always holds. Programs are values and may be used
// by many at once.
type Program struct {
	text string
	root ast.Node
}

// Compile reads a condition. With vars, every name must be among them and be
// used as its kind allows; with nil, any name will do. An empty text always holds.
//
// The fault is Invalid with one field, whose path is the position in the text
// counted in characters from 1, like "第7个字".
func Compile(text string, vars Vars) (Program, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Program{}, nil
	}
	root, err := parse(text)
	if err != nil {
		return Program{}, err
	}
	if err := vars.check(root); err != nil {
		return Program{}, err
	}
	return Program{text, root}, nil
}

// Eval says whether the condition holds. What is 不明 does not hold. The fault
// "condition.value" comes when a fact is of a sort that cannot be judged.
func (p Program) Eval(env Env) (bool, error) {
	if p.root == nil {
		return true, nil
	}
	v, err := eval(p.root, env)
	if err != nil {
		return false, err
	}
	t, err := truthOf(v, p.root)
	return t == true, err
}

// Known says whether the facts suffice to tell: it is false while the answer is 不明.
func (p Program) Known(env Env) bool {
	if p.root == nil {
		return true
	}
	v, err := eval(p.root, env)
	return err == nil && v != nil
}

// Names are the facts the condition uses, sorted, each once.
func (p Program) Names() []string {
	var names []string
	walk(p.root, func(n ast.Node) {
		if name := nameOf(n); name != "" {
			names = append(names, name)
		}
	})
	slices.Sort(names)
	return slices.Compact(names)
}

// Mentions are the texts that the condition compares each fact with, sorted,
// so that a value no option offers can be found before anybody meets it.
func (p Program) Mentions() map[string][]string {
	said := map[string][]string{}
	walk(p.root, func(n ast.Node) {
		b, ok := n.(*ast.BinaryNode)
		if !ok || !slices.Contains([]string{"==", "!=", "in", "contains"}, b.Operator) {
			return
		}
		for name, others := range map[string]ast.Node{nameOf(b.Left): b.Right, nameOf(b.Right): b.Left} {
			if name != "" {
				said[name] = append(said[name], texts(others)...)
			}
		}
	})
	for name, list := range said {
		slices.Sort(list)
		said[name] = slices.Compact(list)
	}
	return said
}

// Judge compiles and evaluates in one step, for those who keep only texts.
// What was read before is not read again.
func Judge(text string, env map[string]any) (bool, error) {
	p, err := Compile(text, nil)
	if err != nil {
		return false, err
	}
	return p.Eval(env)
}

// bad is the fault of a text that cannot be a condition, at the n-th character.
func bad(code string, at int, say string, args ...any) error {
	f := fault.New(fault.Invalid, "condition."+code, say, args...)
	if at < 0 {
		return f
	}
	f.Say = place(at) + "：" + f.Say
	return f.At(place(at), code, "%s", f.Say)
}
