package ofd

import (
	"bytes"
	"fmt"

	"tongban/internal/register/certificates/qr"
)

// Note draws the code to scan as an annotation of the page.
func Note(text string, at Box) ([]byte, error) {
	code, err := qr.Draw(text)
	if err != nil {
		return nil, err
	}
	side := at.W / float64(code.Size)
	var b bytes.Buffer
	fmt.Fprintf(&b, head+`<ofd:PageAnnot`+ns+`><ofd:Annot ID="5001" Type="Stamp" Creator="Tongban" LastModDate="2026-01-01"><ofd:Appearance Boundary="%s">`+
		`<ofd:PathObject ID="5002" Boundary="0 0 %s %s" Stroke="false" Fill="true"><ofd:FillColor Value="0 0 0"/><ofd:AbbreviatedData>`, at, mm(at.W), mm(at.H))
	for _, r := range code.Runs {
		x, y := float64(r.X)*side, float64(r.Y)*side
		right, low := x+float64(r.Length)*side, y+side
		fmt.Fprintf(&b, "M %s %s L %s %s L %s %s L %s %s C ", mm(x), mm(y), mm(right), mm(y), mm(right), mm(low), mm(x), mm(low))
	}
	b.WriteString(`</ofd:AbbreviatedData></ofd:PathObject></ofd:Appearance></ofd:Annot></ofd:PageAnnot>`)
	return b.Bytes(), nil
}
