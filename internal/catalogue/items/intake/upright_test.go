package intake_test

import (
	"bytes"
	"io"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/engine/clock"
)

// A guide filled in like a form: elements beside their values, several pairs a
// row, a list that goes on beneath, a second item below the first.
func TestGuidesFilledInLikeAFormAreRead(t *testing.T) {
	all, err := looked(bookOf(t, [][]any{
		{"办事指南"},
		{"基本信息", "事项名称", "户外广告设置许可", "事项类型", "行政许可"},
		{nil, "实施主体", "某区城市管理局", "行使层级", "县"},
		{nil, "法定办结时限", "２０个工作日", "承诺办结时限", "三个工作日"},
		{nil, "办理地点", "某区政务服务中心二楼", "办理时间", "周一至周五9:00-17:00"},
		{"申请条件", nil, "1. 符合规划；2. 载体安全"},
		{"申请材料", nil, "设置申请表"},
		{nil, nil, "效果图"},
		{"免费停车", nil, "门前可停"},
		{"事项名称", "临时占道许可", "实施主体", "某区城市管理局"},
		{"承诺时限", "即办"},
		{"收费", "不收费"},
	}, [2]string{"A2", "A5"}, [2]string{"A7", "A8"}))
	if err != nil || len(all) != 2 {
		t.Fatalf("%d %v", len(all), err)
	}
	e := all[0].Edition
	if e.Name != "户外广告设置许可" || e.Type != items.Licence || e.Level != items.County || e.Statutory != (clock.Limit{N: 20, Unit: clock.WorkingDays}) || e.Promised.N != 3 ||
		len(e.Conditions) != 2 || len(e.Materials) != 2 || e.Materials[1].Name != "效果图" || len(e.Places) != 1 || e.Places[0].Hours != "周一至周五9:00-17:00" {
		t.Errorf("%+v", e)
	}
	if all[0].Rest["免费停车"] != "门前可停" || !says(all[0], "A1", "办事指南") {
		t.Errorf("%+v %+v", all[0].Rest, all[0].Findings)
	}
	if e := all[1].Edition; e.Name != "临时占道许可" || e.Promised != clock.Immediate || len(e.Fees) != 0 {
		t.Errorf("%+v", e)
	}
	all[0].Check(nil, 0)
	if !says(all[0], "materials[0].copies", "A7格") || !says(all[0], "phone", "请填写") {
		t.Errorf("%+v", all[0].Findings)
	}
}

// One material a row, the item said again on each; the last row counts.
func TestRowsThatSayTheSameItemAgainAreOfIt(t *testing.T) {
	all, err := looked(bookOf(t, [][]any{
		{"序号", "事项名称", "部门", "申报材料", "材料份数", "是否必须", "材料来源", "时限单位", "法定时限", "承诺时限", "收费情况"},
		{1, "工伤认定", "人社局", "认定申请表", "一式两份", "是", "自备", "工作日", 60, 20, "免费"},
		{2, "工伤认定", "人社局", "医疗诊断证明", "各1", "是", "医院", "工作日", 60, 20, "免费"},
		{3, "工伤认定", "另一个局", "认定申请表", "1份", "否", "自备", "工作日", 60, 20, "免费"},
		{"合计", 3},
	}))
	if err != nil || len(all) != 3 {
		t.Fatalf("%d %v", len(all), err)
	}
	e := all[0].Edition
	if len(e.Materials) != 2 || e.Materials[0].Copies != 2 || e.Materials[0].Necessity != items.Must || e.Materials[0].Channel != items.ByApplicant || len(e.Fees) != 0 ||
		e.Promised != (clock.Limit{N: 20, Unit: clock.WorkingDays}) || e.Statutory != (clock.Limit{N: 60, Unit: clock.WorkingDays}) {
		t.Errorf("%+v", e)
	}
	all[0].Check(nil, 0)
	if !says(all[0], "materials[1].copies", "各1", "E3格") || !says(all[0], "materials[1].channel", "医院", "G3格") {
		t.Errorf("not at its cell: %+v", all[0].Findings)
	}
	if all[2].Edition != nil || !says(all[2], "B5", "合计") {
		t.Errorf("a row that counts is an item: %+v", all[2])
	}
}

// The headings of systems are read like those of people, and a finding points at them.
func TestRowsUnderTheHeadingsOfSystems(t *testing.T) {
	all, err := looked(bookOf(t, [][]any{
		{"task_name", "promise_day", "material_name", "copies", "是否必备"},
		{"工伤认定", "20个工作日", "认定申请表", "两份", "是"},
		{"工伤认定", "20个工作日", "诊断证明", 1, "看情况"},
	}))
	if err != nil || len(all) != 1 || all[0].Edition == nil {
		t.Fatalf("%d %v", len(all), err)
	}
	if m := all[0].Edition.Materials; len(m) != 2 || m[0].Name != "认定申请表" || m[0].Copies != 2 || m[0].Necessity != items.Must {
		t.Errorf("%+v", m)
	}
	all[0].Check(nil, 0)
	if !says(all[0], "materials[1].necessity", "看情况", "E3格") {
		t.Errorf("%+v", all[0].Findings)
	}
}

// What is hidden is read and told; a cell that shows no value is told, not passed over.
func TestWhatIsHiddenOrShowsNoValueIsTold(t *testing.T) {
	table := bookOf(t, [][]any{
		{"事项名称", "实施主体", "承诺时限", "到现场次数"},
		{"甲", "某局", nil, 1}, {"乙", "某局", "5个工作日", 0},
	})
	text := make([]byte, table.Size)
	if _, err := table.ReadAt(text, 0); err != nil && err != io.EOF {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var b bytes.Buffer
	if _, err := book.NewSheet("旧"); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		book.SetCellFormula("Sheet1", "C2", `D2&"个工作日"`), book.SetRowVisible("Sheet1", 3, false), book.SetSheetRow("旧", "A1", &[]any{"事项名称", "承诺时限"}), book.SetSheetRow("旧", "A2", &[]any{"丙", "9个工作日"}), book.SetSheetVisible("旧", false), book.Write(&b),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	all, err := looked(intake.File{Name: "x.xlsx", Size: int64(b.Len()), ReaderAt: bytes.NewReader(b.Bytes())})
	if err != nil || len(all) != 4 {
		t.Fatalf("%d %v", len(all), err)
	}
	if !says(all[0], "C2", "公式没有算出的值") || !says(all[3], "Sheet1", "1行是隐藏的") || !says(all[3], "旧", "隐藏的工作表") {
		t.Errorf("%+v %+v", all[0].Findings, all[3].Findings)
	}
	if i := slices.IndexFunc(all, func(e intake.Entry) bool { return e.Edition != nil && e.Edition.Name == "丙" }); i < 0 {
		t.Error("what is hidden is dropped")
	}
}
