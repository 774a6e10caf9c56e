package guides_test

import (
	"slices"
	"testing"

	"tongban/internal/catalogue/guides"
	"tongban/internal/catalogue/items"
)

func TestWhatIsAssumedIsSaidAtItsSection(t *testing.T) {
	e := &items.Edition{Assumed: []string{"承诺时限", "环节和岗位的安排", "办理地点、电话和复议、诉讼机关", "时限"}}
	for section, want := range map[string][]string{
		"limits": {"承诺时限", "时限"}, "procedure": {"环节和岗位的安排"}, "places": {"办理地点、电话和复议、诉讼机关"},
		"complaints": {"办理地点、电话和复议、诉讼机关"}, "fees": nil, "no such section": nil,
	} {
		if got := guides.Assumed(e, section); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", section, got, want)
		}
	}
}
