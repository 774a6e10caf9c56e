package sitework

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"

	"tongban/internal/handling/projects"
)

// The measures of the drawing.
const (
	boxWide, lineHigh, gapWide = 208, 22, 26
	headHigh                   = 44
)

// picture draws the four stages side by side, each with what runs in parallel
// within it, and the fifth below all of them (四阶段并联图).
func picture(course []projects.Step) []byte {
	var s strings.Builder
	var four []projects.Step
	var fifth *projects.Step
	high := 0
	for i := range course {
		if course[i].No == projects.Parallel {
			fifth = &course[i]
			continue
		}
		four = append(four, course[i])
		high = max(high, len(course[i].Lines)+len(course[i].Held))
	}
	stageHigh := headHigh + 14 + high*lineHigh
	width := len(four)*(boxWide+gapWide) - gapWide
	total := stageHigh
	if fifth != nil {
		total += 30 + headHigh
	}
	fmt.Fprintf(&s, `<svg class="flow" width="%d" height="%d" viewBox="-2 -2 %d %d" role="img" aria-label="%s">`, width+4, total+4, width+4, total+4, html.EscapeString(inWords(course)))
	for i, step := range four {
		x := i * (boxWide + gapWide)
		stageBox(&s, step, x, stageHigh)
		if i > 0 {
			fmt.Fprintf(&s, `<path class="flow-line" d="M%d %dh%d" stroke="currentColor" stroke-width="1.5"/><path class="flow-tip" d="M%d %dl-7 -4v8z"/>`, x-gapWide, headHigh/2, gapWide-3, x, headHigh/2)
		}
	}
	if fifth != nil {
		y := stageHigh + 30
		box(&s, "flow-note", 0, y, width, headHigh)
		words(&s, 12, y+18, "vl", fifth.Name+" · "+stageWord(*fifth))
		words(&s, 12, y+36, "ax", brief(fifthSays(fifth), width/13))
	}
	s.WriteString(`</svg>`)
	return []byte(s.String())
}

func stageBox(s *strings.Builder, step projects.Step, x, high int) {
	class := map[projects.Where]string{projects.Done: "is-done", projects.Running: "is-current", projects.Ready: "is-current", projects.Stuck: "is-overdue"}[step.Where]
	if step.Late {
		class = "is-overdue"
	}
	fmt.Fprintf(s, `<g class="flow-node">`)
	box(s, "", x, 0, boxWide, high)
	s.WriteString(`</g>`)
	box(s, class, x, 0, boxWide, headHigh)
	words(s, x+10, 18, "vl", fmt.Sprintf("%d %s", step.No, step.Name))
	words(s, x+10, 36, "ax", stageWord(step)+limitWord(step))
	y := headHigh + 18
	for _, l := range step.Lines {
		words(s, x+10, y, "nm", mark(l.Where)+" "+brief(l.Name, 13))
		y += lineHigh
	}
	for _, h := range step.Held {
		words(s, x+10, y, "nm", mark(h.Where)+" "+h.Kind)
		y += lineHigh
	}
}

func box(s *strings.Builder, class string, x, y, w, h int) {
	if class == "" {
		class = "flow-node"
	}
	fmt.Fprintf(s, `<g class="%s"><rect x="%d" y="%d" width="%d" height="%d" rx="6" fill="none" stroke="currentColor"/></g>`, class, x, y, w, h)
}

func words(s *strings.Builder, x, y int, class, text string) {
	fmt.Fprintf(s, `<text x="%d" y="%d" class="%s">%s</text>`, x, y, class, html.EscapeString(text))
}

// mark is a shape for how something stands, so that colour is not alone.
func mark(w projects.Where) string {
	return map[projects.Where]string{projects.Done: "✓", projects.Running: "●", projects.Lacking: "！", projects.Ready: "○", projects.Failed: "✕", projects.Stuck: "✕", projects.Blocked: "…", projects.Skipped: "–"}[w]
}

func limitWord(s projects.Step) string {
	switch {
	case s.Due != 0 && s.Where != projects.Done:
		return "，" + s.Due.Han() + "前"
	case s.Limit.None():
		return ""
	}
	return "，" + s.Limit.String()
}

func fifthSays(s *projects.Step) string {
	var names []string
	for _, l := range s.Lines {
		if l.Where != projects.Skipped {
			names = append(names, l.Name+l.Where.Han())
		}
	}
	for _, o := range s.Services {
		names = append(names, o.Name)
	}
	return strings.Join(names, "、")
}

func brief(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

// inWords is the drawing for those who do not see it.
func inWords(course []projects.Step) string {
	var all []string
	for _, s := range course {
		all = append(all, s.Name+"："+stageWord(s))
	}
	return "四阶段并联图。" + strings.Join(all, "；")
}
