package event

import (
	"context"
	"fmt"

	"tongban/internal/ground/sqldb"
)

// whole puts the facts that stand on the shelf before those of a stream that are
// still on the table.
func (p *Post) whole(ctx context.Context, late []Record) ([]Record, error) {
	if p.Shelf == nil {
		return late, nil
	}
	stream, first := late[0].Stream, late[0].Seq
	early, err := p.Shelf(ctx, stream)
	if err != nil {
		return nil, fmt.Errorf("facts of %s on the shelf: %w", stream, err)
	}
	if int64(len(early)) < first-1 {
		return late, nil // the chain is broken, and whoever verifies it says so
	}
	return append(early[:first-1:first-1], late...), nil
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
