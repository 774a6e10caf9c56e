package queue

import (
	"fmt"
	"time"

	"github.com/goccy/go-yaml"

	"tongban/internal/ground/fault"
)

// arranged are Rules as a city writes them, times in minutes.
type arranged struct {
	HeadStart int `yaml:"head_start"`
	Punctual  int `yaml:"punctual"`
	Grace     int `yaml:"grace"`
	MissAfter int `yaml:"miss_after"`
	Behind    int `yaml:"behind"`
	Slot      int `yaml:"slot"`
	PerWindow int `yaml:"per_window"`
	Ahead     int `yaml:"ahead"`
	Open      int `yaml:"open"`
	Usual     int `yaml:"usual"`
}

// ReadRules reads the rules of the queues, and refuses such as let nobody come, call
// nobody twice, or let those with priority overtake a whole morning.
func ReadRules(text []byte) (Rules, error) {
	var a arranged
	if err := yaml.UnmarshalWithOptions(text, &a, yaml.Strict()); err != nil {
		return Rules{}, fmt.Errorf("read the rules of the queues: %w", err)
	}
	for _, one := range []struct {
		name            string
		n, least, upper int
	}{
		{"head_start", a.HeadStart, 0, 120}, {"punctual", a.Punctual, 0, 120}, {"grace", a.Grace, 0, 120}, {"miss_after", a.MissAfter, 1, 10}, {"behind", a.Behind, 0, 50},
		{"slot", a.Slot, 5, 240}, {"per_window", a.PerWindow, 1, 100}, {"ahead", a.Ahead, 1, 90}, {"open", a.Open, 1, 20}, {"usual", a.Usual, 1, 120},
	} {
		if one.n < one.least || one.n > one.upper {
			return Rules{}, fault.New(fault.Invalid, "queue.rules", "排队和预约的安排（queue.yaml）：%s须在%d至%d之间，现在是%d", one.name, one.least, one.upper, one.n)
		}
	}
	return Rules{HeadStart: minutes(a.HeadStart), Punctual: minutes(a.Punctual), Grace: minutes(a.Grace), MissAfter: a.MissAfter, Behind: a.Behind,
		Slot: minutes(a.Slot), PerWindow: a.PerWindow, Ahead: a.Ahead, Open: a.Open, Usual: minutes(a.Usual)}, nil
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }
