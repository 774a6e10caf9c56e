package event

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"tongban/internal/ground/sqldb"
)

// ends are the facts of streams that are still on the table: of those on the shelf the
// last ones.
func (p *Post) ends(ctx context.Context, streams []string) (map[string][]Record, error) {
	marks, args := sqldb.In(streams)
	late := make(map[string][]Record, len(streams))
	return late, p.DB.Each(ctx, func(scan func(...any) error) error {
		r, err := scanRecord(scan)
		late[r.Stream] = append(late[r.Stream], r)
		return err
	}, `SELECT stream, seq, name, body, at, hash FROM event_facts WHERE stream IN `+marks+` ORDER BY stream, seq`, args...)
}

// Whole puts the facts that stand on the shelf before those of each stream that are
// still on the table. All are fetched together. A stream of which the shelf does not
// have what is missing stays as it is: whoever verifies it says so.
func (p *Post) Whole(ctx context.Context, late map[string][]Record) (map[string][]Record, error) {
	streams := slices.DeleteFunc(slices.Sorted(maps.Keys(late)), func(name string) bool { return len(late[name]) == 0 || late[name][0].Seq == 1 })
	if p.Shelf == nil || len(streams) == 0 {
		return late, nil
	}
	early, err := p.Shelf(ctx, streams)
	if err != nil {
		return nil, fmt.Errorf("facts on the shelf: %w", err)
	}
	for _, name := range streams {
		if first := late[name][0].Seq; int64(len(early[name])) >= first-1 {
			late[name] = append(early[name][:first-1:first-1], late[name]...)
		}
	}
	return late, nil
}

// fromShelf is a fact and the one before it, of a stream that is in part on the shelf.
func (p *Post) fromShelf(ctx context.Context, stream string, seq int64) (two []Record, err error) {
	all, err := p.Stream(ctx, stream)
	for _, f := range all {
		if f.Seq == seq-1 || f.Seq == seq {
			two = append(two, f)
		}
	}
	return two, err
}

// Store takes the facts of a stream up to one off the table, in the batch that
// puts them on the shelf. There must be a later one, which stays: by it the stream
// is known, and whoever appends to it meets the one who took it away.
func Store(b *sqldb.Batch, stream string, upTo int64) {
	b.Exec(`DELETE FROM event_facts WHERE stream = $1 AND seq <= $2`, stream, upTo)
}

// Restore puts facts back on the table, as they were.
func Restore(b *sqldb.Batch, facts []Record) {
	for _, r := range facts {
		keep(b, r)
	}
}

// Waiting are the streams of which there is news to tell.
func (p *Post) Waiting(ctx context.Context) (map[string]bool, error) {
	all := map[string]bool{}
	return all, p.DB.Each(ctx, func(scan func(...any) error) error {
		var stream string
		err := scan(&stream)
		all[stream] = true
		return err
	}, `SELECT DISTINCT stream FROM event_news`)
}
