// Package scheme reads the schemes by which cities announce a theme (一件事实施
// 方案、办事指南): whatever they call their parts, whatever they leave out. It
// makes a theme and, for each item named, as much of an edition as the scheme
// tells. What it does not understand it names; it never guesses in silence.
package scheme

import (
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
)

// A Scheme is one theme as a city wrote it down.
type Scheme struct {
	Theme    *themes.Theme
	Editions map[items.ID]*items.Edition // of items the scheme itself describes
	Claims   []Claim
	Findings []themes.Finding
}

// A Claim is a number the scheme gives, to be held against what is computed.
type Claim struct {
	What  string // materials, days, visits, steps, items
	After bool   // of the theme; otherwise of handling apart
	N     int
}

// Read reads a file in YAML or JSON: one theme, or several under 主题、themes or
// schemes, or in documents of their own. Faults: those of items.Plain,
// themes.read, themes.read.encoding, themes.read.none.
func Read(text []byte) ([]*Scheme, error) {
	text, ok := legible.UTF8(text)
	if !ok {
		return nil, fault.New(fault.Invalid, "themes.read.encoding", "方案文件不是文字，或者编码无法识别，请另存为 UTF-8 再试")
	}
	all, err := schemes(text)
	if err == nil && len(all) > 0 {
		return all, nil
	}
	if again, wrong := schemes(retyped(text)); wrong == nil && len(again) > 0 {
		for _, s := range again {
			s.Findings = append(s.Findings, themes.Finding{Rule: "scheme.typed", Severity: items.Warning, Path: "file", Say: "文件用了制表符缩进或者全角的冒号、短横线，已按半角的读，请核对并改正"})
		}
		return again, nil
	}
	if err == nil {
		err = fault.New(fault.Invalid, "themes.read.none", "文件里没有一件事：至少要有名称，或者列出事项、牵头部门")
	}
	return nil, err
}

func schemes(text []byte) ([]*Scheme, error) {
	documents, err := parse(text)
	if err != nil {
		return nil, err
	}
	var all []*Scheme
	for _, v := range documents {
		all = append(all, several(v, nil)...)
	}
	return all, nil
}

// several finds the themes in a value; around is what was said of all of them.
func several(v any, around fields) []*Scheme {
	var all []*Scheme
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			all = append(all, several(one, around)...)
		}
	case string:
		if around != nil {
			all = append(all, of(fields{"name": v}, around))
		}
	case map[string]any:
		f := fields(v)
		list, key := f.find("themes")
		if many, ok := list.([]any); ok && f.missing("items") {
			rest := f.without(key)
			for _, one := range many {
				all = append(all, several(one, rest)...)
			}
			return all
		}
		if f.says("name", "items", "lead", "assignments") {
			all = append(all, of(f, around))
		} else if around != nil {
			all = append(all, of(f, around))
		} else if inner, ok := f.wrapped(); ok {
			return several(inner, nil)
		}
	}
	return all
}

// wrapped is what an interface answers inside its envelope.
func (f fields) wrapped() (any, bool) {
	for _, n := range []string{"data", "result", "body", "payload", "content", "数据", "返回数据"} {
		switch v := f[n].(type) {
		case map[string]any, []any:
			return v, true
		}
	}
	return nil, false
}
