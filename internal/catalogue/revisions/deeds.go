package revisions

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// A judged is the judging half of an act.
type judged func(ctx context.Context, r *Revision) (Moved, error)

// do makes a move: load, judge, apply, keep. The last request asked again does
// nothing again.
func (s *Service) do(ctx context.Context, id ID, by identity.Actor, judge judged) (*Revision, error) {
	return s.Store.Change(ctx, id, func(ctx context.Context, r *Revision) (Moved, error) {
		if name := asked(by); name != "" && name == r.Asked {
			return Moved{}, nil
		}
		if !r.Visible(by) {
			return Moved{}, None()
		}
		m, err := judge(ctx, r)
		if err != nil {
			return m, err
		}
		err = r.happen(&m)
		return m, err
	})
}

// Save keeps a further wording of the text; edit is given a copy. Version is
// what the page showed: if the text was changed since, fault.Conflict.
func (s *Service) Save(ctx context.Context, id ID, version int64, edit func(*items.Edition) error, by identity.Actor) (*Revision, error) {
	return s.do(ctx, id, by, func(ctx context.Context, r *Revision) (Moved, error) {
		text := Clone(r.Text)
		if err := edit(text); err != nil {
			return Moved{}, err
		}
		superior, err := s.holder(ctx, r, text)
		if err != nil {
			return Moved{}, err
		}
		if superior != nil {
			text.Inherit(superior)
		}
		return r.save(text, version, s.Rules, by, s.Now())
	})
}

// holder is the superior's edition that fixes elements of a text being saved:
// what was claimed or is in force stays under its catalogue code; a new item goes
// where its code leads.
func (s *Service) holder(ctx context.Context, r *Revision, text *items.Edition) (*items.Edition, error) {
	if superior, err := s.Superior(ctx, r.Text); err != nil || superior != nil && (r.Base > 0 || r.Claims != "") {
		return superior, err
	}
	return s.Superior(ctx, text)
}

// Submit reports the text to the auditor of its level.
func (s *Service) Submit(ctx context.Context, id ID, version int64, document string, by identity.Actor) (*Revision, error) {
	return s.do(ctx, id, by, func(ctx context.Context, r *Revision) (Moved, error) {
		base, err := s.Base(ctx, r)
		if err != nil {
			return Moved{}, err
		}
		held, err := s.Held(ctx, r.Text)
		if err != nil {
			return Moved{}, err
		}
		if err := s.Items.Unused(ctx, r.Text); err != nil {
			return Moved{}, err
		}
		return r.submit(base, held, document, version, s.Rules, by, s.Now())
	})
}

// Approve passes the text on at its own level (同级审核).
func (s *Service) Approve(ctx context.Context, id ID, version int64, say, document string, by identity.Actor) (*Revision, error) {
	return s.do(ctx, id, by, func(_ context.Context, r *Revision) (Moved, error) {
		return r.approve(say, document, version, s.Rules, by, s.Now())
	})
}

// Return sends the text back to its editor with reasons.
func (s *Service) Return(ctx context.Context, id ID, version int64, why string, by identity.Actor) (*Revision, error) {
	return s.do(ctx, id, by, func(_ context.Context, r *Revision) (Moved, error) {
		return r.sendBack(Return, why, version, s.Rules, by, s.Now())
	})
}

// Redraft takes the text back from publicity to take up what was said.
func (s *Service) Redraft(ctx context.Context, id ID, version int64, why string, by identity.Actor) (*Revision, error) {
	return s.do(ctx, id, by, func(_ context.Context, r *Revision) (Moved, error) {
		return r.sendBack(Redraft, why, version, s.Rules, by, s.Now())
	})
}

// Withdraw ends the revision; the edition in force stays.
func (s *Service) Withdraw(ctx context.Context, id ID, version int64, why string, by identity.Actor) (*Revision, error) {
	return s.do(ctx, id, by, func(_ context.Context, r *Revision) (Moved, error) {
		return r.sendBack(Withdraw, why, version, s.Rules, by, s.Now())
	})
}

