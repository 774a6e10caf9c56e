package elsewhere

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// collisions is how often a message is judged again when others write to the
// same line.
const collisions = 5

// errCollided says that somebody else was faster with the same line.
var errCollided = errors.New("collided")

// Receive takes a message in and returns the signed receipt for it. An error is
// ours: nothing was kept, and the sender is to try again.
func (s *Service) Receive(ctx context.Context, raw []byte) ([]byte, error) {
	var e Envelope
	p, err := unpack(raw, &e)
	if err != nil {
		return s.receipt(e, Garbled, 0)
	}
	partner, err := s.Store.Partner(ctx, e.From)
	switch {
	case fault.Of(err) == fault.NotFound:
		return s.receipt(e, Stranger, 0)
	case err != nil:
		return nil, err
	}
	signed, err := s.from(ctx, &partner, p)
	switch {
	case err != nil:
		return nil, err
	case !signed:
		return s.refuse(ctx, partner, e, Forged, 0)
	case s.trusted(partner) != nil:
		return s.refuse(ctx, partner, e, Untrusted, 0)
	case partner.Resting:
		return s.receipt(e, Stranger, 0)
	}
	return s.judged(ctx, partner, e, p.Files)
}

// judged takes a message in whose sender is known, again if somebody else was
// faster with the same line, and returns the receipt for it.
func (s *Service) judged(ctx context.Context, partner Partner, e Envelope, files map[string][]byte) ([]byte, error) {
	for range collisions {
		outcome, next, err := s.admit(ctx, partner, e, files)
		if errors.Is(err, errCollided) {
			continue
		}
		switch {
		case err != nil:
			return nil, err
		case !outcome.Kept():
			return s.refuse(ctx, partner, e, outcome, next)
		}
		return s.receipt(e, outcome, next)
	}
	return nil, fault.New(fault.Busy, "elsewhere.receive.busy", "同时到达的报文太多，请稍后再发")
}

// admit does with a message what Admit says.
func (s *Service) admit(ctx context.Context, p Partner, e Envelope, files map[string][]byte) (Outcome, int64, error) {
	own, err := s.Own()
	if err != nil {
		return "", 0, err
	}
	last, before, err := s.Store.Taken(ctx, p.ID, e.Number)
	if err != nil {
		return "", 0, err
	}
	outcome := Admit(e, own.ID, last, before, s.Now())
	if outcome == Done || outcome == Held {
		if err := s.keepFiles(ctx, files); err != nil {
			return "", 0, err
		}
	}
	switch outcome {
	case Held:
		return outcome, last + 1, s.hold(ctx, p, e)
	case Done:
		if err := s.do(ctx, p, e); err != nil {
			return "", 0, err
		}
		return outcome, e.Number + 1, s.doHeld(ctx, p)
	case Repeated:
		return outcome, last + 1, s.doHeld(ctx, p)
	}
	return outcome, last + 1, nil
}

// keepFiles takes in the files that came with a message. A file that may not be
// kept here is left out: its material then lacks it, and the window sees that.
func (s *Service) keepFiles(ctx context.Context, files map[string][]byte) error {
	for hash, content := range files {
		ref, err := s.Files.Put(ctx, bytes.NewReader(content), blob.Limit{})
		if kind := fault.Of(err); err != nil && kind != fault.Invalid && kind != fault.TooLarge {
			return err
		}
		if err != nil || ref.Hash != hash {
			slog.WarnContext(ctx, "file of a partner not kept", "hash", hash, "err", err)
		}
	}
	return nil
}

func (s *Service) hold(ctx context.Context, p Partner, e Envelope) error {
	sealed, err := s.Vault.Seal(string(e.Body), aboutIn(p.ID, e.Number))
	if err != nil {
		return err
	}
	return s.Store.Hold(ctx, p.ID, Arrived{e.Number, e.Key, e.Kind, e.Digest(), s.now(), e.Made, "", sealed, content(e.Key, e.Kind, e.Body)})
}

func aboutIn(partner string, number int64) string {
	return fmt.Sprintf("elsewhere/in/%s/%d", partner, number)
}

// doHeld does the messages whose turn has come.
func (s *Service) doHeld(ctx context.Context, p Partner) error {
	for {
		a, held, err := s.Store.HeldNext(ctx, p.ID)
		if err != nil || !held {
			return err
		}
		body, err := s.Vault.Open(a.Body, aboutIn(p.ID, a.Number))
		if err != nil {
			return err
		}
		err = s.do(ctx, p, Envelope{From: p.ID, Number: a.Number, Key: a.Key, Kind: a.Kind, Made: a.Made, Body: json.RawMessage(body)}, a.Digest)
		if err != nil && !errors.Is(err, errCollided) {
			return err
		}
	}
}

// DoHeld does what is held for all partners and whose turn has come, in case
// the program was stopped between the message before it and it.
func (s *Service) DoHeld(ctx context.Context) error {
	partners, err := s.Store.Partners(ctx)
	if err != nil {
		return err
	}
	var failed []error // one partner's does not hold up another's
	for _, p := range partners {
		if err := s.doHeld(ctx, p); err != nil {
			failed = append(failed, fmt.Errorf("what %s sent: %w", p.ID, err))
		}
	}
	return errors.Join(failed...)
}

// do makes the message true, and the note that it was done, in one commit: so
// it is done once whatever happens in between. What cannot be done because the
// rules refuse it is done too, by telling the sender why; only so can the line
// go on.
func (s *Service) do(ctx context.Context, p Partner, e Envelope, digest ...string) error {
	a := Arrived{Number: e.Number, Key: e.Key, Kind: e.Kind, Digest: append(digest, e.Digest())[0], At: s.now(), Made: e.Made, Content: content(e.Key, e.Kind, e.Body)}
	b := &sqldb.Batch{}
	if err := s.effect(ctx, b, p, e); err != nil {
		if !refusal(err) {
			return err
		}
		b = &sqldb.Batch{}
		a.Say = sayAll(err)
		if err := s.reject(b, p, e, a.Say); err != nil {
			return err
		}
	}
	s.Store.Note(b, p.ID, a)
	err := s.Store.Commit(ctx, b)
	if s.Store.Collided(err) {
		return errCollided
	}
	return err
}

// refusal reports whether err is a rule's answer, and not a fault of ours that
// trying again may mend.
func refusal(err error) bool {
	switch fault.Of(err) {
	case fault.Invalid, fault.Forbidden, fault.NotFound, fault.Conflict:
		return true
	}
	return false
}

// sayAll is a refusal with all its fields.
func sayAll(err error) string {
	say := fault.Say(err)
	for _, f := range fault.Fields(err) {
		say += "；" + f.Say
	}
	return say
}

// receipt answers an envelope.
func (s *Service) receipt(e Envelope, o Outcome, next int64) ([]byte, error) {
	own, err := s.Own()
	if err != nil {
		return nil, err
	}
	return s.pack(Receipt{own.ID, e.From, e.Number, e.Digest(), o, o.Say(), next, s.now()}, nil)
}

// refuse answers an envelope that is not taken, and notes it for the administrator.
func (s *Service) refuse(ctx context.Context, p Partner, e Envelope, o Outcome, next int64) ([]byte, error) {
	if err := s.Store.Refuse(ctx, p.ID, fmt.Sprintf("第%d号：%s", e.Number, o.Say()), s.now()); err != nil {
		return nil, err
	}
	return s.receipt(e, o, next)
}
