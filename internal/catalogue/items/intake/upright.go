package intake

import (
	"fmt"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/foreign"
	"tongban/internal/ground/sheet"
)

// upright reads a sheet that is filled in like a form: elements beside their
// values, one item under the other.
func upright(h *held, see func(Entry) error) error {
	for _, f := range foreign.Forms(texts(h.rows)) {
		first := h.rows[f.First]
		e := Entry{Place: fmt.Sprintf("第%d行起", first.line), Foreign: true}
		if h.name != "" {
			e.Place = h.name + "表" + e.Place
		}
		d := foreign.Of(f.Record)
		e.Edition, e.Rest = d.Edition, d.Rest
		e.Findings = append(d.Findings, oddities(h.rows[f.First:f.Last+1])...)
		for _, lone := range f.Alone {
			e.Findings = append(e.Findings, items.Finding{Rule: "sheet.cell", Severity: items.Warning, Path: sheet.ColumnName(lone.Column) + fmt.Sprint(h.rows[lone.Row].line),
				Say: "“" + short(lone.Text) + "”旁边没有内容，也看不出是哪个要素的内容，没有读取"})
		}
		e.cell = func(path string) string {
			at, ok := f.At(path)
			if !ok {
				return ""
			}
			return fmt.Sprintf("%s%d格“%s”", sheet.ColumnName(at.Column), h.rows[at.Row].line, at.Text)
		}
		if err := see(e); err != nil {
			return err
		}
	}
	return nil
}
