package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"tongban/internal/ground/fault"
)

// packed is a workbook of these parts besides those that every one has.
func packed(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData/></worksheet>`,
	}
	for name, text := range parts {
		all[name] = text
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range all {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rowsIn reads a whole sheet.
func rowsIn(file []byte, name string) (rows [][]string, lines []int, err error) {
	book, err := OpenBook(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, nil, err
	}
	l, err := book.Lines(name)
	if err != nil {
		return nil, nil, err
	}
	defer l.Close()
	for l.Next() {
		rows, lines = append(rows, slices.Clone(l.Cells())), append(lines, l.Line())
	}
	return rows, lines, l.Err()
}

func sheetOf(data string) map[string]string {
	return map[string]string{"xl/worksheets/sheet1.xml": `<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>` + data + `</sheetData></worksheet>`}
}

func TestCellsOfEveryKind(t *testing.T) {
	parts := sheetOf(`<row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><t>a&amp;b&#20013;_x000D__x0041_</t></is></c><c r="D2"><v>3.203E+11</v></c>` +
		`<c r="E2" t="b"><v>1</v></c><c r="F2" t="str"><f>1+1</f><v>显示的</v></c><c r="G2" s="1"/><c r="H2" t="inlineStr"><is><r><t>富</t></r><rPh><t>fù</t></rPh><r><t>文本</t></r></is></c></row>` +
		`<!-- <row r="3"> --><row r="9"><c><v>5.0</v></c><x:c xmlns:x="u"><x:v>6</x:v></x:c><c t="inlineStr"><is><t><![CDATA[<c>]]></t></is></c></row><row/>`)
	parts["xl/sharedStrings.xml"] = `<sst><si><t>零</t></si><si><r><t>一</t></r><r><t xml:space="preserve"> 二</t></r><rPh sb="0" eb="1"><t>yī</t></rPh></si></sst>`
	rows, lines, err := rowsIn(packed(t, parts), "表")
	want := [][]string{{"一 二", "", "a&b中A", "320300000000", "是", "显示的", "", "富文本"}, {"5", "6", "<c>"}}
	if err != nil || fmt.Sprintf("%q", rows) != fmt.Sprintf("%q", want) || lines[0] != 2 || lines[1] != 9 {
		t.Errorf("%q %v %v", rows, lines, err)
	}
}

func TestCellsThatShowNoValueAreTold(t *testing.T) {
	parts := sheetOf(`<row r="2" hidden="1"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><f>A1</f></c><c r="C2" t="str"><f>""</f><v></v></c><c r="ZZ2"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>`)
	book, err := OpenBook(bytes.NewReader(packed(t, parts)), int64(len(packed(t, parts))))
	if err != nil {
		t.Fatal(err)
	}
	l, err := book.Lines("表")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if !l.Next() || l.Line() != 2 || len(l.Odd()) != 3 || l.Odd()[0].Column != 0 || l.Odd()[1].Column != 1 || l.Odd()[2].Column != 701 || len(l.Unseen()) != 1 {
		t.Errorf("%d %+v", l.Line(), l.Odd())
	}
	if !l.Next() || len(l.Odd()) != 0 {
		t.Errorf("%+v", l.Odd())
	}
}

