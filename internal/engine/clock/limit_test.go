package clock_test

import (
	"encoding/json"
	"testing"

	"github.com/goccy/go-yaml"
	"tongban/internal/engine/clock"
)

func TestParseLimit(t *testing.T) {
	for _, tt := range []struct{ text, says, code string }{
		{"20个工作日", "20个工作日", ""},
		{" 20 工作日 ", "20个工作日", ""},
		{"60自然日", "60个自然日", ""},
		{"4小时", "4个工作小时", ""},
		{"6个月", "6个月", ""},
		{"3年", "3年", ""},
		{"0个工作日", "即时办结", ""},
		{"即办", "即时办结", ""},
		{"无", "无时限", ""},
		{"", "无时限", ""},
		{"15日", "", "clock.unit.ambiguous"},
		{"3天", "", "clock.unit.ambiguous"},
		{"3旬", "", "clock.unit.unknown"},
		{"99999个工作日", "", "clock.limit.range"},
		{"工作日", "", "clock.limit.text"},
		{"-1个工作日", "", "clock.limit.text"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			l, err := clock.ParseLimit(tt.text)
			if codeOf(err) != tt.code {
				t.Fatalf("fault %v, want %q", err, tt.code)
			}
			if err == nil && l.String() != tt.says {
				t.Errorf("%+v says %s, want %s", l, l, tt.says)
			}
			if again, _ := clock.ParseLimit(l.String()); err == nil && again != l {
				t.Errorf("%s read again is %+v, was %+v", l, again, l)
			}
		})
	}
}

func TestNoLimitIsNotImmediate(t *testing.T) {
	if l := (clock.Limit{}); !l.None() || l.Immediate() {
		t.Error("the zero limit must be none")
	}
	if l := clock.Immediate; l.None() || !l.Immediate() {
		t.Error("即办 must be a limit")
	}
}

func TestLimitsAreReadFromFiles(t *testing.T) {
	var l clock.Limit
	if err := json.Unmarshal([]byte(`{"n":20,"unit":"个工作日"}`), &l); err != nil || l != twenty {
		t.Errorf("JSON: %+v, %v", l, err)
	}
	if err := yaml.Unmarshal([]byte("n: 20\nunit: 工作日\n"), &l); err != nil || l != twenty {
		t.Errorf("YAML: %+v, %v", l, err)
	}
	if err := json.Unmarshal([]byte(`{"n":20,"unit":"旬"}`), &l); codeOf(err) != "clock.unit.unknown" {
		t.Errorf("an unknown unit was read: %v", err)
	}
}

func FuzzParseLimit(f *testing.F) {
	for _, s := range []string{"20个工作日", "即办", "15日", "00005 years", "3\u00a0年"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := clock.ParseLimit(s)
		if err != nil {
			return
		}
		if again, err := clock.ParseLimit(l.String()); err != nil || again.String() != l.String() {
			t.Errorf("%q is %s, read again %s, %v", s, l, again, err)
		}
	})
}
