package identity

import (
	"context"

	"tongban/internal/ground/fault"
)

// A NewStaff is an account that an administrator opens for an official.
type NewStaff struct {
	Login  string
	Name   string
	Mobile string
	Region string // 12-digit division code of the administrator in charge
}

// A Created is a new account and the password to tell its owner once.
type Created struct {
	Account  string
	Login    string
	Name     string
	Password string
}

// Create opens an account for an official. Only an administrator of the region
// may: identity.admin.authority.
func (s *Service) Create(ctx context.Context, n NewStaff, by Actor) (Created, error) {
	all, err := s.CreateAll(ctx, []NewStaff{n}, by, func(context.Context, []Created) error { return nil })
	if err != nil {
		return Created{}, err
	}
	return all[0], nil
}

// CreateAll opens accounts for officials, all or none, in one transaction with
// what also does.
func (s *Service) CreateAll(ctx context.Context, all []NewStaff, by Actor, also func(context.Context, []Created) error) ([]Created, error) {
	var accounts []*Account
	var created []Created
	var entries []Entry
	for _, n := range all {
		a, password, err := s.newStaff(ctx, n, by)
		if err != nil {
			return nil, err
		}
		accounts = append(accounts, a)
		created = append(created, Created{a.ID, a.Login, a.Name, password})
		entries = append(entries, s.entry(a.ID, by.Account, "create", "", n.Region))
	}
	return created, s.Store.Within(ctx, func(ctx context.Context) error {
		if err := s.Store.Add(ctx, accounts, entries...); err != nil {
			return taken(err)
		}
		return also(ctx, created)
	})
}

// newStaff is the account that by asks for, with a password to tell.
func (s *Service) newStaff(ctx context.Context, n NewStaff, by Actor) (*Account, string, error) {
	if !by.Administers(n.Region) {
		return nil, "", notAdmin()
	}
	a, err := s.staff(n)
	if err != nil {
		return nil, "", err
	}
	password := temporary()
	return a, password, s.setPassword(ctx, a, password)
}

