// Package ratingstore keeps invites and ratings in SQL.
package ratingstore

import (
	"context"
	"embed"
	"fmt"
	"strconv"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/rating"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "rating", Files: files}

// Store is a rating.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
}

var _ rating.Store = (*Store)(nil)

const (
	inviteColumns = `case_id, number, party, name, item, item_name, agency, region, closed, until_day`
	readInvite    = inviteColumns + `, waiting`
)

// invites: a case is asked about once.
var invites = sqldb.Log{Into: `INSERT INTO rating_invites (` + inviteColumns + `)`, Else: `ON CONFLICT (case_id) DO NOTHING`}

// Invite adds an invite.
func (s *Store) Invite(b *sqldb.Batch, i rating.Invite) {
	invites.Add(b, string(i.Case), i.Number, i.Party, i.Name, string(i.Item), i.ItemName, i.Agency, i.Region, sqldb.Instant(i.Closed), i.Until.String())
}

// InviteOf finds the invite of a case.
func (s *Store) InviteOf(ctx context.Context, id cases.ID) (rating.Invite, error) {
	return sqldb.One(ctx, s.DB, scanInvite, rating.None(), `SELECT `+readInvite+` FROM rating_invites WHERE case_id = $1`, string(id))
}

// Waiting lists what a party may still rate.
func (s *Store) Waiting(ctx context.Context, party string, today calendar.Day, limit int) ([]rating.Invite, error) {
	return sqldb.Rows(ctx, s.DB, scanInvite, `SELECT `+readInvite+` FROM rating_invites WHERE party = $1 AND waiting = 1 AND until_day >= $2 ORDER BY closed DESC LIMIT $3`,
		party, today.String(), limit)
}

// Lapsed lists what nobody rated in time.
func (s *Store) Lapsed(ctx context.Context, today calendar.Day, limit int) ([]rating.Invite, error) {
	return sqldb.Rows(ctx, s.DB, scanInvite, `SELECT `+readInvite+` FROM rating_invites WHERE waiting = 1 AND until_day < $1 ORDER BY until_day LIMIT $2`, today.String(), limit)
}

func scanInvite(scan func(...any) error) (i rating.Invite, err error) {
	var closed, waiting int64
	var until string
	err = scan((*string)(&i.Case), &i.Number, &i.Party, &i.Name, (*string)(&i.Item), &i.ItemName, &i.Agency, &i.Region, &closed, &until, &waiting)
	i.Closed, i.Until, i.Rated = sqldb.FromInstant(closed), calendar.Parse(until), waiting == 0
	return i, err
}

// given are the columns of what was said, columns all of them.
const (
	given   = `case_id, seq, item, item_name, agency, region, name, grade, tags, version, say, anonymous, channel, at, contact, rectify, answer, answered, request`
	columns = given + `, called, found, found_say, reviewed, excluded`
)

