package supervision

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
)

// Many is how many cases one person decides within how many seconds when nobody
// can have read them (成批决定).
type Many struct {
	Cases   int `json:"cases" yaml:"cases"`
	Seconds int `json:"seconds" yaml:"seconds"`
}

// MostNear is how many cases are counted; there need not be more to see it.
const MostNear = 50

func (m Many) sane() bool {
	return m.Cases >= 2 && m.Cases <= MostNear && m.Seconds >= 1 && m.Seconds <= 3600
}

// Within is the time of it.
func (m Many) Within() time.Duration { return time.Duration(m.Seconds) * time.Second }

// A Decider is who signed a decision and when, and how many other cases they
// decided close to it.
type Decider struct {
	Account string
	Name    string
	At      time.Time
	Others  int
}

// deciding are the acts by which a person decides a case.
var deciding = map[cases.Act]bool{cases.Decide: true, cases.Settle: true}

// decided is who decided these cases, for each time within which a rule wants to
// know of others.
func (s *Service) decided(ctx context.Context, ids []cases.ID) (map[time.Duration]map[cases.ID][]Decider, error) {
	all := map[time.Duration]map[cases.ID][]Decider{}
	for _, r := range s.Alarms {
		within := r.Many.Within()
		if r.Watch != DecidedAtOnce || all[within] != nil {
			continue
		}
		var err error
		if all[within], err = s.AlarmStore.Decided(ctx, ids, within); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// decidedAtOnce finds a case that somebody decided together with so many others
// that they cannot have been read. Before the time is over others may still come,
// so it is looked at once more then. It stays in sight for as long as the rule says.
func decidedAtOnce(s Sight, r AlarmRule) (all []watched) {
	for _, d := range s.Decided[r.Many.Within()] {
		at := clock.At(d.At)
		if d.Others+1 < r.Many.Cases {
			all = append(all, watched{until: clock.At(d.At.Add(r.Many.Within()))})
			continue
		}
		say := fmt.Sprintf("%s在前后%d秒内决定了至少%d件，请核对是否逐件审查", d.Name, r.Many.Seconds, d.Others+1)
		all = append(all, watched{d.Account, at, say, clock.Clock{Limit: r.After, Started: at}.Due(s.Days).At})
	}
	return all
}

// tellOnce leaves, of the notices that one person's bulk of decisions raises while
// cases are looked at together, the first to each who is told: it names the person and
// how many they decided, and every case of it stands in the list of alarms.
func (a Alarms) tellOnce(all []Outcome) {
	told := map[[6]string]bool{}
	for i, o := range all {
		all[i].Notices = slices.DeleteFunc(o.Notices, func(n Notice) bool {
			if rule, _ := a.Rule(n.Rule); rule.Watch != DecidedAtOnce {
				return false
			}
			to := [6]string{n.Rule, o.decider(n), n.Account, string(n.Role), n.Agency, n.Region}
			again := told[to]
			told[to] = true
			return again
		})
	}
}

// decider is whose decisions a notice of the outcome is about.
func (o Outcome) decider(n Notice) string {
	for _, r := range o.Raised {
		if r.Rule == n.Rule && r.Say == n.Say {
			return r.Thing
		}
	}
	return ""
}
