// Package supervisionstore keeps the sums of supervision in SQL.
package supervisionstore

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "supervision", Files: files}

// Store is a supervision.Store.
type Store struct{ DB *sqldb.DB }

var _ supervision.Store = (*Store)(nil)

// stirs are cases that changed and have not been looked at since.
var stirs = sqldb.Log{Into: `INSERT INTO supervision_stirs (case_id, seq, telling)`}

// Note adds a row of its own for each fact: no act waits for another's.
func (s *Store) Note(b *sqldb.Batch, id cases.ID, seq int64, telling bool) {
	tells := 0
	if telling {
		tells = 1
	}
	stirs.Add(b, string(id), seq, tells)
}

// Noted lists notes.
func (s *Store) Noted(ctx context.Context, limit int) ([]supervision.Stir, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (m supervision.Stir, err error) {
		return m, scan((*string)(&m.Case), &m.Seq, &m.Telling)
	}, `SELECT case_id, MAX(seq), MAX(telling) FROM supervision_stirs GROUP BY case_id ORDER BY case_id LIMIT $1`, limit)
}

// line is a Line as it is kept.
type line struct {
	Days []dayLine  `json:"days,omitempty"`
	Open []openLine `json:"open,omitempty"`
}

type dayLine struct {
	Day    calendar.Day       `json:"day"`
	Region string             `json:"region"`
	Agency string             `json:"agency"`
	Item   items.ID           `json:"item"`
	Counts supervision.Counts `json:"counts"`
}

type openLine struct {
	Kind   supervision.OpenKind `json:"kind"`
	Due    calendar.Day         `json:"due"`
	Region string               `json:"region"`
	Agency string               `json:"agency"`
	Item   items.ID             `json:"item"`
	N      int64                `json:"n"`
}

func pack(l supervision.Line) (string, error) {
	var kept line
	for _, k := range dayKeys(l.Days) {
		kept.Days = append(kept.Days, dayLine{k.Day, k.Region, k.Agency, k.Item, l.Days[k]})
	}
	for _, k := range openKeys(l.Open) {
		kept.Open = append(kept.Open, openLine{k.Kind, k.Due, k.Region, k.Agency, k.Item, l.Open[k]})
	}
	text, err := json.Marshal(kept)
	return string(text), err
}

func unpack(text string) (supervision.Line, error) {
	var kept line
	l := supervision.Line{Days: map[supervision.Key]supervision.Counts{}, Open: map[supervision.OpenKey]int64{}}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return l, err
	}
	for _, d := range kept.Days {
		l.Days[supervision.Key{Day: d.Day, Region: d.Region, Agency: d.Agency, Item: d.Item}] = d.Counts
	}
	for _, o := range kept.Open {
		l.Open[supervision.OpenKey{Kind: o.Kind, Due: o.Due, Region: o.Region, Agency: o.Agency, Item: o.Item}] = o.N
	}
	return l, nil
}

// Kept reads lines.
func (s *Store) Kept(ctx context.Context, ids []cases.ID) (map[cases.ID]supervision.Kept, error) {
	all := map[cases.ID]supervision.Kept{}
	if len(ids) == 0 {
		return all, nil
	}
	marks, args := sqldb.In(ids)
	return all, s.DB.Each(ctx, func(scan func(...any) error) error {
		var id, body string
		var k supervision.Kept
		err := scan(&id, &body, &k.Version)
		if err == nil {
			k.Line, err = unpack(body)
		}
		all[cases.ID(id)] = k
		return err
	}, `SELECT case_id, body, version FROM supervision_lines WHERE case_id IN `+marks, args...)
}

// Settle replaces lines and brings the sums up: what several cases add to one
// sum is added at once.
func (s *Store) Settle(ctx context.Context, all []supervision.Change, stirs []supervision.Stir, came []supervision.Outcome) error {
	var b sqldb.Batch
	days, open := map[supervision.Key]supervision.Counts{}, map[supervision.OpenKey]int64{}
	kept := make([]int64, len(all))
	for i, c := range all {
		body, err := pack(c.Now)
		if err != nil {
			return err
		}
		if c.Was.Version == 0 {
			b.Exec(`INSERT INTO supervision_lines (case_id, body, version) VALUES ($1, $2, 1)`, string(c.Case), body)
		} else {
			b.Row([]any{&kept[i]}, `UPDATE supervision_lines SET body = $1, version = version + 1 WHERE case_id = $2 AND version = $3 RETURNING version`,
				body, string(c.Case), c.Was.Version)
		}
		differ(days, open, c.Was.Line, -1)
		differ(days, open, c.Now, 1)
	}
	raise(&b, days, open)
	for _, m := range stirs {
		b.Exec(`DELETE FROM supervision_stirs WHERE case_id = $1 AND seq <= $2`, string(m.Case), m.Seq)
	}
	for _, o := range came {
		keep(&b, o)
	}
	err := s.DB.Commit(ctx, &b)
	if sqldb.IsOutrun(err) {
		return fault.New(fault.Conflict, "supervision.settle.stale", "统计数据正在被更新，请稍后再试")
	}
	return err
}

