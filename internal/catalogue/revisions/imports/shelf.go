package imports

import (
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/identity"
)

// A Shelf keeps what files hold as drafts and remembers what became of each.
type Shelf struct {
	Revisions *revisions.Service
	Key       string // of the import: what it kept before is its own
	File      string
	By        identity.Actor
	Good      bool // keep only what has no errors

	Left   []Line // what was not kept, and why: the first ones
	became map[string]revisions.Outcome
}

// Faulty is the outcome of what has errors where only the rest is wanted.
const Faulty revisions.Outcome = "有错误，没有存"

// Keep keeps a batch in one commit.
func (s *Shelf) Keep(ctx context.Context, batch []*intake.Entry) error {
	if s.became == nil {
		s.became = map[string]revisions.Outcome{}
	}
	var wanted []*intake.Entry
	var arrivals []revisions.Arrival
	for _, e := range batch {
		if s.Good && !e.Clean() {
			s.note(e, revisions.Taken{Outcome: Faulty, Say: "有错误；改正后重新上传，或者选择全部存为草稿"})
			continue
		}
		wanted = append(wanted, e)
		arrivals = append(arrivals, revisions.Arrival{Text: e.Edition, Drawing: e.Drawing, Of: e.Of, Place: e.Place, Findings: e.Findings, Rest: e.Rest})
	}
	taken, err := s.Revisions.Take(ctx, s.Key, s.File, arrivals, s.By)
	if err != nil {
		return err
	}
	for i, t := range taken {
		s.note(wanted[i], t)
	}
	return nil
}

func (s *Shelf) note(e *intake.Entry, t revisions.Taken) {
	key := e.File + "\x00" + e.Place
	if _, known := s.became[key]; !known && t.Outcome != revisions.Kept && t.Outcome != revisions.Same && len(s.Left) < mostShown {
		l := Line{Place: e.Place, Item: t.Item, Finding: items.Finding{Rule: "imports.left", Severity: items.Warning, Path: "item", Say: t.Say}}
		if e.Edition != nil {
			l.Item, l.Name = e.Edition.Item, e.Edition.Name
		}
		s.Left = append(s.Left, l)
	}
	s.became[key] = t.Outcome
}

// Outcomes counts what became of everything.
func (s *Shelf) Outcomes() map[revisions.Outcome]int {
	counts := map[revisions.Outcome]int{}
	for _, o := range s.became {
		counts[o]++
	}
	return counts
}
