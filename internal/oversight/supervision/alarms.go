package supervision

import (
	"fmt"
	"slices"
	"time"

	"github.com/goccy/go-yaml"

	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// An AlarmRule is one thing that supervision looks out for by itself
// (预警纠错规则, 徐政发〔2022〕21号（十九）), and who is told of it and when.
type AlarmRule struct {
	ID    string      `json:"id" yaml:"id"`
	Name  string      `json:"name" yaml:"name"`
	Level Level       `json:"level" yaml:"level"`
	Watch What        `json:"watch" yaml:"watch"`
	Warn  clock.Warn  `json:"warn,omitzero" yaml:"warn"`
	After clock.Limit `json:"after,omitzero" yaml:"-"`
	Many  Many        `json:"many,omitzero" yaml:"many"`
	Tell  []Telling   `json:"tell" yaml:"-"`
}

// A Telling is one rung of an escalation: who is told, how long after the alarm
// was raised.
type Telling struct {
	After clock.Limit `json:"after,omitzero"`
	To    Whom        `json:"to"`
}

// Whom names who is told.
type Whom string

// Who may be told.
const (
	ToHolder     Whom = "holder"     // who has the work, else all who hold its post
	ToWindow     Whom = "window"     // the windows of the case's division
	ToHead       Whom = "head"       // the heads of the case's agency
	ToSupervisor Whom = "supervisor" // the supervisors of the case's division
)

// What is watched.
type What string

// What rules may watch.
const (
	PromisedSoon   What = "promised-soon"
	PromisedLate   What = "promised-late"
	StatutoryLate  What = "statutory-late"
	StepLate       What = "step-late"
	ReceiptWaits   What = "receipt-waits"
	SpecialLate    What = "special-late"
	UrgeUnanswered What = "urge-unanswered"
	AskedAgain     What = "asked-twice"
	CorrectionLate What = "correction-late"
	AutomaticWrong What = "automatic-wrong"
	RelayLate      What = "relay-late"
	HearingUnset   What = "hearing-unset"
	AcceptedMute   What = "accepted-by-silence"
	ServiceLate    What = "service-late"
	LaterLate      What = "later-late"
	CheckLate      What = "check-late"
	LinkLate       What = "link-late"
	EndedByBureau  What = "ended-by-bureau"
	RaterUncalled  What = "rater-uncalled"
	RatingLate     What = "rating-late"
	DecidedAtOnce  What = "decided-at-once"
	TestersMissing What = "testers-unassigned"
	LowerSoon      What = "first-review-soon"
	LowerLate      What = "first-review-late"
	TicketLate     What = "ticket-late"
)

var watches = map[What]func(Sight, AlarmRule) []watched{
	PromisedSoon:   func(s Sight, r AlarmRule) []watched { return soon(s, s.Case.Promised, "承诺时限", r) },
	PromisedLate:   func(s Sight, r AlarmRule) []watched { return late(s.Case.Promised, "", "承诺时限", s) },
	StatutoryLate:  func(s Sight, r AlarmRule) []watched { return late(s.Case.Statutory, "", "法定时限", s) },
	StepLate:       stepsLate,
	ReceiptWaits:   receiptWaits,
	SpecialLate:    specialsLate,
	UrgeUnanswered: unanswered,
	AskedAgain:     askedAgain,
	CorrectionLate: correctionLate,
	AutomaticWrong: automaticWrong,
	RelayLate:      relayLate,
	HearingUnset:   hearingUnset,
	AcceptedMute:   acceptedMute,
	ServiceLate:    serviceLate,
	LaterLate:      laterLate,
	CheckLate:      checkLate,
	LinkLate:       linkLate,
	EndedByBureau:  endedByBureau,
	RaterUncalled:  raterUncalled,
	RatingLate:     ratingLate,
	DecidedAtOnce:  decidedAtOnce,
	TestersMissing: testersMissing,
	TicketLate:     ticketLate,
	LowerSoon: func(s Sight, r AlarmRule) []watched {
		return soon(s, s.Case.LowerTime(), clock.FirstReview.Name+"期限", r)
	},
	LowerLate: func(s Sight, _ AlarmRule) []watched {
		return late(s.Case.LowerTime(), "", clock.FirstReview.Name+"期限", s)
	},
}

// watched is one thing that a rule looks at: from when it wants an alarm.
type watched struct {
	thing string       // a work, a procedure, a letter; "" the case
	from  clock.Moment // 0: not to be known yet
	say   string
	until clock.Moment // when it need not be looked at any more; 0: while its cause stands
}

// finds is what a rule looks at in a sight; of what is no case, only what was raised.
func (r AlarmRule) finds(s Sight) []watched {
	if s.Case == nil && r.Watch != TicketLate {
		return nil
	}
	return watches[r.Watch](s, r)
}

// An Alarm is what a rule finds.
type Alarm struct {
	Rule  string `json:"rule"`
	Thing string `json:"thing,omitempty"`
	Level Level  `json:"level"`
	Say   string `json:"say"`
}

// Alarms are the rules in force.
type Alarms []AlarmRule

// Standing are the alarms that a case gives now. It is computed from the case
// and the calendar alone, so whatever happened on the way, be it sent back,
// handed over, paused or extended, the alarm stands if and only if its cause does.
func (all Alarms) Standing(s Sight) []Alarm {
	var found []Alarm
	for _, r := range all {
		for _, w := range r.finds(s) {
			if w.from != 0 && w.from <= clock.At(s.Now) && (w.until == 0 || w.until > clock.At(s.Now)) {
				found = append(found, Alarm{r.ID, w.thing, r.Level, w.say})
			}
		}
	}
	return found
}

// Next is when the alarms of a case next change by themselves, if nothing happens
// to it; 0 for never. Whatever happens to it is told besides.
func (all Alarms) Next(s Sight) (next clock.Moment) {
	for _, r := range all {
		for _, w := range r.finds(s) {
			for _, at := range []clock.Moment{w.from, w.until} {
				if at > clock.At(s.Now) && (next == 0 || at < next) {
					next = at
				}
			}
		}
	}
	return next
}

// Rule finds a rule.
func (all Alarms) Rule(id string) (AlarmRule, bool) {
	i := slices.IndexFunc(all, func(r AlarmRule) bool { return r.ID == id })
	if i < 0 {
		return AlarmRule{}, false
	}
	return all[i], true
}

// Told is how many rungs of the rule have been reached by now since an alarm was
// raised, and when the next will be; 0 when there is none.
func (r AlarmRule) Told(raised, now time.Time, days clock.Days) (n int, next clock.Moment) {
	for _, t := range r.Tell {
		at := clock.At(raised)
		if !t.After.None() {
			at = clock.Clock{Limit: t.After, Started: at}.Due(days).At
		}
		if at > clock.At(now) {
			return n, at
		}
		n++
	}
	return n, 0
}

func soon(s Sight, k clock.Clock, name string, r AlarmRule) []watched {
	if !k.Running() || k.Late(s.Now, s.Days) {
		return nil
	}
	due := k.Due(s.Days)
	return []watched{{"", k.WarnAt(s.Days, r.Warn), fmt.Sprintf("%s将于%s届满", name, due.Day.Han()), 0}}
}

func late(k clock.Clock, thing, name string, s Sight) []watched {
	due := k.Due(s.Days)
	if !k.Running() || !due.Known {
		return nil
	}
	return []watched{{thing, due.At + 1, fmt.Sprintf("%s已于%s届满", name, due.Day.Han()), 0}}
}

func receiptWaits(s Sight, r AlarmRule) []watched {
	if s.Case.State != cases.Received {
		return nil
	}
	k := clock.Clock{Limit: r.After, Started: clock.At(s.Case.Received.Start())}
	return []watched{{"", k.Due(s.Days).At + 1, fmt.Sprintf("%s收件，%s还没有受理或者一次性告知", s.Case.Received.Han(), r.After), 0}}
}

func specialsLate(s Sight, _ AlarmRule) (all []watched) {
	for _, p := range s.Case.Procedures() {
		if p.Until == 0 {
			all = append(all, late(p.Own(), p.Key, "“"+p.Kind+"”告知的时间", s)...)
		}
	}
	return all
}

func unanswered(s Sight, _ AlarmRule) []watched {
	u := s.Case.Unanswered()
	if u == nil {
		return nil
	}
	return []watched{{fmt.Sprint(u.Seq), clock.At((u.Until + 1).Start()), fmt.Sprintf("督办要求%s前答复，还没有答复：%s", u.Until.Han(), u.Text), 0}}
}

func askedAgain(s Sight, _ AlarmRule) []watched {
	if len(s.Case.Notices) < 2 || s.Case.State.Final() {
		return nil
	}
	return []watched{{fmt.Sprint(len(s.Case.Notices)), clock.At(s.Case.Opened), fmt.Sprintf("已经告知补正%d次，应当一次性告知", len(s.Case.Notices)), 0}}
}

func automaticWrong(s Sight, _ AlarmRule) []watched {
	p := s.Case.Prejudged
	if p == nil || p.Check == nil || p.Check.Right || p.Check.Mended != "" {
		return nil
	}
	return []watched{{"", clock.At(p.Check.At), "抽查发现自动决定有误，还没有纠正：" + p.Check.Say, 0}}
}

// ReadAlarms reads rules written in YAML. What cannot be watched, nobody to tell
// or a limit that is none is refused, by the rule's name.
func ReadAlarms(text []byte) (Alarms, error) {
	var rows []writtenRule
	if err := yaml.UnmarshalWithOptions(text, &rows, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("alarm rules: %w", err)
	}
	var all Alarms
	for _, row := range rows {
		r, err := row.read()
		if err != nil {
			return nil, fmt.Errorf("alarm rule %s: %w", row.ID, err)
		}
		if err := r.check(all); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// writtenRule is a rule as it is written down: its limits are words.
type writtenRule struct {
	AlarmRule `yaml:",inline"`
	After     string `yaml:"after"`
	Tell      []struct {
		After string `yaml:"after"`
		To    Whom   `yaml:"to"`
	} `yaml:"tell"`
}

func (w writtenRule) read() (r AlarmRule, err error) {
	r = w.AlarmRule
	if r.After, err = clock.ParseLimit(w.After); err != nil {
		return r, err
	}
	for _, t := range w.Tell {
		limit, err := clock.ParseLimit(t.After)
		if err != nil {
			return r, err
		}
		r.Tell = append(r.Tell, Telling{limit, t.To})
	}
	return r, nil
}

func (r AlarmRule) check(before Alarms) error {
	_, twice := before.Rule(r.ID)
	told := func(t Telling) bool { return !slices.Contains([]Whom{ToHolder, ToWindow, ToHead, ToSupervisor}, t.To) }
	switch {
	case r.ID == "" || twice:
		return fault.New(fault.Invalid, "supervision.alarm.id", "预警规则须有标识，且不得重复：%.50s", r.ID)
	case watches[r.Watch] == nil:
		return fault.New(fault.Invalid, "supervision.alarm.watch", "预警规则“%s”不认识要看的事“%.50s”", r.ID, string(r.Watch))
	case r.Level != RedCard && r.Level != YellowCard:
		return fault.New(fault.Invalid, "supervision.alarm.level", "预警规则“%s”的等级应为黄牌或者红牌", r.ID)
	case r.Watch == DecidedAtOnce && !r.Many.sane():
		return fault.New(fault.Invalid, "supervision.alarm.many", "预警规则“%s”应写明多少秒（1至3600）内决定多少件（2至%d）", r.ID, MostNear)
	case r.Watch == TicketLate && r.After.None():
		return fault.New(fault.Invalid, "supervision.alarm.after", "预警规则“%s”应写明没有规定答复日期的多久算逾期", r.ID)
	case r.Watch == CorrectionLate && r.After.None():
		return fault.New(fault.Invalid, "supervision.alarm.after", "预警规则“%s”应写明补正期满多久没有处理算停表过久", r.ID)
	case len(r.Tell) == 0 || slices.ContainsFunc(r.Tell, told):
		return fault.New(fault.Invalid, "supervision.alarm.tell", "预警规则“%s”没有写明告诉谁", r.ID)
	}
	return nil
}
