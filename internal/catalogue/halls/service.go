package halls

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/goccy/go-yaml"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Service is the door of the room. Halls are few and asked for all the time:
// they are held in memory and read again when their version has changed.
type Service struct {
	Store Store
	Board Board // what its halls make public, beside what is kept of them
	Now   func() time.Time

	held sqldb.Kept[[]Hall] // by region, then by kind and id
}

// Store keeps halls.
type Store interface {
	// Version rises with every change of any hall.
	Version(ctx context.Context) (int64, error)
	All(ctx context.Context) ([]Hall, error)
	// Put keeps halls, new or changed, all or none. One that somebody else
	// changed since it was read: fault.Conflict.
	Put(ctx context.Context, halls ...Hall) error
}

// All lists every hall that is open, at most a second old; do not change it.
func (s *Service) All(ctx context.Context) ([]Hall, error) {
	all, err := s.hold(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(all), func(h Hall) bool { return h.Closed }), nil
}

func (s *Service) hold(ctx context.Context) ([]Hall, error) {
	return s.held.Get(ctx, s.Now(), s.Store.Version, s.read)
}

func (s *Service) read(ctx context.Context) ([]Hall, error) {
	all, err := s.Store.All(ctx)
	return arranged(all), err
}

func arranged(all []Hall) []Hall {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b Hall) int {
		return cmp.Or(cmp.Compare(a.Region, b.Region), cmp.Compare(slices.Index(Kinds, a.Kind), slices.Index(Kinds, b.Kind)), cmp.Compare(a.ID, b.ID))
	})
	return all
}

// Find returns the hall of that id, closed or not: halls.none if there is none.
func (s *Service) Find(ctx context.Context, id string) (Hall, error) {
	all, err := s.hold(ctx)
	if err != nil {
		return Hall{}, err
	}
	for _, h := range all {
		if h.ID == id {
			return h, nil
		}
	}
	return Hall{}, fault.New(fault.NotFound, "halls.none", "没有编号为“%s”的服务场所", id)
}

// In lists the open halls of region and all within it.
func (s *Service) In(ctx context.Context, region string) ([]Hall, error) {
	all, err := s.All(ctx)
	return slices.DeleteFunc(all, func(h Hall) bool { return !identity.Within(h.Region, region) }), err
}

// Run lists the open halls that an agency runs.
func (s *Service) Run(ctx context.Context, agency string) ([]Hall, error) {
	all, err := s.All(ctx)
	return slices.DeleteFunc(all, func(h Hall) bool { return h.Agency != agency }), err
}

// Put enters or changes halls, all or none, each in a region that by administers.
func (s *Service) Put(ctx context.Context, by identity.Actor, all ...Hall) error {
	for _, h := range all {
		if err := h.Check(); err != nil {
			return err
		}
		old, err := s.Find(ctx, h.ID)
		if fault.Of(err) != fault.NotFound && err != nil {
			return err
		}
		if !by.Administers(h.Region) || err == nil && !by.Administers(old.Region) {
			return fault.New(fault.Forbidden, "halls.put.authority", "只有本级或上级的系统管理员可以维护“%s”", h.Name)
		}
	}
	if err := s.Store.Put(ctx, all...); err != nil {
		return err
	}
	s.held.Doubt()
	return nil
}

// Parse reads halls from a YAML list, refusing fields it does not know.
func Parse(text []byte) ([]Hall, error) {
	var all []Hall
	if err := yaml.UnmarshalWithOptions(text, &all, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read halls: %w", err)
	}
	for _, h := range all {
		if err := h.Check(); err != nil {
			return nil, fmt.Errorf("hall %s: %w %v", h.ID, err, fault.Fields(err))
		}
	}
	return all, nil
}
