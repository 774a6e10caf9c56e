package sheet

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"tongban/internal/ground/fault"
)

const csvText = "登录名,姓名, 备注\nlimin,李敏,\n\n , ,\nwang,\"王\n芳\",=1+1\n"

func xlsxOf(t testing.TB) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range [][]any{{"登录名", "姓名", " 备注"}, {"limin", "李敏"}, {}, {" ", " "}, {"wang", "王\n芳", "=1+1"}} {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRead(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(csvText))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"UTF-8": []byte(csvText), "UTF-8 with a mark": []byte("\xef\xbb\xbf" + csvText), "GB 18030": gb, "XLSX": xlsxOf(t)} {
		t.Run(name, func(t *testing.T) {
			table, err := Read(bytes.NewReader(text), "登录名", "姓名", "备注")
			if err != nil || len(table.Rows) != 2 {
				t.Fatalf("%+v, %v", table, err)
			}
			a, b := table.Rows[0], table.Rows[1]
			if a.Cell("姓名") != "李敏" || a.Line != 2 || a.Cell("备注") != "" || b.Cell("姓名") != "王\n芳" || b.Line != 5 || b.Cell("没有") != "" {
				t.Errorf("%+v %+v", a, b)
			}
			if b.Place("姓名") != "第5行“姓名”" {
				t.Error(b.Place("姓名"))
			}
		})
	}
}

// officeBook is a workbook as offices keep it: an old hidden sheet first, titles above
// the headings, marks beside them, cells merged downwards, dates and long numbers.
func officeBook(t *testing.T) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	_, err := book.NewSheet("名单")
	style, err2 := book.NewStyle(&excelize.Style{NumFmt: 14})
	err = errors.Join(err, err2, book.SetCellValue("Sheet1", "A1", "旧表"), book.SetSheetVisible("名单", true))
	book.SetActiveSheet(1)
	err = errors.Join(err, book.SetSheetVisible("Sheet1", false), book.MergeCell("名单", "A4", "A5"), book.MergeCell("名单", "A1", "C1"), book.SetCellStyle("名单", "C4", "C4", style))
	for at, v := range map[string]any{"A1": "人员名单", "A2": "填报单位：某局", "A3": "登录名*", "B3": "名（必填）", "C3": "起始日", "D3": "姓名", "E3": "手机号",
		"A4": "limin", "C4": 45658, "D4": "李敏", "E4": 13900000000.0, "D5": "王芳"} {
		err = errors.Join(err, book.SetCellValue("名单", at, v))
	}
	var b bytes.Buffer
	if err = errors.Join(err, book.Write(&b)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTablesAsOfficesKeepThem(t *testing.T) {
	table, err := Read(bytes.NewReader(officeBook(t)), "登录名", "姓名")
	if err != nil || len(table.Rows) != 2 || table.Head != 3 {
		t.Fatalf("%+v %v", table, err)
	}
	a, b := table.Rows[0], table.Rows[1]
	if a.Cell("起始日") != "45658" || a.Cell("手机号") != "13900000000" || b.Cell("登录名") != "limin" || b.Cell("姓名") != "王芳" || b.Place("姓名") != "第5行“姓名”" {
		t.Errorf("%+v %+v", a, b)
	}
	for _, by := range []string{"\t", ";"} {
		if table, err = Read(strings.NewReader(strings.ReplaceAll("名单\n登录名,姓名\nlimin,李敏\n", ",", by)), "登录名", "姓名"); err != nil || len(table.Rows) != 1 || table.Rows[0].Line != 3 {
			t.Errorf("%q: %+v %v", by, table, err)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, tt := range []struct{ name, text, code string }{
		{"nothing", "", "sheet.headings"},
		{"a heading short", "登录名\nlimin\n", "sheet.headings"},
		{"a broken quote", "登录名,姓名\n\"limin,李敏", "sheet.format"},
		{"a zip that is none", "PK\x03\x04 and no more", "sheet.format"},
		{"a heading twice", "登录名,姓名,登录名\nlimin,李敏,wang\n", "sheet.headings"},
		{"too many rows", "登录名,姓名\n" + strings.Repeat("a,b\n", MaxRows+1), "sheet.rows"},
		{"a cell that is not read whole", "登录名,姓名\na," + strings.Repeat("长", maxCell+1) + "\n", "sheet.cell"},
		{"too many bytes", strings.Repeat("x", MaxBytes+1), "sheet.large"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Read(strings.NewReader(tt.text), "登录名", "姓名"); fault.Code(err) != tt.code {
				t.Errorf("got %v", err)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(csvText))
	f.Add(xlsxOf(f))
	f.Fuzz(func(t *testing.T, text []byte) {
		table, err := Read(bytes.NewReader(text), "登录名")
		if err != nil {
			if fault.Of(err) == fault.Internal {
				t.Fatal(err)
			}
			return
		}
		for _, r := range table.Rows {
			if strings.Contains(r.Cell("登录名"), "\x00") || r.Line < 2 {
				t.Fatalf("%+v", r)
			}
		}
	})
}
