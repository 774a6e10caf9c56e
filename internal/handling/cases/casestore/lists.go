package casestore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

const listed = `id, number, item, edition, item_name, agency, applicant, state, received, due, legal_due, paused, opened, closed`

// List is a page of cases, by keyset over the index made for that list.
func (s *Store) List(ctx context.Context, f cases.Filter) ([]cases.Row, error) {
	return both(ctx, f, func(r cases.Row) cases.Row { return r }, func(table string) ([]cases.Row, error) { return s.page(ctx, table, f) })
}

func (s *Store) page(ctx context.Context, table string, f cases.Filter) ([]cases.Row, error) {
	q := listing(listed, table, f)
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (cases.Row, error) {
		r, err := scanRow(scan)
		r.Archived, r.Cursor = table == shelf, cursor(r, f)
		return r, err
	}, q.ended(f.Limit), q.args...)
}

// Open is List with the cases.
func (s *Store) Open(ctx context.Context, f cases.Filter) ([]cases.Listed, error) {
	all, err := both(ctx, f, func(l cases.Listed) cases.Row { return l.Row }, func(table string) ([]cases.Listed, error) {
		if table == shelf {
			return s.shelved(ctx, f)
		}
		q := listing(listed+", "+contents+", seq, hash", table, f)
		return sqldb.Rows(ctx, s.DB, func(scanAll func(...any) error) (l cases.Listed, err error) {
			var body, filed string
			var head event.Head
			l.Row, err = scanRow(func(into ...any) error { return scanAll(append(into, &body, &filed, &head.Seq, &head.Hash)...) })
			if err != nil {
				return l, err
			}
			l.Cursor = cursor(l.Row, f)
			if l.Case, err = read(body, filed); err == nil {
				l.Case.ID, l.Case.Number, l.Case.Head = l.ID, l.Number, head
			}
			return l, err
		}, q.ended(f.Limit), q.args...)
	})
	if err != nil {
		return nil, err
	}
	return all, s.openShelved(ctx, all)
}

// The tables that cases stand in.
const (
	table = "cases"
	shelf = "cases_archived"
)

