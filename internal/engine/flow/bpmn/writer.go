package bpmn

import (
	"bytes"
	"encoding/xml"
	"strings"

	"tongban/internal/engine/flow"
)

// A writer writes XML with indentation. Attributes come in pairs of name and
// value; an empty value is not written.
type writer struct {
	d      flow.Definition
	buf    bytes.Buffer
	depth  int
	within map[string]bool // sub-processes being written
}

func (w *writer) open(name string, attrs ...string) {
	w.tag(name, attrs)
	w.buf.WriteString(">\n")
	w.depth++
}

func (w *writer) close(name string) {
	w.depth--
	w.indent()
	w.buf.WriteString("</" + name + ">\n")
}

func (w *writer) leaf(name, text string, attrs ...string) {
	w.tag(name, attrs)
	if text == "" {
		w.buf.WriteString("/>\n")
		return
	}
	w.buf.WriteByte('>')
	w.text(text)
	w.buf.WriteString("</" + name + ">\n")
}

func (w *writer) tag(name string, attrs []string) {
	w.indent()
	w.buf.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] == "" {
			continue
		}
		w.buf.WriteString(" " + attrs[i] + `="`)
		w.text(attrs[i+1])
		w.buf.WriteByte('"')
	}
}

func (w *writer) text(s string) {
	_ = xml.EscapeText(&w.buf, []byte(s)) // a buffer takes everything
}

func (w *writer) indent() { w.buf.WriteString(strings.Repeat("  ", w.depth)) }
