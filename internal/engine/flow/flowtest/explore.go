// Package flowtest walks through every state that a pure rule can come to, for
// proofs that need no luck: nothing stuck, nothing lost, nothing done twice
// (穷尽探索).
package flowtest

import (
	"fmt"
	"slices"
	"strings"
)

// A Game is a pure rule under exploration. States with one Key are one state:
// the key says what may still come, and leaves out what no rule looks at.
type Game[S any] struct {
	Begin []Step[S]
	Acts  func(S) []Step[S]                  // everything that anybody can do; refused acts are not among them
	Key   func(S) string                     //
	Over  func(S) bool                       // the end that must be within reach of every state
	Holds func(from, to S, act string) error // of every step, those to known states too
	Most  int                                // states; more is a fault of the game's maker
}

// A Step is an act in words, and the state that it leads to.
type Step[S any] struct {
	Act string
	To  S
}

// A Tally says how much was explored.
type Tally struct {
	States, Steps int
}

// A seen is a state on the map, and how it was come to first.
type seen[S any] struct {
	state S
	from  int
	act   string
	back  []int // states from which it is come to
}

// Explore visits every state, nearest first, so that the way to a fault is told
// by the shortest run that leads to it. It fails with the first step that does
// not hold, with the first state from which no end can be come to, and when
// there are more states than the game expects.
func (g Game[S]) Explore() (Tally, error) {
	x := exploration[S]{game: g, known: map[string]int{}}
	var none S
	for _, s := range g.Begin {
		if err := x.come(none, -1, s); err != nil {
			return x.tally(), err
		}
	}
	for at := 0; at < len(x.found); at++ { //nolint:intrange // what is come to is found, and looked at in its turn
		from := x.found[at].state
		if g.Over(from) {
			x.ends = append(x.ends, at)
		}
		for _, s := range g.Acts(from) {
			if err := x.come(from, at, s); err != nil {
				return x.tally(), err
			}
		}
	}
	return x.tally(), x.stuck()
}

type exploration[S any] struct {
	game  Game[S]
	found []seen[S]
	known map[string]int
	ends  []int
	steps int
}

func (x *exploration[S]) tally() Tally { return Tally{len(x.found), x.steps} }

// come judges a step and marks where it leads.
func (x *exploration[S]) come(from S, at int, s Step[S]) error {
	x.steps++
	if err := x.game.Holds(from, s.To, s.Act); err != nil {
		return fmt.Errorf("%w, after: %s", err, strings.Join(append(x.way(at), s.Act), " → "))
	}
	key := x.game.Key(s.To)
	to, known := x.known[key]
	if !known {
		to = len(x.found)
		if to >= x.game.Most {
			return fmt.Errorf("more than %d states, the latest after: %s", x.game.Most, strings.Join(append(x.way(at), s.Act), " → "))
		}
		x.known[key] = to
		x.found = append(x.found, seen[S]{state: s.To, from: at, act: s.Act})
	}
	if at >= 0 {
		x.found[to].back = append(x.found[to].back, at)
	}
	return nil
}

// way is the shortest run to a state.
func (x *exploration[S]) way(at int) (acts []string) {
	for ; at >= 0; at = x.found[at].from {
		acts = append(acts, x.found[at].act)
	}
	slices.Reverse(acts)
	return acts
}

// stuck is the nearest state from which no end can be come to.
func (x *exploration[S]) stuck() error {
	can := make([]bool, len(x.found))
	for queue := x.ends; len(queue) > 0; queue = queue[1:] {
		if at := queue[0]; !can[at] {
			can[at] = true
			queue = append(queue, x.found[at].back...)
		}
	}
	if at := slices.Index(can, false); at >= 0 {
		return fmt.Errorf("stuck: no way to the end after: %s", strings.Join(x.way(at), " → "))
	}
	return nil
}
