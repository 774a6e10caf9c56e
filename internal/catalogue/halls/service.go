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
	// Agency reports whether there is an agency of this id; nil: any will do.
	Agency func(ctx context.Context, id string) error
	Now    func() time.Time

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

// checkAgency refuses a hall that is run by nobody.
func (s *Service) checkAgency(ctx context.Context, h Hall) error {
	if s.Agency == nil {
		return nil
	}
	err := s.Agency(ctx, h.Agency)
	if fault.Of(err) == fault.NotFound {
		return fault.New(fault.Invalid, "halls.agency", "没有编号为“%s”的部门", h.Agency).At("agency", "unknown", "没有这个部门，请填写部门清单里的编号")
	}
	return err
}

// Seat refuses a window that is none of an open hall: nobody is appointed to it. Of
// no hall and no window there is nothing to say.
func (s *Service) Seat(ctx context.Context, hall, window string) error {
	if hall == "" && window == "" {
		return nil
	}
	bad := fault.New(fault.Invalid, "halls.seat", "窗口和大厅对不上")
	if hall == "" {
		return bad.At("hall", "required", "请选择窗口在哪个大厅")
	}
	h, err := s.Find(ctx, hall)
	if fault.Of(err) == fault.NotFound || err == nil && h.Closed {
		return bad.At("hall", "unknown", "没有这个大厅，或者已经停用，请从列出的大厅里选择")
	}
	if err != nil {
		return err
	}
	if window == "" {
		return bad.At("window", "required", "请填写%s的窗口号", h.Name)
	}
	if _, err := h.Window(window); err != nil {
		return bad.At("window", "unknown", "%s没有%s号窗口，请先在大厅里录入", h.Name, window)
	}
	return nil
}

// Put enters or changes halls, all or none, each in a region that by administers.
func (s *Service) Put(ctx context.Context, by identity.Actor, all ...Hall) error {
	for _, h := range all {
		if err := h.Check(); err != nil {
			return err
		}
		if err := s.checkAgency(ctx, h); err != nil {
			return err
		}
		old, err := s.Find(ctx, h.ID)
		if fault.Of(err) != fault.NotFound && err != nil {
			return err
		}
		if !by.Administers(h.Region) || err == nil && !by.Administers(old.Region) {
			return fault.New(fault.Forbidden, "halls.put.authority", "只有本级或上级的系统管理员可以维护“%s”", h.Name)
		}
		if err == nil && h.Version == 0 {
			return fault.New(fault.Conflict, "halls.put.taken", "大厅编号已经有了").At("id", "taken", "编号%s是%s的，请换一个", h.ID, old.Name)
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
