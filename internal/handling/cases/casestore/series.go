package casestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tongban/internal/civic/serials"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// mostWaiting is how many papers that wait for their number are counted.
const mostWaiting = 10_000

const seriesColumns = `agency, kind, year, last, checked, looked`

func scanSeries(scan func(...any) error) (r cases.Series, err error) {
	var looked int64
	err = scan(&r.Agency, (*string)(&r.Kind), &r.Year, &r.Last, &r.Checked, &looked)
	r.Looked = sqldb.FromInstant(looked)
	return r, err
}

// Series reads how far the series of a year have come, what was found missing in
// them, and the papers that wait for a number. No paper is gone through for it.
func (s *Store) Series(ctx context.Context, year int) ([]cases.Series, error) {
	all, err := sqldb.Rows(ctx, s.DB, scanSeries, `SELECT `+seriesColumns+` FROM cases_series WHERE year = $1 ORDER BY agency, kind`, year)
	if err != nil {
		return nil, err
	}
	at := map[[2]string]*cases.Series{}
	for i, r := range all {
		at[[2]string{r.Agency, string(r.Kind)}] = &all[i]
	}
	for i := range all {
		all[i].Skipped = s.skipped(all[i], all[i].Last)
	}
	err = s.DB.Each(ctx, func(scan func(...any) error) error {
		var agency, kind string
		var g cases.Gap
		err := scan(&agency, &kind, &g.From, &g.To)
		if r := at[[2]string{agency, kind}]; r != nil {
			r.Gaps = append(r.Gaps, g)
		}
		return err
	}, `SELECT agency, kind, low, high FROM cases_gaps WHERE year = $1 ORDER BY agency, kind, low`, year)
	if err != nil {
		return nil, err
	}
	return all, s.DB.Each(ctx, func(scan func(...any) error) error {
		r := cases.Series{Year: year}
		err := scan(&r.Agency, (*string)(&r.Kind), &r.Waiting)
		if known := at[[2]string{r.Agency, string(r.Kind)}]; known != nil {
			known.Waiting = r.Waiting
		} else if err == nil {
			all = append(all, r)
		}
		return err
	}, `SELECT agency, kind, COUNT(*) FROM (SELECT agency, kind FROM cases_papers WHERE serial = 0 AND year = $1 LIMIT $2) w GROUP BY agency, kind ORDER BY agency, kind`,
		year, mostWaiting)
}

// runsAtOnce is how many numbers, or runs of them, are looked through at once.
const runsAtOnce = 5000

// runs are numbers of a series after one, in order: those of papers in the working
// tables, and runs of those on the shelf. One statement sees both as they stand at one
// moment, so that a case on its way between the two is in one of them.
func (s *Store) runs(ctx context.Context, r cases.Series, after int) ([]cases.Gap, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (g cases.Gap, err error) { return g, scan(&g.From, &g.To) },
		`SELECT low, high FROM (SELECT serial AS low, serial AS high FROM cases_papers WHERE agency = $1 AND kind = $2 AND year = $3 AND serial > $4 AND serial > 0 ORDER BY serial LIMIT $5) p
		UNION ALL SELECT low, high FROM (SELECT low, high FROM cases_numbers WHERE agency = $1 AND kind = $2 AND year = $3 AND low > $4 ORDER BY low LIMIT $5) n
		ORDER BY low, high LIMIT $5`, r.Agency, string(r.Kind), r.Year, after, runsAtOnce)
}

