package frame_test

import (
	"strings"
	"testing"

	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// What shows that a case must end is optional only while a ground may be chosen that
// the case's own facts show.
func TestWhatMustBeShownOfAnEndIsNotCalledOptional(t *testing.T) {
	proved := cases.GroundNow{Ground: cases.Perished, Name: "申请人终止", Hint: "附注销登记"}
	told := cases.GroundNow{Ground: cases.Uncorrected, Name: "逾期没有补正", Facts: "至今没有补正"}
	shut := told
	shut.Why = "没有等待补正的告知"
	for _, tt := range []struct {
		name         string
		all          []cases.GroundNow
		said, unsaid string
	}{
		{"only what must be shown", []cases.GroundNow{shut, proved}, "没有等待补正的告知", "逾期未补正、未补交的不用填"},
		{"both", []cases.GroundNow{told, proved}, "逾期未补正、未补交的不用填", "没有等待补正的告知"},
		{"only what the facts tell", []cases.GroundNow{told}, "至今没有补正", "凭据"},
	} {
		out := shown(t, frame.EndingFields(tt.all, cases.Ending{}, nil))
		if !strings.Contains(out, tt.said) || strings.Contains(out, tt.unsaid) {
			t.Errorf("%s: %s", tt.name, out)
		}
	}
	if out := shown(t, frame.EndingFields([]cases.GroundNow{proved}, cases.Ending{}, nil)); strings.Count(out, "选填") != 1 {
		t.Errorf("only the words to the applicant are optional: %s", out)
	}
}
