package items

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
)

// Counts are how many items are in force, by what one looks for them under.
type Counts struct {
	All, Person, Firm int
	Topics            map[string]int // see Edition.Topics
	Types             map[Type]int
	Levels            map[Level]int
	Agencies          map[string]int
	Regions           map[string]int // of exactly this division
}

// A Tally is how many items are alike in these respects.
type Tally struct {
	Type         Type
	Level        Level
	Region       string
	Agency       string
	Person, Firm bool
	N            int
}

// tallied is what Counts holds, and since when.
type tallied struct {
	counts Counts
	day    calendar.Day
	until  time.Time
}

// countsKept is how long counts are believed: pages show them beside every
// theme, and nobody minds that they are a minute old.
const countsKept = time.Minute

// Counts counts what is in force today, as of at most a minute ago. It is
// shared: do not change it.
func (s *Service) Counts(ctx context.Context) (Counts, error) {
	s.counting.Lock()
	defer s.counting.Unlock()
	now, today := s.Now(), s.today()
	if s.tallied.day == today && now.Before(s.tallied.until) {
		return s.tallied.counts, nil
	}
	topics, tallies, err := s.Store.Count(ctx, today)
	if err != nil {
		return Counts{}, err
	}
	s.tallied = tallied{summed(topics, tallies), today, now.Add(countsKept)}
	return s.tallied.counts, nil
}

func summed(topics map[string]int, tallies []Tally) Counts {
	c := Counts{Topics: topics, Types: map[Type]int{}, Levels: map[Level]int{}, Agencies: map[string]int{}, Regions: map[string]int{}}
	for _, t := range tallies {
		c.All += t.N
		if t.Person {
			c.Person += t.N
		}
		if t.Firm {
			c.Firm += t.N
		}
		c.Types[t.Type] += t.N
		c.Levels[t.Level] += t.N
		c.Agencies[t.Agency] += t.N
		c.Regions[t.Region] += t.N
	}
	return c
}

// Editions returns the editions that entries of a list stand for, in their
// order. They are shared: do not change them.
func (s *Service) Editions(ctx context.Context, entries []Entry) ([]*Edition, error) {
	all := make([]*Edition, len(entries))
	var missing []Entry
	for i, e := range entries {
		if all[i] = s.held.get(e.ID, e.Number); all[i] == nil {
			missing = append(missing, e)
		}
	}
	if len(missing) == 0 {
		return all, nil
	}
	read, err := s.Store.Editions(ctx, missing)
	if err != nil {
		return nil, err
	}
	for _, e := range read {
		s.held.put(e)
	}
	for i, e := range entries {
		for _, r := range read {
			if all[i] == nil && r.Item == e.ID && r.Number == e.Number {
				all[i] = r
			}
		}
	}
	return all, nil
}

// History are the editions of an item before and including number, the newest
// first, at most limit of them.
func (s *Service) History(ctx context.Context, id ID, number, limit int) ([]*Edition, error) {
	var entries []Entry
	for n := number; n > 0 && len(entries) < limit; n-- {
		entries = append(entries, Entry{ID: id, Number: n})
	}
	return s.Editions(ctx, entries)
}
