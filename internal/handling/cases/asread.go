package cases

import (
	"reflect"
	"slices"
	"time"

	"tongban/internal/ground/event"
)

// usual are the acts of which most cases consist.
var usual = []Act{Submit, Accept, Review, Decide, Certify}

var _ event.Foreseen = Moved{}

// AsRead implements event.Foreseen: a usual act reads as it was said, but that what is
// empty is not written, and that the zone of the office has no name in what is written.
func (m Moved) AsRead() (event.Fact, bool) {
	m.plain = ""
	m.Materials, m.Verdicts, m.Evidence = unlessEmpty(m.Materials), unlessEmpty(m.Verdicts), unlessEmpty(m.Evidence)
	m.Promises, m.Offers, m.Owing, m.Pledges = unlessEmpty(m.Promises), unlessEmpty(m.Offers), unlessEmpty(m.Owing), unlessEmpty(m.Pledges)
	if !slices.Contains(usual, m.Act) || !m.simple() {
		return nil, false
	}
	if m.Decision != nil {
		m.Decision = m.Decision.asRead()
	}
	return m, true
}

// simple reports whether the move brings nothing but that of which it is known how it
// reads: what has parts that may be empty, or instants, is not.
func (m Moved) simple() bool {
	if m.Filing != nil && m.Filing.Signed != nil || m.Work != nil && m.Work.Evidence != nil || m.Words != nil && len(m.Words) == 0 ||
		m.Answers != nil && len(m.Answers) == 0 || slices.ContainsFunc(m.Materials, Handed.odd) {
		return false
	}
	m.Case, m.Seq, m.Act, m.From, m.To, m.By, m.At = "", 0, "", "", "", Doer{}, time.Time{}
	m.Paper, m.Words, m.Marks, m.Filing, m.Answers, m.Credit, m.Materials = "", nil, 0, nil, nil, nil, nil
	m.Verdicts, m.Work, m.Decision, m.Until, m.Received, m.Produced, m.Reason, m.Basis = nil, nil, nil, 0, 0, "", "", ""
	return reflect.ValueOf(m).IsZero()
}

// odd reports whether what was handed in has no files where it might have had some.
func (h Handed) odd() bool { return h.Verdict != nil || h.Files != nil && len(h.Files) == 0 }

func (d Decision) asRead() *Decision {
	text, _ := d.At.MarshalText() // the fact was written, so this can be
	_ = d.At.UnmarshalText(text)  // and this is what was just written
	return &d
}

func unlessEmpty[T any](all []T) []T {
	if len(all) == 0 {
		return nil
	}
	return all
}
