package themes

import (
	"context"

	"tongban/internal/ground/fault"
)

// published are all editions of all themes, each in its place: one that was published
// without a division is offered where its leading agency is, or else where its first
// item is; without a place no window would find it.
func (s *Service) published(ctx context.Context) ([]*Theme, error) {
	all, err := s.Store.Published(ctx)
	if err != nil {
		return nil, err
	}
	for i, t := range all {
		if all[i], err = s.seated(ctx, t); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// seated is the theme in its place.
func (s *Service) seated(ctx context.Context, t *Theme) (*Theme, error) {
	if t.Region != "" {
		return t, nil
	}
	region, err := s.seat(ctx, t)
	next := *t
	next.Region = region
	return &next, err
}

func (s *Service) seat(ctx context.Context, t *Theme) (string, error) {
	if s.Seat != nil && t.Lead.Agency != "" {
		region, err := s.Seat(ctx, t.Lead.Agency)
		if region != "" || err != nil {
			return region, err
		}
	}
	if len(t.Components) == 0 {
		return "", nil
	}
	e, err := s.Items.Current(ctx, t.Components[0].Item)
	if fault.Of(err) == fault.NotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return e.Region, nil
}
