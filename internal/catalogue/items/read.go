package items

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"

	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
)

// mostText is the largest file an edition may come in.
const mostText = 1 << 20

// written is an edition as people write it: the procedure may stand as the
// table of its steps instead of as a diagram.
type written struct {
	Edition `yaml:",inline"`
	Steps   []flow.Step `json:"steps,omitempty"`
}

// Read reads one edition written in YAML or JSON. A field it does not know is
// refused, with the line it stands in; so is a file of more than 1 MB.
func Read(text []byte) (*Edition, error) {
	if err := Plain(text); err != nil {
		return nil, err
	}
	var w written
	if err := yaml.UnmarshalWithOptions(text, &w, yaml.Strict()); err != nil {
		return nil, unreadable(err)
	}
	if len(w.Steps) > 0 {
		w.Procedure = flow.FromSteps(string(w.Item), w.Name, w.Steps)
	}
	return &w.Edition, nil
}

// Plain refuses a text that no description of an item needs to be: larger than
// 1 MB (items.read.large), nested too deep for a reader's stack
// (items.read.deep), or standing for more than it says (items.read.alias).
func Plain(text []byte) error {
	switch {
	case len(text) > mostText:
		return fault.New(fault.TooLarge, "items.read.large", "事项文件超过1MB，请拆分后再导入")
	case deep(text):
		return fault.New(fault.Invalid, "items.read.deep", "事项文件嵌套过深，请检查缩进和括号")
	case multiplies(text):
		return fault.New(fault.Invalid, "items.read.alias", "事项文件不能使用锚点和别名，请直接写出内容")
	}
	return nil
}

// deep reports whether brackets nest further than any edition needs, which
// readers answer with their whole stack.
func deep(text []byte) bool {
	depth := 0
	for _, b := range text {
		switch b {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if depth > 40 {
			return true
		}
	}
	return false
}

// multiplies reports whether a text uses anchors and aliases, by which a small
// file can stand for one that fills the memory.
func multiplies(text []byte) bool {
	if !bytes.ContainsAny(text, "&*") {
		return false
	}
	return slices.ContainsFunc(lexer.Tokenize(string(text)), func(t *token.Token) bool {
		return t.Type == token.AnchorType || t.Type == token.AliasType || t.Type == token.MergeKeyType
	})
}

// unreadable words a reader's error for the person who wrote the file.
func unreadable(err error) error {
	refused := fault.New(fault.Invalid, "items.read", "事项文件读不懂，请按所列位置修改")
	if told := legible.Unread(refused, err); len(told.Fields) > 0 {
		return told
	}
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return refused.At("", f.Code, "%s", f.Say)
	}
	return refused.At("", "items.read", "%s", firstLine(err.Error()))
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// ReadAll reads every *.yaml file of a folder, several at a time, in the order
// of their names. The fault lists every place of every file that does not read.
func ReadAll(files fs.FS, folder string) ([]*Edition, error) {
	names, err := fs.Glob(files, path.Join(folder, "*.yaml"))
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", folder, err)
	}
	slices.Sort(names)
	editions, faults := make([]*Edition, len(names)), make([]error, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() { editions[i], faults[i] = readFile(files, name) })
	}
	all.Wait()
	return editions, gathered(names, faults)
}

func readFile(files fs.FS, name string) (*Edition, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return Read(text)
}

// gathered joins the faults of several files into one.
func gathered(names []string, faults []error) error {
	all := fault.New(fault.Invalid, "items.read", "有事项文件读不懂，请按所列位置修改")
	for i, err := range faults {
		if err == nil {
			continue
		}
		fields := fault.Fields(err)
		if len(fields) == 0 {
			all = all.At(path.Base(names[i]), fault.Code(err), "%s", sayOf(err))
		}
		all = all.With(path.Base(names[i])+" ", fields)
	}
	if len(all.Fields) == 0 {
		return nil
	}
	return all
}
