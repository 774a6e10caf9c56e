package cases_test

import (
	"testing"

	"tongban/data"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

func TestACitySetsHowSoonARegulatorNotesTheReceipt(t *testing.T) {
	shipped, err := data.Linkage.ReadFile("linkage.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, text, says, code string
	}{
		{"what ships", string(shipped), "2个工作日", ""},
		{"a city's own", "receive: 5\n", "5个工作日", ""},
		{"nothing said", "{}\n", "", "cases.linkage"},
		{"less than a day", "receive: 0\n", "", "cases.linkage"},
		{"past hoping", "receive: 21\n", "", "cases.linkage"},
	} {
		l, err := cases.ReadLinkage([]byte(tt.text))
		if (err == nil) != (tt.code == "") || err != nil && fault.Code(err) != tt.code || err == nil && l.String() != tt.says {
			t.Errorf("%s: %s %v", tt.name, l, err)
		}
	}
	if _, err := cases.ReadLinkage([]byte("recieve: 2\n")); err == nil {
		t.Error("a word nobody knows was let pass")
	}
}
