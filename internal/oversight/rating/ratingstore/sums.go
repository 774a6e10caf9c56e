package ratingstore

import (
	"context"
	"fmt"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/oversight/rating"
)

// count adds n ratings like r to the sums; a default is nobody's word.
func count(b *sqldb.Batch, r rating.Rating, n int64) {
	if r.Seq == 0 || n == 0 {
		return
	}
	b.Exec(`INSERT INTO rating_sums (agency, item, region, grade, n) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (agency, item, region, grade) DO UPDATE SET n = rating_sums.n + excluded.n`, r.Agency, string(r.Item), r.Region, int64(r.Grade), n)
}

// Tally adds up the sums by grade.
func (s *Store) Tally(ctx context.Context, f rating.Filter) (map[rating.Grade]int, error) {
	where, args := `region >= $1 AND region < $2`, []any{identity.Stem(f.Region), identity.Stem(f.Region) + ":"} // ':' follows '9'
	switch {
	case f.Item != "":
		where, args = `item = $1`, []any{string(f.Item)}
	case f.Agency != "":
		where, args = `agency = $1`, []any{f.Agency}
	}
	tally := map[rating.Grade]int{}
	return tally, s.DB.Each(ctx, func(scan func(...any) error) error {
		var grade, n int
		err := scan(&grade, &n)
		if n > 0 {
			tally[rating.Grade(grade)] = n
		}
		return err
	}, `SELECT grade, SUM(n) FROM rating_sums WHERE `+where+` GROUP BY grade`, args...)
}

const recount = `SELECT agency, item, region, grade, COUNT(*) AS n FROM rating_ratings WHERE seq > 0 AND excluded = 0 GROUP BY agency, item, region, grade`

// Differ counts all ratings and compares them with the sums; "" for no difference.
func (s *Store) Differ(ctx context.Context) (string, error) {
	say, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (string, error) {
		var agency, item string
		var grade, sum, n int64
		err := scan(&agency, &item, &grade, &sum, &n)
		return fmt.Sprintf("%s的“%s”有%d条%d星评价，合计表记为%d条", agency, item, n, grade, sum), err
	}, `SELECT k.agency, k.item, k.grade, COALESCE(s.n, 0), COALESCE(r.n, 0)
		FROM (SELECT agency, item, region, grade FROM rating_sums UNION SELECT agency, item, region, grade FROM rating_ratings WHERE seq > 0 AND excluded = 0) k
		LEFT JOIN rating_sums s ON s.agency = k.agency AND s.item = k.item AND s.region = k.region AND s.grade = k.grade
		LEFT JOIN (`+recount+`) r ON r.agency = k.agency AND r.item = k.item AND r.region = k.region AND r.grade = k.grade
		WHERE COALESCE(s.n, 0) <> COALESCE(r.n, 0) ORDER BY k.agency, k.item, k.grade LIMIT 1`)
	if err != nil || len(say) == 0 {
		return "", err
	}
	return say[0], nil
}

// Load adds an invite and its answer for very many new cases to the batch;
// Recount makes the sums of them.
func Load(b *sqldb.Batch, post *event.Post, i rating.Invite, r rating.Rating) error {
	b.Insert(`INSERT INTO rating_invites (`+inviteColumns+`, waiting)`, string(i.Case), i.Number, i.Party, i.Name, string(i.Item), i.ItemName, i.Agency, i.Region,
		sqldb.Instant(i.Closed), i.Until.String(), int64(0))
	b.Insert(`INSERT INTO rating_ratings (`+given+`)`, row(r)...)
	_, err := post.Past(b, stream(r), event.Head{}, r.At, rating.Given{Case: r.Case, Seq: r.Seq, Item: r.Item, Agency: r.Agency, Region: r.Region,
		Grade: r.Grade, Tags: r.Tags, Rectify: r.Rectify, At: r.At})
	return err
}

// Recount makes the sums anew from the ratings.
func (s *Store) Recount(ctx context.Context) error {
	var b sqldb.Batch
	b.Exec(`DELETE FROM rating_sums`)
	b.Exec(`INSERT INTO rating_sums (agency, item, region, grade, n) ` + recount)
	return s.DB.Commit(ctx, &b)
}
