package flow

import (
	"maps"
	"slices"
	"strconv"

	"tongban/internal/ground/fault"
)

// longest run of automatic nodes after one act; more is a loop that nobody is
// asked to leave.
const longestRun = 10_000

// A run is one act under way: the marking being made, and what has changed.
type run struct {
	*Procedure
	env    Env
	m      Marking
	change Change
	moving []Token // tokens on their way along an edge
	passed int
}

// begin works on a copy of m.
func (p *Procedure) begin(m Marking, env Env) *run {
	m.Open, m.Waits = slices.Clone(m.Open), slices.Clone(m.Waits)
	m.Tokens, m.Inside = slices.Clone(m.Tokens), slices.Clone(m.Inside)
	m.Done, m.Data = slices.Clip(m.Done), maps.Clone(m.Data)
	return &run{Procedure: p, env: env, m: m}
}

// Start begins the procedure for a case.
func (p *Procedure) Start(env Env) (Marking, Change, error) {
	r := p.begin(Marking{}, env)
	if err := r.leave(p.starts[""], nil); err != nil {
		return Marking{}, Change{}, err
	}
	return r.finish()
}

// finish moves tokens until everybody waits for a person, a timer or a message.
func (r *run) finish() (Marking, Change, error) {
	for again := true; again; {
		if err := r.travel(); err != nil {
			return Marking{}, Change{}, err
		}
		var err error
		if again, err = r.settle(); err != nil {
			return Marking{}, Change{}, err
		}
	}
	if r.idle() && len(r.m.Tokens) == 0 {
		r.m.Ended, r.change.Ended = true, true
	}
	return r.m, r.change, nil
}

func (r *run) idle() bool { return len(r.m.Open) == 0 && len(r.m.Waits) == 0 && len(r.m.Inside) == 0 }

func (r *run) travel() error {
	for len(r.moving) > 0 {
		t := r.moving[0]
		r.moving = r.moving[1:]
		if r.passed++; r.passed > longestRun {
			return fault.New(fault.Invalid, "flow.run.endless", "流程在自动环节间无休止地循环，请联系事项管理员检查流程图")
		}
		if err := r.arrive(r.edges[t.Edge], t.Owes); err != nil {
			return err
		}
	}
	return nil
}

// arrive is what happens when a token comes along e to a place.
func (r *run) arrive(e *edge, owes []Debt) error {
	pl := e.to
	owes = r.forgive(pl, owes)
	switch pl.Kind {
	case Task, Multi:
		return r.open(pl, owes, "")
	case Sub:
		return r.enter(pl, owes)
	case Timer, Message:
		r.wait(pl, owes)
		return nil
	case Parallel, Inclusive:
		if len(pl.in) > 1 {
			r.m.Tokens = append(r.m.Tokens, Token{Edge: e.ID, Owes: owes})
			return r.joinAll(pl)
		}
	case Rule:
		if err := r.judge(pl); err != nil {
			return err
		}
	}
	r.change.Passed = append(r.change.Passed, pl.ID)
	switch pl.Kind {
	case End:
		r.writeOff(pl, owes)
		return nil
	case Terminate:
		r.empty(pl.In)
		return nil
	}
	return r.leave(pl, owes)
}

// enter begins a sub-procedure. If one branch of it was sent back to before it,
// it is still running, and the token goes to that branch.
func (r *run) enter(pl *place, owes []Debt) error {
	inner, outer := r.part(owes, pl.ID)
	if i := r.running(pl.ID); i >= 0 {
		r.m.Inside[i].Owes = union(r.m.Inside[i].Owes, outer)
		return r.leave(r.starts[pl.ID], inner)
	}
	r.m.Inside = append(r.m.Inside, Inside{Node: pl.ID, Owes: outer})
	r.watch(pl)
	return r.leave(r.starts[pl.ID], inner)
}

func (r *run) running(sub string) int {
	return slices.IndexFunc(r.m.Inside, func(i Inside) bool { return i.Node == sub })
}

// judge evaluates an automatic node and keeps its outcome.
func (r *run) judge(pl *place) error {
	if pl.Rule == "" {
		return nil
	}
	holds, err := r.holds(pl.Rule, nil)
	if err != nil {
		return err
	}
	if pl.Result != "" {
		r.keep(pl.Result, holds)
	}
	return nil
}

func (r *run) keep(name string, value any) {
	if r.m.Data == nil {
		r.m.Data = map[string]any{}
	}
	r.m.Data[name] = value
}

// holds judges a condition over the case's values, the answers kept so far and
// the answers just given.
func (r *run) holds(when string, answers map[string]any) (bool, error) {
	if r.env.Judge == nil {
		return false, fault.New(fault.Invalid, "flow.judge.none", "流程含有条件“%s”，但没有可用的条件判断", when)
	}
	values := r.env.Values
	if len(r.m.Data)+len(answers) > 0 {
		values = make(map[string]any, len(r.env.Values)+len(r.m.Data)+len(answers))
		maps.Copy(values, r.env.Values)
		maps.Copy(values, r.m.Data)
		maps.Copy(values, answers)
	}
	return r.env.Judge(when, values)
}

// name hands out the next id of work or wait.
func (r *run) name() string {
	r.m.Next++
	return "w" + strconv.Itoa(r.m.Next)
}
