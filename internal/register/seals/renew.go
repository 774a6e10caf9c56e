package seals

import (
	"context"
	"regexp"
	"strconv"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
)

// atOnce is how many seals are changed in one round of renewal.
const atOnce = 20

// overlap is for how long a seal and the one that takes its place may both be used: by
// then whoever had the old one in hand has used it.
const overlap = time.Minute

// A Renewal is how far the seals have come to the root in use (换发印章).
type Renewal struct {
	Generation int // of the root
	Left       int // seals still vouched for by another
}

// Renew gives seals that an earlier root vouches for a successor under the one in use:
// the same agency, kind, period and state. When that is in use the old seal is
// cancelled, and when none is left the earlier roots are retired. What was sealed
// before stays sealed. Some seals at a time, and from where it stopped.
func (s *Service) Renew(ctx context.Context) error {
	over, err := s.Authority.over(s.Now())
	if err != nil || over {
		return err
	}
	left, err := s.behind(ctx)
	if err != nil {
		return err
	}
	if len(left) == 0 {
		return s.Authority.retire(s.Now().Add(overlap))
	}
	for done := 0; len(left) > 0 && done < atOnce; left = left[1:] {
		did, err := s.renew(ctx, left[0])
		if err != nil {
			return err
		}
		if did {
			done++
		}
	}
	return nil
}

// Renewal is how far Renew has come.
func (s *Service) Renewal(ctx context.Context) (Renewal, error) {
	if over, err := s.Authority.over(s.Now()); err != nil || over {
		return Renewal{Generation: s.Authority.Keys.Used(secret.Root)}, err
	}
	left, err := s.behind(ctx)
	return Renewal{s.Authority.Keys.Used(secret.Root), len(left)}, err
}

// behind are the seals that are not cancelled, still good, and not vouched for by the
// root in use.
func (s *Service) behind(ctx context.Context) (all []Seal, err error) {
	root, err := s.Authority.rootInUse()
	if err != nil {
		return nil, err
	}
	today := calendar.DayOf(s.Now())
	list, err := s.Store.Standing(ctx)
	for _, seal := range list {
		current, err := seal.under(root)
		if err != nil {
			return nil, err
		}
		if !current && today <= seal.Till {
			all = append(all, seal)
		}
	}
	return all, err
}

var renewed = regexp.MustCompile(`-R\d+$`)

// renew does the next step for one seal, or reports that it is not its time yet.
func (s *Service) renew(ctx context.Context, old Seal) (did bool, err error) {
	id := renewed.ReplaceAllString(old.ID, "") + "-R" + strconv.Itoa(s.Authority.Keys.Used(secret.Root))
	next, err := s.Store.Seal(ctx, id)
	if fault.Of(err) == fault.NotFound {
		next, err = s.make(ctx, old.Agency, old.Kind, old.From, old.Till, id, identity.TheSystem)
	}
	if err != nil {
		return false, err
	}
	const why = "根证书已更换，由同样的印章接替"
	switch {
	case old.State == Enabled && next.State == Disabled:
		return true, s.move(ctx, id, Enable, why, identity.TheSystem)
	case s.Now().Sub(next.Made) < overlap:
		return false, nil
	}
	return true, s.move(ctx, old.ID, Cancel, why, identity.TheSystem)
}
