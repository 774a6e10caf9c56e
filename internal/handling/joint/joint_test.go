package joint

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// matter reads parts as 甲:done 乙?:waiting<甲 — 乙 is optional and waits for 甲.
func matter(text string) *Joint {
	j := &Joint{ID: "j"}
	for _, one := range strings.Fields(text) {
		name, rest, _ := strings.Cut(one, ":")
		state, after, _ := strings.Cut(rest, "<")
		p := Part{Item: items.ID(strings.TrimSuffix(name, "?")), Title: strings.TrimSuffix(name, "?"), Optional: strings.HasSuffix(name, "?"), State: State(state)}
		if after != "" {
			for _, id := range strings.Split(after, ",") {
				p.After = append(p.After, items.ID(id))
			}
		}
		j.Parts = append(j.Parts, p)
	}
	return j
}

func TestWhatFollows(t *testing.T) {
	for _, tt := range []struct{ name, matter, starts, stops string }{
		{"a part whose turn has come starts", "甲:done 乙:waiting<甲", "乙", ""},
		{"one that still waits does not", "甲:filed 乙:waiting<甲", "", ""},
		{"it waits for all it needs", "甲:done 乙:filed 丙:waiting<甲,乙", "", ""},
		{"a predecessor that was denied stops what needs it", "甲:failed 乙:waiting<甲", "", "乙"},
		{"and what needs that in turn", "甲:failed 乙:waiting<甲 丙:waiting<乙", "", "乙 丙"},
		{"but not what does not need it", "甲:failed 乙:waiting<甲 丙:done 丁:waiting<丙", "丁", "乙"},
		{"an optional part that failed holds up nobody", "甲?:failed 乙:waiting<甲", "乙", ""},
		{"an optional part that was withdrawn holds up nobody", "甲?:withdrawn 乙:waiting<甲", "乙", ""},
		{"an optional part under way is still waited for", "甲?:filed 乙:waiting<甲", "", ""},
		{"one that lacks something is not started again", "甲:done 乙:lacking<甲", "", ""},
		{"what was withdrawn stops what needs it", "甲:withdrawn 乙:waiting<甲", "", "乙"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			start, stop := matter(tt.matter).Next()
			var starts, stops []string
			for _, p := range start {
				starts = append(starts, p.Title)
			}
			for _, s := range stop {
				stops = append(stops, string(s.Item))
				if s.Why == "" {
					t.Error("nobody is told why")
				}
			}
			if strings.Join(starts, " ") != tt.starts || strings.Join(stops, " ") != tt.stops {
				t.Errorf("starts %v, stops %v; want %q and %q", starts, stops, tt.starts, tt.stops)
			}
		})
	}
}

func TestWhatACaseMeansForItsPart(t *testing.T) {
	for _, tt := range []struct {
		name string
		part Part
		c    cases.Case
		to   State
	}{
		{"under way", Part{State: Filed}, cases.Case{State: cases.Accepted}, ""},
		{"granted", Part{State: Filed}, cases.Case{State: cases.Granted}, Done},
		{"granted, and the certificate is not there yet", Part{State: Filed, Certified: true}, cases.Case{State: cases.Granted}, ""},
		{"granted, with its certificate", Part{State: Filed, Certified: true}, cases.Case{State: cases.Granted, Certificate: "z"}, Done},
		{"denied", Part{State: Filed}, cases.Case{State: cases.Denied, Decision: &cases.Decision{Reason: "不符"}}, Failed},
		{"refused", Part{State: Filed}, cases.Case{State: cases.Refused}, Failed},
		{"terminated", Part{State: Filed}, cases.Case{State: cases.Terminated}, Failed},
		{"withdrawn", Part{State: Filed}, cases.Case{State: cases.Withdrawn}, Withdrawn},
		{"told a second time", Part{State: Done}, cases.Case{State: cases.Granted}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if step, ok := tt.part.Hear(&tt.c); step.To != tt.to || ok != (tt.to != "") {
				t.Errorf("%q, want %q", step.To, tt.to)
			}
		})
	}
}

// However the parts of a matter come out, in the end none of them waits: every
// part has started or has been told why it never will.
func TestNothingWaitsForEver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := &Joint{ID: "j"}
		n := rapid.IntRange(1, 8).Draw(t, "parts")
		for i := range n {
			p := Part{Item: items.ID(string(rune('a' + i))), Title: string(rune('a' + i)), Optional: rapid.Bool().Draw(t, "optional"), State: Filed}
			for k := range i {
				if rapid.IntRange(0, 3).Draw(t, "after") == 0 {
					p.After, p.State = append(p.After, j.Parts[k].Item), Waiting
				}
			}
			j.Parts = append(j.Parts, p)
		}
		for range 3 * n {
			start, stop := j.Next()
			steps := stop
			for _, p := range start {
				for _, id := range p.After {
					if before, _ := j.Part(id); before.State.Open() {
						t.Fatalf("%s starts while %s is under way", p.Title, id)
					}
				}
				steps = append(steps, Step{Item: p.Item, To: Filed, Case: cases.ID("c" + string(p.Item))})
			}
			for _, p := range j.Parts {
				if p.State == Filed {
					steps = append(steps, Step{Item: p.Item, To: rapid.SampledFrom([]State{Done, Failed, Withdrawn}).Draw(t, "outcome")})
					break
				}
			}
			j.Apply(Moved{Joint: "j", Steps: steps})
		}
		if j.Open() {
			t.Fatalf("still open: %+v", j.Parts)
		}
		for _, p := range j.Parts {
			if p.State == Stopped && p.Why == "" {
				t.Fatalf("%s was stopped, and nobody knows why", p.Title)
			}
		}
	})
}

// A part is not given up because somebody was away for a moment.
func TestOnlyWhatWasAskedForStopsAPart(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error
		to   State // "": it is tried again
	}{
		{"a partner is away", fmt.Errorf("ask: %w", fault.New(fault.Busy, "courier.away", "稍后再试")), ""},
		{"the program failed", errors.New("broken"), ""},
		{"too often", fault.New(fault.TooOften, "x", "稍后再试"), ""},
		{"it cannot be applied for any more", fault.New(fault.Conflict, "cases.stands", "名额已满"), Stopped},
	} {
		step, err := (&Service{}).unfiled(t.Context(), &sqldb.Batch{}, &Joint{ID: "j"}, Part{Item: "p"}, Application{}, tt.err)
		if (err != nil) != (tt.to == "") || step.To != tt.to {
			t.Errorf("%s: %v %v", tt.name, step, err)
		}
	}
}