// Confirm is the superior's confirmation; the publicity begins (公示).
func (s *Service) Confirm(ctx context.Context, id ID, version int64, say, document string, by identity.Actor) (*Revision, error) {
	return s.do(ctx, id, by, func(_ context.Context, r *Revision) (Moved, error) {
		return r.confirm(say, document, version, s.Rules, by, s.Now())
	})
}

// Comment takes down what somebody says of a publicity.
func (s *Service) Comment(ctx context.Context, id ID, say string, by identity.Actor) (*Revision, error) {
	return s.do(ctx, id, by, func(_ context.Context, r *Revision) (Moved, error) {
		return r.comment(say, s.Rules, by, s.Now())
	})
}

// Answer answers opinion number i, counted from 0.
func (s *Service) Answer(ctx context.Context, id ID, i int, say string, adopted bool, by identity.Actor) (*Revision, error) {
	return s.do(ctx, id, by, func(_ context.Context, r *Revision) (Moved, error) {
		return r.answer(i, say, adopted, s.Rules, by, s.Now())
	})
}

// Publish makes the text the next edition of its item, in force from its day;
// both are kept together. If somebody published meanwhile: fault.Conflict.
func (s *Service) Publish(ctx context.Context, id ID, by identity.Actor) (*Revision, error) {
	return s.do(ctx, id, by, func(ctx context.Context, r *Revision) (Moved, error) {
		last, err := s.last(ctx, r.Item)
		if err != nil {
			return Moved{}, err
		}
		superior, err := s.Superior(ctx, r.Text)
		if err != nil {
			return Moved{}, err
		}
		m, err := r.publish(last, superior, s.Rules, by, s.Now())
		if err != nil {
			return m, err
		}
		if err := s.Items.Unused(ctx, r.Text); err != nil {
			return m, err
		}
		published, err := s.Items.Publish(ctx, r.due(s.today()), by)
		if err != nil {
			return m, err
		}
		m.Number, m.Effective = published.Number, published.Effective
		return m, nil
	})
}

// Rebase takes the changes over to the latest edition, and names what both
// changed.
func (s *Service) Rebase(ctx context.Context, id ID, version int64, by identity.Actor) (r *Revision, both []Difference, err error) {
	r, err = s.do(ctx, id, by, func(ctx context.Context, r *Revision) (m Moved, err error) {
		base, err := s.Base(ctx, r)
		if err != nil {
			return m, err
		}
		latest, err := s.latest(ctx, r.Item)
		if err != nil {
			return m, err
		}
		m, both, err = r.rebase(base, latest, version, s.Rules, by, s.Now())
		return m, err
	})
	return r, both, err
}

// Ripen publishes what has been before the public long enough and left nothing
// unanswered. The timer of the program calls it; one that cannot be published
// stays, and stops no other.
func (s *Service) Ripen(ctx context.Context) error {
	ripe, err := s.Store.Over(ctx, s.today(), 100)
	if err != nil {
		return err
	}
	for _, id := range ripe {
		_, err := s.Publish(ctx, id, identity.TheSystem)
		if fault.Of(err) == fault.Internal && err != nil {
			return errors.Join(fmt.Errorf("publish revision %s", id), err)
		}
		if err != nil {
			slog.WarnContext(ctx, "revision waits for its editor", "revision", string(id), "why", err)
		}
	}
	return nil
}

// read turns records into what happened.
func read(records []event.Record) ([]Moved, error) {
	all := make([]Moved, len(records))
	for i, record := range records {
		if err := json.Unmarshal([]byte(record.Body), &all[i]); err != nil {
			return nil, fmt.Errorf("read fact %d of %s: %w", record.Seq, record.Stream, err)
		}
	}
	return all, nil
}
