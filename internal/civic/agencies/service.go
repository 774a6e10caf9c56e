package agencies

import (
	"context"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Service is the door of the room. Agencies are few and asked for all the time:
// they are held in memory and read again when their version has changed.
type Service struct {
	Store Store
	Place func(region string) bool // reports whether there is such a place; nil: every code is one
	Now   func() time.Time

	held sqldb.Kept[*Directory]
}

// Store keeps agencies.
type Store interface {
	// Version rises with every change of any agency.
	Version(ctx context.Context) (int64, error)
	All(ctx context.Context) ([]Agency, error)
	// Put keeps agencies, new or changed, all or none. One that somebody else
	// changed since it was read: fault.Conflict.
	Put(ctx context.Context, agencies ...Agency) error
}

// Directory is all agencies as they are now, at most a second old.
func (s *Service) Directory(ctx context.Context) (*Directory, error) {
	return s.held.Get(ctx, s.Now(), s.Store.Version, s.read)
}

func (s *Service) read(ctx context.Context) (*Directory, error) {
	all, err := s.Store.All(ctx)
	return NewDirectory(all), err
}

// Find returns the agency of that id: agencies.none if there is none.
func (s *Service) Find(ctx context.Context, id string) (Agency, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return Agency{}, err
	}
	return d.Find(id)
}

// Named is the id of the open agency that is called so; see Directory.Named.
func (s *Service) Named(ctx context.Context, name string) (string, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return "", err
	}
	return d.Named(name), nil
}

// List lists the agencies that the filter lets through.
func (s *Service) List(ctx context.Context, f Filter) ([]Agency, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	return d.List(f), nil
}

// Children lists the open agencies directly under id; "" for the top.
func (s *Service) Children(ctx context.Context, id string) ([]Agency, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	return d.Children(id), nil
}

// Put enters or changes agencies, all or none. Each must be sound, stand under
// one that is there (or comes with it), and lie in a region that by administers.
func (s *Service) Put(ctx context.Context, by identity.Actor, agencies ...Agency) error {
	d, err := s.Directory(ctx)
	if err != nil {
		return err
	}
	if err := d.admit(agencies, by); err != nil {
		return err
	}
	if err := d.taken(agencies); err != nil {
		return err
	}
	if err := s.placed(d, agencies); err != nil {
		return err
	}
	if err := s.Store.Put(ctx, agencies...); err != nil {
		return err
	}
	s.held.Doubt()
	return nil
}

// taken refuses what is entered as new under the key of another agency.
func (d *Directory) taken(agencies []Agency) error {
	for _, a := range agencies {
		if old, err := d.Find(a.ID); err == nil && a.Version == 0 {
			return fault.New(fault.Conflict, "agencies.put.taken", "部门编号已经有了").At("id", "taken", "编号%s是%s的，请换一个", a.ID, old.Name)
		}
	}
	return nil
}

// placed refuses agencies in a place that is on no list of divisions. One that is
// there keeps the place it has.
func (s *Service) placed(d *Directory, agencies []Agency) error {
	for _, a := range agencies {
		if say := s.lost(d, a); say != "" {
			return fault.New(fault.Invalid, "agencies.put.region", "“%s”的%s", a.Name, say).At("region", "none", "%s", say)
		}
	}
	return nil
}

// lost says why an agency cannot lie where it says; "" when it can.
func (s *Service) lost(d *Directory, a Agency) string {
	if old, err := d.Find(a.ID); s.Place == nil || err == nil && old.Region == a.Region || s.Place(a.Region) {
		return ""
	}
	return "区划代码" + a.Region + "不在行政区划数据里，请核对；确有这个区划的，请先补进数据目录的 regions.csv"
}

// admit judges whether by may put agencies into the directory.
func (d *Directory) admit(agencies []Agency, by identity.Actor) error {
	merged := NewDirectory(append(d.List(Filter{Closed: true}), agencies...))
	for _, a := range agencies {
		if err := a.Check(); err != nil {
			return err
		}
		if old, err := d.Find(a.ID); !by.Administers(a.Region) || err == nil && !by.Administers(old.Region) {
			return fault.New(fault.Forbidden, "agencies.put.authority", "只有本级或上级的系统管理员可以维护“%s”", a.Name)
		}
		if a.Parent == "" {
			continue
		}
		if _, err := merged.Find(a.Parent); err != nil {
			return fault.New(fault.Invalid, "agencies.put.parent", "“%s”的上级部门不存在，请先录入上级部门", a.Name).At("parent", "none", "上级部门不存在")
		}
		for _, up := range merged.Above(a.ID) {
			if up.ID == a.ID {
				return fault.New(fault.Invalid, "agencies.put.ring", "“%s”不能隶属于自己的下级部门", a.Name).At("parent", "ring", "不能隶属于自己的下级部门")
			}
		}
	}
	return nil
}
