package fault_test

import (
	"errors"
	"testing"

	"tongban/internal/ground/fault"
)

func TestFaultsAreToldTogether(t *testing.T) {
	days := fault.New(fault.Invalid, "a.days", "天数不对").At("days", "bound", "请填写1至10")
	reason := fault.New(fault.Invalid, "a.reason", "没有理由").At("reason", "required", "请写明理由")
	twice := fault.New(fault.Conflict, "a.twice", "已经延长过")
	broken := errors.New("disk full")
	for _, tt := range []struct {
		name   string
		all    []error
		code   string
		fields int
	}{
		{"two places", []error{days, nil, reason}, "a.days", 2},
		{"one place twice", []error{days, days}, "a.days", 1},
		{"what cannot be changed comes alone", []error{days, twice}, "a.twice", 0},
		{"nobody foresaw it", []error{days, broken}, "internal", 0},
	} {
		if err := fault.Together(tt.all...); fault.Code(err) != tt.code || len(fault.Fields(err)) != tt.fields {
			t.Errorf("%s: %v %v", tt.name, err, fault.Fields(err))
		}
	}
	if err := fault.Together(nil, nil); err != nil {
		t.Error(err)
	}
	if len(days.Fields) != 1 {
		t.Error("the first fault was changed")
	}
}
