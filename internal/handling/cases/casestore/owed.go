package casestore

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// putOwed writes what is owed if that is not what was owed before.
func (s *Store) putOwed(b *sqldb.Batch, c *cases.Case, before string) error {
	now := c.Owes(s.Days)
	after, err := owedText(now)
	if err != nil || after == before {
		return err
	}
	if before != "" {
		b.Exec(`DELETE FROM cases_owed WHERE case_id = $1`, string(c.ID))
	}
	for i, o := range now {
		values, err := owedOf(c, o)
		if err != nil {
			return err
		}
		b.Exec(`INSERT INTO cases_owed (case_id, no, agency, region, checks, due, body) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			append([]any{string(c.ID), i}, values...)...)
	}
	return nil
}

// owedText is what is owed in a text that can be compared; empty for nothing.
func owedText(all []cases.Owed) (string, error) {
	if len(all) == 0 {
		return "", nil
	}
	text, err := json.Marshal(all)
	return string(text), err
}

// Owed is a page of what is owed.
func (s *Store) Owed(ctx context.Context, f cases.OwedFilter) ([]cases.Owed, error) {
	due, id, no := cut3(f.After)
	number, err := strconv.Atoi(no)
	if err != nil {
		number = -1 // the first page
	}
	where, whose := `agency = $1`, f.Agency
	if f.Agency == "" {
		where, whose = `region LIKE $1`, identity.Stem(f.Region)+"%"
	}
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (o cases.Owed, err error) {
		var body, due, id string
		var no int64
		if err = scan(&body, &due, &id, &no); err != nil {
			return o, err
		}
		err = json.Unmarshal([]byte(body), &o)
		o.Cursor = fmt.Sprintf("%s_%s_%d", due, id, no)
		return o, err
	}, `SELECT body, due, case_id, no FROM cases_owed WHERE `+where+` AND checks = $2 AND (due, case_id, no) > ($3, $4, $5) ORDER BY due, case_id, no LIMIT $6`,
		whose, sqldb.Bool(f.Checks), due, id, number, f.Limit)
}
