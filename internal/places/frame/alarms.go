package frame

import (
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

// AlarmURL is where somebody sees to what an alarm is about: a case where the place
// shows it, or what people asked for at the help desk; "" there is no page for it here.
func AlarmURL(id cases.ID, caseURL func(cases.ID) string) string {
	switch room, key, ticket := supervision.TicketOf(id); {
	case !ticket:
		return caseURL(id)
	case room == "aid":
		return "/aid/" + key
	}
	return ""
}
