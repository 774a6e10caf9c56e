package frame

import (
	"html"
	"strings"

	"github.com/a-h/templ"
)

// Icon draws a Lucide icon in the size and colour of the words around it; it
// says nothing to a screen reader, so a word must stand beside it. A name that
// is not in strokes draws nothing; a test reads all templates for such names.
func Icon(name string) templ.Component { return templ.Raw(icons[name]) }

// icons are the whole pictures of strokes.
var icons = pictures()

func pictures() map[string]string {
	all := map[string]string{}
	for name, inside := range strokes {
		all[name] = `<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">` + inside + `</svg>`
	}
	return all
}

// mark is the lattice window, our only ornament.
const markStrokes = `<g fill="none" stroke-width="2.2"><rect x="8.5" y="8.5" width="23" height="23" rx="1"/>` +
	`<path d="M20 8.5v6M20 25.500v6M8.500 20h6M25.500 20h6"/><rect class="c" x="14.5" y="14.5" width="11" height="11" stroke="none"/></g></svg>`

func mark() templ.Component {
	return templ.Raw(`<svg class="mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false"><rect class="g" width="40" height="40" rx="7"/>` + markStrokes)
}

// lattice is the texture of the hero.
func lattice() templ.Component {
	return templ.Raw(`<svg class="lat" aria-hidden="true" focusable="false"><defs><pattern id="lat-p" width="96" height="96" patternUnits="userSpaceOnUse">` +
		`<g fill="none" stroke="#5b90c4" stroke-opacity=".42"><rect x=".5" y=".5" width="95" height="95"/><path d="M32 0v32H0M64 0v32h32M32 96V64H0M64 96V64h32"/>` +
		`<rect x="32" y="32" width="32" height="32"/></g></pattern><linearGradient id="lat-g" x1="0" x2="1"><stop offset="0" stop-color="#082f5b"/>` +
		`<stop offset=".34" stop-color="#082f5b" stop-opacity=".9"/><stop offset=".75" stop-color="#082f5b" stop-opacity=".15"/>` +
		`<stop offset="1" stop-color="#0d57a0" stop-opacity=".35"/></linearGradient></defs>` +
		`<rect width="100%" height="100%" fill="url(#lat-p)"/><rect width="100%" height="100%" fill="url(#lat-g)"/></svg>`)
}

// marked shows text with the part that was found set off.
func marked(text, part string) templ.Component {
	before, after, ok := strings.Cut(text, part)
	if !ok || part == "" {
		return templ.Raw(html.EscapeString(text))
	}
	return templ.Raw(html.EscapeString(before) + "<mark>" + html.EscapeString(part) + "</mark>" + html.EscapeString(after))
}
