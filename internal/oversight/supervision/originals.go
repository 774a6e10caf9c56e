package supervision

import (
	"context"

	"tongban/internal/engine/clock"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/relay"
)

// Originals is what the room asks about papers that travel; relay.Service is one.
type Originals interface {
	Under(ctx context.Context, ids []cases.ID) (map[cases.ID][]relay.Slip, error)
}

func (s *Service) slips(ctx context.Context, ids []cases.ID) (map[cases.ID][]relay.Slip, error) {
	if s.Relay == nil {
		return nil, nil
	}
	return s.Relay.Under(ctx, ids)
}

// SlipMoved has the cases of a slip looked at: nothing has happened to the cases
// themselves.
func (s *Service) SlipMoved(_ context.Context, m relay.Moved, b *sqldb.Batch) error {
	for _, id := range m.Cases {
		s.AlarmStore.LookAt(b, cases.ID(id), clock.At(s.Now()))
	}
	return nil
}

// relayLate is a slip that nobody took over in time, or a missing piece that was
// not sent after.
func relayLate(s Sight, _ AlarmRule) (all []watched) {
	for _, d := range relay.Debts(s.Slips, string(s.Case.ID), s.Days) {
		all = append(all, watched{d.Thing, clock.At((d.Due + 1).Start()), d.Say, 0})
	}
	return all
}

// hearingUnset is a hearing that was asked for and has no day yet, as the last day
// for calling it comes near: seven working days before the term is over
// (行政许可法第四十七条、第四十八条).
func hearingUnset(s Sight, r AlarmRule) []watched {
	last := s.Case.HearingDue(s.Days)
	if last == 0 {
		return nil
	}
	tell := clock.Term{Limit: r.After, Way: clock.Back}.By(clock.HearingNotice.By(last, s.Days), s.Days)
	return []watched{{"hearing", clock.At(tell.Start()), "要求的听证最迟" + last.Han() + "举行，还没有通知时间、地点", 0}}
}
