package library

import (
	"tongban/internal/engine/flow"
	"tongban/internal/places/frame"
)

// prefix is what the names of a row's own fields begin with.
func (s sheetView) prefix(i int) string {
	if s.Path == "" {
		return ""
	}
	return s.Path + "[" + itoa(i) + "]."
}

// open reports whether the row must be seen: something in it must change.
func (r sheetRow) open() bool {
	for _, c := range r.Cells {
		if c.Err != "" {
			return true
		}
	}
	return false
}

// facts are the cells as they are read by someone who may not change them.
func (r sheetRow) facts() []frame.Row {
	var rows []frame.Row
	for _, c := range r.Cells {
		value := c.Value
		if c.Kind == tick {
			value = map[bool]string{true: "是", false: "否"}[c.Value != ""]
		}
		if value != "" {
			rows = append(rows, frame.Row{Key: c.Label, Value: value, Id: c.ID()})
		}
	}
	return rows
}

// tickField is the cell as a box to tick: what it posts is always 1.
func (c cell) tickField() frame.Field {
	f := c.Field
	f.Value = "1"
	return f
}

// lawChoices is the list of articles with an empty line first.
func (v editView) lawChoices() []frame.Choice {
	return append([]frame.Choice{{Value: "", Label: "（不加）"}}, v.Laws...)
}

func (v editView) droppedLines() []frame.CheckLine {
	var lines []frame.CheckLine
	for _, f := range v.Dropped {
		tone := frame.Amber
		if f.Severity == flow.Refused {
			tone = frame.Red
		}
		lines = append(lines, frame.CheckLine{Tone: tone, Text: f.Say, Note: f.ID})
	}
	return lines
}
