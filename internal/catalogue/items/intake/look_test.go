package intake_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/catalogue/items/itemsheet"
	"tongban/internal/catalogue/items/itemstest"
	"tongban/internal/engine/flow/bpmn"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

func fileWith(name, text string) intake.File {
	return intake.File{Name: name, Size: int64(len(text)), ReaderAt: strings.NewReader(text)}
}

func asJSON(t testing.TB, e *items.Edition) string {
	t.Helper()
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// looked is what is in a file.
func looked(f intake.File) (all []intake.Entry, err error) {
	err = intake.Look(f, func(e intake.Entry) error {
		e.Check(nil, 0)
		all = append(all, e)
		return nil
	}, func() { all = nil })
	return all, err
}

func TestFilesOfEveryKind(t *testing.T) {
	a, b := itemstest.Sample(t)[0], itemstest.Sample(t)[1]
	one := asJSON(t, a)
	for _, tt := range []struct {
		name, file, text string
		entries          int
		foreign, sound   bool
	}{
		{"an edition in JSON", "a.json", one, 1, false, true},
		{"editions in lines", "a.jsonl", one + "\n\n" + asJSON(t, b) + "\n", 2, false, true},
		{"editions in lines, under another name", "a.txt", one + "\n" + asJSON(t, b), 2, false, true},
		{"documents of YAML", "a.yaml", "---\n" + one + "\n---\n" + asJSON(t, b) + "\n", 2, false, true},
		{"a guide", "g.yaml", "name: 取水许可\norg: 水务局\n", 1, true, false},
		{"a catalogue", "c.jsonl", `{"name": "甲", "dept": "某局"}` + "\n" + `{"name": "乙", "dept": "某局"}`, 2, true, false},
		{"a drawing", "p.bpmn", string(bpmn.Export(a.Procedure)), 1, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all, err := looked(fileWith(tt.file, tt.text))
			if err != nil || len(all) != tt.entries {
				t.Fatalf("%d, %v", len(all), err)
			}
			for _, e := range all {
				if e.Foreign != tt.foreign || e.Sound() != tt.sound {
					t.Errorf("%+v", e)
				}
			}
		})
	}
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	for text, code := range map[string]string{
		"": "intake.empty", "item: [": "items.read", "PK\x03\x04": "sheet.format",
		`<!DOCTYPE x [<!ENTITY a "b">]><definitions>&a;</definitions>`: "bpmn.",
	} {
		if _, err := looked(fileWith("x", text)); !strings.HasPrefix(fault.Code(err), code) {
			t.Errorf("%.30q: %v, want %s", text, err, code)
		}
	}
	all, err := looked(fileWith("x.jsonl", "{\"name\": \"甲\"}\n{\n"))
	if err != nil || len(all) != 2 || all[1].Findings[0].Rule != "foreign.line" || all[1].Place != "第2行" {
		t.Errorf("%+v %v", all, err)
	}
}

func TestQuestionsThatGoRoundInACircleAreRefused(t *testing.T) {
	e := itemstest.Sample(t)[0]
	e.Questions = append(e.Questions, forms.Question{ID: "甲问", Text: "甲？", When: `乙问 == "是"`}, forms.Question{ID: "乙问", Text: "乙？", When: `甲问 == "是"`})
	all, err := looked(fileWith("a.json", asJSON(t, e)))
	if err != nil || all[0].Sound() {
		t.Errorf("%+v %v", all, err)
	}
}

func TestJSONAndYAMLAreReadAsTheyWereWritten(t *testing.T) {
	for _, e := range itemstest.Sample(t) {
		all, err := looked(fileWith("a.json", asJSON(t, e)))
		if err != nil || asJSON(t, all[0].Edition) != asJSON(t, e) {
			t.Errorf("%s: %v", e.Item, err)
		}
	}
}

// A workbook whose sheets are in no order is read whole, and no item is taken
// over with a part of its rows.
func TestRowsInNoOrder(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		all := itemstest.Sample(t)
		w := itemsheet.NewWriter()
		for i := range all { // the rows of the first item's materials come last
			e := *all[i]
			if i == 0 {
				e.Materials = nil
			}
			w.Add(&e)
		}
		late := items.Edition{Item: all[0].Item, Materials: all[0].Materials}
		w.AddRows(&late)
		var b bytes.Buffer
		if _, err := w.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		files := []intake.File{{Name: "x.xlsx", Size: int64(b.Len()), ReaderAt: bytes.NewReader(b.Bytes())}}
		im := importer(db)
		r, err := im.Survey(t.Context(), files)
		if err != nil || r.Added != len(all) || r.Bad != 0 {
			t.Fatalf("%+v %v", r, err)
		}
		if n, err := im.Apply(t.Context(), files, r, false); err != nil || n != len(all) {
			t.Fatalf("%d %v", n, err)
		}
		got, err := im.Items.Edition(t.Context(), all[0].Item, 1)
		if err != nil || len(got.Materials) != len(all[0].Materials) {
			t.Errorf("%v %v", got, err)
		}
	})
}

func FuzzLook(f *testing.F) {
	f.Add("a.yaml", "name: 甲\n---\nitem: b\n")
	f.Add("a.jsonl", `{"name":"甲","item":1}`)
	f.Add("a.bpmn", `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><startEvent id="s"/></process></definitions>`)
	f.Fuzz(func(t *testing.T, name, text string) {
		if _, err := looked(fileWith(name, text)); err != nil && fault.Of(err) == fault.Internal {
			t.Fatal(err)
		}
	})
}

