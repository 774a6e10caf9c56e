package itemsheet_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/itemsheet"
	"tongban/internal/catalogue/items/itemstest"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

// written is a workbook of items.
func written(t testing.TB, all ...*items.Edition) []byte {
	t.Helper()
	w := itemsheet.NewWriter()
	for _, e := range all {
		w.Add(e)
	}
	var b bytes.Buffer
	if _, err := w.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read reads a workbook and gathers everything that is wrong with it.
func read(t testing.TB, file []byte) ([]*items.Edition, []itemsheet.Fault) {
	t.Helper()
	book, err := itemsheet.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var all []*items.Edition
	var faults []itemsheet.Fault
	general, err := book.Each(func(e itemsheet.Entry) error {
		all, faults = append(all, e.Edition), append(faults, e.Faults...)
		return nil
	}, func() { all, faults = nil, nil })
	if err != nil {
		t.Fatal(err)
	}
	return all, append(faults, general...)
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTheSampleIsReadAsItWasWritten(t *testing.T) {
	want := itemstest.Sample(t)
	got, faults := read(t, written(t, want...))
	if len(faults) > 0 || len(got) != len(want) {
		t.Fatalf("%d of %d, %+v", len(got), len(want), faults)
	}
	for i := range want {
		if d := cmp.Diff(asJSON(t, want[i]), asJSON(t, got[i])); d != "" {
			t.Errorf("%s: %s", want[i].Item, d)
		}
	}
}

// anyText is a text with everything in it that could divide, quote or steer.
func anyText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		s := rapid.StringOfN(rapid.SampledFrom([]rune("食品经营许可第条《》：；、^=/\\'\"<>&@+-_x0041 n\n，。ab1＝")), 0, 14, -1).Draw(t, "text")
		return strings.TrimSpace(s)
	})
}

func some[T any](t *rapid.T, name string, one func(i int) T) []T {
	var all []T
	for i := range rapid.IntRange(0, 3).Draw(t, name) {
		all = append(all, one(i))
	}
	return all
}

func anyLines(t *rapid.T, name string) []string {
	var all []string
	for _, s := range some(t, name, func(int) string { return anyText().Draw(t, name) }) {
		if s != "" {
			all = append(all, s)
		}
	}
	return all
}

func anyLimit(t *rapid.T, name string) clock.Limit {
	return clock.Limit{N: rapid.IntRange(0, 40).Draw(t, name), Unit: rapid.SampledFrom([]clock.Unit{clock.WorkingDays, clock.CalendarDays, clock.WorkingHours, clock.Months, clock.Years}).Draw(t, name)}
}

func anyBases(t *rapid.T) []items.Basis {
	return some(t, "bases", func(int) items.Basis {
		return items.Basis{Law: anyText().Draw(t, "law"), Article: anyText().Draw(t, "article"), Text: anyText().Draw(t, "words")}
	})
}

func anyEdition(t *rapid.T, id string) *items.Edition {
	s := func(name string) string { return anyText().Draw(t, name) }
	yes := func(name string) bool { return rapid.Bool().Draw(t, name) }
	e := &items.Edition{
		Item: items.ID(id), Number: rapid.IntRange(0, 9).Draw(t, "number"), State: items.Draft, Name: s("name"), FormerNames: anyLines(t, "former"), FormerCodes: anyLines(t, "codes"), Handover: items.Handover{From: s("from"), FromName: s("from name"), Cases: rapid.Bool().Draw(t, "cases"), Why: s("why")}, Synonyms: anyLines(t, "synonyms"),
		Type: rapid.SampledFrom(items.Types()).Draw(t, "type"), Level: items.City, Region: s("region"), Agency: s("agency"), AgencyName: s("agencyName"),
		Objects: []items.Object{items.Person, items.Unlimited}, Kind: items.Promise, Bases: anyBases(t), Statutory: anyLimit(t, "statutory"), Promised: anyLimit(t, "promised"),
		StatutoryNote: s("note"), Quota: s("quota"), Quantity: items.Quantity{N: rapid.IntRange(0, 9).Draw(t, "places"), Unit: s("unit"), Period: rapid.SampledFrom(items.Periods()).Draw(t, "period"), Per: s("per"), Order: rapid.SampledFrom(items.Orders()).Draw(t, "order"), Basis: anyBases(t)},
		PayOnline: yes("pay"), Ways: []items.Way{items.Net, items.ByMail}, Visits: rapid.IntRange(0, 3).Draw(t, "visits"),
		Rights: anyLines(t, "rights"), Plain: s("plain"), Effective: calendar.Parse("2026-01-01"),
		Conditions: some(t, "conditions", func(i int) items.Condition {
			return items.Condition{ID: fmt.Sprint("c", i), Kind: items.Prohibition, Text: s("text"), When: s("when"), Basis: anyBases(t)}
		}),
		Materials: some(t, "materials", func(i int) items.Material {
			return items.Material{ID: fmt.Sprint("m", i), Name: s("name"), Necessity: items.Must, Copies: rapid.IntRange(0, 9).Draw(t, "copies"), Basis: anyBases(t), Proves: anyLines(t, "proves"), Note: s("note"), Deferrable: yes("deferrable")}
		}),
		Questions: some(t, "questions", func(i int) forms.Question {
			return forms.Question{ID: fmt.Sprint("q", i), Text: s("text"), Options: some(t, "options", func(j int) forms.Option { return forms.Option{Value: fmt.Sprint(j, s("value")), Label: s("label")} })}
		}),
		Form: forms.Form{Groups: some(t, "groups", func(i int) forms.Group {
			return forms.Group{ID: fmt.Sprint("g", i), Title: s("title"), When: s("when"), Fields: some(t, "fields", func(j int) forms.Field {
				return forms.Field{ID: fmt.Sprint("f", j), Label: s("label"), Kind: forms.Text, Required: yes("required")}
			})}
		})},
		Fees: some(t, "fees", func(i int) items.Fee {
			return items.Fee{Name: fmt.Sprint("费", i), Standard: s("standard"), Basis: anyBases(t)}
		}),
		FAQ: some(t, "faq", func(i int) items.QA { return items.QA{Q: fmt.Sprint("问", i), A: s("a")} }),
	}
	if steps := some(t, "steps", func(i int) flow.Step {
		return flow.Step{ID: fmt.Sprint("s", i), Name: s("step"), Limit: anyLimit(t, "limit"), Apart: anyLines(t, "apart"), Standard: s("standard")}
	}); len(steps) > 0 {
		e.Procedure = flow.FromSteps(id, e.Name, steps)
	}
	if yes("diagram") { // one that no table can say
		e.Procedure.Nodes = append(e.Procedure.Nodes, flow.Node{ID: "loose", Kind: flow.Task, Name: s("loose")})
	}
	return e
}

