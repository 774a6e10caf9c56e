package elsewhere

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// mostStands is how many parcels a statement lists.
const mostStands = 2000

// Reconcile writes today's statement for every partner that has none yet
// (每日对账). It travels as one more message of the line, so whoever receives it
// has done all that it speaks of. Messages that arrived long ago are let go.
func (s *Service) Reconcile(ctx context.Context) error {
	if err := s.Store.LetGo(ctx, s.Now().AddDate(0, 0, -remembered)); err != nil {
		return err
	}
	partners, err := s.Store.Partners(ctx)
	if err != nil {
		return err
	}
	var failed []error // one partner's does not hold up another's
	for _, p := range partners {
		if p.Resting {
			continue
		}
		if err := s.state(ctx, p, fmt.Sprintf("balance/%s/%s", p.ID, s.today())); err != nil {
			failed = append(failed, fmt.Errorf("statement for %s: %w", p.ID, err))
		}
	}
	return errors.Join(failed...)
}

// ReconcileNow writes a statement at once, however many there were today; only
// an administrator may.
func (s *Service) ReconcileNow(ctx context.Context, partner string, by identity.Actor) error {
	if err := administers(by); err != nil {
		return err
	}
	p, err := s.Store.Partner(ctx, partner)
	if err != nil {
		return err
	}
	if p.Resting {
		return fault.New(fault.Conflict, "elsewhere.balance.resting", "与这个平台的交换已经停用，恢复以后再对账")
	}
	key := by.Request
	if key == "" {
		key = s.NewID()
	}
	return s.state(ctx, p, fmt.Sprintf("balance/%s/%s/%s", p.ID, s.today(), key))
}

func (s *Service) state(ctx context.Context, p Partner, key string) error {
	if before, err := s.Store.Written(ctx, p.ID, key); err != nil || before {
		return err
	}
	statement, err := s.statement(ctx, p)
	if err != nil {
		return err
	}
	var b sqldb.Batch
	if err := s.write(&b, p.ID, Balanced, key, statement, statement.At); err != nil {
		return err
	}
	err = s.Store.Commit(ctx, &b)
	if s.Store.Collided(err) {
		return nil // another replica wrote it
	}
	return err
}

// statement adds both directions up, since the last statement that agreed.
func (s *Service) statement(ctx context.Context, p Partner) (Statement, error) {
	lines, err := s.Store.Lines(ctx)
	if err != nil {
		return Statement{}, err
	}
	l, at := lines[p.ID], s.now()
	st := Statement{Day: calendar.DayOf(at), At: at}
	from, err := s.lastEven(ctx, p.ID)
	if err != nil {
		return st, err
	}
	if st.Sent, err = s.Store.SumOut(ctx, p.ID, max(from.Sent.Upto, l.SumsOut), l.Sent); err != nil {
		return st, err
	}
	if st.Taken, err = s.Store.SumIn(ctx, p.ID, max(from.Taken.Upto, l.SumsIn), l.Taken); err != nil {
		return st, err
	}
	st.Parcels, st.More, err = s.standing(ctx, p)
	return st, err
}

// standing is how the parcels stand that the partner has, and whether there are more
// than a statement lists.
func (s *Service) standing(ctx context.Context, p Partner) (all []Stand, more bool, err error) {
	open, err := s.Store.With(ctx, p.ID, mostStands+1)
	if err != nil {
		return nil, false, err
	}
	if more = len(open) > mostStands; more {
		open = open[:mostStands]
	}
	for _, parcel := range open {
		if parcel.Sending > 0 && parcel.State != Returned {
			all = append(all, Stand{parcel.ID, parcel.Status.Case, parcel.Status.Number, parcel.Status.State})
		}
	}
	return all, more, nil
}

// sums are ours over the numbers of a partner's statement: what was taken from it,
// what was sent to it, and the rest that it had not taken by then.
func (s *Service) sums(ctx context.Context, p Partner, theirs Statement) (taken, sent, rest Sum, err error) {
	lines, err := s.Store.Lines(ctx)
	if err == nil {
		taken, err = s.Store.SumIn(ctx, p.ID, theirs.Sent.After, theirs.Sent.Upto)
	}
	if err == nil {
		sent, err = s.Store.SumOut(ctx, p.ID, theirs.Taken.After, theirs.Taken.Upto)
	}
	if err == nil {
		rest, err = s.Store.SumOut(ctx, p.ID, theirs.Taken.Upto, lines[p.ID].Sent)
	}
	return taken, sent, rest, err
}