// Add keeps a rating. Each is the beginning of a stream of its own, so that two
// at once cannot both be the first.
func (s *Store) Add(ctx context.Context, r rating.Rating, facts ...event.Fact) error {
	var b sqldb.Batch
	b.Exec(`INSERT INTO rating_ratings (`+given+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`, row(r)...)
	b.Exec(`UPDATE rating_invites SET waiting = 0 WHERE case_id = $1 AND waiting = 1`, string(r.Case))
	count(&b, r, 1)
	if _, err := s.Post.Record(&b, stream(r), event.Head{}, r.At, facts...); err != nil {
		return err
	}
	err := s.DB.Commit(ctx, &b)
	if sqldb.IsDuplicate(err) {
		return fault.New(fault.Conflict, "rating.rate.twice", "这次评价已经收到，无需重复提交")
	}
	return err
}

// row is what stands in the columns of given.
func row(r rating.Rating) []any {
	return []any{string(r.Case), int64(r.Seq), string(r.Item), r.ItemName, r.Agency, r.Region, r.Name, int64(r.Grade), strings.Join(r.Tags, ","), r.Version, r.Text,
		int64(sqldb.Bool(r.Anonymous)), r.Channel, sqldb.Instant(r.At), dayText(r.Contact), dayText(r.Rectify), r.Answer, sqldb.Instant(r.Answered), r.Request}
}

func stream(r rating.Rating) string { return fmt.Sprintf("rating/%s/%d", r.Case, r.Seq) }

// Of lists the ratings of a case.
func (s *Store) Of(ctx context.Context, id cases.ID) ([]rating.Rating, error) {
	return sqldb.Rows(ctx, s.DB, scan, `SELECT `+columns+` FROM rating_ratings WHERE case_id = $1 ORDER BY seq`, string(id))
}

// Unanswered lists the bad ratings of cases that wait for an answer.
func (s *Store) Unanswered(ctx context.Context, ids []cases.ID) ([]rating.Rating, error) {
	in, args := sqldb.In(ids)
	return sqldb.Rows(ctx, s.DB, scan, `SELECT `+columns+` FROM rating_ratings WHERE case_id IN `+in+waiting+` ORDER BY case_id, seq`, args...)
}

// waiting is the condition of Rating.Waits.
const waiting = ` AND rectify <> '' AND answered = 0 AND excluded = 0`

// Put keeps what was done about a bad rating, as the next fact of its stream.
func (s *Store) Put(ctx context.Context, before, after rating.Rating, fact event.Fact) error {
	return s.DB.Within(ctx, func(ctx context.Context) error {
		n, err := s.DB.Exec(ctx, `UPDATE rating_ratings SET answer = $1, answered = $2, called = $3, found = $4, found_say = $5, reviewed = $6, excluded = $7
			WHERE case_id = $8 AND seq = $9 AND answered = $10 AND called = $11 AND reviewed = $12`,
			after.Answer, sqldb.Instant(after.Answered), sqldb.Instant(after.Called), string(after.Found), after.FoundSay, sqldb.Instant(after.Reviewed), sqldb.Bool(after.Excluded),
			string(after.Case), after.Seq, sqldb.Instant(before.Answered), sqldb.Instant(before.Called), sqldb.Instant(before.Reviewed))
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "rating.put.stale", "这条评价刚刚有人处理过，请刷新后查看")
		}
		if err != nil {
			return err
		}
		facts, err := s.Post.Stream(ctx, stream(after))
		if err != nil || len(facts) == 0 {
			return fmt.Errorf("facts of %s: %d, %w", stream(after), len(facts), err)
		}
		last := facts[len(facts)-1]
		var b sqldb.Batch
		count(&b, after, int64(sqldb.Bool(before.Excluded)-sqldb.Bool(after.Excluded)))
		if _, err := s.Post.Record(&b, stream(after), event.Head{Seq: last.Seq, Hash: last.Hash}, s.Post.Now(), fact); err != nil {
			return err
		}
		return s.DB.Commit(ctx, &b)
	})
}

// List is a page of ratings, newest first, by keyset.
func (s *Store) List(ctx context.Context, f rating.Filter) ([]rating.Rating, error) {
	q := listing(f)
	return sqldb.Rows(ctx, s.DB, scan, q.text, q.args...)
}

// listing is the whole question for a page.
func listing(f rating.Filter) query {
	q := where(f)
	if at, id, ok := cursor(f.After); ok {
		q.and(`(at < %[1]s OR at = %[1]s AND case_id < %[2]s)`, at, id)
	}
	q.args = append(q.args, f.Limit)
	q.text = `SELECT ` + columns + ` FROM rating_ratings WHERE ` + q.text + ` ORDER BY at DESC, case_id DESC LIMIT $` + strconv.Itoa(len(q.args))
	return q
}

// query is a condition in the making, with its arguments.
type query struct {
	text string
	args []any
}

func (q *query) and(text string, args ...any) {
	names := make([]any, len(args))
	for i := range args {
		names[i] = "$" + strconv.Itoa(len(q.args)+i+1)
	}
	q.text += " AND " + fmt.Sprintf(text, names...)
	q.args = append(q.args, args...)
}

// townDigits are the digits of a town's code: there are few ratings of one town.
const townDigits = 9

// where chooses what people said; a default is nobody's word.
func where(f rating.Filter) query {
	q := query{text: `seq > 0`}
	switch {
	case f.Item != "":
		q.and(`item = %s`, string(f.Item))
	case f.Agency != "":
		q.and(`agency = %s`, f.Agency)
	default:
		column, stem := `region`, identity.Stem(f.Region)
		if f.Poor || f.Open || len(stem) < townDigits {
			column = `region || ''` // newest first by the index of them, or of the bad ones: by that of regions all would be sorted
		}
		q.and(column+` >= %s`, stem)
		q.and(column+` < %s`, stem+":") // ':' follows '9'
	}
	if f.Poor || f.Open {
		q.text += ` AND grade <= 2`
	}
	if f.Open {
		q.text += waiting
	}
	return q
}

// cursor reads Rating.Cursor.
func cursor(after string) (at int64, id string, ok bool) {
	if len(after) <= 13 {
		return 0, "", false
	}
	at, err := strconv.ParseInt(after[:13], 10, 64)
	return at, after[13:], err == nil
}

func scan(scan func(...any) error) (r rating.Rating, err error) {
	var tags, contact, rectify string
	var grade, anonymous int
	var at, answered, called, reviewed int64
	var excluded int
	err = scan((*string)(&r.Case), &r.Seq, (*string)(&r.Item), &r.ItemName, &r.Agency, &r.Region, &r.Name, &grade, &tags, &r.Version, &r.Text, &anonymous,
		&r.Channel, &at, &contact, &rectify, &r.Answer, &answered, &r.Request, &called, (*string)(&r.Found), &r.FoundSay, &reviewed, &excluded)
	r.Called, r.Reviewed, r.Excluded = sqldb.FromInstant(called), sqldb.FromInstant(reviewed), excluded == 1
	if tags != "" {
		r.Tags = strings.Split(tags, ",")
	}
	r.Grade, r.Anonymous, r.At, r.Answered = rating.Grade(grade), anonymous == 1, sqldb.FromInstant(at), sqldb.FromInstant(answered)
	r.Contact, r.Rectify = calendar.Parse(contact), calendar.Parse(rectify)
	return r, err
}

func dayText(d calendar.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}
