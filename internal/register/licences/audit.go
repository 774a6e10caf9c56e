package licences

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// Editions are the facts of a licence, the first edition first.
func (s *Service) Editions(ctx context.Context, id ID) ([]Changed, error) {
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return nil, err
	}
	all := make([]Changed, len(records))
	for i, r := range records {
		if err := json.Unmarshal([]byte(r.Body), &all[i]); err != nil {
			return nil, fmt.Errorf("read fact %d of licence %s: %w", r.Seq, id, err)
		}
	}
	return all, nil
}

// Audit builds every licence again from its facts and compares it with what is
// kept; and, when settled says that no news is under way, each part with its
// certificate. See is told of each difference, in a line.
func (s *Service) Audit(ctx context.Context, settled bool, see func(say string)) (looked int, err error) {
	for after := ID(""); ; {
		ids, err := s.Store.IDs(ctx, after, 200)
		if err != nil || len(ids) == 0 {
			return looked, err
		}
		for _, id := range ids {
			if err := s.auditOne(ctx, id, settled, see); err != nil {
				return looked, fmt.Errorf("audit licence %s: %w", id, err)
			}
			looked++
		}
		after = ids[len(ids)-1]
	}
}

func (s *Service) auditOne(ctx context.Context, id ID, settled bool, see func(string)) error {
	kept, err := s.Store.Licence(ctx, id)
	if err != nil {
		return err
	}
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return err
	}
	if head, err := event.Verify(records); err != nil || head != kept.Head {
		see(fmt.Sprintf("综合许可证 %s：记录链断了或者不完整", kept.Number))
	}
	editions, err := s.Editions(ctx, id)
	if err != nil {
		return err
	}
	again := &Licence{}
	for _, c := range editions {
		again.Apply(c)
	}
	x, errX := json.Marshal(again)
	y, errY := json.Marshal(kept)
	if errX != nil || errY != nil || !bytes.Equal(x, y) {
		see(fmt.Sprintf("综合许可证 %s：与事实不符", kept.Number))
	}
	return s.auditParts(ctx, kept, settled, see)
}

func (s *Service) auditParts(ctx context.Context, l *Licence, settled bool, see func(string)) error {
	for _, p := range l.Parts {
		c, err := s.Certificates.Certificate(ctx, p.Certificate, identity.TheSystem)
		switch {
		case err != nil && fault.Of(err) == fault.NotFound:
			see(fmt.Sprintf("综合许可证 %s：“%s”的证照不存在", l.Number, p.Permit))
		case err != nil:
			return err
		case settled && c.State != p.State:
			see(fmt.Sprintf("综合许可证 %s：“%s”写着%s，证照是%s", l.Number, p.Permit, p.State, c.State))
		}
	}
	return nil
}
