package supervisionstore

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

var _ supervision.AlarmStore = (*Store)(nil)

// LookAt has a case looked at.
func (s *Store) LookAt(b *sqldb.Batch, id cases.ID, at clock.Moment) {
	b.Exec(`INSERT INTO supervision_looks (case_id, due) VALUES ($1, $2) ON CONFLICT (case_id) DO UPDATE SET due = excluded.due`, string(id), int64(at))
}

// LookAtAll makes every look due.
func (s *Store) LookAtAll(ctx context.Context) error {
	_, err := s.DB.Exec(ctx, `UPDATE supervision_looks SET due = 1`)
	return err
}

// Looks reads what is due.
func (s *Store) Looks(ctx context.Context, now time.Time, limit int) ([]supervision.Look, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (l supervision.Look, err error) {
		err = scan((*string)(&l.Case), (*int64)(&l.Due))
		return l, err
	}, `SELECT case_id, due FROM supervision_looks WHERE due <= $1 ORDER BY due, case_id LIMIT $2`, sqldb.Instant(now), limit)
}

// Next reads when cases are to be looked at.
func (s *Store) Next(ctx context.Context, ids []cases.ID) ([]supervision.Look, error) {
	marks, args := sqldb.In(ids)
	all := make([]supervision.Look, len(ids))
	for i, id := range ids {
		all[i].Case = id
	}
	return all, s.DB.Each(ctx, func(scan func(...any) error) error {
		var id cases.ID
		var due int64
		err := scan((*string)(&id), &due)
		all[slices.Index(ids, id)].Due = clock.Moment(due)
		return err
	}, `SELECT case_id, due FROM supervision_looks WHERE case_id IN `+marks, args...)
}

const alarmColumns = `case_id, rule, thing, raised, cleared, level, say, told, number, item_name, region, agency`

func scanRaised(scan func(...any) error) (r supervision.Raised, err error) {
	var raised, cleared, told int64
	err = scan((*string)(&r.Case), &r.Rule, &r.Thing, &raised, &cleared, (*string)(&r.Level), &r.Say, &told, &r.Number, &r.ItemName, &r.Region, &r.Agency)
	r.Raised, r.Cleared, r.Told = sqldb.FromInstant(raised), sqldb.FromInstant(cleared), int(told)
	return r, err
}

// Standing reads the alarms of cases.
func (s *Store) Standing(ctx context.Context, ids ...cases.ID) ([]supervision.Raised, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := sqldb.In(ids)
	return sqldb.Rows(ctx, s.DB, scanRaised, `SELECT `+alarmColumns+` FROM supervision_alarms WHERE case_id IN `+marks+` AND cleared = 0 ORDER BY case_id, rule, thing`, args...)
}

// Keep keeps what came of looks.
func (s *Store) Keep(ctx context.Context, all ...supervision.Outcome) error {
	var b sqldb.Batch
	for _, o := range all {
		keep(&b, o)
	}
	return s.DB.Commit(ctx, &b)
}

