package intake_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// foreignBook is a workbook as a bureau keeps it: a title, remarks in the
// headings, merged cells, one material a row, and a line for the sum.
func foreignBook(t *testing.T) intake.File {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	set := func(cell string, v any) {
		if err := book.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	set("A1", "某某市政务服务事项目录（2024年版）")
	for i, h := range []string{"序号", "实施部门", "事项名称*", "事项类型", "基本编码", "法定办结时限（工作日）", "承诺时限", "材料名称", "材料类型", "份数", "实施依据", "施行日期", "颜色", "跑动次数"} {
		set(fmt.Sprintf("%c3", 'A'+i), h)
	}
	for at, v := range map[string]any{
		"A4": 1, "B4": "某市水务局", "C4": "取水许可", "D4": "行政许可", "E4": " 0001 1900 1000 ", "F4": 20, "G4": "１０个工作日内", "H4": "申请书", "I4": "原件", "J4": "１", "K4": "1.《水法》第七条\n2.《取水许可和水资源费征收管理条例》第二条", "L4": 45292, "N4": 1,
		"H5": "论证报告书", "I5": "复印件", "J5": "十",
		"A6": 2, "C6": "排污口设置审批", "D6": "许可", "E6": "00011900", "F6": "二十", "G6": "5日", "H6": "/", "K6": "—", "L6": "2024.1", "M6": "蓝", "N6": "视情形",
		"A7": "合计：2项",
	} {
		set(at, v)
	}
	for _, m := range [][2]string{{"A1", "N1"}, {"B4", "B6"}, {"C4", "C5"}} {
		if err := book.MergeCell("Sheet1", m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := book.NewSheet("说明"); err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellValue("说明", "A1", "填表说明"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return intake.File{Name: "目录.xlsx", Size: int64(b.Len()), ReaderAt: bytes.NewReader(b.Bytes())}
}

// says reports whether something was found at a path, and all that is needed is
// in its words.
func says(e intake.Entry, path string, words ...string) bool {
	for _, f := range e.Findings {
		ok := f.Path == path
		for _, w := range words {
			ok = ok && strings.Contains(f.Say, w)
		}
		if ok {
			return true
		}
	}
	return false
}

func TestTablesOfOtherCitiesAreReadRowByRow(t *testing.T) {
	all, err := looked(foreignBook(t))
	if err != nil || len(all) != 4 {
		t.Fatalf("%d %v", len(all), err)
	}
	a, b := all[0].Edition, all[1].Edition
	if a.Name != "取水许可" || a.AgencyName != "某市水务局" || a.Codes.Catalogue != "000119001000" || a.Statutory != (clock.Limit{N: 20, Unit: clock.WorkingDays}) ||
		a.Promised != (clock.Limit{N: 10, Unit: clock.WorkingDays}) || len(a.Materials) != 2 || a.Materials[1].Name != "论证报告书" || a.Materials[0].Copies != 1 ||
		len(a.Bases) != 2 || a.Bases[0] != (items.Basis{Law: "水法", Article: "第七条"}) || a.Effective.String() != "2024-01-01" || a.Visits != 1 {
		t.Errorf("%+v", a)
	}
	if b.AgencyName != "某市水务局" || b.Name != "排污口设置审批" || len(b.Materials) != 0 || len(b.Bases) != 0 {
		t.Errorf("%+v", b)
	}
	for i, want := range []struct {
		at    int
		path  string
		words []string
	}{
		{0, "materials[1].copies", []string{"“十”不是数"}},
		{1, "type", []string{"D6格“事项类型”"}},
		{1, "promised", []string{"5日", "歧义", "G6格“承诺时限”"}},
		{1, "statutory", []string{"二十", "F6格"}},
		{1, "effective", []string{"2024.1", "L6格“施行日期”"}},
		{1, "颜色", []string{"蓝", "M6格"}},
		{1, "visits", []string{"视情形", "N6格"}},
		{2, "C7", []string{"合计"}},
		{3, "说明", []string{"没有读取"}},
	} {
		if !says(all[want.at], want.path, want.words...) {
			t.Errorf("%d: no finding at %s with %v among %+v", i, want.path, want.words, all[want.at].Findings)
		}
	}
	if !all[0].Foreign || all[0].Place != "Sheet1表第4行" {
		t.Errorf("%+v", all[0])
	}
}

// oddTable has headings on two rows, materials on rows that do not name their item,
// units and numbers of papers in brackets.
const oddTable = `政务服务事项,行使主体,办理时限（天）,,设定依据,,申请材料名称,收费标准
,,法定办结,承诺办结,法律法规,条款号,,
取水许可,某水利局,20,10个工作日,《水法》,第七条,"申请书（原件1份，复印件两份）",不收费
,,,,,,论证报告（已批准的）,
甲许可,某局,1个月,当场办结,《甲法》,,身份证（复印件一式三份）,每件五元
甲许可,某局,1个月,3个工作日,《甲法》,,身份证,每件五元
`

func TestHeadingsOnTwoRowsAndRowsWithoutANameAreOneTable(t *testing.T) {
	all, err := looked(fileWith("a.csv", oddTable))
	if err != nil || len(all) != 3 {
		t.Fatalf("%d %v", len(all), err)
	}
	a, b := all[0].Edition, all[1].Edition
	if a.AgencyName != "某水利局" || a.Promised != (clock.Limit{N: 10, Unit: clock.WorkingDays}) || len(a.Bases) != 1 || a.Bases[0] != (items.Basis{Law: "水法", Article: "第七条"}) || len(a.Fees) != 0 {
		t.Errorf("%+v", a)
	}
	if m := a.Materials; len(m) != 2 || m[0].Name != "申请书" || m[0].Kind != items.OriginalAndCopy || m[0].Copies != 3 || m[1].Name != "论证报告（已批准的）" {
		t.Errorf("%+v", m)
	}
	if m := b.Materials; len(m) != 1 || m[0].Kind != items.Duplicate || m[0].Copies != 3 || len(b.Fees) != 1 || b.Fees[0].Standard != "每件五元" {
		t.Errorf("%+v %+v", m, b.Fees)
	}
	if !says(all[0], "statutory", "20", "天", "歧义") {
		t.Errorf("%+v", all[0].Findings)
	}
	seen := map[items.ID]string{}
	for i := range all {
		all[i].Again(seen)
	}
	if !says(all[2], "item", "第5行") {
		t.Errorf("a row that is there twice is not told with the other's place: %+v", all[2].Findings)
	}
}

const plainTable = "事项名称,实施部门,事项类型,承诺时限\r\n“甲”许可,某局,行政许可,5个工作日\r\n\"乙\n许可\",某局,行政许可,即来即办\r\n"

func TestTextsOfEveryEncodingAreRead(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(plainTable)
	if err != nil {
		t.Fatal(err)
	}
	guide := "事项名称: 取水许可\r\n实施机关: 水务局\r\n承诺办结时限: 当场办结\r\n"
	gbkGuide, err := simplifiedchinese.GB18030.NewEncoder().String(guide)
	if err != nil {
		t.Fatal(err)
	}
	utf16 := "\xff\xfe"
	for _, r := range guide {
		utf16 += string([]byte{byte(r), byte(r >> 8)})
	}
	for _, tt := range []struct {
		name, file, text string
		entries          int
	}{
		{"a table", "a.csv", plainTable, 2},
		{"a table with a mark", "a.csv", "\xef\xbb\xbf" + plainTable, 2},
		{"a table in GBK", "a.csv", gbk, 2},
		{"a table of tabs under any name", "a.txt", strings.ReplaceAll(plainTable, ",", "\t"), 2},
		{"a guide in GB 18030", "g.yaml", gbkGuide, 1},
		{"a guide in UTF-16", "g.yaml", utf16, 1},
		{"a list in JSON", "a.json", `[{"itemName":"甲","deptName":"某局","promiseDay":"5个工作日"},{"item-name":"乙","dept":"某局"}]`, 2},
		{"what a service answers", "a.json", `{"code":0,"msg":"ok","data":{"total":1,"list":[{"task_name":"甲","dept_name":"某局","catalog_code":"000119001000","promise_day":5,"promise_type":"工作日"}]}}`, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all, err := looked(fileWith(tt.file, tt.text))
			if err != nil || len(all) != tt.entries {
				t.Fatalf("%d entries, %v", len(all), err)
			}
			for _, e := range all {
				if e.Edition == nil || e.Edition.Name == "" || e.Edition.AgencyName == "" {
					t.Errorf("%+v", e.Findings)
				}
			}
		})
	}
}

func TestWhatIsOfAnotherKindIsSaid(t *testing.T) {
	for _, tt := range []struct {
		name, file, text string
		kind             intake.Kind
		rule, path       string
	}{
		{"a scheme", "a.yaml", "name: 开店一件事\nlead: 某局\nitems:\n- name: 设立登记\n  promise_limit: 2\n", intake.Scheme, "intake.kind", ""},
		{"themes of a province", "a.yaml", "region: 某省\nthemes: [出生, 身后]\n", intake.Scheme, "intake.kind", ""},
		{"a list that counts itself wrongly", "a.yaml", "kind: 不应出具的证明\ncount: 3\nitems: [甲证明, 乙证明]\n", intake.Listing, "list.count", "count"},
		{"a list that repeats itself", "a.yaml", "kind: 容缺清单\nrows: [甲证明, 甲证明]\n", intake.Listing, "list.repeated", "rows[1]"},
		{"a list with a gap", "a.yaml", "kind: 抽查清单\nlists:\n- rows: [{no: 1, item: 甲}, {no: 3, item: 乙}]\n", intake.Listing, "list.number", "lists[0].rows"},
		{"a list with a day that is none", "a.yaml", "kind: 清单\nschemes: [{region: 某市, date: 2024-02-31}]\n", intake.Listing, "list.day", "schemes[0].date"},
		{"a policy", "a.json", `{"title":"某政策","issuer":"某市","clauses":[{"no":1}]}`, intake.Policy, "intake.kind", ""},
		{"messages", "a.jsonl", `{"id":1,"title":"路灯不亮","text":"请修","reply":"已修"}` + "\n" + `{"id":2,"title":"噪声","text":"请管"}`, intake.Hotline, "intake.kind", ""},
		{"decision tables", "a.dmn", `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="d"></definitions>`, intake.Decisions, "intake.kind", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all, err := looked(fileWith(tt.file, tt.text))
			if err != nil || len(all) == 0 || all[0].Other == nil || all[0].Other.Kind != tt.kind || all[0].Edition != nil {
				t.Fatalf("%+v %v", all, err)
			}
			for _, f := range all[0].Findings {
				if f.Rule == tt.rule && f.Path == tt.path {
					return
				}
			}
			t.Errorf("no %s at %s in %+v", tt.rule, tt.path, all[0].Findings)
		})
	}
	for name, text := range map[string]string{"intake.oldbook": "\xd0\xcf\x11\xe0\xa1\xb1", "intake.pdf": "%PDF-1.7 x", "intake.encoding": "a\x00b", "intake.unknown": "水: 清\n", "intake.json": "[{\"name\": 1},"} {
		if _, err := looked(fileWith("x", text)); fault.Code(err) != name {
			t.Errorf("%q: %v, want %s", text, err, name)
		}
	}
}
