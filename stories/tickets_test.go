package stories

import (
	"strings"

	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

// alarmed is under what the alarms are kept of what a story names: a case, a matter
// of somebody who needs help, or what somebody pleads about their credit.
func (s *teller) alarmed(name string) cases.ID {
	if who, plea := strings.CutSuffix(name, "的信用申请"); plea {
		return supervision.TicketID("credit", s.record(who).ID)
	}
	if matter := strings.TrimPrefix(name, "反映"); matter != name {
		return supervision.TicketID("aid", s.tickets[matter])
	}
	return s.id(name)
}
