package archives

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"tongban/internal/civic/serials"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Service is the door of the room.
type Service struct {
	Store Store
	Known func(ctx context.Context, item string) (bool, error) // whether there is such an item
	Kinds []string                                             // the types of item that there are
	Marks serials.Marks                                        // after which numbers the series go on
	Now   func() time.Time
}

// Store keeps packages; none is ever changed.
type Store interface {
	// Put adds a package that is the next of its series to the batch. If the
	// series has grown meanwhile the batch fails.
	Put(b *sqldb.Batch, p Package, before Series)
	// Latest is the newest version of a thing's package: fault.NotFound if there is none.
	Latest(ctx context.Context, id string) (Package, error)
	// Newest are the newest versions of several things' packages, of those that have one.
	Newest(ctx context.Context, ids []string) ([]Package, error)
	// Series are all series, by agency, year and term; Head is one of them, as it stands.
	Series(ctx context.Context) ([]Series, error)
	Head(ctx context.Context, agency string, year int, keep Keep) (Series, error)
	// Walk shows the packages of a series in order, up to its last as s has it.
	Walk(ctx context.Context, s Series, see func(Package) error) error
	// Strays are the numbers of packages that stand beyond the end of their series, or in none.
	Strays(context.Context) ([]string, error)
	// Refuse notes why something cannot be taken in; Taken forgets it.
	Refuse(ctx context.Context, r Refusal) error
	Taken(b *sqldb.Batch, id string)
	// Refusals are the newest of them.
	Refusals(ctx context.Context, limit int) ([]Refusal, error)
	// Made are the packages made last, newest first, without their contents.
	Made(ctx context.Context, limit int) ([]Package, error)
	// Rules are all rules that were laid down, in order.
	Rules(ctx context.Context) ([]Rule, error)
	// AddRule keeps one more, if there are still that many: else fault.Conflict.
	AddRule(ctx context.Context, r Rule, after int) error
	// Terms and AddTerms are the same of the terms of keeping.
	Terms(ctx context.Context) ([]Terms, error)
	AddTerms(ctx context.Context, t Terms, after int) error
}

// A Series is the packages of an agency and year with one term of keeping.
type Series struct {
	Agency string `json:"agency"`
	Year   int    `json:"year"`
	Keep   Keep   `json:"keep"`
	Last   int64  `json:"packages"` // serial of the last
	Head   string `json:"head"`     // digest of the last
	Bytes  int64  `json:"bytes"`    // as kept
	Count  int64  `json:"-"`        // how many there are, where figures are asked for
}

func (s Series) name() string { return serials.Name(serials.Package, s.Agency, s.Year, string(s.Keep)) }

// Use is how far the packages have come, of which the busiest day made so many of one series.
func Use(all []Series, day int64) serials.Use {
	u := serials.Use{Kind: serials.Package, Day: day, Ended: map[string]int64{}}
	for _, s := range all {
		u.Last, u.Ended[s.name()] = max(u.Last, s.Last), s.Last
	}
	return u
}

// skipped are the numbers that a series left out after a copy was brought back.
func (s *Service) skipped(of Series) []serials.Run {
	return s.Marks.SkippedFrom(serials.Package, of.Year, of.name(), int(of.Last))
}

func (s *Service) count(of Series) int64 { return of.Last - int64(serials.Sum(s.skipped(of))) }

// A Refusal is why something stays in the working tables.
type Refusal struct {
	ID    string    `json:"id"`
	About string    `json:"about"`
	Say   string    `json:"say"`
	At    time.Time `json:"at"`
}

// A Run numbers packages that are kept in one batch.
type Run struct {
	*Service
	heads map[Series]Series // by series without their figures
}

// Begin begins a run.
func (s *Service) Begin() *Run { return &Run{s, map[Series]Series{}} }

