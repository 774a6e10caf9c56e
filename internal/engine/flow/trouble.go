package flow

import "slices"

// completion looks for markings from which the end cannot be come to any more.
func (x *explorer) completion() {
	back := make([][]int, len(x.states))
	var queue []int
	for i, s := range x.states {
		for _, n := range s.next {
			back[n] = append(back[n], i)
		}
		if s.ended {
			queue = append(queue, i)
		}
	}
	can := make([]bool, len(x.states))
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		if !can[i] {
			can[i] = true
			queue = append(queue, back[i]...)
		}
	}
	for i, s := range x.states {
		switch {
		case can[i]:
		case len(s.next) == 0 && !x.seen["flow.unsafe"]:
			x.fault("flow.deadlock", x.waiting(s.marked), i)
		case len(s.next) > 0 && !x.reaches(i, can, func(s state) bool { return len(s.next) == 0 }):
			x.fault("flow.livelock", x.waiting(s.marked), i)
		}
	}
}

// reaches reports whether a state for which which holds can be come to.
func (x *explorer) reaches(from int, can []bool, which func(state) bool) bool {
	if x.seen["flow.livelock"] {
		return true
	}
	seen, queue := map[int]bool{}, []int{from}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		if seen[i] || can[i] {
			continue
		}
		if which(x.states[i]) {
			return true
		}
		seen[i] = true
		queue = append(queue, x.states[i].next...)
	}
	return false
}

// fault notes the first fault of each sort, for which the run is shortest.
func (x *explorer) fault(id string, at []*place, state int) {
	if !x.seen[id] {
		x.seen[id] = true
		x.faults = append(x.faults, trouble{id, at, x.runTo(state)})
	}
}

func (x *explorer) faultAfter(id string, at []*place, state int, m move) {
	if !x.seen[id] {
		x.seen[id] = true
		x.faults = append(x.faults, trouble{id, at, append(x.runTo(state), x.told(m)...)})
	}
}

// runTo tells the places gone through on the shortest way to a state.
func (x *explorer) runTo(i int) []*place {
	var moves []move
	for ; i >= 0; i = x.states[i].parent {
		moves = append(moves, x.states[i].fired)
	}
	slices.Reverse(moves)
	run := slices.Clone(x.arcs[x.begin].run)
	for _, m := range moves {
		run = append(run, x.told(m)...)
	}
	return run
}

func (x *explorer) told(m move) []*place {
	var run []*place
	if pl := x.vertices[m.vertex].node; pl != nil {
		run = append(run, pl)
	}
	for _, a := range m.to {
		run = append(run, x.arcs[a].run...)
	}
	return run
}

// waiting lists the places before which tokens stand.
func (x *explorer) waiting(marked set) []*place {
	var at []*place
	for a := range x.arcs {
		if pl := x.ahead(a); marked.has(a) && pl != nil && !slices.Contains(at, pl) {
			at = append(at, pl)
		}
	}
	return at
}

// ahead is the place to which an arc leads; behind it if that is only the end.
func (x *explorer) ahead(a int) *place {
	if pl := x.vertices[x.arcs[a].to].node; pl != nil {
		return pl
	}
	if held := x.arcs[a].run; len(held) > 0 {
		return held[len(held)-1]
	}
	return x.vertices[x.arcs[a].from].node
}
