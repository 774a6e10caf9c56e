package aid

import (
	"strings"
	"testing"

	"tongban/data"
	"tongban/internal/ground/fault"
)

// shipped are the limits that ship with the program.
var shipped = func() Limits {
	text, err := data.Aid.ReadFile("aid.yaml")
	if err != nil {
		panic(err)
	}
	l, err := ReadLimits(text)
	if err != nil {
		panic(err)
	}
	return l
}()

func TestACitySetsItsOwnLimits(t *testing.T) {
	const ours = "take: 2\nanswer: {spot: 0, policy: 3, several: 4, hard: 8}\nrecheck: 1\n"
	l, err := ReadLimits([]byte(ours))
	if err != nil || l.Take.N != 2 || l.Answer[Hard].N != 8 || l.TakenSay() != "2个工作日内" {
		t.Errorf("%+v %v", l, err)
	}
	for name, text := range map[string]string{
		"a class left out":      strings.Replace(ours, "policy: 3, ", "", 1),
		"a class nobody knows":  strings.Replace(ours, "hard: 8", "hard: 8, soft: 1", 1),
		"an answer past hoping": strings.Replace(ours, "hard: 8", "hard: 21", 1),
		"less than nothing":     strings.Replace(ours, "take: 2", "take: -1", 1),
	} {
		if _, err := ReadLimits([]byte(text)); fault.Code(err) != "aid.limits" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
