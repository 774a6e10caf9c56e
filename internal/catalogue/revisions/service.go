package revisions

import (
	"context"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// Service is the door of the room: each method is one thing a person does.
type Service struct {
	Store Store
	Items *items.Service
	Rules Rules
	Known func(year int) bool                     // whether the calendar of a year is published; nil: not asked
	Types func(context.Context) ([]string, error) // of certificates that are registered; nil: not asked
	NewID func() string
	Now   func() time.Time
}

// None is the answer about a revision that does not exist, or not for those eyes.
func None() error {
	return fault.New(fault.NotFound, "revisions.none", "没有找到这份调整申请，可能已经撤回，或者您无权查看")
}

// Open begins a revision of the latest edition of an item.
func (s *Service) Open(ctx context.Context, start Start, by identity.Actor) (*Revision, error) {
	e, err := s.latest(ctx, start.Item)
	if err != nil {
		return nil, err
	}
	if again, err := s.again(ctx, start.Item, by); err != nil || again != nil {
		return again, err
	}
	m, err := begin(ID(s.NewID()), start, e, s.Rules, by, s.Now())
	if err != nil {
		return nil, err
	}
	return s.begun(ctx, m)
}

// begun keeps a new revision.
func (s *Service) begun(ctx context.Context, m Moved) (*Revision, error) {
	r := &Revision{}
	if err := r.happen(&m); err != nil {
		return nil, err
	}
	return r, s.Store.Add(ctx, r, m)
}

// again is the revision that the same request opened before.
func (s *Service) again(ctx context.Context, item items.ID, by identity.Actor) (*Revision, error) {
	id, err := s.Store.OpenOf(ctx, item)
	if err != nil || id == "" || by.Request == "" {
		return nil, err
	}
	r, err := s.Store.Revision(ctx, id)
	if err != nil || r.Asked != asked(by) {
		return nil, err
	}
	return r, nil
}

// latest is the highest edition of an item, in force or still to come.
func (s *Service) latest(ctx context.Context, item items.ID) (*items.Edition, error) {
	last, err := s.last(ctx, item)
	if err != nil {
		return nil, err
	}
	if last == 0 {
		return nil, fault.New(fault.NotFound, "items.none", "清单中没有这个事项，请从事项清单中选择")
	}
	return s.Items.Edition(ctx, item, last)
}

func (s *Service) last(ctx context.Context, item items.ID) (int, error) {
	heads, err := s.Items.Store.Heads(ctx, []items.ID{item})
	return heads[item].Last, err
}

// Revision is one revision, for those who may see it.
func (s *Service) Revision(ctx context.Context, id ID, by identity.Actor) (*Revision, error) {
	r, err := s.Store.Revision(ctx, id)
	if err != nil {
		return nil, err
	}
	if !r.Visible(by) {
		return nil, None()
	}
	return r, nil
}

// OpenOf is the revision of an item that is on its way; "" if there is none.
func (s *Service) OpenOf(ctx context.Context, item items.ID) (ID, error) {
	return s.Store.OpenOf(ctx, item)
}

// OpenAmong is OpenOf for many items at once; those without one are left out.
func (s *Service) OpenAmong(ctx context.Context, all []items.ID) (map[items.ID]ID, error) {
	return s.Store.OpenAmong(ctx, all)
}

// List lists revisions in the regions where the actor keeps or audits items.
func (s *Service) List(ctx context.Context, f Filter, by identity.Actor) ([]Row, error) {
	region := Reach(by)
	if region == "" {
		return nil, fault.New(fault.Forbidden, "revisions.list.post", "只有事项管理和审核人员可以查看调整申请")
	}
	if f.Within == "" || !identity.Within(f.Within, region) {
		f.Within = region
	}
	return s.Store.List(ctx, f)
}

// Reach is the widest region in which the actor keeps or audits items.
func Reach(by identity.Actor) string {
	region := ""
	for _, p := range by.Posts {
		keeps := p.Role == identity.Items || p.Role == identity.Auditor
		if keeps && (region == "" || len(identity.Stem(p.Region)) < len(identity.Stem(region))) {
			region = p.Region
		}
	}
	return region
}

// Publicities lists what is before the public, the newest first.
func (s *Service) Publicities(ctx context.Context, after string, limit int) ([]Row, error) {
	return s.Store.List(ctx, Filter{States: []State{Public}, After: after, Limit: limit})
}

// Publicity is a revision before the public or published, for anybody.
func (s *Service) Publicity(ctx context.Context, id ID) (*Revision, error) {
	r, err := s.Store.Revision(ctx, id)
	if err == nil && r.State != Public && r.State != Published {
		return nil, None()
	}
	return r, err
}

// Base is the edition a revision began from; an empty one for an item that does
// not exist yet.
func (s *Service) Base(ctx context.Context, r *Revision) (*items.Edition, error) {
	if r.Base == 0 {
		return &items.Edition{Item: r.Item}, nil
	}
	return s.Items.Edition(ctx, r.Item, r.Base)
}

// History is what happened to a revision, for those who may see it.
func (s *Service) History(ctx context.Context, r *Revision) ([]Moved, error) {
	records, err := s.Store.History(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	return read(records)
}

// Superior is the edition of the same catalogue code that the next level up has
// in force, to which a lower one is held; nil if there is none.
func (s *Service) Superior(ctx context.Context, e *items.Edition) (*items.Edition, error) {
	return s.Items.Superior(ctx, e)
}

// Held is what a draft is held to today.
func (s *Service) Held(ctx context.Context, text *items.Edition) (Held, error) {
	superior, err := s.Superior(ctx, text)
	if err != nil {
		return Held{}, err
	}
	codex, err := s.Items.Codex(ctx)
	if err != nil || s.Types == nil {
		return Held{superior, codex, s.today(), s.Known, nil}, err
	}
	types, err := s.Types(ctx)
	return Held{superior, codex, s.today(), s.Known, types}, err
}

func (s *Service) today() calendar.Day { return calendar.DayOf(s.Now()) }
