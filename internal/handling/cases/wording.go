package cases

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
)

// A Wording is how a decision to grant speaks for one type of item. The law names
// that of a licence (行政许可法第三十八条); what others are called a city arranges.
type Wording struct {
	Says  string `yaml:"says"`  // what is decided: 准予给付
	Paper string `yaml:"paper"` // what its paper is called: 给付决定书
}

// longestWording is how long either may be, in characters.
const longestWording = 20

// ReadWordings reads what decisions to grant are called (see data/decisions.yaml).
// Fault: cases.wording.
func ReadWordings(text []byte) (map[items.Type]Wording, error) {
	all := map[items.Type]Wording{}
	if err := yaml.UnmarshalWithOptions(text, &all, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read what decisions are called: %w", err)
	}
	for t, w := range all {
		switch {
		case t == items.Licence:
			return nil, fault.New(fault.Invalid, "cases.wording", "决定的用语（decisions.yaml）：行政许可的决定书有法定的名称（行政许可法第三十八条），请删去这一行")
		case !slices.Contains(items.Types(), t):
			return nil, fault.New(fault.Invalid, "cases.wording", "决定的用语（decisions.yaml）：没有“%s”这种事项类型，请改成清单里的类型", t)
		case !w.whole():
			return nil, fault.New(fault.Invalid, "cases.wording", "决定的用语（decisions.yaml）：%s的 says 和 paper 都要写，各不超过%d个字", t, longestWording)
		}
	}
	return all, nil
}

func (w Wording) whole() bool {
	return w.Says != "" && w.Paper != "" && utf8.RuneCountInString(w.Says) <= longestWording && utf8.RuneCountInString(w.Paper) <= longestWording
}

// say puts into a decision to grant how the city words those of the type.
func (d *Decision) say(all map[items.Type]Wording, t items.Type) {
	if w, ok := all[t]; ok && d != nil && d.Granted {
		d.Called, d.Title = w.Says, w.Paper
	}
}