// Taken reports whether there is an account of that login name.
func (s *Service) Taken(ctx context.Context, login string) (bool, error) {
	_, err := s.Store.ByLogin(ctx, Fold(login))
	if fault.Of(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

// Check refuses what no account can be opened for, with every place that must change.
func (n NewStaff) Check() error {
	return gather("identity.create", "账号信息有误，请按提示修改", CheckLogin(Fold(n.Login)), CheckName("name", n.Name), CheckMobile(n.Mobile))
}

// staff is the account a NewStaff asks for, still without a password.
func (s *Service) staff(n NewStaff) (*Account, error) {
	if err := n.Check(); err != nil {
		return nil, err
	}
	return &Account{ID: newID(), Login: Fold(n.Login), Name: n.Name, Mobile: n.Mobile, Region: n.Region,
		Real: Shown, MustChange: true, Created: s.Now()}, nil
}

// Lock closes an account and ends its sessions, until Unlock.
func (s *Service) Lock(ctx context.Context, id, reason string, by Actor) error {
	if reason == "" || len(reason) > 300 || !Printable(reason) {
		return at("identity.lock.reason", "reason", "required", "请写明停用账号的原因（100字以内）")
	}
	if id == by.Account {
		return fault.New(fault.Forbidden, "identity.lock.self", "不能停用自己的账号，请由其他管理员办理")
	}
	return s.govern(ctx, id, by, func(ctx context.Context, a *Account) error {
		a.Locked = reason
		if err := s.Store.Save(ctx, a, s.entry(id, by.Account, "lock", "", reason)); err != nil {
			return err
		}
		return s.end(ctx, id, "", true, "endall", by)
	})
}

// Unlock opens an account again.
func (s *Service) Unlock(ctx context.Context, id string, by Actor) error {
	return s.govern(ctx, id, by, func(ctx context.Context, a *Account) error {
		a.Locked = ""
		return s.Store.Save(ctx, a, s.entry(id, by.Account, "unlock", "", ""))
	})
}

// Reset gives an account a new password to tell its owner, takes its second
// factor away, opens a door closed by wrong passwords and ends its sessions.
func (s *Service) Reset(ctx context.Context, id string, by Actor) (password string, err error) {
	password = temporary()
	hash, err := s.Passwords.Hash(ctx, password)
	if err != nil {
		return "", err
	}
	return password, s.govern(ctx, id, by, func(ctx context.Context, a *Account) error {
		a.Password, a.MustChange, a.TOTP, a.TOTPOn = hash, true, "", false
		if err := s.Store.Save(ctx, a, s.entry(id, by.Account, "reset", "", "")); err != nil {
			return err
		}
		if err := s.Store.Recover(ctx, id, nil); err != nil {
			return err
		}
		if err := s.Store.Forgive(ctx, tryKey(a.Login)); err != nil {
			return err
		}
		return s.end(ctx, id, "", true, "endall", by)
	})
}

// govern has an administrator change an account that is theirs to change.
func (s *Service) govern(ctx context.Context, id string, by Actor, do func(context.Context, *Account) error) error {
	return s.Store.Within(ctx, func(ctx context.Context) error {
		a, err := s.governed(ctx, id, by)
		if err != nil {
			return err
		}
		return do(ctx, a)
	})
}

// governed is an account that is the administrator's to change.
func (s *Service) governed(ctx context.Context, id string, by Actor) (*Account, error) {
	a, err := s.Store.Account(ctx, id)
	if err != nil {
		return nil, err
	}
	posts, err := s.Posts.Posts(ctx, id, s.today())
	if err != nil {
		return nil, err
	}
	if !mayGovern(by, a, posts) {
		return nil, notAdmin()
	}
	return a, nil
}

// mayGovern reports whether by is an administrator over the account: of its
// region and of that of every post it holds, so that nobody takes over someone
// placed higher. People who registered themselves are in the city's care.
func mayGovern(by Actor, a *Account, posts []Post) bool {
	if a.Region == "" && !by.AdministersCity() || a.Region != "" && !by.Administers(a.Region) {
		return false
	}
	for _, p := range posts {
		if p.For == "" && !by.Administers(p.Region) {
			return false
		}
	}
	return true
}

// AdministersCity reports whether the actor is an administrator of the city itself or
// of something above it.
func (a Actor) AdministersCity() bool {
	for _, p := range a.Posts {
		if p.Role == System || p.Role == Admin && len(p.Region) == 12 && len(Stem(p.Region)) <= 4 {
			return true
		}
	}
	return false
}

// Accounts lists the officials' accounts of region and all within it by login,
// from the one after after.
func (s *Service) Accounts(ctx context.Context, region, after string, limit int, by Actor) ([]Account, error) {
	if len(region) != 12 || !by.Administers(region) {
		return nil, notAdmin()
	}
	all, err := s.Store.Accounts(ctx, Stem(region), after, page(limit))
	for i := range all {
		all[i] = all[i].shown()
	}
	return all, err
}

// AccountOf is one account, without its secrets, for its administrator.
func (s *Service) AccountOf(ctx context.Context, id string, by Actor) (Account, error) {
	a, err := s.governed(ctx, id, by)
	if err != nil {
		return Account{}, err
	}
	return a.shown(), nil
}

// HistoryOf lists what was done to an account, for its administrator.
func (s *Service) HistoryOf(ctx context.Context, id, before string, limit int, by Actor) ([]Entry, error) {
	if _, err := s.governed(ctx, id, by); err != nil {
		return nil, err
	}
	return s.Store.History(ctx, id, before, page(limit))
}

func notAdmin() error {
	return fault.New(fault.Forbidden, "identity.admin.authority", "只有本级或上级的系统管理员可以管理这个账号")
}
