package frame

import (
	"context"
	"errors"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
)

// ReadEvidence reads EvidenceFields and keeps the files. What is written of place
// and time is said of all of them; where nothing is written each says it itself.
func ReadEvidence(ctx context.Context, f *page.Form, into blob.Store) ([]cases.Evidence, error) {
	var all []cases.Evidence
	at := takenAt(f)
	if err := f.Err(); err != nil {
		return nil, err
	}
	for _, sent := range f.Files("evidence") {
		file, err := Keep(ctx, sent, "evidence", into)
		if err != nil {
			return nil, err
		}
		one, err := cases.Evidence{File: file, Place: f.Text("place"), At: at}.Seen(ctx, into)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// takenAt reads when the evidence was taken: 2026-03-02T10:30, as browsers send it.
func takenAt(f *page.Form) time.Time {
	text := f.Text("taken")
	if text == "" {
		return time.Time{}
	}
	t, err := time.ParseInLocation("2006-01-02T15:04", strings.Replace(text, " ", "T", 1), calendar.Zone)
	if err != nil {
		f.Refuse("taken", "time", "请写成 2026-03-02T10:30 的样子")
	}
	return t
}

// WithEvidence is what ReadEvidence refused, together with what the rule says of the
// rest of the form.
func WithEvidence(err, also error) error { return fault.Together(err, AtEvidence(also)) }

// AtEvidence is err with what it says of single pieces of evidence at the fields
// of EvidenceFields, which are asked for once for all of them.
func AtEvidence(err error) error {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err
	}
	moved, said := *e, map[string]bool{}
	moved.Fields = nil
	for _, f := range e.Fields {
		if strings.HasPrefix(f.Path, "evidence[") {
			_, part, _ := strings.Cut(f.Path, "].")
			f.Path = map[string]string{"place": "place", "at": "taken"}[part]
			f.Path = or(f.Path, "evidence")
		}
		if !said[f.Path] {
			moved.Fields = append(moved.Fields, f)
		}
		said[f.Path] = true
	}
	return &moved
}
