package halls

import (
	"testing"

	"tongban/data"
	"tongban/internal/ground/fault"
)

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name string
		turn func(*Hall)
		path string // of the first fault; "": sound
	}{
		{"a county's centre", func(*Hall) {}, ""},
		{"the old name 行政服务中心", func(h *Hall) { h.Name = "徐州市云龙区行政服务中心" }, "name"},
		{"a fancy name", func(h *Hall) { h.Name = "徐州市民之家" }, "name"},
		{"a centre that is called a branch", func(h *Hall) { h.Name = "徐州市公安政务服务分中心" }, "name"},
		{"a branch without an approval", func(h *Hall) { h.Kind, h.Name = Branch, "徐州市公安政务服务分中心" }, "approved"},
		{"a branch with one", func(h *Hall) {
			h.Kind, h.Name, h.Approved = Branch, "徐州市政务服务中心公安分中心", "徐政复〔2022〕1号"
		}, ""},
		{"a town's centre at the county", func(h *Hall) { h.Kind, h.Name = Town, "彭城街道便民服务中心" }, "region"},
		{"a town's centre", func(h *Hall) { h.Kind, h.Name, h.Region = Town, "彭城街道便民服务中心", "320303001000" }, ""},
		{"a village's station", func(h *Hall) { h.Kind, h.Name, h.Region = Station, "复兴社区便民服务站", "320303001001" }, ""},
		{"a village's station called a centre", func(h *Hall) { h.Kind, h.Name, h.Region = Station, "复兴社区便民服务中心", "320303001001" }, "name"},
		{"a point in a bank", func(h *Hall) { h.Kind, h.Name = Point, "农商行“苏服办”便民服务点" }, ""},
		{"two windows of one number", func(h *Hall) { h.Windows = append(h.Windows, h.Windows[0]) }, "windows"},
		{"a window of a field without one", func(h *Hall) { h.Windows[0] = Window{"B01", Field, ""} }, "windows"},
		{"a window number with a space", func(h *Hall) { h.Windows[0].No = "A 1" }, "windows"},
		{"no hours", func(h *Hall) { h.Hours = "" }, "hours"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := Hall{ID: "yl-centre", Name: "徐州市云龙区政务服务中心", Kind: Centre, Region: "320303000000", Address: "示例路", Hours: "9:00—17:00",
				Windows: []Window{{"A01", Any, "综合受理区"}}}
			tt.turn(&h)
			err := h.Check()
			if fields := fault.Fields(err); tt.path == "" && err != nil || tt.path != "" && (len(fields) == 0 || fields[0].Path != tt.path) {
				t.Errorf("got %v %v", err, fields)
			}
		})
	}
}

func TestSampleHalls(t *testing.T) {
	text, err := data.Sample.ReadFile("sample/halls.yaml")
	if err != nil {
		t.Fatal(err)
	}
	all, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[Kind]int{}
	for _, h := range all {
		kinds[h.Kind]++
		if lacks := h.Lacks(); len(lacks) > 0 {
			t.Errorf("%s lacks %v", h.Name, lacks)
		}
	}
	for _, k := range Kinds {
		if kinds[k] == 0 {
			t.Errorf("no %s", k)
		}
	}
}

func TestLacks(t *testing.T) {
	h := Hall{Kind: Town, Windows: []Window{{"A01", General, ""}}}
	if got := h.Lacks(); len(got) != 2 || got[0] != Helper || got[1] != Appeal {
		t.Errorf("lacks %v", got)
	}
}
