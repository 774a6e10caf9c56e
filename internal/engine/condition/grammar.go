package condition

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
)

// Limits of one condition. A longer one is a rule that wants a decision table.
const (
	maxText  = 2000 // characters
	maxNodes = 200  // names, values and operators
	maxDepth = 50   // one inside another
)

// operators are the binary operators understood, each with how it is read.
var operators = map[string]string{
	"and": "且", "&&": "且", "or": "或", "||": "或",
	"==": "为", "!=": "不为", "<": "小于", "<=": "不大于", ">": "大于", ">=": "不小于",
	"in": "属于", "contains": "含", "startsWith": "开头为", "endsWith": "结尾为",
	"+": "加", "-": "减", "*": "乘", "/": "除以", "%": "除以后余", "??": "缺时作",
}

// wide are the characters of a Chinese keyboard that people type for those of
// the grammar.
var wide = map[rune]string{
	'＞': ">", '＜': "<", '＝': "==", '≥': ">=", '≤': "<=", '≠': "!=", '“': `"`, '”': `"`, '‘': "'", '’': "'",
	'（': "(", '）': ")", '【': "[", '】': "]", '，': ",", '、': ",", '；': ";", '：': ":", '！': "!", '＋': "+", '－': "-", '×': "*", '÷': "/", '。': ".",
}

var settings = func() *conf.Config {
	c := conf.CreateNew()
	c.MaxNodes = maxNodes
	return c
}()

// read keeps what was parsed, by text: definitions are few and are asked often.
var read = memo{roots: map[string]ast.Node{}}

type memo struct {
	mu    sync.RWMutex
	roots map[string]ast.Node
}

const maxMemo = 4096

func (m *memo) get(text string) (ast.Node, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	root, ok := m.roots[text]
	return root, ok
}

func (m *memo) put(text string, root ast.Node) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.roots) >= maxMemo {
		clear(m.roots)
	}
	m.roots[text] = root
}

// parse reads the text into a tree of which every part is understood.
func parse(text string) (ast.Node, error) {
	if root, ok := read.get(text); ok {
		return root, nil
	}
	if n := utf8.RuneCountInString(text); n > maxText {
		return nil, bad("long", -1, "条件有%d个字，最多%d个字；请拆成几条，或改用决策表", n, maxText)
	}
	if !utf8.ValidString(text) {
		return nil, bad("encoding", -1, "条件里有无法识别的字符，请重新输入")
	}
	tree, err := parser.ParseWithConfig(text, settings)
	if err != nil {
		return nil, misread(text, err)
	}
	if err := understood(tree.Node, 0); err != nil {
		return nil, err
	}
	read.put(text, tree.Node)
	return tree.Node, nil
}

// misread says in Chinese why the text could not be read, and where.
func misread(text string, err error) error {
	var e *file.Error
	if !errors.As(err, &e) {
		return bad("syntax", -1, "条件写法不对")
	}
	at, runes := e.From, []rune(text)
	for i, r := range runes {
		if half, ok := wide[r]; ok && i >= at-1 && i <= at+1 {
			return bad("wide", i, "“%c”是中文标点，请改用英文的 %s", r, half)
		}
	}
	switch {
	case strings.Contains(e.Message, "maximum allowed nodes"):
		return bad("long", -1, "条件太复杂（最多%d个部分）；请拆成几条，或改用决策表", maxNodes)
	case strings.Contains(e.Message, "literal not terminated"):
		return bad("syntax", at, "文字的引号没有配对")
	case at >= len(runes) || strings.Contains(e.Message, "EOF"):
		return bad("syntax", len(runes), "条件没有写完")
	case runes[at] == '=':
		return bad("syntax", at, "判断相等请写两个等号 ==")
	case runes[at] == '且' || runes[at] == '或':
		return bad("syntax", at, "请用 and 表示“且”，用 or 表示“或”")
	default:
		return bad("syntax", at, "“%s”写在这里读不懂", word(runes[at:]))
	}
}

