package intake_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// bookOf is a workbook of one sheet with merged cells.
func bookOf(t *testing.T, rows [][]any, merged ...[2]string) intake.File {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range merged {
		if err := book.MergeCell("Sheet1", m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return intake.File{Name: "外省.xlsx", Size: int64(b.Len()), ReaderAt: bytes.NewReader(b.Bytes())}
}

// Headings on two rows, parts of one item under a merged name, and a column that
// has no heading.
func TestHeadingsOnTwoRowsAndPartsOfAnItem(t *testing.T) {
	all, err := looked(bookOf(t, [][]any{
		{"某省行政许可事项清单（2026年版）"},
		{"序号", "事项名称", "子项名称", "实施机关", "设定和实施依据", "办理时限"},
		{nil, nil, nil, nil, nil, "法定", "承诺"},
		{1, "商品房预售许可", nil, "市住建局", "《城市商品房预售管理办法》第六条", "自受理之日起10个工作日内", "5个工作日", "须双公示"},
		{2, "建筑工程施工许可", "新办", "市住建局", "《建筑法》第七条", "7个工作日", "即时办结"},
		{3, nil, "变更", "市住建局", "《建筑法》第七条", "7个工作日", "1个工作日"},
	}, [2]string{"A1", "G1"}, [2]string{"F2", "G2"}, [2]string{"B5", "B6"}))
	if err != nil || len(all) != 3 {
		t.Fatalf("%d %v", len(all), err)
	}
	for i, want := range []struct {
		name                string
		statutory, promised clock.Limit
	}{
		{"商品房预售许可", clock.Limit{N: 10, Unit: clock.WorkingDays}, clock.Limit{N: 5, Unit: clock.WorkingDays}},
		{"建筑工程施工许可（新办）", clock.Limit{N: 7, Unit: clock.WorkingDays}, clock.Immediate},
		{"建筑工程施工许可（变更）", clock.Limit{N: 7, Unit: clock.WorkingDays}, clock.Limit{N: 1, Unit: clock.WorkingDays}},
	} {
		if e := all[i].Edition; e.Name != want.name || e.Statutory != want.statutory || e.Promised != want.promised || e.AgencyName != "市住建局" {
			t.Errorf("%d: %s %v %v %s", i, e.Name, e.Statutory, e.Promised, e.AgencyName)
		}
	}
	if !says(all[0], "（第H列）", "须双公示") {
		t.Errorf("what has no heading is dropped: %+v", all[0].Findings)
	}
}

// Words and units of other provinces.
func TestWordsAndUnitsOfOtherProvinces(t *testing.T) {
	all, err := looked(bookOf(t, [][]any{
		{"权力事项名称", "职权类别", "责任单位", "法定期限", "法定期限单位", "承诺期限", "承诺期限单位", "生效时间", "现场次数"},
		{"户外广告设置审批", "行政许可", "市城管局", "法定90个自然日", nil, "即办", nil, 45992, "一次"},
		{"取水许可", "XK", "市水务局", 45, "自然日", 1, "月", "2026.3.1", "1-2次"},
		{"犬类登记", "其他权力", "市公安局", 60, "D", "0.5", "工作日", nil, 0},
	}))
	if err != nil || len(all) != 3 {
		t.Fatalf("%d %v", len(all), err)
	}
	a, b := all[0].Edition, all[1].Edition
	if a.AgencyName != "市城管局" || a.Type != items.Licence || a.Statutory != (clock.Limit{N: 90, Unit: clock.CalendarDays}) || a.Promised != clock.Immediate || a.Effective.String() != "2025-12-01" || a.Visits != 1 {
		t.Errorf("%+v", a)
	}
	if b.Type != items.Licence || b.Statutory != (clock.Limit{N: 45, Unit: clock.CalendarDays}) || b.Promised != (clock.Limit{N: 1, Unit: clock.Months}) {
		t.Errorf("%+v", b)
	}
	if !says(all[1], "visits", "1-2次", "I3格“现场次数”") || !says(all[2], "statutory", "60“D”", "D4格“法定期限”") || !says(all[2], "promised", "0.5工作日", "不是整数") {
		t.Errorf("%+v\n%+v", all[1].Findings, all[2].Findings)
	}
	_, err = looked(bookOf(t, [][]any{{"户外广告设置审批", "市城管局", 20}}))
	if fault.Code(err) != "itemsheet.main" || !bytes.Contains([]byte(err.Error()), []byte("市城管局")) {
		t.Errorf("a table without headings: %v", err)
	}
}