// Take numbers a content as the next of its series and adds its package to the
// batch. Version is that of the thing's last package, 0 if there is none.
func (r *Run) Take(ctx context.Context, b *sqldb.Batch, id string, version int64, c Content) (Package, error) {
	p, err := Pack(c)
	if err != nil {
		return p, err
	}
	p.ID, p.Version = id, version+1
	before, err := r.Number(ctx, &p)
	if err != nil {
		return p, err
	}
	r.Store.Put(b, p, before)
	r.Store.Taken(b, id)
	return p, nil
}

// Number makes a package the next of its series, which it returns as it was before.
func (r *Run) Number(ctx context.Context, p *Package) (before Series, err error) {
	key := Series{Agency: p.Agency, Year: p.Year, Keep: p.Keep}
	before, known := r.heads[key]
	if !known {
		if before, err = r.Store.Head(ctx, key.Agency, key.Year, key.Keep); err != nil {
			return before, err
		}
	}
	p.Serial, p.Prev, p.Made = 1+max(before.Last, r.Marks.FromYear(serials.Package, p.Year)), before.Head, r.Now()
	p.Number = fmt.Sprintf("%s-%d-%s-%06d", p.Agency, p.Year, p.Keep, p.Serial)
	next := key
	next.Last, next.Head, next.Bytes = p.Serial, p.Digest, before.Bytes+int64(len(p.Packed))
	r.heads[key] = next
	return before, nil
}

// Ends are the series that the run has numbered in, as they stand at its end.
func (r *Run) Ends() []Series { return slices.Collect(maps.Values(r.heads)) }

// Facts are the facts of streams that stand on the shelf: of things under the names
// that their streams have, such as "case/…". What a package says that is not what was
// taken in is left out.
func (s *Service) Facts(ctx context.Context, streams []string) (map[string][]event.Record, error) {
	all, err := s.Store.Newest(ctx, streams)
	found := make(map[string][]event.Record, len(all))
	for _, p := range all {
		if c, spoilt := p.Open(); spoilt == nil {
			found[p.ID] = c.Facts
		}
	}
	return found, err
}

// Audit opens every package: its content is what was summed up, its facts hold
// together, and every series runs from 1 without a gap but what was left out after a
// copy was brought back, each package naming the
// one before it, up to the end that it had when the audit began; beyond the ends, as
// they are by then, stands nothing. It returns how many it looked at.
func (s *Service) Audit(ctx context.Context, differs func(say string)) (looked int, err error) {
	all, err := s.Store.Series(ctx)
	if err != nil {
		return 0, err
	}
	for _, one := range all {
		next := Series{Agency: one.Agency, Year: one.Year, Keep: one.Keep}
		err := s.Store.Walk(ctx, one, func(p Package) error {
			looked++
			next.Last = passed(s.skipped(one), next.Last)
			if say := p.follows(next); say != "" {
				differs(say)
			}
			next.Last, next.Head = p.Serial, p.Digest
			next.Bytes += int64(len(p.Packed))
			return nil
		})
		if err != nil {
			return looked, err
		}
		if next != one {
			differs(fmt.Sprintf("档案%s-%d-%s的合计与各件不符", one.Agency, one.Year, one.Keep))
		}
	}
	strays, err := s.Store.Strays(ctx)
	for _, number := range strays {
		differs(fmt.Sprintf("档案%s不在任何序列之中", number))
	}
	return looked, err
}

// passed is where a series stands that is at a number, behind what it left out next.
func passed(skipped []serials.Run, at int64) int64 {
	for _, r := range skipped {
		if int64(r.From) == at+1 {
			return int64(r.To)
		}
	}
	return at
}

// follows is what is wrong with a package that should come after before.
func (p Package) follows(before Series) string {
	if p.Serial != before.Last+1 || p.Prev != before.Head {
		return fmt.Sprintf("档案%s没有接在前一件之后", p.Number)
	}
	c, err := p.Open()
	if err != nil {
		return fault.Say(err)
	}
	if bad := Refused(c.Check(nil)); bad != "" {
		return fmt.Sprintf("档案%s：%s", p.Number, bad)
	}
	return ""
}
