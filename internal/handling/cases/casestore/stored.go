package casestore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// reading is how an audit reads a table: the columns of its key, which say what
// case a row is of and which of its rows, and the others.
type reading struct {
	table string
	key   []string
	names []string
}

var readings = []reading{
	{"cases_filings", []string{"case_id"}, filingColumns},
	{"cases_work", []string{"case_id", "work_id"}, workColumns},
	{"cases_papers", []string{"case_id", "seq", "kind"}, paperColumns},
	{"cases_owed", []string{"case_id", "no"}, owedColumns},
	{"cases_drawn", []string{"case_id", "agency"}, nil},
	{"cases_signers", []string{"case_id", "work_id", "account"}, nil},
}

// Stored is all that is kept of a page of cases, in seven statements.
func (s *Store) Stored(ctx context.Context, from, until cases.ID) ([]cases.Stored, error) {
	all, err := s.storedCases(ctx, table, from, until)
	if err != nil {
		return nil, err
	}
	shelved, err := s.storedCases(ctx, shelf, from, until)
	if err != nil {
		return nil, err
	}
	all = append(all, shelved...)
	slices.SortFunc(all, func(a, b cases.Stored) int { return strings.Compare(string(a.ID), string(b.ID)) })
	at := make(map[string]*cases.Stored, len(all))
	for i := range all {
		at[string(all[i].ID)] = &all[i]
	}
	for _, r := range readings {
		if err := s.storedRows(ctx, r, from, until, at); err != nil {
			return nil, err
		}
	}
	facts, err := s.Post.Streams(ctx, from.Stream(), until.Stream())
	if err != nil {
		return nil, err
	}
	for _, f := range facts {
		if one := at[strings.TrimPrefix(f.Stream, cases.ID("").Stream())]; one != nil {
			one.Facts = append(one.Facts, f)
		}
	}
	for i := range all {
		if first := all[i].Facts; len(first) > 0 && first[0].Seq > 1 {
			whole, err := s.Post.Stream(ctx, all[i].ID.Stream())
			if err != nil && fault.Of(err) == fault.Internal {
				return nil, err
			}
			if err == nil { // of a package that is not what it was only the last fact is left, and the chain shows it
				all[i].Facts = whole
			}
		}
		all[i].Read = func() (*cases.Case, error) { return readRows(all[i].Rows) }
	}
	return all, nil
}

// readRows reads the case out of its rows.
func readRows(rows []cases.Cells) (*cases.Case, error) {
	texts := map[string]string{}
	for _, r := range rows {
		if i := slices.Index(r.Names, "body"); i >= 0 && r.Key == "" {
			texts[r.Table] = fmt.Sprint(r.Values[i])
		}
	}
	return read(cmp.Or(texts[table], texts[shelf]), texts["cases_filings"])
}

func (s *Store) storedCases(ctx context.Context, table string, from, until cases.ID) ([]cases.Stored, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (one cases.Stored, err error) {
		values, err := cells(scan, len(caseColumns))
		if err != nil {
			return one, err
		}
		one.Rows = []cases.Cells{{Table: table, Names: caseColumns, Values: values}}
		if table == shelf {
			if err := unpackRows(&one); err != nil {
				return one, err
			}
		}
		for i, name := range caseColumns {
			switch name {
			case "id":
				one.ID = cases.ID(fmt.Sprint(values[i]))
			case "number":
				one.Number = fmt.Sprint(values[i])
			case "seq":
				one.Head.Seq, _ = values[i].(int64) // the column is a BIGINT
			case "hash":
				one.Head.Hash = fmt.Sprint(values[i])
			}
		}
		return one, nil
	}, `SELECT `+strings.Join(caseColumns, ", ")+` FROM `+table+` WHERE id >= $1 AND id <= $2 ORDER BY id`, string(from), string(until))
}

// unpackRows makes two rows of the one that stands on the shelf.
func unpackRows(one *cases.Stored) error {
	row := one.Rows[0]
	at := slices.Index(row.Names, "body")
	body, filed, err := unpacked(fmt.Sprint(row.Values[at]))
	if err != nil {
		return err
	}
	row.Values[at] = body
	one.Rows = append(one.Rows, cases.Cells{Table: "cases_filings", Names: filingColumns, Values: []any{filed}})
	return nil
}

func (s *Store) storedRows(ctx context.Context, r reading, from, until cases.ID, at map[string]*cases.Stored) error {
	columns := slices.Concat(r.key, r.names)
	return s.DB.Each(ctx, func(scan func(...any) error) error {
		values, err := cells(scan, len(columns))
		if err != nil {
			return err
		}
		if one := at[fmt.Sprint(values[0])]; one != nil {
			key := strings.TrimSuffix(fmt.Sprintln(values[1:len(r.key)]...), "\n")
			one.Rows = append(one.Rows, cases.Cells{Table: r.table, Key: key, Names: r.names, Values: values[len(r.key):]})
		}
		return nil
	}, `SELECT `+strings.Join(columns, ", ")+` FROM `+r.table+` WHERE case_id >= $1 AND case_id <= $2`, string(from), string(until))
}

// cells scans a row of texts and numbers.
func cells(scan func(...any) error, n int) ([]any, error) {
	values, into := make([]any, n), make([]any, n)
	for i := range values {
		into[i] = &values[i]
	}
	return values, scan(into...)
}

// Gaps looks for series of paper numbers that were taken twice, skipped or
// moved. Papers that came from elsewhere, or whose news is on its way, have no
// number yet.
func (s *Store) Gaps(ctx context.Context) ([]string, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (say string, err error) {
		var agency, kind string
		var year, n, last int64
		err = scan(&agency, &kind, &year, &n, &last)
		return fmt.Sprintf("表cases_papers的列serial不连续：%s%d年%s共%d份，最大编号为%d", agency, year, kind, n, last), err
	}, `SELECT agency, kind, year, COUNT(*), MAX(serial) FROM cases_papers WHERE serial <> 0 GROUP BY agency, kind, year
		HAVING COUNT(*) <> MAX(serial) OR MIN(serial) <> 1 ORDER BY agency, kind, year`)
}