func TestImportIsTheInverseOfExport(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var want []*items.Edition
		for i := range rapid.IntRange(1, 3).Draw(r, "items") {
			want = append(want, anyEdition(r, fmt.Sprint("item-", i)))
		}
		got, faults := read(t, written(t, want...))
		if len(faults) > 0 || len(got) != len(want) {
			r.Fatalf("%d of %d, %+v", len(got), len(want), faults)
		}
		for i := range want {
			if d := cmp.Diff(asJSON(t, want[i]), asJSON(t, got[i])); d != "" {
				r.Fatal(d)
			}
		}
	})
}

// table is a workbook as another program writes it: sheets of rows.
func table(t testing.TB, sheets map[string][][]any, merge ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for name, rows := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := f.SetSheetRow(name, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, m := range merge {
		sheet, cells, _ := strings.Cut(m, "!")
		from, to, _ := strings.Cut(cells, ":")
		if err := f.MergeCell(sheet, from, to); err != nil {
			t.Fatal(err)
		}
	}
	f.DeleteSheet("Sheet1")
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestATableWrittenByHand(t *testing.T) {
	got, faults := read(t, table(t, map[string][][]any{
		"事项": {{"事项标识*", "事项名称", "事项类型", "服务对象", "法定时限", "法定时限单位", "承诺办结时限", "到办事现场次数", "施行日期", "行使层级", "是否收费"},
			{"b", "取水许可", "XK", "1^2", 20, "个工作日", "即办", 0, 46023, 3, "否"},
			{"a", "居住证", "行政确认", "自然人、其他组织", "15个工作日", "", "10工作日", 1.0, "2026年1月1日", "县级", "否"}},
		"材料": {{"事项标识", "材料名称", "材料必要性", "份数"}, {"a", "身份证", 1, 1}, {nil, "照片", "非必要", 2}, {"b", "申请书", "必要", 2}},
	}, "材料!A2:A3"))
	if len(got) != 2 {
		t.Fatalf("%d items", len(got))
	}
	b, a := got[0], got[1]
	if b.Type != items.Licence || len(b.Objects) != 2 || b.Statutory != (clock.Limit{N: 20, Unit: clock.WorkingDays}) || b.Promised != clock.Immediate ||
		b.Effective.String() != "2026-01-01" || b.Level != items.City || len(b.Materials) != 1 {
		t.Errorf("%s", asJSON(t, b))
	}
	if a.Effective.String() != "2026-01-01" || a.Objects[1] != items.Organisation || a.Visits != 1 || len(a.Materials) != 2 || a.Materials[0].Necessity != items.Must || a.Materials[1].Copies != 2 {
		t.Errorf("%s", asJSON(t, a))
	}
	if len(faults) != 1 || faults[0].Place() != "事项!K1（是否收费）" || !faults[0].Warning {
		t.Errorf("%+v", faults)
	}
}

func TestEveryBadCellIsTold(t *testing.T) {
	for _, tt := range []struct {
		name, place, say string
		sheets           map[string][][]any
	}{
		{"a word that is no type", "事项!B2（事项类型）", "应是行政许可", map[string][][]any{"事项": {{"事项标识", "事项类型"}, {"a", "审批"}}}},
		{"a code of two meanings", "事项!B2（办件类型）", "不同的含义", map[string][][]any{"事项": {{"事项标识", "办件类型"}, {"a", 1}}}},
		{"a code of two meanings among several", "事项!B2（服务对象）", "不同的含义", map[string][][]any{"事项": {{"事项标识", "服务对象"}, {"a", "1^6"}}}},
		{"a limit without a unit", "事项!B2（法定时限）", "没有单位", map[string][][]any{"事项": {{"事项标识", "法定时限"}, {"a", 20}}}},
		{"a limit of doubtful days", "事项!C2（法定时限单位）", "有歧义", map[string][][]any{"事项": {{"事项标识", "法定时限", "法定时限单位"}, {"a", 20, "日"}}}},
		{"a day that is none", "事项!B2（施行日期）", "应是日期", map[string][][]any{"事项": {{"事项标识", "施行日期"}, {"a", "明年"}}}},
		{"copies that are no number", "材料!B2（份数）", "应是整数", map[string][][]any{"事项": {{"事项标识"}, {"a"}}, "材料": {{"事项标识", "份数"}, {"a", "若干"}}}},
		{"neither yes nor no", "材料!B2（可容缺）", "应是“是”", map[string][][]any{"事项": {{"事项标识"}, {"a"}}, "材料": {{"事项标识", "可容缺"}, {"a", "看情况"}}}},
		{"an item twice", "事项!A3（事项标识）", "与第2行重复", map[string][][]any{"事项": {{"事项标识"}, {"a"}, {"a"}}}},
		{"an item without a name", "事项!A2（事项标识）", "应填写", map[string][][]any{"事项": {{"事项标识", "事项名称"}, {"", "取水许可"}}}},
		{"a material of no item", "材料!A2（事项标识）", "没有归属", map[string][][]any{"事项": {{"事项标识"}, {"a"}}, "材料": {{"事项标识", "材料名称"}, {"b", "申请书"}}}},
		{"a material without its item", "材料!A3（事项标识）", "合并单元格", map[string][][]any{"事项": {{"事项标识"}, {"a"}}, "材料": {{"事项标识", "材料名称"}, {"a", "申请书"}, {nil, "照片"}}}},
		{"an unknown sheet", "附表", "不认识这张表", map[string][][]any{"事项": {{"事项标识"}, {"a"}}, "附表": {{"x"}}}},
		{"an unknown column", "材料!B1（颜色）", "不认识这一列", map[string][][]any{"事项": {{"事项标识"}, {"a"}}, "材料": {{"事项标识", "颜色"}, {"a", "红"}}}},
		{"a sheet without the key", "材料!A1", "第一行应是标题", map[string][][]any{"事项": {{"事项标识"}, {"a"}}, "材料": {{"材料名称"}, {"申请书"}}}},
		{"a broken diagram", "流程图", "不完整", map[string][][]any{"事项": {{"事项标识"}, {"a"}}, "流程图": {{"事项标识", "序号", "流程图内容"}, {"a", 1, "{"}}}},
		{"two procedures", "流程图", "只保留一处", map[string][][]any{"事项": {{"事项标识"}, {"a"}}, "环节": {{"事项标识", "环节名称"}, {"a", "审查"}}, "流程图": {{"事项标识", "序号", "流程图内容"}, {"a", 1, "{}"}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, faults := read(t, table(t, tt.sheets))
			for _, f := range faults {
				if f.Place() == tt.place && strings.Contains(f.Say, tt.say) {
					return
				}
			}
			t.Errorf("want %s %s, got %+v", tt.place, tt.say, faults)
		})
	}
}

func TestABookWithoutItemsIsRefused(t *testing.T) {
	file := table(t, map[string][][]any{"材料": {{"事项标识"}}})
	if _, err := itemsheet.Open(bytes.NewReader(file), int64(len(file))); fault.Code(err) != "itemsheet.main" {
		t.Error(err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(written(f, itemstest.Sample(f)[0]))
	f.Add(table(f, map[string][][]any{"事项": {{"事项标识", "施行日期"}, {"a", 46023}}, "材料": {{"事项标识"}, {"a"}}}))
	f.Fuzz(func(t *testing.T, file []byte) {
		book, err := itemsheet.Open(bytes.NewReader(file), int64(len(file)))
		if err == nil {
			_, err = book.Each(func(e itemsheet.Entry) error { e.Edition.Check(); return nil }, func() {})
		}
		if err != nil && fault.Of(err) == fault.Internal {
			t.Fatal(err)
		}
	})
}
