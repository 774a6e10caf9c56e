package cases

import (
	"strings"
	"testing"

	"tongban/internal/ground/fault"
)

func TestWordsThatFitNoPaperAreRefusedAtTheirPlace(t *testing.T) {
	fits, long := strings.Repeat("𠮷", longestReason), strings.Repeat("𠮷", longestReason+1)
	for name, one := range map[string]struct {
		moved Moved
		at    string
	}{
		"a reason of the most characters":        {Moved{Act: Refuse, Reason: fits}, ""},
		"a longer reason":                        {Moved{Act: Refuse, Reason: long}, "reason"},
		"a longer basis":                         {Moved{Act: Refuse, Basis: long}, "basis"},
		"what a supervisor says":                 {Moved{Act: Urge, Reason: long}, "text"},
		"what is wrong with the second material": {Moved{Act: Judge, Verdicts: []Verdict{{}, {Say: long}}}, "verdicts[1].say"},
		"what has to be mended":                  {Moved{Act: AskOnce, Notice: &Notice{Items: []Deficiency{{Say: long}}}}, "items[0].say"},
		"where an event stands":                  {Moved{Act: AskOnce, Notice: &Notice{Items: []Deficiency{{Outside: &Outside{Source: long}}}}}, "items[0].outside.source"},
		"the result of a special procedure":      {Moved{Act: CloseSpecial, Special: &Special{Result: long}}, "result"},
		"why the limit is lengthened":            {Moved{Act: Extend, Extension: &Extension{Reason: long}}, "reason"},
		"who received the result":                {Moved{Act: Deliver, Delivered: &Delivered{Receiver: fits}}, "receiver"},
		"the conditions of a decision":           {Moved{Act: Decide, Work: &WorkAct{Answers: map[string]any{answerConditions: long}}}, "conditions"},
	} {
		t.Run(name, func(t *testing.T) {
			fields := fault.Fields(one.moved.checkLength())
			switch {
			case one.at == "" && len(fields) > 0:
				t.Errorf("refused at %v", fields)
			case one.at != "" && (len(fields) != 1 || fields[0].Path != one.at):
				t.Errorf("want a refusal at %s, got %v", one.at, fields)
			}
		})
	}
}