// both is a page of the working table together with that of the shelf, for lists
// in which closed cases stand.
func both[T any](_ context.Context, f cases.Filter, row func(T) cases.Row, page func(table string) ([]T, error)) ([]T, error) {
	all, err := page(table)
	if err != nil || f.Queue != "" || f.Issue != "" || f.Drawn || f.State.Open() || f.Stand == cases.StillOpen || f.Party+f.Agency+f.Region == "" {
		return all, err
	}
	more, err := page(shelf)
	if err != nil || len(more) == 0 {
		return all, err
	}
	all = append(all, more...)
	slices.SortFunc(all, func(x, y T) int {
		a, b := row(x), row(y)
		if f.Name != "" && f.Party == "" {
			return cmp.Or(cmp.Compare(a.Applicant, b.Applicant), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Compare(b.ID, a.ID)
	})
	// What was put on the shelf between the two looks stands there twice.
	all = slices.CompactFunc(all, func(x, y T) bool { return row(x).ID == row(y).ID })
	return all[:min(len(all), f.Limit)], nil
}

// cursor is where the page after r begins.
func cursor(r cases.Row, f cases.Filter) string {
	switch {
	case f.Watch != "":
		return dayOrNever(r.Due) + string(r.ID)
	case f.Queue != "":
		return strconv.FormatInt(sqldb.Instant(r.Opened), 10) + "_" + string(r.ID)
	case f.Name != "" && (f.Agency != "" || f.Region != ""):
		return string(r.ID) + "_" + r.Applicant
	}
	return string(r.ID)
}

// listing is the query of a list.
func listing(columns, table string, f cases.Filter) query {
	q := query{text: `SELECT ` + columns + ` FROM ` + table + ` WHERE `}
	switch {
	case f.Party != "":
		q.and(`party = %s`, f.Party)
		q.page(f.After, `id < %s`, `ORDER BY id DESC`)
	case f.Queue != "":
		// In the order in which they came, by the index of those that wait.
		q.text += `state IN ('received', 'correcting')`
		q.within(f.Queue)
		q.after2(f.After, `(opened, id) > (%s, %s)`, `ORDER BY opened, id`)
	case f.Issue != "":
		q.and(`issuing = 1 AND region = %s`, f.Issue)
		q.page(f.After, `id > %s`, `ORDER BY id`)
	case f.Agency+f.Region != "":
		q.through(f)
	default:
		q.watched(f)
	}
	q.only(f)
	return q
}

// only lets through what the filter asks for.
func (q *query) only(f cases.Filter) {
	if f.Drawn {
		q.and(`id IN (SELECT case_id FROM cases_drawn WHERE agency = %s)`, f.Agency)
	}
	if f.State != "" {
		q.and(`state = %s`, string(f.State))
	}
	if f.State != "" && f.State != cases.Granted && f.Agency+f.Region != "" {
		q.text += ` AND state <> 'granted'` // by the index of those states
	}
	if f.Stand != "" {
		q.and(`waiting = %s`, truth(f.Stand == cases.StillOpen))
	}
	if f.Name != "" {
		q.and(`applicant >= %s`, f.Name)
		q.and(`applicant < %s`, f.Name+"\U0010ffff")
	}
	if f.Tail != "" {
		q.and(`number LIKE %s ESCAPE '!'`, "%"+literal(f.Tail))
	}
	if f.DueBy != 0 {
		q.and(`due <= %s`, f.DueBy.String())
	}
}

// within is a division with all in it.
func (q *query) within(region string) {
	q.and(`region >= %s AND region < %s`, identity.Stem(region), identity.Stem(region)+":") // ':' follows '9'
}

func dayOrNever(d calendar.Day) string {
	if d == 0 {
		return never
	}
	return d.String()
}

func scanRow(scan func(...any) error) (r cases.Row, err error) {
	var state, received, due, legal string
	var paused int
	var opened, closed int64
	err = scan((*string)(&r.ID), &r.Number, (*string)(&r.Item), &r.Edition, &r.ItemName, &r.Agency, &r.Applicant, &state, &received, &due, &legal, &paused, &opened, &closed)
	r.State, r.Paused, r.Received = cases.State(state), paused == 1, calendar.Parse(received)
	r.Due, r.LegalDue = dayOf(due), dayOf(legal)
	r.Opened, r.Closed = sqldb.FromInstant(opened), sqldb.FromInstant(closed)
	return r, err
}

func dayOf(s string) calendar.Day {
	if s == never {
		return 0
	}
	return calendar.Parse(s)
}

// query is a filter in the making: texts with their arguments.
type query struct {
	text  string
	order string
	args  []any
}

func (q *query) and(condition string, args ...any) {
	if !strings.HasSuffix(q.text, "WHERE ") {
		q.text += " AND "
	}
	names := make([]any, len(args))
	for i, arg := range args {
		q.args = append(q.args, arg)
		names[i] = fmt.Sprintf("$%d", len(q.args))
	}
	q.text += fmt.Sprintf(condition, names...)
}

func (q *query) page(after, condition, order string) {
	q.order = order
	if after != "" {
		q.and(condition, after)
	}
}

// after2 is page for a cursor of a number and a key.
func (q *query) after2(after, condition, order string) {
	q.order = order
	if number, id, ok := strings.Cut(after, "_"); ok {
		at, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			at = 0 // no cursor of ours: from the beginning
		}
		q.and(condition, at, id)
	}
}

func (q *query) ended(limit int) string { return fmt.Sprintf("%s %s LIMIT %d", q.text, q.order, limit) }

// Inbox is a page of open work, soonest due first.
func (s *Store) Inbox(ctx context.Context, t cases.Tray) ([]cases.WorkRow, error) {
	due, id, work := cut3(t.After)
	args := []any{t.Agency, t.Role, t.Account, due, id, work, t.Limit}
	found := ""
	if t.Find != "" {
		found = ` AND (c.item_name LIKE $8 ESCAPE '!' OR c.applicant LIKE $9 ESCAPE '!' OR c.number LIKE $9 ESCAPE '!')`
		args = append(args, "%"+literal(t.Find)+"%", literal(t.Find)+"%")
	}
	return sqldb.Rows(ctx, s.DB, scanWork, `SELECT w.case_id, c.number, c.item_name, c.applicant, w.body, w.opened, w.due, c.due, c.paused, c.pauses
		FROM cases_work w JOIN cases c ON c.id = w.case_id
		WHERE w.agency = $1 AND w.role = $2 AND w.claimed = $3 AND (w.due, w.case_id, w.work_id) > ($4, $5, $6)`+found+`
		ORDER BY w.due, w.case_id, w.work_id LIMIT $7`, args...)
}

// Lent is the open work of a post that others do in the name of an account. Few of
// those that are taken are lent, so it is looked for among them.
func (s *Store) Lent(ctx context.Context, post identity.Post, account string, limit int) ([]cases.WorkRow, error) {
	name, err := json.Marshal(account)
	if err != nil {
		return nil, fmt.Errorf("write an account: %w", err)
	}
	return sqldb.Rows(ctx, s.DB, scanWork, `SELECT w.case_id, c.number, c.item_name, c.applicant, w.body, w.opened, w.due, c.due, c.paused, c.pauses
		FROM cases_work w JOIN cases c ON c.id = w.case_id
		WHERE w.agency = $1 AND w.role = $2 AND w.claimed > '' AND w.body LIKE $3 ESCAPE '!'
		ORDER BY w.due, w.case_id, w.work_id LIMIT $4`, post.Agency, string(post.Role), `%"for":`+literal(string(name))+`%`, limit)
}

// literal is a text in which LIKE finds no wildcard.
func literal(s string) string { return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(s) }

func scanWork(scan func(...any) error) (r cases.WorkRow, err error) {
	var body, due, caseDue, pauses string
	var paused int
	var opened int64
	if err = scan((*string)(&r.Case), &r.Number, &r.ItemName, &r.Applicant, &body, &opened, &due, &caseDue, &paused, &pauses); err != nil {
		return r, err
	}
	r.Opened, r.Due, r.CaseDue, r.Paused = sqldb.FromInstant(opened), dayOf(due), dayOf(caseDue), paused == 1
	if err = json.Unmarshal([]byte(body), &r.Work); err != nil {
		return r, err
	}
	stood, err := readPauses(pauses)
	r.Clock = cases.StepClock(r.Work.Limit, r.Opened, time.Time{}, stood)
	r.Cursor = strings.Join([]string{due, string(r.Case), r.Work.ID}, "_")
	return r, err
}

// readPauses reads what writePauses wrote.
func readPauses(text string) (pauses []clock.Pause, err error) {
	if text == "" {
		return nil, nil
	}
	return pauses, json.Unmarshal([]byte(text), &pauses)
}

func writePauses(pauses []clock.Pause) string {
	if len(pauses) == 0 {
		return ""
	}
	text, err := json.Marshal(pauses)
	if err != nil {
		return "" // pauses are made of texts and numbers and always marshal
	}
	return string(text)
}

func cut3(cursor string) (a, b, c string) {
	a, rest, _ := strings.Cut(cursor, "_")
	b, c, _ = strings.Cut(rest, "_")
	return a, b, c
}

// Sleeping lists cases whose time to act by themselves has come.
func (s *Store) Sleeping(ctx context.Context, now time.Time, limit int) ([]cases.ID, error) {
	return sqldb.Column[cases.ID](ctx, s.DB, `SELECT id FROM (SELECT id, wake FROM cases WHERE wake > 0 AND wake <= $1 ORDER BY wake LIMIT $2) w
		UNION ALL SELECT id FROM (SELECT id, wake FROM cases_archived WHERE wake > 0 AND wake <= $1 ORDER BY wake LIMIT $2) a LIMIT $2`, sqldb.Instant(now), limit)
}

// Papers are the papers of a case with the numbers they have been given; of one on
// the shelf, as its package has them.
func (s *Store) Papers(ctx context.Context, id cases.ID) ([]cases.Paper, error) {
	all, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (p cases.Paper, err error) {
		err = scan((*string)(&p.Kind), &p.Title, &p.Seq, &p.Year, &p.Serial)
		return p, err
	}, `SELECT kind, title, seq, year, serial FROM cases_papers WHERE case_id = $1 ORDER BY seq, kind`, string(id))
	if err != nil || len(all) > 0 || s.Shelf == nil {
		return all, err
	}
	return s.shelvedPapers(ctx, id)
}
