package cases_test

import (
	"testing"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

func TestEvidenceSaysWhereAndWhen(t *testing.T) {
	now := time.Date(2026, 6, 15, 2, 0, 0, 0, time.UTC)
	whole := cases.Evidence{File: cases.File{Hash: "h", Name: "现场.jpg"}, Place: "后厨", At: now}
	for _, tt := range []struct {
		name   string
		change func(*cases.Evidence)
		code   string // path and code of the field at fault
	}{
		{"whole", func(*cases.Evidence) {}, ""},
		{"no file", func(e *cases.Evidence) { e.Hash = "" }, "evidence[0] file"},
		{"nowhere", func(e *cases.Evidence) { e.Place = "" }, "evidence[0].place required"},
		{"at no time", func(e *cases.Evidence) { e.At = time.Time{} }, "evidence[0].at required"},
		{"to come", func(e *cases.Evidence) { e.At = now.Add(time.Second) }, "evidence[0].at past"},
		{"a year that lacks a digit", func(e *cases.Evidence) { e.At = now.AddDate(-1824, 0, 0) }, "evidence[0].at early"},
	} {
		e, got := whole, ""
		tt.change(&e)
		if fields := fault.Fields(cases.CheckEvidence([]cases.Evidence{e}, now)); len(fields) > 0 {
			got = fields[0].Path + " " + fields[0].Code
		}
		if got != tt.code {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.code)
		}
	}
	if err := cases.CheckEvidence(make([]cases.Evidence, 21), now); err == nil {
		t.Error("more than an opinion may rest on were taken in")
	}
}
