package aid

import (
	"fmt"

	"github.com/goccy/go-yaml"

	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// Limits are how soon a matter must be taken up and answered; no law says it, a
// city sets its own (see data/aid.yaml).
type Limits struct {
	Take    clock.Limit
	Answer  map[Class]clock.Limit
	Help    map[Kind]clock.Limit // of what is no complaint, and has no class: 帮办, 代办
	Recheck clock.Limit          // by when the person is asked whether it was solved
}

// longestAnswer is how many working days a limit may have: nobody is to wait
// longer for a word than for most permits (行政许可法第四十二条).
const longestAnswer = 20

// ReadLimits reads limits in working days, and refuses such as leave a class of
// matters without one, or let people wait for ever.
func ReadLimits(text []byte) (Limits, error) {
	var days struct {
		Take    int           `yaml:"take"`
		Answer  map[Class]int `yaml:"answer"`
		Recheck int           `yaml:"recheck"`
		Help    map[Kind]int  `yaml:"help"`
	}
	if err := yaml.UnmarshalWithOptions(text, &days, yaml.Strict()); err != nil {
		return Limits{}, fmt.Errorf("read the limits of the help desk: %w", err)
	}
	l := Limits{Take: working(days.Take), Answer: map[Class]clock.Limit{}, Recheck: working(days.Recheck)}
	sound := days.Take >= 0 && days.Take <= longestAnswer && days.Recheck >= 0 && days.Recheck <= longestAnswer
	for _, c := range Classes {
		n, there := days.Answer[c.ID]
		sound = sound && there && n >= 0 && n <= longestAnswer
		l.Answer[c.ID] = working(n)
	}
	l.Help = map[Kind]clock.Limit{}
	for _, k := range []Kind{Helped, Agent} {
		n, there := days.Help[k]
		if !there { // a city that says nothing of it: as for what needs to be looked into
			n = days.Answer[Policy]
		}
		sound = sound && n >= 0 && n <= longestAnswer
		l.Help[k] = working(n)
	}
	if !sound || len(days.Answer) != len(Classes) {
		return Limits{}, fault.New(fault.Invalid, "aid.limits", "帮办代办期限（aid.yaml）：接办、回访和每一种难易的答复期限都要写，在0至%d个工作日之间", longestAnswer)
	}
	return l, nil
}

func working(n int) clock.Limit { return clock.Limit{N: n, Unit: clock.WorkingDays} }

// answer is by when a matter that is taken up is to be answered.
func (l Limits) answer(m Matter) clock.Limit {
	if m.Class == "" {
		return l.Help[m.Kind]
	}
	return l.Answer[m.Class]
}

// TakenSay is by when somebody takes a matter up, in words.
func (l Limits) TakenSay() string {
	if l.Take.N == 0 {
		return "当天"
	}
	return l.Take.String() + "内"
}
