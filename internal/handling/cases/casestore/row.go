package casestore

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// The columns of each table and, below, what stands in them: by these an act
// writes, and an audit compares.
var (
	// fixed are the columns that no act changes, but for a handover of the item (putPassed).
	fixed = []string{"id", "number", "item", "item_name", "agency", "region", "county", "town", "party", "applicant", "opened"}
	// plain are those that every act writes, and in no index.
	plain = []string{"edition", "received", "legal_due", "paused", "body", "seq", "hash", "pauses"}
	// sorted are those by which lists are made: written only when they change,
	// for each stands in an index or chooses its rows.
	sorted = []string{"state", "waiting", "issuing", "due", "wake", "closed"}

	caseColumns   = slices.Concat(fixed, plain, sorted)
	shelfColumns  = lean(caseColumns) // a case on the shelf is read from its package
	filingColumns = []string{"body"}
	workColumns   = []string{"agency", "role", "claimed", "due", "opened", "body"}
	paperColumns  = []string{"title", "agency", "year"}
	owedColumns   = []string{"agency", "region", "checks", "due", "body"}
)

var (
	insertCase = `INSERT INTO cases (` + strings.Join(caseColumns, ", ") + `) VALUES (` + places(len(caseColumns)) + `)`
	updates    = updating()
)

// updating is the statements that write the plain columns and some of the sorted: the
// first of these adds 1 to a statement's place, the second 2, the third 4 and so on.
func updating() []string {
	all := make([]string, 1<<len(sorted))
	for which := range all {
		columns := slices.Clone(plain)
		for i, column := range sorted {
			if which&(1<<i) > 0 {
				columns = append(columns, column)
			}
		}
		all[which] = `UPDATE cases SET ` + sets(columns) + fmt.Sprintf(` WHERE id = $%d`, len(columns)+1)
	}
	return all
}

// lean leaves the body out of the columns of a case, or out of what stands in them.
func lean[T any](all []T) []T {
	at := len(fixed) + slices.Index(plain, "body")
	return slices.Delete(slices.Clone(all), at, at+1)
}

// places is "$1, $2, …".
func places(n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("$%d", i+1)
	}
	return strings.Join(all, ", ")
}

// sets is "a = $1, b = $2, …".
func sets(columns []string) string {
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = fmt.Sprintf("%s = $%d", c, i+1)
	}
	return strings.Join(all, ", ")
}

func fixedOf(c *cases.Case) []any {
	return []any{string(c.ID), c.Number, string(c.Item), c.ItemName, c.Agency, c.Region, countyOf(c.Region), townOf(c.Region), c.Applicant.Party, c.Applicant.Name, sqldb.Instant(c.Opened)}
}

// countyOf and townOf are the divisions that a region lies in, as far as its code
// goes: what lies in the city itself is in the county 320300.
func countyOf(region string) string { return region[:min(6, len(region))] }

func townOf(region string) string { return region[:min(9, len(region))] }

func (s *Store) plainOf(c *cases.Case, body string) []any {
	return []any{int64(c.Edition), c.Received.String(), s.due(c.Legal()), truth(c.Clock().Paused()), body,
		c.Head.Seq, c.Head.Hash, writePauses(c.Stood())}
}

func (s *Store) sortedOf(c *cases.Case) []any {
	return []any{string(c.State), truth(c.State.Open()), truth(c.Issuing()), s.due(c.Clock()), s.wake(c), sqldb.Instant(c.Closed)}
}

func truth(b bool) int64 { return int64(sqldb.Bool(b)) }

func (s *Store) workOf(c *cases.Case, w flow.Work, opened time.Time) []any {
	return []any{w.Agency, string(w.Role), w.Claimed, s.stepDue(c, w, opened), sqldb.Instant(opened), workBody(w)}
}

func paperOf(c *cases.Case, p cases.Paper, at time.Time) []any {
	return []any{p.Title, giver(c, p), yearOf(at)}
}

// giver is the agency that gave a paper.
func giver(c *cases.Case, p cases.Paper) string { return cmp.Or(p.Agency, c.Agency) }

func yearOf(at time.Time) int64 { return int64(calendar.DayOf(at).Year()) }

func owedOf(c *cases.Case, o cases.Owed) ([]any, error) {
	body, err := json.Marshal(o)
	if err != nil {
		return nil, fmt.Errorf("write what is owed: %w", err)
	}
	return []any{o.Agency, c.Region, truth(o.Debt != cases.OwedMaterial), dayOrNever(o.Due), string(body)}, nil
}

// bodyOf is the case without what was handed in, whose names stand for nothing here.
func bodyOf(c *cases.Case) (string, error) {
	text, err := json.Marshal(struct {
		*cases.Case
		Answers   *struct{} `json:"answers,omitempty"`
		Materials *struct{} `json:"materials,omitempty"`
	}{Case: c})
	return string(text), err
}

// filingOf is what was handed in. It changes seldom and is long, so it is kept
// apart and written only when it changes.
func filingOf(c *cases.Case) (string, error) {
	text, err := json.Marshal(filing{c.Answers, c.Materials})
	return string(text), err
}

// Would is what would be kept of a case if it were written now; at are the times of its facts.
func (s *Store) Would(c *cases.Case, opened cases.Openings, at []time.Time) ([]cases.Cells, error) {
	body, err := bodyOf(c)
	if err != nil {
		return nil, err
	}
	filed, err := filingOf(c)
	if err != nil {
		return nil, err
	}
	row := slices.Concat(fixedOf(c), s.plainOf(c, body), s.sortedOf(c))
	if c.Archived != nil {
		return append(shelvedCells(c, lean(row), at), placeCells(c)...), nil
	}
	all := []cases.Cells{
		{Table: table, Names: caseColumns, Values: row},
		{Table: "cases_filings", Names: filingColumns, Values: []any{filed}},
	}
	for _, w := range c.Flow.Open {
		all = append(all, cases.Cells{Table: "cases_work", Key: w.ID, Names: workColumns, Values: s.workOf(c, w, opened[w.ID])})
	}
	for _, p := range c.Papers {
		all = append(all, cases.Cells{Table: "cases_papers", Key: paperKey(p.Seq, string(p.Kind)), Names: paperColumns, Values: paperOf(c, p, at[p.Seq-1])})
	}
	for i, o := range c.Owes(s.Days) {
		values, err := owedOf(c, o)
		if err != nil {
			return nil, err
		}
		all = append(all, cases.Cells{Table: "cases_owed", Key: fmt.Sprint(i), Names: owedColumns, Values: values})
	}
	if c.Wanting() {
		all = append(all, cases.Cells{Table: "cases_drawn", Key: c.Agency})
	}
	all = append(all, placeCells(c)...)
	for _, a := range asked(c.Flow.Open) {
		all = append(all, cases.Cells{Table: "cases_signers", Key: a.work + " " + a.account})
	}
	return all, nil
}

func paperKey(seq int64, kind string) string { return fmt.Sprintf("%d %s", seq, kind) }
