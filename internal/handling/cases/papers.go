package cases

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/papers"
)

// PaperOf is one paper of a case, as it was handed over.
func (s *Service) PaperOf(ctx context.Context, id ID, kind PaperKind, seq int64, by identity.Actor) (Sheet, error) {
	c, err := s.Case(ctx, id, by)
	if err != nil {
		return Sheet{}, err
	}
	p, all, err := s.numbered(ctx, id, kind, seq)
	if err != nil {
		return Sheet{}, err
	}
	then, list, err := s.As(ctx, c, seq)
	if err != nil {
		return Sheet{}, err
	}
	then.takeNumbers(all)
	if i := then.paperAt(p.Ref()); i >= 0 {
		p = then.Papers[i]
	}
	f, err := s.Frame(ctx, c)
	if err != nil {
		return Sheet{}, err
	}
	m := list[len(list)-1].Moved
	sheet, err := s.compose(ctx, p, then, m, f.Edition)
	sheet.Code = s.paperCode(id, kind, seq, max(m.Marks, 1))
	return sheet, err
}

// Numbered is the case with the numbers by its papers that they have been given so far.
func (s *Service) Numbered(ctx context.Context, c *Case) (*Case, error) {
	papers, err := s.Store.Papers(ctx, c.ID)
	own := *c
	own.Papers = slices.Clone(c.Papers)
	own.takeNumbers(papers)
	return &own, err
}

// takeNumbers puts the numbers by the papers of a case that was made again from its
// facts: they are allotted after those, and not in them.
func (c *Case) takeNumbers(numbered []Paper) {
	for i := range c.Papers {
		for _, p := range numbered {
			if p.Ref() == c.Papers[i].Ref() {
				c.Papers[i].Year, c.Papers[i].Serial = p.Year, p.Serial
			}
		}
	}
}

// paperColumn binds the marks of papers to what they are marks of.
const paperColumn = "cases.paper"

// paperCode is what the square code of a paper says: whoever has the paper in
// hand can ask whether it is real, and nobody can try out others. The same paper
// has the same code for ever, so that its file can be made again to the byte: by the
// key that was in use when it was handed over.
func (s *Service) paperCode(id ID, kind PaperKind, seq int64, generation int) string {
	name := fmt.Sprintf("%s.%s.%d", id, kind, seq)
	return name + "." + s.Vault.Mark(generation, name, paperColumn)
}

// PaperByCode is the paper that a code names, for whoever holds it in hand.
// Fault: cases.paper.code, for a code that we did not make.
func (s *Service) PaperByCode(ctx context.Context, code string) (Sheet, error) {
	parts := strings.Split(code, ".")
	unknown := fault.New(fault.NotFound, "cases.paper.code", "没有查到这份文书，它可能不是本平台出具的，请谨慎对待，或者打 12345 核实")
	if len(parts) != 4 {
		return Sheet{}, unknown
	}
	seq, err := strconv.ParseInt(parts[2], 10, 64)
	id, kind := ID(parts[0]), PaperKind(parts[1])
	if err != nil || !secret.Same(s.paperCode(id, kind, seq, secret.Generation(parts[3])), code) {
		return Sheet{}, unknown
	}
	return s.PaperOf(ctx, id, kind, seq, identity.TheSystem)
}

// numbered reads a paper among all of its case, and waits a moment for its number if it was handed
// over just now.
func (s *Service) numbered(ctx context.Context, id ID, kind PaperKind, seq int64) (Paper, []Paper, error) {
	for wait := 5 * time.Millisecond; ; wait *= 2 {
		papers, err := s.Store.Papers(ctx, id)
		if err != nil {
			return Paper{}, nil, err
		}
		i := slices.IndexFunc(papers, func(p Paper) bool { return p.Kind == kind && p.Seq == seq })
		if i < 0 {
			return Paper{}, nil, fault.New(fault.NotFound, "cases.paper.none", "没有这份文书")
		}
		if papers[i].Serial > 0 || wait > 300*time.Millisecond {
			return papers[i], papers, nil
		}
		select {
		case <-ctx.Done():
			return papers[i], papers, ctx.Err()
		case <-time.After(wait):
		}
	}
}

// GivesPapers reports whether a move handed papers over.
func GivesPapers(m Moved) bool { return len(m.gives()) > 0 }

// NumberPapers gives the papers that a move handed over their numbers: one
// series for each agency, kind and year, without gaps.
func (s *Service) NumberPapers(_ context.Context, m Moved, b *sqldb.Batch) error {
	for _, kind := range m.gives() {
		s.Store.NumberPaper(b, m.Case, m.Seq, kind, calendar.DayOf(m.At).Year())
	}
	return nil
}

// words notes in a move the editions by which its papers are worded, those in force
// on the day, and the key that marks them.
func (s *Service) words(ctx context.Context, m *Moved) error {
	if n := s.Vault.Marking(); n > 1 && GivesPapers(*m) {
		m.Marks = n
	}
	for _, kind := range m.gives() {
		n, err := s.book().InForce(ctx, formOf(kind, *m), calendar.DayOf(m.At))
		if err != nil {
			return err
		}
		if n > 1 {
			if m.Words == nil {
				m.Words = map[PaperKind]int{}
			}
			m.Words[kind] = n
		}
	}
	return nil
}

// compose writes a paper with the words it was given with.
func (s *Service) compose(ctx context.Context, p Paper, c *Case, m Moved, e *items.Edition) (Sheet, error) {
	form := formOf(p.Kind, m)
	if _, worded := papers.FormOf(form); !worded {
		return Compose(p, c, m, e, inForce(s.Days, m.At), papers.Template{}), nil
	}
	t, err := s.book().Template(ctx, form, m.Words[p.Kind])
	if err != nil {
		return Sheet{}, err
	}
	return Compose(p, c, m, e, inForce(s.Days, m.At), t), nil
}

// inForce is the calendar by which a paper of a moment was written. A notice of
// holidays that comes later moves the case's days, not what was said of them.
func inForce(days clock.Days, at time.Time) clock.Days {
	if live, is := days.(interface {
		InForce(time.Time) calendar.Calendar
	}); is {
		return live.InForce(at)
	}
	return days
}

func (s *Service) book() *papers.Book {
	if s.Words == nil {
		return papers.Shipped()
	}
	return s.Words
}
