package cases

import (
	"context"
	"encoding/json"
	"fmt"

	"tongban/internal/ground/event"
)

// Difference is the first thing in which a case is not what its facts say.
type Difference struct {
	Case ID
	Say  string
}

// Audit builds every case again from its facts and compares it with what is
// kept: the chain of hashes, the state, the clocks, the work and the papers.
// See is told of each case that differs, and how many were looked at so far.
func (s *Service) Audit(ctx context.Context, see func(looked int, d *Difference)) (looked int, err error) {
	for after := ID(""); ; {
		ids, err := s.Store.IDs(ctx, after, 500)
		if err != nil || len(ids) == 0 {
			return looked, err
		}
		for _, id := range ids {
			d, err := s.AuditOne(ctx, id)
			if err != nil {
				return looked, fmt.Errorf("audit case %s: %w", id, err)
			}
			looked++
			see(looked, d)
		}
		after = ids[len(ids)-1]
	}
}

// AuditOne audits one case; nil means that it is what its facts say.
func (s *Service) AuditOne(ctx context.Context, id ID) (*Difference, error) {
	kept, err := s.Store.Kept(ctx, id)
	if err != nil {
		return nil, err
	}
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return nil, err
	}
	head, err := event.Verify(records)
	if err != nil {
		return &Difference{id, "记录链断裂：" + err.Error()}, nil
	}
	if head != kept.Head {
		return &Difference{id, fmt.Sprintf("办件停在第%d条记录，记录链止于第%d条", kept.Head.Seq, head.Seq)}, nil
	}
	if d, err := s.compare(ctx, kept, records); d != nil || err != nil {
		return d, err
	}
	return s.compareListed(ctx, kept)
}

// compareListed compares what lists go by with the case, which is proven.
func (s *Service) compareListed(ctx context.Context, c *Case) (*Difference, error) {
	state, papers, err := s.Store.Listed(ctx, c.ID)
	switch {
	case err != nil:
		return nil, err
	case state != c.State:
		return &Difference{c.ID, fmt.Sprintf("清单里的状态与记录不符：应为%s，实为%s", c.State.Han(), state)}, nil
	case papers != len(c.Papers):
		return &Difference{c.ID, fmt.Sprintf("文书目录与记录不符：应有%d份，实有%d份", len(c.Papers), papers)}, nil
	}
	return nil, nil
}

func (s *Service) compare(ctx context.Context, kept *Case, records []event.Record) (*Difference, error) {
	list, err := events(records)
	if err != nil {
		return nil, err
	}
	frames, err := s.frames(ctx, list)
	if err != nil {
		return nil, err
	}
	again := &Case{}
	for i, e := range list {
		if err := again.Apply(e.Moved, frames[i]); err != nil {
			return &Difference{kept.ID, fmt.Sprintf("第%d条记录（%s）不能重演：%v", e.Seq, MoveOf(e.Act).Name, err)}, nil
		}
	}
	return firstDifference(again, kept)
}

// firstDifference compares part by part, so that the first that differs can be named.
func firstDifference(again, kept *Case) (*Difference, error) {
	for _, part := range []struct {
		name string
		of   func(*Case) any
	}{
		{"状态", func(c *Case) any { return c.State }},
		{"法定时钟", func(c *Case) any { return c.Statutory }},
		{"承诺时钟", func(c *Case) any { return c.Promised }},
		{"文书", func(c *Case) any { return c.Papers }},
		{"流程", func(c *Case) any { return c.Flow }},
		{"材料", func(c *Case) any { return c.Materials }},
		{"其他内容", func(c *Case) any { return c }},
	} {
		want, err := json.Marshal(part.of(again))
		if err != nil {
			return nil, err
		}
		got, err := json.Marshal(part.of(kept))
		if err != nil {
			return nil, err
		}
		if string(want) != string(got) {
			return &Difference{kept.ID, fmt.Sprintf("%s与记录不符：应为%s，实为%s", part.name, clip(want), clip(got))}, nil
		}
	}
	return nil, nil
}

func clip(b []byte) string {
	if r := []rune(string(b)); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return string(b)
}
