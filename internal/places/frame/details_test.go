package frame_test

import (
	"strings"
	"testing"

	"github.com/a-h/templ"

	"tongban/internal/ground/fault"
	"tongban/internal/places/frame"
)

func TestWhatWasRefusedIsNotFoldedAway(t *testing.T) {
	refused := fault.New(fault.Invalid, "x", "请修改").At("place", "required", "请写明地点")
	for name, err := range map[string]error{"at first": nil, "at the field": refused, "somewhere else": fault.New(fault.Invalid, "x", "请修改").At("other", "required", "请写明")} {
		ctx := templ.WithChildren(t.Context(), frame.Input(frame.Field{Name: "place", Label: "地点"}.Faulty(err)))
		var b strings.Builder
		if err := frame.Details("附证据").Render(ctx, &b); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(b.String(), "<details class=\"more\" open>"); got != (err == refused) || !strings.Contains(b.String(), `name="place"`) {
			t.Errorf("%s: open %v\n%s", name, got, b.String())
		}
	}
}
