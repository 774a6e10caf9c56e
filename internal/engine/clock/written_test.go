package clock

import (
	"testing"

	"tongban/internal/ground/fault"
)

func TestAnExtensionIsRefusedForAllThatIsWrong(t *testing.T) {
	err := Extension{Limit: Limit{99, WorkingDays}}.written(Limit{10, WorkingDays})
	if got := fault.Fields(err); len(got) != 2 || got[0].Path != "reason" || got[1].Path != "days" {
		t.Errorf("%v: %v", err, got)
	}
	if err := (Extension{Limit: Limit{10, WorkingDays}, Reason: "复杂"}).written(Limit{10, WorkingDays}); err != nil {
		t.Error(err)
	}
}
