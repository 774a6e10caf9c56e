package seals

import (
	"encoding/xml"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// Diameter of a seal's picture in mm: an agency of a city or county (国发〔1999〕25号).
const Diameter = 42

// Draw draws the round red seal of an agency as SVG: its name around a star,
// the purpose below. It carries no national emblem, which only some bodies'
// seals may show and which a program must not make up.
func Draw(agency, purpose string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 420" width="%dmm" height="%[1]dmm" role="img">`, Diameter)
	fmt.Fprintf(&b, `<title>%s</title>`, escape(agency+purpose))
	b.WriteString(`<g fill="none" stroke="#d00"><circle cx="210" cy="210" r="203" stroke-width="12"/></g>`)
	fmt.Fprintf(&b, `<path d="%s" fill="#d00"/>`, star(210, 205, 62))
	b.WriteString(`<g fill="#d00" font-family="SimSun,STSong,'Songti SC',serif" text-anchor="middle">`)
	around(&b, agency)
	if purpose != "" {
		fmt.Fprintf(&b, `<text x="210" y="335" font-size="%s">%s</text>`, num(min(40, 260/float64(utf8.RuneCountInString(purpose)))), escape(purpose))
	}
	b.WriteString(`</g></svg>`)
	return b.String()
}

// around writes the name on an arc of at most 260 degrees, top in the middle.
func around(b *strings.Builder, name string) {
	n := float64(utf8.RuneCountInString(name))
	step := math.Min(26, 260/math.Max(1, n-1))
	size := math.Min(54, step*math.Pi/180*165*0.92+6)
	at := -step * (n - 1) / 2
	for _, r := range name {
		fmt.Fprintf(b, `<text x="210" y="%s" font-size="%s" transform="rotate(%s 210 210)">%s</text>`, num(25+size), num(size), num(at), escape(string(r)))
		at += step
	}
}

func star(cx, cy, r float64) string {
	var b strings.Builder
	for i := range 10 {
		radius := r
		if i%2 == 1 {
			radius = r * 0.382
		}
		a := math.Pi * float64(i) / 5
		fmt.Fprintf(&b, "%c%s %s", "ML"[min(i, 1)], num(cx+radius*math.Sin(a)), num(cy-radius*math.Cos(a)))
	}
	return b.String() + "Z"
}

func num(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.1f", v), "0"), ".")
}

func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return "" // a strings.Builder never refuses
	}
	return b.String()
}
