package ratingstore

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/oversight/rating"
)

// Nobody who rates waits for the others who rate the same: each counts in a row
// of its own, and Fold adds these rows up to one for each sum. What stands in both
// tables together is right at every moment.

// apart are the rows of those who have just rated.
var apart = sqldb.Log{Into: `INSERT INTO rating_counted (id, agency, item, region, grade, n)`}

// count adds n ratings like r to the sums; a default is nobody's word.
func count(b *sqldb.Batch, r rating.Rating, n int64) {
	if r.Seq == 0 || n == 0 {
		return
	}
	apart.Add(b, sqldb.NewID(), r.Agency, string(r.Item), r.Region, int64(r.Grade), n)
}

// sum is the key of a row of sums.
type sum struct {
	agency, item, region string
	grade                int64
}

func (s sum) compare(o sum) int {
	return cmp.Or(cmp.Compare(s.agency, o.agency), cmp.Compare(s.item, o.item), cmp.Compare(s.region, o.region), cmp.Compare(s.grade, o.grade))
}

// foldedAtOnce is how many counted ratings one transaction adds up.
const foldedAtOnce = 500

// Fold adds what was counted since the last time to the sums.
func (s *Store) Fold(ctx context.Context) error {
	for folded := foldedAtOnce; folded == foldedAtOnce; {
		err := s.DB.Within(ctx, func(ctx context.Context) (err error) {
			folded, err = s.fold(ctx)
			return err
		})
		if err != nil {
			return fmt.Errorf("fold ratings: %w", err)
		}
	}
	return nil
}

// fold adds the oldest counted ratings up and says how many there were. Of two who
// fold at once each adds up what it has itself taken away.
func (s *Store) fold(ctx context.Context) (folded int, err error) {
	sums := map[sum]int64{}
	err = s.DB.Each(ctx, func(scan func(...any) error) error {
		var of sum
		var n int64
		err := scan(&of.agency, &of.item, &of.region, &of.grade, &n)
		sums[of] += n
		folded++
		return err
	}, `DELETE FROM rating_counted WHERE id IN (SELECT id FROM rating_counted ORDER BY id LIMIT $1) RETURNING agency, item, region, grade, n`, foldedAtOnce)
	if err != nil {
		return folded, err
	}
	var b sqldb.Batch
	for _, of := range slices.SortedFunc(maps.Keys(sums), sum.compare) {
		b.Exec(`INSERT INTO rating_sums (agency, item, region, grade, n) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (agency, item, region, grade) DO UPDATE SET n = rating_sums.n + excluded.n`, of.agency, of.item, of.region, of.grade, sums[of])
	}
	return folded, s.DB.Commit(ctx, &b)
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
	}, `SELECT grade, SUM(n) FROM (SELECT grade, n FROM rating_sums WHERE `+where+` UNION ALL SELECT grade, n FROM rating_counted WHERE `+where+`) a GROUP BY grade`, args...)
}

const recount = `SELECT agency, item, region, grade, COUNT(*) AS n FROM rating_ratings WHERE seq > 0 AND excluded = 0 GROUP BY agency, item, region, grade`

// counted is what the sums come to, with what is not folded into them yet.
const counted = `SELECT agency, item, region, grade, SUM(n) AS n FROM (SELECT agency, item, region, grade, n FROM rating_sums
	UNION ALL SELECT agency, item, region, grade, n FROM rating_counted) a GROUP BY agency, item, region, grade`

// Differ counts all ratings and compares them with the sums; "" for no difference.
func (s *Store) Differ(ctx context.Context) (string, error) {
	say, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (string, error) {
		var agency, item string
		var grade, sum, n int64
		err := scan(&agency, &item, &grade, &sum, &n)
		return fmt.Sprintf("%s的“%s”有%d条%d星评价，合计表记为%d条", agency, item, n, grade, sum), err
	}, `SELECT k.agency, k.item, k.grade, COALESCE(s.n, 0), COALESCE(r.n, 0)
		FROM (SELECT agency, item, region, grade FROM rating_sums UNION SELECT agency, item, region, grade FROM rating_counted
			UNION SELECT agency, item, region, grade FROM rating_ratings WHERE seq > 0 AND excluded = 0) k
		LEFT JOIN (`+counted+`) s ON s.agency = k.agency AND s.item = k.item AND s.region = k.region AND s.grade = k.grade
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
	b.Exec(`DELETE FROM rating_counted`)
	b.Exec(`INSERT INTO rating_sums (agency, item, region, grade, n) ` + recount)
	return s.DB.Commit(ctx, &b)
}
