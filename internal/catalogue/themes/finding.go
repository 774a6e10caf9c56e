package themes

import (
	"fmt"

	"tongban/internal/catalogue/items"
)

// A Finding is something in a theme that does not fit together, at the place
// where it stands, with the sources that contradict each other.
type Finding struct {
	Rule     string         `json:"rule"` // stable: "themes.plan.cycle"
	Severity items.Severity `json:"severity"`
	Path     string         `json:"path"` // "components[2]", "materials.居民身份证"
	Say      string         `json:"say"`
	Sources  []Use          `json:"sources,omitempty"`
	Run      []string       `json:"run,omitempty"` // of a cycle: the components on the way round
}

// A Use is one place where an item asks for something.
type Use struct {
	Item   items.ID `json:"item"` // empty: the scheme itself
	Name   string   `json:"name"` // of the item
	Agency string   `json:"agency,omitempty"`
	ID     string   `json:"id,omitempty"`  // of the field or material in the item
	Say    string   `json:"say,omitempty"` // what it demands
}

// String is the use in words.
func (u Use) String() string {
	s := "“" + u.Name + "”"
	if u.Agency != "" {
		s += "（" + u.Agency + "）"
	}
	return s + u.Say
}

// findings collects.
type findings struct{ all []Finding }

func (f *findings) warn(rule, path string, sources []Use, say string, args ...any) *Finding {
	f.all = append(f.all, Finding{Rule: "themes." + rule, Severity: items.Warning, Path: path, Say: fmt.Sprintf(say, args...), Sources: sources})
	return &f.all[len(f.all)-1]
}

func (f *findings) wrong(rule, path string, sources []Use, say string, args ...any) *Finding {
	one := f.warn(rule, path, sources, say, args...)
	one.Severity = items.Error
	return one
}
