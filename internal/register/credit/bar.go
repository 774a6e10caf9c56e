package credit

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// terms are the kinds whose time the law fixes: as long as they count, whoever
// they are about may not apply for the same permit again, where it touches
// public safety, health, or the safety of life and property
// (行政许可法第七十八条、第七十九条).
var terms = map[Kind]clock.Term{FalseMaterial: clock.FalseMaterialBan, Fraud: clock.FraudBan}

// Article is the one by which the kind counts, where the law fixes it.
func (k Kind) Article() string { return terms[k].Article }

// MayApply says why a permit may not be applied for on day: its name is that of
// Record.Permit. The ban ends by itself.
func (r Rules) MayApply(records []Record, permit string, day calendar.Day) error {
	for _, one := range records {
		if one.Permit != "" && one.Permit == permit && one.Counts(day) {
			return fault.New(fault.Conflict, "credit.may.barred", "申请人因“%s”%s，自%s至%s不得再次申请这项许可，%s起可以申请（%s）。认为有误的，在“我的信用”里提出异议",
				one.ItemName, one.Kind.Han(), one.On.Han(), one.Until.Han(), (one.Until + 1).Han(), terms[one.Kind].Article)
		}
	}
	return nil
}

// MayApply says why the party may not apply for a permit today.
func (s *Service) MayApply(ctx context.Context, party, permit string) error {
	all, err := s.of(ctx, party)
	if err != nil {
		return err
	}
	return s.Rules.MayApply(all, permit, calendar.DayOf(s.Now()))
}

// Unfounded is what is said no more of a party: what was recorded of it about a
// case; of one promise, if that is named.
type Unfounded struct {
	Party, Case, Promise string
	Kind                 Kind
	Why                  string
}

// Strike takes a record away in a listener's batch, because what it rests on was
// found not to be so; told twice, it does nothing the second time.
func (s *Service) Strike(ctx context.Context, u Unfounded, at time.Time, b *sqldb.Batch) error {
	all, err := s.of(ctx, u.Party)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.Case != u.Case || r.Kind != u.Kind || u.Promise != "" && r.Promise != u.Promise || !r.Counts(calendar.DayOf(at)) {
			continue
		}
		n := Noted{ID: r.ID, Act: Struck, At: at, By: "系统", Answer: u.Why}
		r.Apply(n)
		if err := s.Store.Put(b, &r, n); err != nil {
			return err
		}
	}
	return nil
}
