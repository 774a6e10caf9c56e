package event

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// All is what happened in a stream in which there are facts of one kind only.
func All[F Fact](ctx context.Context, p *Post, stream string) ([]F, error) {
	records, err := p.Stream(ctx, stream)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", stream, err)
	}
	all := make([]F, len(records))
	for i, r := range records {
		if all[i], err = Read[F](r); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Append keeps one more fact of a stream beside which nothing else is kept, if the
// stream is still that long. Fault: event.append.stale when somebody was faster.
func (p *Post) Append(ctx context.Context, stream string, after int, at time.Time, f Fact) error {
	stale := fault.New(fault.Conflict, "event.append.stale", "有人刚刚改过，请刷新后再试")
	records, err := p.Stream(ctx, stream)
	switch {
	case err != nil:
		return err
	case len(records) != after:
		return stale
	}
	var head Head
	if after > 0 {
		head = Head{Seq: records[after-1].Seq, Hash: records[after-1].Hash}
	}
	var b sqldb.Batch
	if _, err := p.Record(&b, stream, head, at, f); err != nil {
		return err
	}
	err = p.DB.Commit(ctx, &b)
	if sqldb.IsDuplicate(err) {
		return stale
	}
	return err
}
