package casestore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tongban/internal/ground/event"
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
	{"cases_places", []string{"case_id"}, placeColumns},
	{"cases_signers", []string{"case_id", "work_id", "account"}, nil},
}

// Stored is all that is kept of a page of cases, in a few statements.
func (s *Store) Stored(ctx context.Context, from, until cases.ID) ([]cases.Stored, error) {
	all, err := s.storedCases(ctx, table, caseColumns, from, until)
	if err != nil {
		return nil, err
	}
	shelved, err := s.storedCases(ctx, shelf, shelfColumns, from, until)
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
	if err := s.storedPapers(ctx, shelved, at); err != nil {
		return nil, err
	}
	if err := s.storedFacts(ctx, from, until, at); err != nil {
		return nil, err
	}
	for i := range all {
		all[i].Read = func() (*cases.Case, error) { return readRows(all[i].Rows) }
	}
	return all, nil
}

// storedFacts adds the facts of each, those on the shelf too. Of a package that is not
// what it was only the last fact is left, and the chain shows it.
func (s *Store) storedFacts(ctx context.Context, from, until cases.ID, at map[string]*cases.Stored) error {
	facts, err := s.Post.Streams(ctx, from.Stream(), until.Stream())
	if err != nil {
		return err
	}
	by := map[string][]event.Record{}
	for _, f := range facts {
		by[f.Stream] = append(by[f.Stream], f)
	}
	if by, err = s.Post.Whole(ctx, by); err != nil {
		return err
	}
	for id, one := range at {
		one.Facts = by[cases.ID(id).Stream()]
	}
	return nil
}

// readRows reads a case of the working tables out of its rows.
func readRows(rows []cases.Cells) (*cases.Case, error) {
	texts := map[string]string{}
	for _, r := range rows {
		if i := slices.Index(r.Names, "body"); i >= 0 && r.Key == "" {
			texts[r.Table] = fmt.Sprint(r.Values[i])
		}
	}
	return read(texts[table], texts["cases_filings"])
}

func (s *Store) storedCases(ctx context.Context, table string, columns []string, from, until cases.ID) ([]cases.Stored, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (one cases.Stored, err error) {
		values, err := cells(scan, len(columns))
		if err != nil {
			return one, err
		}
		one.Rows = []cases.Cells{{Table: table, Names: columns, Values: values}}
		for i, name := range columns {
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
	}, `SELECT `+strings.Join(columns, ", ")+` FROM `+table+` WHERE id >= $1 AND id <= $2 ORDER BY id`, string(from), string(until))
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