func differ(days map[supervision.Key]supervision.Counts, open map[supervision.OpenKey]int64, l supervision.Line, sign int64) {
	for k, counts := range l.Days {
		days[k] = days[k].Plus(counts, sign)
	}
	for k, n := range l.Open {
		open[k] += sign * n
	}
}

// columns are the sums of a day: "filed, accepted, …".
var columns = strings.Join(supervision.Names[:], ", ")

// raiseDay adds to the sums of a day.
var raiseDay = func() string {
	var values, sets []string
	for i, name := range supervision.Names {
		values = append(values, fmt.Sprintf("$%d", i+5))
		sets = append(sets, fmt.Sprintf("%s = supervision_days.%s + excluded.%s", name, name, name))
	}
	return `INSERT INTO supervision_days (day, region, agency, item, ` + columns + `) VALUES ($1, $2, $3, $4, ` + strings.Join(values, ", ") +
		`) ON CONFLICT (day, region, agency, item) DO UPDATE SET ` + strings.Join(sets, ", ")
}()

func raise(b *sqldb.Batch, days map[supervision.Key]supervision.Counts, open map[supervision.OpenKey]int64) {
	for _, k := range dayKeys(days) {
		if days[k] == (supervision.Counts{}) {
			continue
		}
		args := []any{k.Day.String(), k.Region, k.Agency, string(k.Item)}
		for _, n := range days[k] {
			args = append(args, n)
		}
		b.Exec(raiseDay, args...)
	}
	for _, k := range openKeys(open) {
		if open[k] == 0 {
			continue
		}
		key := []any{string(k.Kind), k.Due.String(), k.Region, k.Agency, string(k.Item)}
		b.Exec(`INSERT INTO supervision_open (kind, due, region, agency, item, n) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (kind, due, region, agency, item) DO UPDATE SET n = supervision_open.n + excluded.n`, append(key, open[k])...)
		b.Exec(`DELETE FROM supervision_open WHERE kind = $1 AND due = $2 AND region = $3 AND agency = $4 AND item = $5 AND n = 0`, key...)
	}
}

// within is the condition that a scope sets; its arguments follow those given.
func within(scope supervision.Scope, args ...any) (string, []any) {
	stem := identity.Stem(scope.Region)
	args = append(args, stem, stem+":") // ':' follows '9'
	text := fmt.Sprintf("region >= $%d AND region < $%d", len(args)-1, len(args))
	if scope.Agency != "" {
		args = append(args, scope.Agency)
		text += fmt.Sprintf(" AND agency = $%d", len(args))
	}
	return text, args
}

// sums are the columns added up.
var sums = "SUM(" + strings.Join(supervision.Names[:], "), SUM(") + ")"

// Sum adds up days.
func (s *Store) Sum(ctx context.Context, scope supervision.Scope, by supervision.Group, from, until calendar.Day) ([]supervision.Total, error) {
	column := map[supervision.Group]string{supervision.ByDay: "day", supervision.ByAgency: "agency", supervision.ByItem: "item"}[by]
	if column == "" {
		return nil, fmt.Errorf("sum by %q", by)
	}
	where, args := within(scope, from.String(), until.String())
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (t supervision.Total, err error) {
		var group string
		err = scan(append([]any{&group}, into(&t.Counts)...)...)
		switch by {
		case supervision.ByDay:
			t.Day = calendar.Parse(group)
		case supervision.ByAgency:
			t.Agency = group
		case supervision.ByItem:
			t.Item = items.ID(group)
		}
		return t, err
	}, `SELECT `+column+`, `+sums+` FROM supervision_days WHERE day >= $1 AND day <= $2 AND `+where+` GROUP BY `+column+` ORDER BY `+column, args...)
}

func into(counts *supervision.Counts) []any {
	all := make([]any, len(counts))
	for i := range counts {
		all[i] = &counts[i]
	}
	return all
}

// Open adds up what is open.
func (s *Store) Open(ctx context.Context, scope supervision.Scope) ([]supervision.OpenTotal, error) {
	where, args := within(scope)
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (o supervision.OpenTotal, err error) {
		var due string
		err = scan((*string)(&o.Kind), &due, &o.N)
		o.Due = calendar.Parse(due)
		return o, err
	}, `SELECT kind, due, SUM(n) FROM supervision_open WHERE `+where+` GROUP BY kind, due ORDER BY kind, due`, args...)
}
