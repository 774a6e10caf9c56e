package projects

import (
	"testing"
	"time"

	"tongban/internal/ground/fault"
)

// A project has a code of 24 characters: year, division, industry, kind, serial.
func TestAProjectHasACodeOfTheNationalPlatform(t *testing.T) {
	at := time.Date(2026, 6, 1, 2, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ name, code, kept, fault string }{
		{"as it was given out", "2026-320300-35-03-123456", "2026-320300-35-03-123456", ""},
		{"typed with an input method", " ２０２６－320300－35－03－123456 ", "2026-320300-35-03-123456", ""},
		{"given out by the province", "2019-320000-35-01-000001", "2019-320000-35-01-000001", ""},
		{"none", "", "", "codes.project"},
		{"one digit short", "2026-320300-35-03-12345", "", "codes.project"},
		{"without hyphens", "20263203003503123456", "", "codes.project"},
		{"a letter in the division", "2026-32030a-35-03-123456", "", "codes.project"},
		{"no such province", "2026-990300-35-03-123456", "", "codes.project.division"},
		{"of a year to come", "2027-320300-35-03-123456", "", "projects.code.future"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := factory(t)
			p.Code, p.Name, p.Place = tt.code, "二期厂房", "示例路1号"
			err := p.check(at)
			switch fields := fault.Fields(err); {
			case tt.fault == "" && (err != nil || p.Code != tt.kept):
				t.Errorf("%q %v", p.Code, err)
			case tt.fault != "" && (len(fields) != 1 || fields[0].Path != "code" || fields[0].Code != tt.fault):
				t.Errorf("refused at %v", fields)
			}
		})
	}
}
