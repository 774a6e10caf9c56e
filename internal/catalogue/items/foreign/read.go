package foreign

import (
	"bytes"
	"encoding/json"
	"strings"

	"tongban/internal/ground/fault"
)

// mostLine is the longest line of a catalogue.
const mostLine = 1 << 20

// Lines shows each line of a catalogue of one item a line (JSON Lines) in its
// order: a record, or the fault why the line cannot be read. It ends early if see
// says so.
func Lines(text []byte, see func(line int, record map[string]any, err error) bool) {
	n := 0
	for raw := range bytes.Lines(text) {
		n++
		raw = bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))
		if len(raw) == 0 {
			continue
		}
		f, err := Object(raw)
		if !see(n, f, err) {
			return
		}
	}
}

// Object reads one object of JSON with its numbers as they stand. Faults:
// foreign.line, foreign.line.large.
func Object(raw []byte) (map[string]any, error) {
	if len(raw) > mostLine {
		return nil, fault.New(fault.TooLarge, "foreign.line.large", "这一行超过1MB，请检查是否漏了换行")
	}
	read := json.NewDecoder(bytes.NewReader(raw))
	read.UseNumber()
	var f map[string]any
	if err := read.Decode(&f); err != nil || len(f) == 0 || strings.TrimSpace(string(raw[read.InputOffset():])) != "" {
		return nil, fault.New(fault.Invalid, "foreign.line", "这一行不是一个完整的 JSON 对象")
	}
	return f, nil
}
