package flow

import (
	"slices"

	"tongban/internal/ground/fault"
)

// Fire lets a timer run out, or a single wait for a message come true.
func (p *Procedure) Fire(m Marking, wait string, env Env) (Marking, Change, error) {
	r := p.begin(m, env)
	i := slices.IndexFunc(r.m.Waits, func(w Wait) bool { return w.ID == wait })
	if i < 0 {
		return m, Change{}, fault.New(fault.Conflict, "flow.wait.gone", "这个时限或消息已不再等候")
	}
	if err := r.wake(r.m.Waits[i]); err != nil {
		return m, Change{}, err
	}
	after, change, err := r.finish()
	if err != nil {
		return m, Change{}, err
	}
	return after, change, nil
}

// Message tells the case that something has come. Whoever waits for it goes on;
// that nobody does is "flow.message.unawaited".
func (p *Procedure) Message(m Marking, name string, env Env) (Marking, Change, error) {
	r := p.begin(m, env)
	heard := false
	for _, w := range slices.Clone(r.m.Waits) {
		still := slices.ContainsFunc(r.m.Waits, func(o Wait) bool { return o.ID == w.ID })
		if w.Kind != Message || w.Name != name || !still {
			continue
		}
		heard = true
		if err := r.wake(w); err != nil {
			return m, Change{}, err
		}
	}
	if !heard {
		return m, Change{}, fault.New(fault.Conflict, "flow.message.unawaited", "办件当前没有等候“%s”", name)
	}
	after, change, err := r.finish()
	if err != nil {
		return m, Change{}, err
	}
	return after, change, nil
}

// wake ends a wait and sends its token on. One that is attached takes over from
// what it watches, unless it stands beside.
func (r *run) wake(w Wait) error {
	pl := r.byID[w.Node]
	owes := w.Owes
	switch {
	case w.On != "" && pl.Beside:
		owes = nil
	case w.On != "":
		owes = r.owing(w.On)
		r.interrupt(w.On)
	}
	r.over(func(o Wait) bool { return o.ID == w.ID })
	r.change.Passed = append(r.change.Passed, pl.ID)
	if w.On != "" {
		owes = r.forgo(r.byID[w.On], pl, owes)
	}
	return r.leave(pl, owes)
}

// interrupt takes away what a node has under way.
func (r *run) interrupt(node string) {
	r.close(node)
	if i := r.running(node); i >= 0 {
		r.empty(node)
		i = r.running(node)
		r.m.Inside = slices.Delete(r.m.Inside, i, i+1)
	}
}

// owing is what the token that is at a node owes.
func (r *run) owing(node string) []Debt {
	if i := r.openAt(node); i >= 0 {
		return r.m.Open[i].Owes
	}
	if i := r.running(node); i >= 0 {
		return r.m.Inside[i].Owes
	}
	return nil
}

// Withdraw ends the procedure where it stands (撤回、终止): all work is closed.
func (p *Procedure) Withdraw(m Marking) (Marking, Change) {
	r := p.begin(m, Env{})
	r.cancel(func(string) bool { return true })
	r.m.Ended, r.change.Ended = true, true
	return r.m, r.change
}
