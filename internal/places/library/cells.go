package library

import (
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/flow"
	"tongban/internal/places/frame"
)

// prefix is what the names of a row's own fields begin with.
func (s sheetView) prefix(i int) string {
	if s.Path == "" {
		return ""
	}
	return s.at(i) + "."
}

// at is the name of a row, under which a finding or a fault leads to it.
func (s sheetView) at(i int) string { return s.Path + "[" + itoa(i) + "]" }

// open reports whether the row must be seen: something in it must change.
func (r sheetRow) open() bool {
	for _, c := range r.Cells {
		if c.Err != "" || c.Find.Asked {
			return true
		}
	}
	return r.Gone || r.Place.Err != ""
}

// facts are the cells as they are read by someone who may not change them.
func (r sheetRow) facts() []frame.Row {
	var rows []frame.Row
	for _, c := range r.Cells {
		row := frame.Row{Key: c.Label, Value: c.said(), Id: c.ID()}
		if strings.Contains(row.Value, "\n") {
			row.Body = linesOf(strings.Split(row.Value, "\n"))
		}
		if row.Value != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

// said is what stands in the cell in the words of its choices.
func (c cell) said() string {
	switch c.Kind {
	case tick:
		return map[bool]string{true: "是", false: "否"}[c.Value != ""]
	case choose, several:
		var chosen []string
		for _, choice := range c.Choices {
			if choice.On && choice.Value != "" {
				chosen = append(chosen, choice.Label)
			}
		}
		return strings.Join(chosen, "、")
	}
	return c.Value
}

// tickField is the cell as a box to tick: what it posts is always 1.
func (c cell) tickField() frame.Field {
	f := c.Field
	f.Value = "1"
	return f
}

// droppedLines name what a drawing says that the procedure does not.
func droppedLines(dropped []flow.Finding) []frame.CheckLine {
	var lines []frame.CheckLine
	for _, f := range dropped {
		tone := frame.Amber
		if f.Severity == flow.Refused {
			tone = frame.Red
		}
		lines = append(lines, frame.CheckLine{Tone: tone, Text: f.Say, Note: f.ID})
	}
	return lines
}

// facts puts what is known side by side.
func facts(all ...string) string {
	var known []string
	for _, one := range all {
		if one != "" {
			known = append(known, one)
		}
	}
	return strings.Join(known, " · ")
}

func materialLine(m *items.Material) string {
	all := []string{string(m.Necessity), string(m.Channel), m.When}
	if m.MayFollow() {
		all = append(all, "可容缺")
	}
	if m.Promisable {
		all = append(all, "可告知承诺")
	}
	if m.Fetched() {
		all = append(all, "系统调取")
	}
	if m.FetchedIfOwn() {
		all = append(all, "是本人的系统调取")
	}
	if len(m.Basis) == 0 {
		all = append(all, "没有依据")
	}
	return facts(all...)
}

func stepLine(s *flow.Step) string {
	all := []string{s.Post, s.Agency}
	if !s.Limit.None() {
		all = append(all, s.Limit.String())
	}
	if s.Group != "" {
		all = append(all, strings.TrimSuffix(s.Group+"："+s.Branch, "："))
	}
	if s.Decides {
		all = append(all, "作出决定")
	}
	return facts(append(all, s.When)...)
}
