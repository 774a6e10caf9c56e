package frame_test

import (
	"strings"
	"testing"

	"tongban/internal/places/frame"
)

// Of several questions on one screen the optional ones always said so; a question that
// has the screen to itself did not, and people took it for one they must answer.
func TestAnOptionalQuestionSaysSoAlone(t *testing.T) {
	for _, opt := range []bool{true, false} {
		f := frame.Field{Name: "a", Label: "退水地点", Head: true, Opt: opt}
		for name, out := range map[string]string{
			"input":  shown(t, frame.Input(f)),
			"radios": shown(t, frame.Radios(f, []frame.Choice{{Value: "a", Label: "提水"}})),
		} {
			if strings.Contains(out, "选填") != opt {
				t.Errorf("%s: optional %v\n%s", name, opt, out)
			}
		}
	}
}

func TestAStepOfSeveralQuestionsSaysWhichOneItIs(t *testing.T) {
	for asks, says := range map[int]bool{7: true, 1: false, 0: false} {
		out := shown(t, frame.Step(frame.View{}, frame.StepBar{Name: "取水许可", Step: 3, Of: 6, Ask: 4, Asks: asks}))
		if strings.Contains(out, "第 4 / 7 题") != says {
			t.Errorf("%d questions: %s", asks, out)
		}
	}
}
