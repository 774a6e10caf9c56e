package cases

import (
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
)

func TestARulingSaysWhatTheLawWants(t *testing.T) {
	licence, benefit := &items.Edition{Type: items.Licence}, &items.Edition{Type: items.Payment}
	for _, tt := range []struct {
		name   string
		ruling Ruling
		of     *items.Edition
		places []string
		say    string
	}{
		{"a refusal that says nothing", Ruling{}, licence, []string{"reason", "basis"}, "请写明不予许可的理由"},
		{"a benefit refused", Ruling{Basis: "办法"}, benefit, []string{"reason"}, "请写明不予给付的理由"},
		{"granted in spite of untrue papers", Ruling{Grant: true, False: true}, licence, []string{"false"}, "认定隐瞒情况或者提供虚假材料的，应当不予许可"},
		{"no licence, and untrue papers", Ruling{Reason: "不符", False: true}, benefit, []string{"basis", "false"}, "请写明法律依据"},
		{"granted", Ruling{Grant: true}, licence, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := fault.Fields(tt.ruling.worded(tt.of))
			if len(got) != len(tt.places) {
				t.Fatalf("%v", got)
			}
			for i, f := range got {
				if f.Path != tt.places[i] || i == 0 && f.Say != tt.say {
					t.Errorf("%v", f)
				}
			}
		})
	}
}
