package projects

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
)

func codesTidy(number string) string { return strings.ToUpper(strings.TrimSpace(number)) }

// change has a rule judge the project as those who may see it find it.
func (s *Service) change(ctx context.Context, id ID, by identity.Actor, judge func(*Project) (Moved, error)) (*Project, error) {
	return s.Store.Change(ctx, id, func(p *Project) (Moved, error) {
		if !p.Sees(by) {
			return Moved{}, None()
		}
		return judge(p)
	})
}

// Call convenes a joint visit, drawing review or acceptance.
func (s *Service) Call(ctx context.Context, id ID, kind string, stage int, day calendar.Day, where string, by identity.Actor) (*Project, error) {
	key := s.id(by)
	return s.change(ctx, id, by, func(p *Project) (Moved, error) {
		if _, before := p.Meeting(key); before {
			return Moved{}, nil
		}
		return p.Call(key, kind, stage, day, where, by, s.now())
	})
}

// Say takes down the opinion of the actor's agency.
func (s *Service) Say(ctx context.Context, id ID, meeting, verdict, say string, by identity.Actor) (*Project, error) {
	return s.change(ctx, id, by, func(p *Project) (Moved, error) { return p.Say(meeting, verdict, say, by, s.now()) })
}

// End makes the opinions of a meeting one.
func (s *Service) End(ctx context.Context, id ID, meeting string, by identity.Actor) (*Project, error) {
	p, err := s.change(ctx, id, by, func(p *Project) (Moved, error) { return p.End(meeting, by, s.now()) })
	if err != nil {
		return nil, err
	}
	return s.settle(ctx, p)
}

// Serve notes how far a technical service or a utility has got.
func (s *Service) Serve(ctx context.Context, id ID, service, state, say string, by identity.Actor) (*Project, error) {
	return s.change(ctx, id, by, func(p *Project) (Moved, error) {
		if slices.ContainsFunc(p.Services, func(had Standing) bool { return had.ID == service && had.State == state }) {
			return Moved{}, nil
		}
		return p.Serve(service, state, say, by, s.now())
	})
}

// MarkMajor puts a project on the list of major projects.
func (s *Service) MarkMajor(ctx context.Context, id ID, why string, by identity.Actor) (*Project, error) {
	return s.change(ctx, id, by, func(p *Project) (Moved, error) { return p.MarkMajor(why, by, s.now()) })
}

// Ask takes down a request.
func (s *Service) Ask(ctx context.Context, id ID, what, agency string, by identity.Actor) (*Project, error) {
	key := s.id(by)
	return s.change(ctx, id, by, func(p *Project) (Moved, error) {
		if slices.ContainsFunc(p.Requests, func(r Request) bool { return r.ID == key }) {
			return Moved{}, nil
		}
		return p.Request(key, what, agency, s.Days, by, s.now())
	})
}

// Reply answers a request.
func (s *Service) Reply(ctx context.Context, id ID, request, say string, by identity.Actor) (*Project, error) {
	return s.change(ctx, id, by, func(p *Project) (Moved, error) { return p.Reply(request, say, by, s.now()) })
}

// JointMoved hears that a stage was submitted, or that something came of it.
// Told twice, it does nothing the second time.
func (s *Service) JointMoved(ctx context.Context, m joint.Moved, _ *sqldb.Batch) error {
	if m.Filing == nil {
		return s.heard(ctx, "joint/"+string(m.Joint))
	}
	p, err := s.Store.ByLink(ctx, "draft/"+m.Filing.Draft)
	if err != nil {
		return unlessNone(err)
	}
	p, err = s.Store.Change(ctx, p.ID, func(p *Project) (Moved, error) {
		i := slices.IndexFunc(p.Filings, func(f Filing) bool { return f.Draft == m.Filing.Draft })
		if i < 0 || p.Filings[i].Joint != "" {
			return Moved{}, nil
		}
		stage, _ := p.Type.Stage(p.Filings[i].Stage)
		done := p.moved(Submit, Person{Account: m.Filing.Account, Name: m.By}, m.At, stage.Name+" "+m.Filing.Number)
		f := p.Filings[i]
		f.Joint, f.Number, f.At = m.Joint, m.Filing.Number, m.At
		done.Filing = &f
		return done, nil
	})
	if err != nil {
		return err
	}
	_, err = s.settle(ctx, p)
	return err
}

// Concerns says which moves are of cases that were brought into a project.
func (s *Service) Concerns(ctx context.Context, all []cases.Moved) ([]bool, error) {
	links := make([]string, len(all))
	for i, m := range all {
		links[i] = "case/" + string(m.Case)
	}
	known, err := s.Store.Linked(ctx, links)
	yes := make([]bool, len(all))
	for i, l := range links {
		yes[i] = known[l]
	}
	return yes, err
}

// CaseMoved hears of cases that were brought into a project one by one.
func (s *Service) CaseMoved(ctx context.Context, m cases.Moved, _ *sqldb.Batch) error {
	return s.heard(ctx, "case/"+string(m.Case))
}

func (s *Service) heard(ctx context.Context, link string) error {
	p, err := s.Store.ByLink(ctx, link)
	if err != nil {
		return unlessNone(err)
	}
	_, err = s.settle(ctx, p)
	return err
}

func unlessNone(err error) error {
	if fault.Of(err) == fault.NotFound {
		return nil
	}
	return err
}

// settle puts on record the stages that have come to their end.
func (s *Service) settle(ctx context.Context, p *Project) (*Project, error) {
	return s.Store.Change(ctx, p.ID, func(p *Project) (Moved, error) {
		course, err := s.Course(ctx, p)
		if err != nil {
			return Moved{}, err
		}
		done := p.finishable(course)
		if len(done) == 0 {
			return Moved{}, nil
		}
		m := p.moved(Finish, Person{Name: identity.TheSystem.Name}, s.now(), "")
		var names []string
		for _, no := range done {
			names = append(names, stageNames[no])
		}
		m.Stages, m.Say = done, strings.Join(names, "、")
		return m, nil
	})
}

// Rows are the states of the cases of a project as the exchange lists them.
func (s *Service) Rows(ctx context.Context, p *Project, by identity.Actor) (map[string][]cases.ExchangeRow, error) {
	if !p.Sees(by) {
		return nil, None()
	}
	all := map[string][]cases.ExchangeRow{}
	for _, f := range p.Filings {
		ids := []cases.ID{f.Case}
		if f.Joint != "" {
			j, err := s.Joint.Store.Joint(ctx, f.Joint)
			if err != nil {
				return nil, fmt.Errorf("joint case of a project: %w", err)
			}
			for _, part := range j.Parts {
				ids = append(ids, part.Case)
			}
		}
		for _, id := range ids {
			if id == "" {
				continue
			}
			c, err := s.Cases.Store.Case(ctx, id)
			if err != nil {
				return nil, err
			}
			moves, err := s.moves(ctx, id)
			if err != nil {
				return nil, err
			}
			all[c.Number] = cases.ExchangeRows(moves)
		}
	}
	return all, nil
}
