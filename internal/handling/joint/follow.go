package joint

import (
	"context"
	"log/slog"
	"maps"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Concerns says which moves are of cases that are part of a matter.
func (s *Service) Concerns(ctx context.Context, all []cases.Moved) ([]bool, error) {
	ids := make([]cases.ID, len(all))
	for i, m := range all {
		ids[i] = m.Case
	}
	return s.Parts(ctx, ids)
}

// Parts says which cases are part of a matter.
func (s *Service) Parts(ctx context.Context, ids []cases.ID) ([]bool, error) {
	parts, err := s.Store.Parts(ctx, ids)
	yes := make([]bool, len(ids))
	for i, id := range ids {
		yes[i] = parts[id]
	}
	return yes, err
}

// Closes reports whether a move was the end of its case, or came after it.
func Closes(m cases.Moved) bool { return !m.To.Open() }

// CaseMoved hears that a case moved: if it is part of a matter and has come to
// its end, those that waited for it start, in the same commit that notes it.
// Told twice, it does nothing the second time.
func (s *Service) CaseMoved(ctx context.Context, m cases.Moved, _ *sqldb.Batch) error {
	j, err := s.OfCase(ctx, m.Case)
	if err != nil || j == nil {
		return err
	}
	c, err := s.Cases.Store.Case(ctx, m.Case)
	if err != nil {
		return err
	}
	_, err = s.Store.Change(ctx, j.ID, func(j *Joint, b *sqldb.Batch) (Moved, error) {
		p, ok := j.Of(m.Case)
		if !ok {
			return Moved{}, nil
		}
		step, ok := p.Hear(c)
		if !ok {
			return Moved{}, nil
		}
		return s.advance(ctx, j, b, s.moved(j, Advance, identity.TheSystem), step)
	})
	return err
}

// advance adds to a fact whatever follows from its first steps: parts that may
// start are filed into b, and those that never will are stopped.
func (s *Service) advance(ctx context.Context, j *Joint, b *sqldb.Batch, m Moved, first ...Step) (Moved, error) {
	m.Steps = append(m.Steps, first...)
	as := *j
	as.Parts = append([]Part{}, j.Parts...)
	as.Apply(Moved{Joint: j.ID, At: m.At, Steps: first})
	for {
		start, stop := as.Next()
		if len(start)+len(stop) == 0 {
			return m, nil
		}
		steps := stop
		for _, p := range start {
			step, err := s.begin(ctx, &as, b, p, nil)
			if err != nil {
				return m, err
			}
			steps = append(steps, step)
		}
		m.Steps = append(m.Steps, steps...)
		as.Apply(Moved{Joint: j.ID, At: m.At, Steps: steps})
	}
}

// begin files a part whose turn has come. What cannot be filed as it is waits
// for its applicant; what cannot be applied for any more stops, and says so.
func (s *Service) begin(ctx context.Context, j *Joint, b *sqldb.Batch, p Part, given forms.Answers) (Step, error) {
	a, err := s.opened(j, p)
	if err != nil {
		return Step{}, err
	}
	e, err := s.Cases.Editions.Open(ctx, p.Item, dayOf(s.Now()))
	switch k := fault.Of(err); {
	case err != nil && (k == fault.Invalid || k == fault.NotFound):
		return Step{Item: p.Item, To: Stopped, Why: "等待期间这个事项已经停办：" + fault.Say(err)}, nil
	case err != nil:
		return Step{}, p.say("open", err)
	}
	faces, papers, err := s.results(ctx, j, p)
	if err != nil {
		return Step{}, err
	}
	a.fill(j.Number, e, faces, papers, dayOf(s.Now()))
	maps.Copy(a.Answers, given)
	a.Answers = asked(e, a.Answers)
	c, err := s.Cases.SubmitIn(ctx, b, cases.Application{Item: p.Item, Applicant: j.Applicant, Answers: a.Answers, Materials: a.Materials, Delivery: j.Delivery, Signed: a.Signed}, j.applicant())
	if err != nil {
		return s.unfiled(ctx, b, j, p, a, err)
	}
	return Step{Item: p.Item, To: Filed, Case: c.ID, Number: c.Number}, nil
}

// asked leaves out the answers to what a newer edition does not ask.
func asked(e *items.Edition, all forms.Answers) forms.Answers {
	form, known := e.Form.With(e.Questions), forms.Answers{}
	for id, v := range all {
		if form.Field(id) != nil {
			known[id] = v
		}
	}
	return known
}

// unfiled is what becomes of a part that could not be filed. What is only of the
// moment is an error: it is tried again.
func (s *Service) unfiled(ctx context.Context, b *sqldb.Batch, j *Joint, p Part, a Application, err error) (Step, error) {
	if passing(err) {
		return Step{}, p.say("file", err)
	}
	if fields := fault.Fields(err); len(fields) > 0 {
		sealed, failed := s.seal(b, j.ID, p.Item, a)
		return Step{Item: p.Item, To: Lacking, Why: fault.Say(err), Lacks: fields, Sealed: sealed}, failed
	}
	slog.WarnContext(ctx, "part of a joint case not filed", "joint", string(j.ID), "item", string(p.Item), "why", err)
	return Step{Item: p.Item, To: Stopped, Why: fault.Say(err)}, nil
}

// passing reports whether a fault says nothing of what was asked for: the program
// failed, or somebody was full or away.
func passing(err error) bool {
	return slices.Contains([]fault.Kind{fault.Internal, fault.Busy, fault.TooOften}, fault.Of(err))
}

// results are what the certificates of the parts before p say.
func (s *Service) results(ctx context.Context, j *Joint, p Part) (map[items.ID]Face, map[items.ID]string, error) {
	faces, papers := map[items.ID]Face{}, map[items.ID]string{}
	for _, before := range j.Parts {
		if before.Result == "" {
			continue
		}
		face, err := s.Face(ctx, before.Result)
		if err != nil {
			return nil, nil, p.say("read the result before", err)
		}
		faces[before.Item], papers[before.Item] = face, before.Result
	}
	return faces, papers, nil
}

// Supply takes what the applicant adds to a part that lacks something, and
// files it.
func (s *Service) Supply(ctx context.Context, id ID, item items.ID, given forms.Answers, handed []cases.Handed, by identity.Actor) (*Joint, error) {
	return s.Store.Change(ctx, id, func(j *Joint, b *sqldb.Batch) (Moved, error) {
		if !j.Own(by) {
			return Moved{}, None()
		}
		p, ok := j.Part(item)
		switch {
		case !ok:
			return Moved{}, None()
		case p.State != Lacking:
			return Moved{}, nil // supplied before
		}
		part := *p
		if err := s.handIn(b, j, &part, handed); err != nil {
			return Moved{}, err
		}
		step, err := s.begin(ctx, j, b, part, given)
		if err != nil {
			return Moved{}, err
		}
		if step.To == Lacking {
			bad := fault.New(fault.Invalid, "joint.supply.lacks", "还有需要修改的地方")
			bad = bad.With("", step.Lacks)
			return Moved{}, bad
		}
		return s.advance(ctx, j, b, s.moved(j, Supply, by), step)
	})
}

// handIn adds materials to the application that is kept for a part.
func (s *Service) handIn(b *sqldb.Batch, j *Joint, part *Part, handed []cases.Handed) error {
	if len(handed) == 0 {
		return nil
	}
	a, err := s.opened(j, *part)
	if err != nil {
		return err
	}
	a.Materials = append(a.Materials, handed...)
	part.Sealed, err = s.seal(b, j.ID, part.Item, a)
	return err
}
