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

// correctionLate finds a case that stands still because nothing came by the day of
// its notice, and nobody reminds the applicant or decides on it (停表过久).
func correctionLate(s Sight, r AlarmRule) []watched {
	if s.Case.State != cases.Correcting {
		return nil
	}
	until := s.Case.Notices[len(s.Case.Notices)-1].Until
	k := clock.Clock{Limit: r.After, Started: clock.At(until.Start())}
	return []watched{{"", k.Due(s.Days).At + 1, fmt.Sprintf("请申请人%s前补正，期满%s还没有补正，请提醒或者依法处理", until.Han(), r.After), 0}}
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
	if !s.Case.Checking() || s.Case.Check.Awaits() {
		return nil
	}
	due := s.Case.Check.Due(s.Days)
	if !due.Known {
		return nil
	}
	return []watched{{"", clock.At((due.Day + 1).Start()), fmt.Sprintf("承诺应于%s前核查，还没有核查结果", due.Day.Han()), 0}}
}

// toRegulator is what waits for whoever supervises after the approval, and not for the
// agency of the case.
const toRegulator = "regulator"

// linkLate finds a message about a broken pledge whose receipt the regulator has not
// noted in time (审管联动, 徐政发〔2022〕21号（八）).
func linkLate(s Sight, _ AlarmRule) []watched {
	l := s.Case.Linkage
	if s.Case.State != cases.Granted || !l.Waits() || l.By == 0 {
		return nil
	}
	return []watched{{toRegulator, clock.At((l.By + 1).Start()), fmt.Sprintf("承诺不实，已告知%s，应于%s前签收，还没有签收", l.Regulator, l.By.Han()), 0}}
}

// whose is the agency whose work an alarm of the case is.
func whose(c *cases.Case, a Alarm) string {
	if a.Thing == toRegulator && c.Linkage != nil {
		return c.Linkage.Agency
	}
	return c.Agency
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
