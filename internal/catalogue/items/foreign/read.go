package foreign

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/goccy/go-yaml"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
)

// Guide reads one guide (办事指南) in YAML or JSON. Faults: those of items.Plain,
// foreign.read.
func Guide(text []byte) (*Draft, error) {
	f, err := decoded(text)
	if err != nil {
		return nil, err
	}
	return Of(f), nil
}

func decoded(text []byte) (fields, error) {
	if err := items.Plain(text); err != nil {
		return nil, err
	}
	var f map[string]any
	if err := yaml.Unmarshal(text, &f); err != nil {
		refused := fault.New(fault.Invalid, "foreign.read", "指南文件读不懂，请检查是否为 YAML 或者 JSON 格式")
		return nil, legible.Unread(refused, err)
	}
	if len(f) == 0 {
		return nil, fault.New(fault.Invalid, "foreign.read", "指南文件里没有内容")
	}
	return f, nil
}

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
