package pdf

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What has to stand below a text stands on the page of its last lines, wherever on
// the page the text begins and however long it is.
func TestWhatBelongsBelowATextIsNeverAlone(t *testing.T) {
	song := font(t)
	rapid.Check(t, func(t *rapid.T) {
		f := New(about, song).Flow(Official)
		f.Y = rapid.Float64Range(f.Margin.Top, f.Foot()).Draw(t, "y")
		keep := rapid.Float64Range(1, 120).Draw(t, "keep")
		text := strings.Repeat("受理通知书", rapid.IntRange(1, 200).Draw(t, "long"))
		if rapid.Bool().Draw(t, "table") {
			f.Table(Table{Widths: []float64{1, 9}, Head: []string{"序号", "名称"}, Size: 4, Rows: [][]string{{"1", "身份证"}, {"2", text}}, Keep: keep})
		} else {
			f.Paragraph(text, Style{Type: Type{Size: 5}, Indent: 2, Keep: keep})
		}
		page := f.Page()
		if f.Need(keep); f.Page() != page {
			t.Fatalf("what stands below is alone on its page, %g mm high", keep)
		}
	})
}
