package supervision

import (
	"fmt"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
)

// acceptedMute finds a case that was accepted by silence: nobody had told the
// applicant anything within five working days (行政许可法第三十二条).
func acceptedMute(s Sight, _ AlarmRule) []watched {
	if !s.Case.Deemed || s.Case.State != cases.Accepted {
		return nil
	}
	return []watched{{"", s.Case.Statutory.Started, fmt.Sprintf("%s收件，逾期没有一次性告知，已经视为受理", s.Case.Received.Han()), 0}}
}

// serviceLate finds a decision whose result was not handed over within ten
// working days (行政许可法第四十四条): also one that was closed with no result.
func serviceLate(s Sight, _ AlarmRule) []watched {
	if !s.Case.Issuing() || s.Case.Decision == nil {
		return nil
	}
	return late(clock.Clock{Limit: clock.Certificate.Limit, Started: clock.At(s.Case.Decision.At)}, "", "颁发、送达的期限", s)
}

// laterLate finds a change, renewal or cancellation that the holder asked for and
// nobody decided in time.
func laterLate(s Sight, _ AlarmRule) []watched {
	l := s.Case.Later
	if !l.Pending() || !l.Asked {
		return nil
	}
	return late(clock.Clock{Limit: l.Limit, Started: clock.At(l.From)}, "", "决定"+l.Kind.Han()+"的期限", s)
}

// checkLate finds a pledge that nobody checked in time (国办发〔2020〕42号（五）).
func checkLate(s Sight, _ AlarmRule) []watched {
	if !s.Case.Checking() {
		return nil
	}
	due := s.Case.Check.Due(s.Days)
	if !due.Known {
		return nil
	}
	return []watched{{"", clock.At((due.Day + 1).Start()), fmt.Sprintf("承诺应于%s前核查，还没有核查结果", due.Day.Han()), 0}}
}

// endedByBureau finds a case that was ended after the window had accepted it
// (退件). It stays in sight for as long as the rule says.
func endedByBureau(s Sight, r AlarmRule) []watched {
	if s.Case.State != cases.Terminated || s.Case.Statutory.Started == 0 {
		return nil
	}
	closed := clock.At(s.Case.Closed)
	return []watched{{"", closed, "受理后终止办理（" + calendar.DayOf(s.Case.Closed).Han() + "），请核对理由是否充分", clock.Clock{Limit: r.After, Started: closed}.Due(s.Days).At}}
}
