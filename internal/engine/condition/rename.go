package condition

import (
	"slices"

	"github.com/expr-lang/expr/ast"
)

// Rename writes a condition anew with other words for some of its names, so
// that it can stand in a form where they are called otherwise. With says what
// stands for a name, and false to leave it; what it says is taken as it is, so
// it may also be a value: "新设", true.
func Rename(text string, with func(name string) (string, bool)) (string, error) {
	p, err := Compile(text, nil)
	if err != nil {
		return "", err
	}
	type change struct {
		at, length int
		word       string
	}
	var changes []change
	walk(p.root, func(n ast.Node) {
		one, ok := n.(*ast.IdentifierNode)
		if !ok {
			return
		}
		if word, ok := with(one.Value); ok {
			changes = append(changes, change{one.Location().From, len([]rune(one.Value)), word})
		}
	})
	slices.SortFunc(changes, func(a, b change) int { return b.at - a.at })
	letters := []rune(p.text)
	for _, c := range changes {
		letters = slices.Concat(letters[:c.at], []rune(c.word), letters[c.at+c.length:])
	}
	return string(letters), nil
}