// word is what stands at the beginning of the text, cut short.
func word(rest []rune) string {
	for i, r := range rest {
		if r == ' ' || i == 8 {
			return string(rest[:max(i, 1)])
		}
	}
	return string(rest)
}

// understood refuses what the grammar of expr offers beyond conditions.
func understood(n ast.Node, depth int) error {
	if depth > maxDepth {
		return bad("long", n.Location().From, "括号套得太深（最多%d层）", maxDepth)
	}
	if err := understoodAlone(n); err != nil {
		return err
	}
	for _, part := range parts(n) {
		if err := understood(part, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func understoodAlone(n ast.Node) error {
	at := n.Location().From
	switch n := n.(type) {
	case *ast.IdentifierNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.StringNode, *ast.ArrayNode, *ast.ConditionalNode, *ast.UnaryNode:
		return nil
	case *ast.BinaryNode:
		if _, ok := operators[n.Operator]; !ok {
			return bad("operator", at, "条件里不能用 %s", n.Operator)
		}
		if u, ok := n.Left.(*ast.UnaryNode); ok && isNot(u) && !isLogic(n) {
			return bad("not", u.Location().From, "%s 只管紧跟的一个词，请写成 not (%s %s %s)", u.Operator, u.Node, n.Operator, n.Right)
		}
		return nil
	case *ast.MemberNode:
		if nameOf(n) == "" {
			return bad("member", at, "只能用点号取下一级，如 申请人.年龄")
		}
		return nil
	case *ast.CallNode:
		return calls(n)
	case *ast.NilNode:
		return bad("nil", at, "判断有没有填，请用 已填(名称)")
	default:
		return bad("syntax", at, "条件里不能用这种写法（%s）", brief(n))
	}
}

func isNot(u *ast.UnaryNode) bool { return u.Operator == "not" || u.Operator == "!" }

func isLogic(b *ast.BinaryNode) bool { return isAnd(b) || isOr(b) }

func isAnd(b *ast.BinaryNode) bool { return b.Operator == "and" || b.Operator == "&&" }

func isOr(b *ast.BinaryNode) bool { return b.Operator == "or" || b.Operator == "||" }

func brief(n ast.Node) string {
	if b, ok := n.(*ast.BuiltinNode); ok {
		return b.Name
	}
	return strings.TrimSuffix(strings.TrimPrefix(fmt.Sprintf("%T", n), "*ast."), "Node")
}

// parts are the nodes directly inside n that are themselves values.
func parts(n ast.Node) []ast.Node {
	switch n := n.(type) {
	case *ast.UnaryNode:
		return []ast.Node{n.Node}
	case *ast.BinaryNode:
		return []ast.Node{n.Left, n.Right}
	case *ast.ConditionalNode:
		return []ast.Node{n.Cond, n.Exp1, n.Exp2}
	case *ast.ArrayNode:
		return n.Nodes
	case *ast.CallNode:
		return n.Arguments
	default:
		return nil
	}
}

func walk(n ast.Node, see func(ast.Node)) {
	if n == nil {
		return
	}
	see(n)
	for _, part := range parts(n) {
		walk(part, see)
	}
}

// nameOf is the dotted name that n stands for, or "".
func nameOf(n ast.Node) string {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return n.Value
	case *ast.MemberNode:
		step, ok := n.Property.(*ast.StringNode)
		before := nameOf(n.Node)
		if !ok || n.Optional || n.Method || before == "" {
			return ""
		}
		return before + "." + step.Value
	default:
		return ""
	}
}

// texts are the literal texts in n: itself, or those of a list.
func texts(n ast.Node) []string {
	if s, ok := n.(*ast.StringNode); ok {
		return []string{s.Value}
	}
	var all []string
	if list, ok := n.(*ast.ArrayNode); ok {
		for _, one := range list.Nodes {
			all = append(all, texts(one)...)
		}
	}
	return all
}

// place says where in the text, for a person.
func place(at int) string { return fmt.Sprintf("第%d个字", at+1) }
