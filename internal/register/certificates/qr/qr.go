// Package qr draws two-dimensional codes (二维码) as SVG, without a script and
// without a picture file.
package qr

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode"
	codes "github.com/boombuler/barcode/qr"

	"tongban/internal/ground/fault"
)

// Longest is the longest text, in bytes, that still makes a code people can scan.
const Longest = 800

// A Run is some dark squares beside one another.
type Run struct{ X, Y, Length int }

// A Code is a drawn code: Size squares each way, without the quiet zone.
type Code struct {
	Size int
	Runs []Run
}

// Draw makes the code of text, of middling redundancy (15 %). Upper-case
// addresses make smaller codes. The fault is qr.text for what is too long.
func Draw(text string) (Code, error) {
	if text == "" || len(text) > Longest {
		return Code{}, fault.New(fault.Invalid, "qr.text", "二维码内容须为1至%d个字节", Longest)
	}
	code, err := encode(text)
	if err != nil {
		return Code{}, fmt.Errorf("draw code: %w", err)
	}
	size := code.Bounds().Dx()
	out := Code{Size: size}
	for y := range size {
		for x := 0; x < size; x++ {
			from := x
			for x < size && code.At(x, y) == color.Black {
				x++
			}
			if x > from {
				out.Runs = append(out.Runs, Run{from, y, x - from})
			}
		}
	}
	return out, nil
}

func encode(text string) (barcode.Barcode, error) {
	if code, err := codes.Encode(text, codes.M, codes.AlphaNumeric); err == nil {
		return code, nil
	}
	return codes.Encode(text, codes.M, codes.Unicode)
}

// quiet is the margin the standard asks for (GB/T 18284: four squares).
const quiet = 4

// SVG draws the code as a picture with a name for those who cannot see it.
// Its size is left to the page.
func SVG(text, name string) (string, error) {
	code, err := Draw(text)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	full := code.Size + 2*quiet
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" shape-rendering="crispEdges"><title>%s</title>`,
		full, full, strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\x00", "").Replace(name))
	fmt.Fprintf(&b, `<path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#000" d="`, full, full)
	for _, r := range code.Runs {
		fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", r.X+quiet, r.Y+quiet, r.Length, r.Length)
	}
	b.WriteString(`"/></svg>`)
	return b.String(), nil
}
