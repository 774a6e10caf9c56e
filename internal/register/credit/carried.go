package credit

import (
	"context"
	"encoding/json"
	"fmt"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// once does to a record what somebody asks, and not again when they send the
// same request a second time, not knowing whether the first one came.
func (s *Service) once(ctx context.Context, id string, act Act, by identity.Actor, judge func(Record) (Noted, error)) (Record, error) {
	before, err := s.carried(ctx, id, act, by)
	if err != nil {
		return Record{}, err
	}
	if before {
		return s.Record(ctx, id, by)
	}
	return s.Store.Change(ctx, id, func(r Record) (Noted, error) {
		n, err := judge(r)
		n.Request = by.Request
		return n, err
	})
}

// carried reports whether the actor's request was carried out before. The same
// name for another act is a mistake of theirs.
func (s *Service) carried(ctx context.Context, id string, act Act, by identity.Actor) (bool, error) {
	if by.Request == "" {
		return false, nil
	}
	all, err := s.Store.History(ctx, id)
	if err != nil {
		return false, err
	}
	for _, fact := range all {
		var n Noted
		if err := json.Unmarshal([]byte(fact.Body), &n); err != nil {
			return false, fmt.Errorf("read credit record %s: %w", id, err)
		}
		switch {
		case n.Account != by.Account || n.Request != by.Request:
		case n.Act != act:
			return false, fault.New(fault.Conflict, "credit.request.reused", "这个请求名已经用于另一项操作，请换一个")
		default:
			return true, nil
		}
	}
	return false, nil
}
