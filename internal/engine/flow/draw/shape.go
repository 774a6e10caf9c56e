package draw

import (
	"strings"
	"unicode/utf8"

	"tongban/internal/engine/flow"
)

// widest is how many characters stand on one line of a label.
const widest = 12

// shape draws a node as BPMN does: boxes for work, diamonds for choices, circles
// for events.
func (p *picture) shape(n flow.Node) {
	b := *n.Box
	cx, cy := b.X+b.W/2, b.Y+b.H/2
	switch n.Kind {
	case flow.Exclusive, flow.Inclusive, flow.Parallel:
		p.printf(`<path d="M%s %sL%s %sL%s %sL%s %sz"/>`, num(cx), num(b.Y), num(b.X+b.W), num(cy), num(cx), num(b.Y+b.H), num(b.X), num(cy))
		p.sign(n.Kind, cx, cy)
		p.lines(n.Name, b.X+b.W+6, cy, "flow-label", "start")
	case flow.Sub:
		p.printf(`<rect x="%s" y="%s" width="%s" height="%s" rx="10"/>`, num(b.X), num(b.Y), num(b.W), num(b.H))
		p.lines(n.Name, cx, b.Y+lane, "flow-label", "middle")
	case flow.Task, flow.Rule, flow.Multi:
		p.printf(`<rect x="%s" y="%s" width="%s" height="%s" rx="8"/>`, num(b.X), num(b.Y), num(b.W), num(b.H))
		p.lines(label(n), cx, cy, "flow-text", "middle")
	default:
		p.printf(`<circle cx="%s" cy="%s" r="%s"/>`, num(cx), num(cy), num(b.W/2))
		if n.Kind != flow.Start && n.Kind != flow.End {
			p.printf(`<circle cx="%s" cy="%s" r="%s"/>`, num(cx), num(cy), num(b.W/2-4))
		}
		p.lines(n.Name, b.X+b.W+6, cy, "flow-label", "start")
	}
}

// sign is drawn into a diamond: × for one, + for all, ○ for some.
func (p *picture) sign(kind flow.Kind, x, y float64) {
	const r = 9
	switch kind {
	case flow.Exclusive:
		p.printf(`<path d="M%s %sL%s %sM%s %sL%s %s"/>`, num(x-r), num(y-r), num(x+r), num(y+r), num(x+r), num(y-r), num(x-r), num(y+r))
	case flow.Parallel:
		p.printf(`<path d="M%s %sL%s %sM%s %sL%s %s"/>`, num(x-r), num(y), num(x+r), num(y), num(x), num(y-r), num(x), num(y+r))
	default:
		p.printf(`<circle cx="%s" cy="%s" r="%d"/>`, num(x), num(y), r)
	}
}

// label is what stands in a box: the step, who does it, and how long it takes.
func label(n flow.Node) string {
	parts := []string{n.Name}
	if n.Post != "" {
		parts = append(parts, n.Post)
	}
	if !n.Limit.None() {
		parts = append(parts, n.Limit.String())
	}
	return strings.Join(parts, "\n")
}

// lines writes text around a point, at most four lines of widest characters.
func (p *picture) lines(s string, x, y float64, class, anchor string) {
	lines := Wrap(s)
	if len(lines) == 0 {
		return
	}
	const height = 16
	p.printf(`<text class="%s" text-anchor="%s" fill="currentColor" stroke="none" font-size="12">`, class, anchor)
	top := y - float64(len(lines)-1)*height/2 + 4
	for i, line := range lines {
		p.printf(`<tspan x="%s" y="%s">%s</tspan>`, num(x), num(top+float64(i)*height), text(line))
	}
	p.printf("</text>")
}

// Wrap breaks a label into at most four lines of twelve characters; what is
// longer ends in "…".
func Wrap(s string) []string {
	const most = 4
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSpace(s), "\n") {
		for line = strings.TrimSpace(line); line != ""; {
			head, rest := cut(line)
			lines, line = append(lines, head), rest
		}
	}
	if len(lines) > most {
		lines = lines[:most]
		last := []rune(lines[most-1])
		lines[most-1] = string(last[:min(len(last), widest-1)]) + "…"
	}
	return lines
}

// cut takes one line off a text: Chinese breaks anywhere, Latin words at a space
// if there is one.
func cut(s string) (head, rest string) {
	if utf8.RuneCountInString(s) <= widest {
		return s, ""
	}
	runes := []rune(s)
	at := widest
	if space := strings.LastIndexByte(string(runes[:widest+1]), ' '); space > 0 {
		at = utf8.RuneCountInString(string(runes[:widest+1])[:space])
	}
	return strings.TrimSpace(string(runes[:at])), strings.TrimSpace(string(runes[at:]))
}
