package draw

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"

	"tongban/internal/engine/flow"
)

// A Mark says how far a step has come; it becomes a class of its shape.
type Mark string

// The marks of a step.
const (
	Done    Mark = "is-done"    // 已办
	Current Mark = "is-current" // 正在办
	Overdue Mark = "is-overdue" // 已超时
)

var markSays = map[Mark]string{Done: "已办", Current: "正在办理", Overdue: "已超时"}

// SVG draws d. marks may be nil. A definition without places is laid out first.
func SVG(d flow.Definition, marks map[string]Mark) []byte {
	if !Placed(d) {
		d = Layout(d)
	}
	p := &picture{d: d, marks: marks}
	x, y, w, h := bounds(d)
	p.printf(`<svg xmlns="http://www.w3.org/2000/svg" class="flow" role="img" aria-label="%s" viewBox="%s %s %s %s" width="%s" height="%s">`,
		text(d.Name+"流程图"), num(x), num(y), num(w), num(h), num(w), num(h))
	p.printf("<title>%s</title><desc>%s</desc>", text(d.Name+"流程图"), text(describe(d)))
	p.printf(`<defs><marker id="flow-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="flow-tip" d="M0 0L10 5L0 10z"/></marker></defs>`)
	p.printf(`<g fill="none" stroke="currentColor">`)
	for _, n := range d.Nodes {
		if n.Kind == flow.Sub {
			p.node(n)
		}
	}
	for _, e := range d.Edges {
		p.edge(e)
	}
	for _, n := range d.Nodes {
		if n.Kind != flow.Sub {
			p.node(n)
		}
	}
	for _, n := range d.Notes {
		p.note(n)
	}
	p.printf("</g></svg>\n")
	return p.buf.Bytes()
}

type picture struct {
	d     flow.Definition
	marks map[string]Mark
	buf   bytes.Buffer
}

func (p *picture) printf(format string, args ...any) { fmt.Fprintf(&p.buf, format, args...) }

func text(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}

func num(f float64) string { return fmt.Sprintf("%g", math.Round(f*10)/10) }

func describe(d flow.Definition) string {
	steps := 0
	for _, n := range d.Nodes {
		if n.Kind.Staffed() || n.Kind == flow.Rule {
			steps++
		}
	}
	return fmt.Sprintf("共 %d 个环节，依次见旁边的环节清单。", steps)
}

// bounds is the part of the plane that is drawn on.
func bounds(d flow.Definition) (x, y, w, h float64) {
	x, y = math.Inf(1), math.Inf(1)
	right, low := math.Inf(-1), math.Inf(-1)
	see := func(b flow.Box) {
		x, y = min(x, b.X), min(y, b.Y)
		right, low = max(right, b.X+b.W), max(low, b.Y+b.H)
	}
	for _, n := range d.Nodes {
		see(*n.Box)
	}
	for _, n := range d.Notes {
		if n.Box != nil {
			see(*n.Box)
		}
	}
	for _, e := range d.Edges {
		for _, p := range e.Points {
			see(flow.Box{X: p.X, Y: p.Y})
		}
	}
	if math.IsInf(x, 0) {
		return 0, 0, boxW, boxH
	}
	return x - margin, y - margin, right - x + 2*margin, low - y + 2*margin
}

func (p *picture) edge(e flow.Edge) {
	if len(e.Points) < 2 {
		return
	}
	p.printf(`<polyline class="flow-edge" marker-end="url(#flow-arrow)" points="`)
	for i, at := range e.Points {
		if i > 0 {
			p.printf(" ")
		}
		p.printf("%s,%s", num(at.X), num(at.Y))
	}
	p.printf(`"/>`)
	if label := e.Name; label != "" {
		at := e.Points[len(e.Points)-1]
		p.lines(label, at.X+6, at.Y-gapY/4, "flow-label", "start")
	}
}

func (p *picture) node(n flow.Node) {
	class := "flow-node flow-" + string(n.Kind)
	says := n.Name
	if mark := p.marks[n.ID]; markSays[mark] != "" {
		class += " " + string(mark)
		says += "（" + markSays[mark] + "）"
	}
	p.printf(`<g class="%s">`, class)
	if says != "" {
		p.printf("<title>%s</title>", text(says))
	}
	p.shape(n)
	p.printf("</g>")
}

func (p *picture) note(n flow.Note) {
	if n.Box == nil {
		return
	}
	p.printf(`<g class="flow-note"><rect x="%s" y="%s" width="%s" height="%s"/>`, num(n.Box.X), num(n.Box.Y), num(n.Box.W), num(n.Box.H))
	p.lines(n.Text, n.Box.X+n.Box.W/2, n.Box.Y+n.Box.H/2, "flow-text", "middle")
	p.printf("</g>")
}
