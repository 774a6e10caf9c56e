package identity

import (
	"context"

	"tongban/internal/ground/fault"
)

// SetUpToken makes the token with which the first administrator of an empty
// city proves to sit at its console; print it there. needed is false once there
// is any account. A token made earlier is worth nothing any more.
func (s *Service) SetUpToken(ctx context.Context) (token string, needed bool, err error) {
	empty, err := s.Store.Empty(ctx)
	if err != nil || !empty {
		return "", false, err
	}
	token = newToken()
	return token, true, s.Store.Offer(ctx, hashToken(token))
}

// NeedsSetUp reports whether the city is still empty.
func (s *Service) NeedsSetUp(ctx context.Context) (bool, error) { return s.Store.Empty(ctx) }

// SetUp opens the first account, that of the administrator of region, signs it
// in, and uses the token up. identity.setup.token if it is not the one printed,
// identity.setup.place if the list of divisions does not have the region.
func (s *Service) SetUp(ctx context.Context, token, password string, n NewStaff, agency string, c Client) (Session, error) {
	if len(n.Region) != 12 {
		return Session{}, at("identity.setup.region", "region", "form", "请填写本级行政区划的12位代码")
	}
	if s.Place != nil && !s.Place(n.Region) {
		return Session{}, at("identity.setup.place", "region", "unknown", "区划库里没有这个代码。请核对；不在江苏的，先把本地的区划表 regions.csv 放进数据目录，重新启动后再设置")
	}
	a, err := s.staff(n)
	if err != nil {
		return Session{}, err
	}
	a.MustChange = false
	if err := s.setPassword(ctx, a, password); err != nil {
		return Session{}, err
	}
	err = s.Store.Within(ctx, func(ctx context.Context) error { return s.found(ctx, token, a, agency) })
	if err != nil {
		return Session{}, err
	}
	return s.SignIn(ctx, a.Login, password, "", c, "")
}

// found keeps the first account with its post.
func (s *Service) found(ctx context.Context, token string, a *Account, agency string) error {
	empty, err := s.Store.Empty(ctx)
	if err != nil {
		return err
	}
	right, err := s.Store.Taken(ctx, hashToken(token))
	if err != nil {
		return err
	}
	if !empty || !right {
		return fault.New(fault.Forbidden, "identity.setup.token", "初始化口令不正确或已用过，请使用服务器控制台上最新显示的口令").
			At("token", "wrong", "请使用服务器控制台上最新显示的口令")
	}
	if err := s.Store.Add(ctx, []*Account{a}, s.entry(a.ID, "", "setup", "", a.Region)); err != nil {
		return err
	}
	return s.Posts.Found(ctx, a.ID, a.Name, Post{Agency: agency, Region: a.Region, Role: Admin, Title: "系统管理员"})
}
