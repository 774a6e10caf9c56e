package ink

import (
	"strings"
	"testing"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
)

const name = "10,10 200,40 300,120;40,80 60,180"

func TestASignatureIsDrawnOrTyped(t *testing.T) {
	files, err := blob.OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, drawn, typed string
		code               string
		isDrawn            bool
	}{
		{"drawn", name, "", "", true},
		{"drawn and typed: what was drawn counts", name, "别人", "", true},
		{"typed", "", "李 敏", "", false},
		{"somebody else's name typed", "", "李明", "ink.name", false},
		{"nothing", "", "", "ink.none", false},
		{"a slip of the finger", "10,10 12,12", "", "ink.short", false},
		{"outside the field", "10,10 700,40", "", "ink.form", false},
		{"letters", "a,b", "", "ink.form", false},
		{"endless", strings.Repeat("1,1 99,99 ", 4000), "", "ink.large", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Sign(t.Context(), files, "李敏", tt.drawn, tt.typed)
			if (err != nil || tt.code != "") && fault.Code(err) != tt.code || s.Drawn() != tt.isDrawn {
				t.Fatalf("%+v, %v", s, err)
			}
			if d, err := Open(t.Context(), files, s); err != nil || tt.isDrawn && d.String() != tt.drawn {
				t.Errorf("kept %q: %v", d, err)
			}
		})
	}
}

func TestThePictureNamesTheSignerSafely(t *testing.T) {
	d, err := Parse(name)
	if err != nil {
		t.Fatal(err)
	}
	if svg := d.SVG(`<b>"李敏"`); strings.Contains(svg, "<b>") || !strings.Contains(svg, "M10 10L200 40L300 120M40 80") {
		t.Error(svg)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(name)
	f.Add(";;1,1")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Parse(text)
		if err != nil {
			return
		}
		if again, err := Parse(d.String()); err != nil || again.String() != d.String() {
			t.Errorf("%q reads as %q: %v", text, again, err)
		}
	})
}
