package elsewhere

import (
	"context"
	"fmt"

	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Share sends the edition of a theme in force to every partner's shelf (主题库
// 发布、同步). A partner that it was sent to already is passed over, so that
// sharing again reaches those entered meanwhile. It tells how many it was
// written for.
func (s *Service) Share(ctx context.Context, id themes.ID, by identity.Actor) (int, error) {
	if !by.Plays(identity.Auditor) {
		return 0, fault.New(fault.Forbidden, "elsewhere.share.role", "发到主题库由事项审核员办理")
	}
	t, err := s.Themes.Current(ctx, id)
	if err != nil {
		return 0, err
	}
	made, err := s.Themes.Compose(ctx, t)
	if err != nil {
		return 0, err
	}
	partners, err := s.Store.Partners(ctx)
	if err != nil {
		return 0, err
	}
	at, key, n := s.now(), fmt.Sprintf("theme/%s/%d", t.ID, t.Number), 0
	var b sqldb.Batch
	for _, p := range partners {
		if written, err := s.Store.Written(ctx, p.ID, key); err != nil || p.Resting || written {
			if err != nil {
				return 0, err
			}
			continue
		}
		if err := s.write(&b, p.ID, Theme, key, made.ForLibrary(s.Name, at), at); err != nil {
			return 0, err
		}
		n++
	}
	if n == 0 {
		return 0, fault.New(fault.Conflict, "elsewhere.share.nobody", "没有要发送的协作平台：都已收到这一版，或者都已停用")
	}
	return n, s.commit(ctx, &b)
}

// shelve puts a partner's theme on our shelf. Nothing is in force by it.
func (s *Service) shelve(b *sqldb.Batch, p Partner, m themes.Shared) error {
	if m.Theme == nil || m.Theme.ID == "" || m.Theme.Number < 1 || len(m.Theme.Components) == 0 {
		return malformed()
	}
	m.Library, m.Source = p.ID, p.Name
	return s.Themes.Store.Shelve(b, &m)
}