func TestHostileBooksAreRefused(t *testing.T) {
	cell := func(inner string) map[string]string {
		return sheetOf(`<row r="1"><c r="A1" t="inlineStr"><is><t>` + inner + `</t></is></c></row>`)
	}
	with := func(name, text string) map[string]string { return map[string]string{name: text} }
	for _, tt := range []struct {
		name, code string
		parts      map[string]string
	}{
		{"macros", "sheet.macro", with("xl/vbaProject.bin", "x")},
		{"old macros", "sheet.macro", with("xl/macrosheets/sheet1.xml", "x")},
		{"a bomb", "sheet.bomb", with("xl/worksheets/sheet1.xml", strings.Repeat(" ", 64<<20))},
		{"shared strings without end", "sheet.bomb", with("xl/sharedStrings.xml", "<sst>"+strings.Repeat("<si><t>啊</t></si>", 5<<20)+"</sst>")},
		{"a document type", "sheet.format", with("xl/worksheets/sheet1.xml", `<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>`)},
		{"another encoding", "sheet.format", with("xl/worksheets/sheet1.xml", `<?xml version="1.0" encoding="UTF-16"?><worksheet/>`)},
		{"a cell without end", "sheet.format", cell(strings.Repeat("a", 2<<20))},
		{"a tag without end", "sheet.format", with("xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1" `+strings.Repeat("a", 1<<20))},
		{"a string that is not there", "sheet.format", sheetOf(`<row r="1"><c r="A1" t="s"><v>7</v></c></row>`)},
		{"rows that go upwards", "sheet.format", sheetOf(`<row r="5"><c r="A5"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>`)},
		{"columns that go to the left", "sheet.format", sheetOf(`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>`)},
		{"a row beyond all rows", "sheet.rows", sheetOf(`<row r="99999999"><c r="A1"><v>1</v></c></row>`)},
		{"no sheets", "sheet.format", with("xl/workbook.xml", `<workbook/>`)},
		{"an entity in the list of sheets", "sheet.format", with("xl/workbook.xml", `<!DOCTYPE x [<!ENTITY a "b">]><workbook><sheets><sheet name="&a;"/></sheets></workbook>`)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, _, err := rowsIn(packed(t, tt.parts), "表"); fault.Code(err) != tt.code {
				t.Errorf("got %v, want %s", err, tt.code)
			}
		})
	}
	if _, _, err := rowsIn([]byte("PK\x03\x04 and no more"), "表"); fault.Code(err) != "sheet.format" {
		t.Error(err)
	}
}

func TestMergedCellsAreKnownAtTheEnd(t *testing.T) {
	parts := sheetOf(`<row r="1"><c r="A1"><v>1</v></c></row>`)
	parts["xl/worksheets/sheet1.xml"] = strings.Replace(parts["xl/worksheets/sheet1.xml"], "</sheetData>", `</sheetData><mergeCells count="1"><mergeCell ref="A2:A4"/><mergeCell ref="x"/></mergeCells>`, 1)
	file := packed(t, parts)
	book, err := OpenBook(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	l, err := book.Lines("表")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for l.Next() {
	}
	if len(l.Merged()) != 1 || l.Merged()[0] != (Merged{0, 2, 4}) {
		t.Errorf("%+v", l.Merged())
	}
}

// Others must be able to open what we write, and we what they write.
func TestOthersReadWhatWeWrite(t *testing.T) {
	var b BookWriter
	s := b.Sheet("表", Column{Heading: "甲", Options: []string{"是", "否"}}, Column{Heading: "乙"})
	s.Row([]string{"=1+1", "a<b>&\"c\"\n第二行"})
	s.Row([]string{"", strings.Repeat("长", 100)})
	var file bytes.Buffer
	if _, err := b.WriteTo(&file); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("表")
	want := [][]string{{"甲", "乙"}, {"'=1+1", "a<b>&\"c\"\n第二行"}, {"", strings.Repeat("长", 100)}}
	if err != nil || fmt.Sprintf("%q", rows) != fmt.Sprintf("%q", want) {
		t.Errorf("%q %v", rows, err)
	}
	if v, err := book.GetDataValidations("表"); err != nil || len(v) != 1 {
		t.Errorf("%v %v", v, err)
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("汉a1 <>&\"'=+-@_x0041\n\t𠮷")), 0, 40, -1)
		want := rapid.SliceOfN(rapid.SliceOfN(text, 1, 5), 1, 5).Draw(r, "rows")
		var b BookWriter
		s := b.Sheet("表")
		for _, row := range want {
			s.Row(row)
		}
		var file bytes.Buffer
		if _, err := b.WriteTo(&file); err != nil {
			r.Fatal(err)
		}
		rows, lines, err := rowsIn(file.Bytes(), "表")
		if err != nil {
			r.Fatal(err)
		}
		got := make([][]string, len(want))
		for i, line := range lines {
			got[line-2] = rows[i]
		}
		for i := range want {
			for j, cell := range want[i] {
				read := ""
				if j < len(got[i]) {
					read = Unguard(got[i][j])
				}
				if read != cell && !blank(want[i]) {
					r.Fatalf("row %d: %q, want %q", i, read, cell)
				}
			}
		}
	})
}

func FuzzLines(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t>a&lt;_x0041_</t></is></c></row>`, `<sst><si><t>a</t></si></sst>`)
	f.Add(`<row><c/><c><f>1</f><v>2</v></c></row></sheetData><mergeCell ref="A1:A2"/>`, `<sst/>`)
	f.Fuzz(func(t *testing.T, data, strings string) {
		parts := sheetOf(data)
		parts["xl/sharedStrings.xml"] = strings
		rows, _, err := rowsIn(packed(t, parts), "表")
		if err != nil && fault.Of(err) == fault.Internal {
			t.Fatal(err)
		}
		for _, row := range rows {
			if len(row) > mostColumns {
				t.Fatalf("%d columns", len(row))
			}
		}
	})
}