// CheckNumbers looks through a part of one series: of one that has numbers not yet
// looked through or, if there is none, one that was looked through before an instant.
func (s *Store) CheckNumbers(ctx context.Context, now, again time.Time) (more bool, err error) {
	r, err := scanSeries(s.DB.Row(ctx, `SELECT `+seriesColumns+` FROM cases_series WHERE checked < last ORDER BY looked, year, agency, kind LIMIT 1`).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		r, err = scanSeries(s.DB.Row(ctx, `SELECT `+seriesColumns+` FROM cases_series WHERE looked < $1 ORDER BY looked, year, agency, kind LIMIT 1`, sqldb.Instant(again)).Scan)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	from := r.Checked
	if from >= r.Last {
		from = 0
	}
	runs, err := s.runs(ctx, r, from)
	if err != nil {
		return false, err
	}
	missing, _, upto := cases.Between(from, runs)
	if len(runs) < runsAtOnce && upto < r.Last {
		missing, upto = append(missing, cases.Gap{From: upto + 1, To: r.Last}), r.Last
	}
	return true, s.noteGaps(ctx, r, from, upto, serials.Less(missing, s.skipped(r, upto)), now)
}

// skipped are the numbers that a series left out on its way to a number.
func (s *Store) skipped(r cases.Series, upto int) []cases.Gap {
	return s.Marks.SkippedIn(serials.Paper, r.Year, r.Name(), upto)
}

// noteGaps keeps what is missing in a part of a series instead of what was missing
// there before.
func (s *Store) noteGaps(ctx context.Context, r cases.Series, from, upto int, missing []cases.Gap, now time.Time) error {
	var b sqldb.Batch
	b.Exec(`DELETE FROM cases_gaps WHERE year = $1 AND agency = $2 AND kind = $3 AND low > $4 AND low <= $5`, r.Year, r.Agency, string(r.Kind), from, upto)
	for _, g := range missing {
		b.Exec(`INSERT INTO cases_gaps (agency, kind, year, low, high) VALUES ($1, $2, $3, $4, $5)`, r.Agency, string(r.Kind), r.Year, g.From, g.To)
	}
	b.Exec(`UPDATE cases_series SET checked = $1, looked = $2 WHERE year = $3 AND agency = $4 AND kind = $5`, min(upto, r.Last), sqldb.Instant(now), r.Year, r.Agency, string(r.Kind))
	return s.DB.Commit(ctx, &b)
}

// Gaps looks through all series for numbers that were taken twice, skipped without a
// reason or moved. Papers that came from elsewhere, or whose news is on its way, have no
// number yet.
func (s *Store) Gaps(ctx context.Context) (say []string, err error) {
	all, err := sqldb.Rows(ctx, s.DB, scanSeries, `SELECT `+seriesColumns+` FROM cases_series ORDER BY year, agency, kind`)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		missing, doubled, last, err := s.lookThrough(ctx, r)
		if err != nil {
			return say, err
		}
		if last > r.Last { // perhaps by what was allotted meanwhile
			if r, err = s.seriesOf(ctx, r); err != nil {
				return say, err
			}
		}
		missing = serials.Less(missing, s.skipped(r, last))
		if len(missing)+len(doubled) > 0 || last != r.Last {
			say = append(say, fmt.Sprintf("文号不连续：%s%d年%s编到%d号，查到%d号，缺%v，重%v（表cases_papers的列serial）", r.Agency, r.Year, r.Kind, r.Last, last, missing, doubled))
		}
	}
	strays, err := s.strays(ctx)
	return append(say, strays...), err
}

func (s *Store) lookThrough(ctx context.Context, r cases.Series) (missing, doubled []cases.Gap, last int, err error) {
	for after := 0; ; {
		runs, err := s.runs(ctx, r, after)
		if err != nil || len(runs) == 0 {
			return missing, doubled, last, err
		}
		m, d, upto := cases.Between(last, runs)
		missing, doubled, last = append(missing, m...), append(doubled, d...), upto
		after = runs[len(runs)-1].From
	}
}

// seriesOf reads one series again.
func (s *Store) seriesOf(ctx context.Context, r cases.Series) (cases.Series, error) {
	return scanSeries(s.DB.Row(ctx, `SELECT `+seriesColumns+` FROM cases_series WHERE year = $1 AND agency = $2 AND kind = $3`, r.Year, r.Agency, string(r.Kind)).Scan)
}

// strays are numbers of a series that nobody knows of.
func (s *Store) strays(ctx context.Context) ([]string, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (say string, err error) {
		var agency, kind string
		var year int
		err = scan(&agency, &kind, &year)
		return fmt.Sprintf("文号没有登记序列：%s%d年%s（表cases_papers的列serial）", agency, year, kind), err
	}, `SELECT DISTINCT agency, kind, year FROM cases_papers p WHERE serial <> 0
		AND NOT EXISTS (SELECT 1 FROM cases_series r WHERE r.year = p.year AND r.agency = p.agency AND r.kind = p.kind) ORDER BY agency, kind, year`)
}