// What stands around an item goes with it, or is told.
func TestItemsWithinWhatStandsAroundThem(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		names      []string
		has        string // of the first, as JSON
		told       string
	}{
		{"an answer of a service", `{"code": 200, "msg": "ok", "data": {"itemName": "甲许可", "itemType": "行政许可", "promiseDay": "5", "promiseDayUnit": "工作日", "orgName": "某局", "hue": "蓝"}}`, []string{"甲许可"}, `"n":5`, "hue"},
		{"elements under headings", "办事指南:\n  基本信息: {事项名称: 甲许可, 事项类型: 行政许可, 承诺时限: 5个工作日}\n  申请材料: [{材料名称: 申请书}]\n  办理信息: {咨询电话: '123'}", []string{"甲许可"}, `"name":"申请书"`, ""},
		{"parts of an item", "事项名称: 运输许可\n事项类型: 行政许可\n业务办理项:\n- {业务办理项名称: 新办, 承诺时限: 5个工作日, 申请材料: [{材料名称: 甲}]}\n- {业务办理项名称: 变更, 承诺时限: 3个工作日, 申请材料: [{材料名称: 乙}]}", []string{"运输许可（新办）", "运输许可（变更）"}, `"type":"行政许可"`, ""},
		{"a list of an agency", "实施主体: 某局\n说明: 旧版\n事项:\n- {事项名称: 甲许可, 事项类型: 行政许可, 承诺时限: 5个工作日}", []string{"甲许可"}, `"agencyName":"某局"`, "说明"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all, err := looked(fileWith("a.yaml", tt.text))
			if err != nil || len(all) < len(tt.names) {
				t.Fatalf("%v %+v", err, all)
			}
			said := ""
			for i, e := range all {
				for _, f := range e.Findings {
					said += f.Say
				}
				if i < len(tt.names) && (e.Edition == nil || e.Edition.Name != tt.names[i]) {
					t.Fatalf("%d: %+v, want %s", i, e, tt.names[i])
				}
			}
			if !strings.Contains(asJSON(t, all[0].Edition), tt.has) || !strings.Contains(said, tt.told) {
				t.Errorf("%s\n%s", asJSON(t, all[0].Edition), said)
			}
		})
	}
}

// Files that are not what they are called are told by what they are.
func TestFilesOfOtherProgramsAreCalledByName(t *testing.T) {
	locked := []byte(zipped(t, "a.yaml"))
	for at := bytes.Index(locked, []byte("PK\x01\x02")); at >= 0; at = -1 {
		locked[at+8] |= 1
	}
	for name, tt := range map[string]struct{ text, code string }{
		"a page called XLS": {"<html><table><tr><td>事项名称</td></tr></table></html>", "intake.html"},
		"a table of 2003":   {`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`, "intake.oldbook"},
		"another XML":       {"<item/>", "bpmn.definitions"},
		"a letter":          {zipped(t, "[Content_Types].xml", "word/document.xml"), "intake.word"},
		"open documents":    {zipped(t, "mimetype", "content.xml"), "intake.ods"},
		"OFD":               {zipped(t, "OFD.xml"), "intake.ofd"},
		"a locked packing":  {string(locked), "intake.locked"},
	} {
		if _, err := looked(fileWith("x", tt.text)); fault.Code(err) != tt.code {
			t.Errorf("%s: %v, want %s", name, err, tt.code)
		}
	}
}

func zipped(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, n := range names {
		if _, err := w.Create(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestALineWithoutItsQuotationMarkIsTold(t *testing.T) {
	all, err := looked(fileWith("a.csv", "事项名称,事项类型,承诺时限\n\"甲,行政许可,5个工作日\n乙,行政许可,5个工作日\n"))
	if err != nil || len(all) != 1 || !says(all[0], "A2", "少了一个引号") {
		t.Errorf("%v %+v", err, all)
	}
	all, err = looked(fileWith("a.csv", "事项名称,事项类型,受理条件\n甲,行政许可,\"1.甲\n2.乙，丙\"\n"))
	if err != nil || len(all) != 1 || says(all[0], "C2") {
		t.Errorf("%v %+v", err, all)
	}
}

// 情形 in a column beside the papers is a question; fees on several rows are several.
func TestSituationsAndFeesOnSeveralRows(t *testing.T) {
	all, err := looked(fileWith("a.csv", "事项名称,事项类型,材料名称,适用情形,收费项目,收费标准\n甲许可,行政许可,申请书,,工本费,5元\n,,章程,新办,检验费,9元\n,,旧证,变更,,\n"))
	if err != nil || len(all) != 1 {
		t.Fatalf("%v %+v", err, all)
	}
	e := all[0].Edition
	if len(e.Questions) != 1 || len(e.Materials) != 3 || e.Materials[0].When != "" || e.Materials[1].When == "" || len(e.Fees) != 2 || e.Fees[1].Standard != "9元" {
		t.Errorf("%s", asJSON(t, e))
	}
}

func TestADocumentIsCalledOne(t *testing.T) {
	all, err := looked(fileWith("a.yaml", "title: 关于支持重点产业的意见\nissuer: 某县政府\ntext: 第一条\n"))
	if err != nil || len(all) != 1 || all[0].Other == nil || all[0].Other.Kind != intake.Document {
		t.Errorf("%v %+v", err, all)
	}
}