func keep(b *sqldb.Batch, o supervision.Outcome) {
	for _, r := range append(o.Raised, o.Cleared...) {
		b.Exec(`INSERT INTO supervision_alarms (`+alarmColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
			ON CONFLICT (case_id, rule, thing, raised) DO UPDATE SET cleared = excluded.cleared, say = excluded.say, told = excluded.told`,
			string(r.Case), r.Rule, r.Thing, sqldb.Instant(r.Raised), sqldb.Instant(r.Cleared), string(r.Level), r.Say, r.Told, r.Number, r.ItemName, r.Region, r.Agency)
	}
	for _, n := range o.Notices {
		b.Exec(`INSERT INTO supervision_notices (id, account, role, agency, region, case_id, number, item_name, rule, level, say, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			n.ID, n.Account, string(n.Role), n.Agency, n.Region, string(n.Case), n.Number, n.ItemName, n.Rule, string(n.Level), n.Say, sqldb.Instant(n.At))
	}
	for _, r := range o.Cleared { // what is settled need not be told any more
		b.Exec(`DELETE FROM supervision_notices WHERE case_id = $1 AND rule = $2`, string(r.Case), r.Rule)
	}
	lookNext(b, o)
}

// lookNext notes when to look again. One that was noted meanwhile stays.
func lookNext(b *sqldb.Batch, o supervision.Outcome) {
	switch {
	case o.Next == o.Seen:
	case o.Next == 0:
		b.Exec(`DELETE FROM supervision_looks WHERE case_id = $1 AND due = $2`, string(o.Case), int64(o.Seen))
	case o.Seen == 0:
		b.Exec(`INSERT INTO supervision_looks (case_id, due) VALUES ($1, $2) ON CONFLICT (case_id) DO NOTHING`, string(o.Case), int64(o.Next))
	default:
		b.Exec(`UPDATE supervision_looks SET due = $1 WHERE case_id = $2 AND due = $3`, int64(o.Next), string(o.Case), int64(o.Seen))
	}
}

// List reads the alarms of a scope that stand.
func (s *Store) List(ctx context.Context, scope supervision.Scope, before string, limit int) ([]supervision.Raised, error) {
	where, args := []string{"cleared = 0", "region LIKE $1"}, []any{identity.Stem(scope.Region) + "%"}
	if scope.Agency != "" {
		args = append(args, scope.Agency)
		where = append(where, fmt.Sprintf("agency = $%d", len(args)))
	}
	if at, id, ok := strings.Cut(before, "-"); ok {
		var instant int64
		if _, err := fmt.Sscan(at, &instant); err != nil {
			return nil, fault.New(fault.Invalid, "supervision.alarms.cursor", "翻页地址不对，请从第一页看起")
		}
		args = append(args, instant, id)
		where = append(where, fmt.Sprintf("(raised, case_id) < ($%d, $%d)", len(args)-1, len(args)))
	}
	args = append(args, limit)
	return sqldb.Rows(ctx, s.DB, scanRaised, `SELECT `+alarmColumns+` FROM supervision_alarms WHERE `+strings.Join(where, " AND ")+
		fmt.Sprintf(` ORDER BY raised DESC, case_id DESC LIMIT $%d`, len(args)), args...)
}

// ways are the conditions by which a notice reaches an account, or one of its posts:
// each is one place in an index.
func ways(account string, posts []identity.Post, args []any) ([]string, []any) {
	args = append(args, account)
	all := []string{fmt.Sprintf("account = $%d", len(args))}
	for _, p := range posts {
		args = append(args, string(p.Role), p.Agency, identity.Stem(p.Region)+"%")
		n := len(args)
		all = append(all, fmt.Sprintf("account = '' AND role = $%d AND agency = $%d", n-2, n-1),
			fmt.Sprintf("account = '' AND role = $%d AND agency = '' AND region LIKE $%d", n-2, n))
	}
	return all, args
}

// Notices reads what somebody was told.
func (s *Store) Notices(ctx context.Context, account string, posts []identity.Post, limit int) ([]supervision.Notice, error) {
	all, args := ways(account, posts, nil)
	args = append(args, limit)
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (n supervision.Notice, err error) {
		var at int64
		err = scan(&n.ID, &n.Account, (*string)(&n.Role), &n.Agency, &n.Region, (*string)(&n.Case), &n.Number, &n.ItemName, &n.Rule, (*string)(&n.Level), &n.Say, &at)
		n.At = sqldb.FromInstant(at)
		return n, err
	}, `SELECT id, account, role, agency, region, case_id, number, item_name, rule, level, say, at FROM supervision_notices
		WHERE `+strings.Join(all, " OR ")+fmt.Sprintf(` ORDER BY id DESC LIMIT $%d`, len(args)), args...)
}

// CountNotices counts what Notices would read: in no order, so that no more than limit
// are looked at for each way.
func (s *Store) CountNotices(ctx context.Context, account string, posts []identity.Post, limit int) (n int, err error) {
	all, args := ways(account, posts, nil)
	for i, way := range all {
		all[i] = fmt.Sprintf(`SELECT id FROM (SELECT id FROM supervision_notices WHERE %s LIMIT %d) w`, way, limit)
	}
	return n, s.DB.Row(ctx, fmt.Sprintf(`SELECT COUNT(*) FROM (%s LIMIT %d) n`, strings.Join(all, " UNION "), limit), args...).Scan(&n)
}

// PutAway deletes a notice that is theirs.
func (s *Store) PutAway(ctx context.Context, id, account string, posts []identity.Post) error {
	all, args := ways(account, posts, []any{id})
	n, err := s.DB.Exec(ctx, `DELETE FROM supervision_notices WHERE id = $1 AND (`+strings.Join(all, " OR ")+`)`, args...)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "supervision.notice.none", "没有这条提醒，可能已经处理")
	}
	return err
}
