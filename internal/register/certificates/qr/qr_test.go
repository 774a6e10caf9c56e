package qr

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"tongban/internal/ground/fault"
)

func TestCodes(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		size       int // 21 + 4·(version-1)
		code       string
	}{
		{"capitals and digits pack close", "HTTPS://EXAMPLE.ORG/V/1.2.156", 25, ""},
		{"anything else is bytes", "https://example.org/v/1.2.156", 29, ""},
		{"Chinese", "徐州市", 21, ""},
		{"nothing", "", 0, "qr.text"},
		{"too much", strings.Repeat("A", Longest+1), 0, "qr.text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, err := Draw(tt.text)
			if code.Size != tt.size || tt.code != "" && fault.Code(err) != tt.code || tt.code == "" && err != nil {
				t.Errorf("size %d, %v", code.Size, err)
			}
		})
	}
	code, err := Draw("A")
	if err != nil || code.Runs[0] != (Run{0, 0, 7}) {
		t.Errorf("the finder pattern is not where it should be: %v %v", code.Runs, err)
	}
}

func FuzzSVG(f *testing.F) {
	f.Add("HTTPS://EXAMPLE.ORG", "核验码")
	f.Add("\x00\xff", "<script>")
	f.Fuzz(func(t *testing.T, text, name string) {
		svg, err := SVG(text, name)
		if err != nil {
			return
		}
		d := xml.NewDecoder(strings.NewReader(svg))
		d.Strict = true
		for {
			if tok, err := d.Token(); err == io.EOF {
				return
			} else if err != nil {
				return // a name that is no text; the page checks its own
			} else if s, ok := tok.(xml.StartElement); ok && s.Name.Local == "script" {
				t.Fatal("a name became an element")
			}
		}
	})
}
