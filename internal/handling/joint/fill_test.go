package joint

import (
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
)

// What an earlier part's certificate says is filled in, whatever the later form calls it.
func TestALaterPartTakesTheCodeFromTheEarlierResult(t *testing.T) {
	face := Face{Type: "营业执照", Number: "执-1", Lines: map[string]string{"统一社会信用代码": "91320300MA1234567X"}}
	for _, tt := range []struct {
		name  string
		field forms.Field
		want  string
	}{
		{"by its label", forms.Field{Label: "统一社会信用代码"}, "91320300MA1234567X"},
		{"by its element", forms.Field{Label: "单位代码", Element: "统一社会信用代码"}, "91320300MA1234567X"},
		{"by what fills it", forms.Field{Label: "单位代码", Prefill: "org.uscc"}, "91320300MA1234567X"},
		{"the number of the paper, by its label", forms.Field{Label: "营业执照编号"}, "执-1"},
		{"what the paper does not say", forms.Field{Label: "注册资本"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.field.ID, tt.field.Kind = "码", forms.Text
			e := &items.Edition{Form: forms.Form{Groups: []forms.Group{{ID: "g", Fields: []forms.Field{tt.field}}}}}
			a := Application{Fields: []From{{"码", "设立"}}}
			a.fill("一件事", e, map[items.ID]Face{"设立": face}, nil, calendar.Parse("2026-03-02"))
			if got := a.Answers["码"]; got != tt.want {
				t.Errorf("filled in %q, not %q", got, tt.want)
			}
		})
	}
}