// lastEven is the last balance that agreed, from which sums go on.
func (s *Service) lastEven(ctx context.Context, partner string) (Balance, error) {
	all, err := s.Balances(ctx, partner, 90)
	for _, b := range all {
		if b.Even() {
			return b, nil
		}
	}
	return Balance{}, err
}

// weigh holds a partner's statement against what is known here, and keeps the
// outcome for the administrator.
func (s *Service) weigh(ctx context.Context, b *sqldb.Batch, p Partner, theirs Statement) error {
	taken, sent, rest, err := s.sums(ctx, p, theirs)
	if err != nil {
		return err
	}
	var wrong error
	here := func(st Stand) (Stand, bool) {
		ours, known, err := s.stands(ctx, p, st)
		wrong = orFirst(wrong, err)
		return ours, known
	}
	found := Weigh(p.ID, theirs, taken, sent, rest, here, s.now())
	if wrong != nil {
		return wrong
	}
	body, err := json.Marshal(found)
	if err != nil {
		return fmt.Errorf("write a balance: %w", err)
	}
	s.Store.KeepBalance(b, p.ID, found.Day, found.At, string(body))
	return nil
}

// stands is how the case of a partner's parcel stands here; known is false if no
// case was made of it.
func (s *Service) stands(ctx context.Context, p Partner, theirs Stand) (ours Stand, known bool, err error) {
	f, err := s.Store.ForeignParcel(ctx, p.ID, theirs.Parcel)
	if err != nil || f.Case == "" {
		return theirs, false, err
	}
	c, err := s.Cases.Store.Case(ctx, f.Case)
	if err != nil {
		return theirs, false, err
	}
	told, err := s.hasTold(ctx, p.ID, c)
	if !told && c.State != theirs.State {
		return Stand{theirs.Parcel, c.ID, c.Number, theirs.State}, true, err // they are about to hear of it
	}
	return Stand{theirs.Parcel, c.ID, c.Number, c.State}, true, err
}

// hasTold reports whether the partner was written the last move of a case that
// it is to know of: the news of it may still be on its way within the house.
func (s *Service) hasTold(ctx context.Context, partner string, c *cases.Case) (bool, error) {
	records, err := s.Cases.Store.History(ctx, c.ID)
	if err != nil {
		return false, err
	}
	for _, r := range slices.Backward(records) {
		m, err := event.Read[cases.Moved](r)
		if err != nil {
			return false, err
		}
		if telling[m.Act] || m.Decision != nil {
			return s.Store.Written(ctx, partner, movedKey(m))
		}
	}
	return true, nil
}

func movedKey(m cases.Moved) string { return fmt.Sprintf("moved/%s/%d", m.Case, m.Seq) }

func orFirst(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// Balances are the latest of every partner, the latest first.
func (s *Service) Balances(ctx context.Context, partner string, most int) ([]Balance, error) {
	texts, err := s.Store.Balances(ctx, partner, most)
	if err != nil {
		return nil, err
	}
	var all []Balance
	for _, text := range texts {
		var b Balance
		if err := json.Unmarshal([]byte(text), &b); err != nil {
			return nil, fmt.Errorf("read a balance: %w", err)
		}
		all = append(all, b)
	}
	return all, nil
}

// silence is for how many days a partner may tell nothing before that is an alarm.
const silence = 2

// Unbalanced are the partners with which something does not agree, by name, and
// what.
func (s *Service) Unbalanced(ctx context.Context) (map[string][]string, error) {
	partners, err := s.Store.Partners(ctx)
	if err != nil {
		return nil, err
	}
	lines, err := s.Store.Lines(ctx)
	if err != nil {
		return nil, err
	}
	all := map[string][]string{}
	for _, p := range partners {
		if p.Resting {
			continue
		}
		last, err := s.Balances(ctx, p.ID, 1)
		if err != nil {
			return nil, err
		}
		if wrong := s.unbalanced(last, lines[p.ID]); len(wrong) > 0 {
			all[p.Name] = wrong
		}
	}
	return all, nil
}

// unbalanced says what does not agree with a partner, by its last balance, if there
// is one, and its line.
func (s *Service) unbalanced(last []Balance, l Line) (wrong []string) {
	for _, b := range last {
		wrong = slices.Clone(b.Differences)
		if s.today()-b.Day > silence {
			wrong = append(wrong, fmt.Sprintf("%s以来没有收到对账单", b.Day.Han()))
		}
	}
	if l.stuck(s.Now()) {
		wrong = append(wrong, l.GapSay())
	}
	return wrong
}
