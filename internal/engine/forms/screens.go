package forms

import (
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/condition"
)

// A Screen is what one page of the phone asks: one question, or a few short
// ones that belong together.
type Screen struct {
	ID     string // of its first field; stays while that field is asked
	Group  string // ID of the group
	Title  string // of the group
	Hint   string // of the group, on its first screen only
	Fields []Field
}

// together is how many short fields may stand on one screen.
const together = 3

// Screens lays out what is asked under these answers. A group of up to three
// short fields is one screen, unless one of them hangs on another, for then the
// page could not know whether to ask it; any other group takes one screen a field.
func Screens(f Form, a Answers, today calendar.Day) []Screen {
	whole := map[string]Group{}
	for _, g := range f.Groups {
		whole[g.ID] = g
	}
	var all []Screen
	for _, g := range f.Visible(a, today).Groups {
		hint := g.Hint
		for _, fields := range g.pages(whole[g.ID]) {
			all = append(all, Screen{fields[0].ID, g.ID, g.Title, hint, fields})
			hint = ""
		}
	}
	return all
}

// pages divides the fields that are asked. Whether they hang on each other is
// told by the whole group, so that an answer does not move the fields about.
func (g Group) pages(whole Group) [][]Field {
	if len(whole.Fields) <= together && whole.flat() {
		return [][]Field{g.Fields}
	}
	return slices.Collect(slices.Chunk(g.Fields, 1))
}

// flat says whether all fields are short and none hangs on another of the group.
func (g Group) flat() bool {
	for _, f := range g.Fields {
		if !f.short() || slices.ContainsFunc(names(f.When), func(name string) bool {
			return slices.ContainsFunc(g.Fields, func(other Field) bool { return other.ID == name })
		}) {
			return false
		}
	}
	return true
}

// short says whether the field takes little room and little thought.
func (f Field) short() bool {
	switch f.Kind {
	case LongText, Choices, File, Address, Region:
		return false
	case Choice:
		return len(f.Options) <= 4
	default:
		return true
	}
}

// names are what a condition uses; none if it cannot be read.
func names(when string) []string {
	p, err := condition.Compile(when, nil)
	if err != nil {
		return nil
	}
	return p.Names()
}

// Resume is the place of the first screen on which something is missing or
// wrong; len(screens) when nothing is.
func Resume(f Form, a Answers, today calendar.Day) int {
	wrong := map[string]bool{}
	for _, bad := range Check(f, a, today) {
		wrong[bad.Path] = true
	}
	screens := Screens(f, a, today)
	at := slices.IndexFunc(screens, func(s Screen) bool {
		return slices.ContainsFunc(s.Fields, func(f Field) bool { return wrong[f.ID] })
	})
	if at < 0 {
		return len(screens)
	}
	return at
}

// Has says whether the screen asks this field.
func (s Screen) Has(field string) bool {
	return slices.ContainsFunc(s.Fields, func(f Field) bool { return f.ID == field })
}
