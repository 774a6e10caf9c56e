package cases_test

import (
	"testing"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

func TestACitySaysWhatItsDecisionsAreCalled(t *testing.T) {
	shipped, err := data.Decisions.ReadFile("decisions.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, text, paper, code string }{
		{"what ships", string(shipped), "确认决定书", ""},
		{"a city's own", "行政确认: {says: 予以确认, paper: 行政确认书}\n", "行政确认书", ""},
		{"nothing said", "{}\n", "", ""},
		{"the law names a licence's", "行政许可: {says: 准予, paper: 许可书}\n", "", "cases.wording"},
		{"no such type", "行政确定: {says: 予以确认, paper: 确认书}\n", "", "cases.wording"},
		{"no paper", "行政确认: {says: 予以确认}\n", "", "cases.wording"},
		{"past hoping", "行政确认: {says: 予以确认, paper: 关于准予确认您所申请的各项事实和法律关系的决定书}\n", "", "cases.wording"},
	} {
		all, err := cases.ReadWordings([]byte(tt.text))
		if err != nil && fault.Code(err) != tt.code || (err == nil) != (tt.code == "") || err == nil && all[items.Confirmation].Paper != tt.paper {
			t.Errorf("%s: %v %v", tt.name, all, err)
		}
	}
	if _, err := cases.ReadWordings([]byte("行政确认: {say: 予以确认, paper: 确认书}\n")); err == nil {
		t.Error("a word nobody knows was let pass")
	}
}
