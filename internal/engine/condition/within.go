package condition

import (
	"math"

	"github.com/expr-lang/expr/ast"
)

// A Proof is what can be shown of two conditions by trying them.
type Proof int

// The proofs. What cannot be tried out is Unproven, never taken for granted.
const (
	Unproven Proof = iota
	Within         // whoever meets the first meets the second
	Beyond         // somebody meets the first and not the second
)

// mostTried is how many combinations of answers are tried.
const mostTried = 1 << 12

// Within says whether whoever meets p meets q as well, and if not, by which
// answers one meets p alone. Every answer that either names is tried, one that
// neither does, none at all, and every number that they compare with as well as one
// below, between and above. What is compared otherwise than with a value of its own
// (a sum, an age, another fact) is taken as a fact of its own: that is enough to
// show that nobody is beyond, but not that somebody is.
func (p Program) Within(q Program) (Proof, Env) {
	if q.root == nil || p.text == q.text {
		return Within, nil
	}
	t := &trial{points: map[string][]any{}, whole: true}
	for _, root := range []ast.Node{p.root, q.root} {
		t.learn(root)
	}
	if t.mixed {
		return Unproven, nil
	}
	return t.all(p.root, q.root)
}

// all tries every combination of answers.
func (t *trial) all(p, q ast.Node) (Proof, Env) {
	spreads, n := make([][]any, len(t.order)), 1
	for i, key := range t.order {
		spreads[i] = t.spread(key)
		if n *= len(spreads[i]); n > mostTried || t.mixed {
			return Unproven, nil
		}
	}
	answer := Within
	for k := range n {
		env := Env{}
		for i, key := range t.order {
			env[key], k = spreads[i][k%len(spreads[i])], k/len(spreads[i])
		}
		a, err := truthIn(p, env)
		b, err2 := truthIn(q, env)
		switch {
		case err != nil || err2 != nil:
			answer = Unproven // answers that do not fit together
		case a == true && b != true && t.whole && fit(env):
			return Beyond, env
		case a == true && b != true:
			answer = Unproven
		}
	}
	return answer, nil
}

// fit reports whether answers are such as people give: whole numbers, unless a
// condition names broken ones.
func fit(env Env) bool {
	for _, v := range env {
		if f, ok := v.(float64); ok && f != math.Trunc(f) {
			return false
		}
	}
	return true
}

// truthIn evaluates n with the values of whole subjects, of which names are one sort.
func truthIn(n ast.Node, env Env) (any, error) {
	if n == nil {
		return true, nil
	}
	if v, fixed := literal(n); fixed && len(v) == 1 {
		return truthOf(v[0], n)
	}
	switch n := n.(type) {
	case *ast.UnaryNode:
		if isNot(n) {
			v, err := truthIn(n.Node, env)
			if v == nil || err != nil {
				return nil, err
			}
			return v != true, nil
		}
	case *ast.BinaryNode:
		if isLogic(n) {
			return both(n, env, truthIn)
		}
		if subject, _, ok := against(n); ok {
			return held(n, subject, env[subject.String()])
		}
	}
	return truthOf(env[n.String()], n)
}

// held judges one comparison with a value in place of its subject.
func held(n *ast.BinaryNode, subject ast.Node, value any) (any, error) {
	if value == nil {
		return nil, nil
	}
	other := n.Right
	if subject == n.Right {
		other = n.Left
	}
	fixed, err := eval(other, nil)
	if err != nil {
		return nil, err
	}
	if subject == n.Right {
		return apply(n, fixed, value)
	}
	return apply(n, value, fixed)
}
