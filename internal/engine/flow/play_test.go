package flow_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

// A player runs a procedure by random acts and watches the rules of the game.
type player struct {
	t     *rapid.T
	p     *flow.Procedure
	m     flow.Marking
	acts  int
	backs int // how often work may still be sent back
}

func (pl *player) env() flow.Env {
	return flow.Env{Agency: "审批局", Judge: func(string, map[string]any) (bool, error) {
		if pl.acts > 150 {
			return false, nil // everything hastens to its end
		}
		return rapid.Bool().Draw(pl.t, "holds"), nil
	}}
}

func (pl *player) start() {
	m, change, err := pl.p.Start(pl.env())
	if err != nil {
		pl.t.Fatalf("start: %v", err)
	}
	pl.judge(flow.Marking{}, m, change)
}

// act does one thing that can be done.
func (pl *player) act() {
	pl.acts++
	before := pl.m
	var m flow.Marking
	var change flow.Change
	var err error
	switch pick := rapid.IntRange(0, len(before.Open)+len(before.Waits)-1).Draw(pl.t, "pick"); {
	case pick >= len(before.Open):
		m, change, err = pl.wake(before.Waits[pick-len(before.Open)])
	default:
		w := before.Open[pick]
		earlier := pl.p.Earlier(before, w.ID)
		if pl.backs > 0 && len(earlier) > 0 && rapid.Bool().Draw(pl.t, "back") {
			pl.backs--
			to := rapid.SampledFrom(earlier).Draw(pl.t, "to").ID
			m, change, err = pl.p.SendBack(before, w.ID, fmt.Sprintf("p%d", pl.acts), to, pl.env())
			break
		}
		m, change, err = pl.p.Complete(before, w.ID, fmt.Sprintf("p%d", pl.acts), map[string]any{"结论": "同意"}, pl.env())
	}
	if err != nil {
		pl.t.Fatalf("act %d: %v", pl.acts, err)
	}
	pl.judge(before, m, change)
}

// wake lets a wait come true; a message may come for all who wait for it.
func (pl *player) wake(w flow.Wait) (flow.Marking, flow.Change, error) {
	if w.Kind == flow.Message && rapid.Bool().Draw(pl.t, "message") {
		return pl.p.Message(pl.m, w.Name, pl.env())
	}
	return pl.p.Fire(pl.m, w.ID, pl.env())
}

// judge holds an act to the rules, and keeps what it led to as it reads when
// written down.
func (pl *player) judge(before, after flow.Marking, change flow.Change) {
	if err := errors.Join(lawful(before, after, change), early(pl.p, after)); err != nil {
		pl.t.Fatal(err)
	}
	pl.m = written(pl.t, after)
}

// lawful holds an act to the rules: no work lost or doubled, nobody stuck.
func lawful(before, after flow.Marking, change flow.Change) error {
	open := map[string]bool{}
	for _, w := range before.Open {
		open[w.ID] = true
	}
	for _, w := range change.Opened {
		if open[w.ID] {
			return fmt.Errorf("%s opened twice", w.ID)
		}
		open[w.ID] = true
	}
	for _, w := range change.Closed {
		if !open[w.ID] {
			return fmt.Errorf("%s closed but never opened", w.ID)
		}
		delete(open, w.ID)
	}
	at := map[string]int{}
	for _, w := range after.Open {
		if !open[w.ID] {
			return fmt.Errorf("%s appeared from nowhere", w.ID)
		}
		delete(open, w.ID)
		if w.Seat <= 1 {
			at[w.Node]++
		}
		if at[w.Node] > 1 {
			return fmt.Errorf("%s has to be done twice at once", w.Node)
		}
	}
	for i, t := range after.Tokens {
		if slices.ContainsFunc(after.Tokens[:i], func(o flow.Token) bool { return o.Edge == t.Edge }) {
			return fmt.Errorf("two tokens wait on %s: %+v", t.Edge, after)
		}
	}
	switch {
	case len(open) > 0:
		return fmt.Errorf("work lost: %v", open)
	case !after.Ended && len(after.Open)+len(after.Waits) == 0:
		return fmt.Errorf("stuck at %+v", after)
	case after.Ended && len(after.Open)+len(after.Waits)+len(after.Tokens)+len(after.Inside) > 0:
		return fmt.Errorf("ended with something left: %+v", after)
	}
	return nil
}

// early is a fault when the decision is asked for before all that comes before
// it is done; what a reminder set off may go on beside.
func early(p *flow.Procedure, m flow.Marking) error {
	if !slices.ContainsFunc(m.Open, func(w flow.Work) bool { return w.Node == "决定" }) {
		return nil
	}
	before := func(w flow.Work) bool { return w.Node != "决定" && !reminded(p.Definition(), w.Node) }
	stands := func(w flow.Wait) bool { return w.On == "" }
	if len(m.Tokens)+len(m.Inside) > 0 || slices.ContainsFunc(m.Waits, stands) || slices.ContainsFunc(m.Open, before) {
		return fmt.Errorf("decided too early: %+v", m)
	}
	return nil
}

// reminded reports whether a step is what a reminder sets off.
func reminded(d flow.Definition, step string) bool {
	return slices.ContainsFunc(d.Edges, func(e flow.Edge) bool {
		from, _ := d.Node(e.From)
		return e.To == step && from.Beside
	})
}

func written(t *rapid.T, m flow.Marking) flow.Marking {
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var read flow.Marking
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	again, _ := json.Marshal(read)
	if string(again) != string(text) {
		t.Fatalf("marking changed by writing it down: %s", cmp.Diff(string(text), string(again)))
	}
	return read
}

func TestSoundProceduresAreAcceptedAndRunToTheirEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDefinition(t)
		for _, f := range flow.Check(d, clock.Limit{}) {
			if f.Severity == flow.Refused {
				t.Fatalf("refused: %+v", f)
			}
		}
		p, err := flow.Compile(d)
		if err != nil {
			t.Fatal(err)
		}
		pl := &player{t: t, p: p, backs: rapid.IntRange(0, 5).Draw(t, "backs")}
		pl.start()
		for !pl.m.Ended {
			if pl.acts > 2000 {
				t.Fatalf("no end in sight: %+v", pl.m)
			}
			pl.act()
		}
	})
}

func TestActsLeaveTheMarkingTheyWereGivenAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, err := flow.Compile(anyDefinition(t))
		if err != nil {
			t.Fatal(err)
		}
		pl := &player{t: t, p: p, backs: 3}
		pl.start()
		for !pl.m.Ended && pl.acts < 30 {
			before, kept := pl.m, written(t, pl.m)
			pl.act()
			if !reflect.DeepEqual(written(t, before), kept) {
				t.Fatalf("the old marking changed: %s", cmp.Diff(kept, before))
			}
		}
	})
}
