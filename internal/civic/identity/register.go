package identity

import (
	"context"
	"errors"

	"tongban/internal/ground/fault"
)

// A Person is a natural person as they name themselves (自然人).
type Person struct {
	Name     string
	IDType   string // "111" 居民身份证, …: codes of GA/T 2000
	IDNumber string
	Mobile   string
}

// A Registration opens an account for a natural person.
type Registration struct {
	Login    string
	Password string
	Person   Person
}

// Check refuses a registration with every place that must change. Whether the
// number of the document can be one is judged by the parties room.
func (r Registration) Check() error {
	return gather("identity.register", "注册信息有误，请按提示修改", CheckLogin(r.Login), CheckPassword(r.Password, r.Login),
		CheckName("name", r.Person.Name), CheckMobile(r.Person.Mobile))
}

// gather makes one fault of many, with the places of all.
func gather(code, say string, errs ...error) error {
	all := fault.New(fault.Invalid, code, "%s", say)
	for _, err := range errs {
		all = all.With("", fault.Fields(err))
	}
	if len(all.Fields) > 0 {
		return all
	}
	return nil
}

// Register opens an account for the person who asks. Nothing but their word
// says who they are, so a person we already know cannot be claimed this way:
// they show their document at a window (RegisterAtWindow).
func (s *Service) Register(ctx context.Context, r Registration) (account string, err error) {
	return s.register(ctx, r, Claimed, false, "")
}

// RegisterAtWindow opens an account for a person who showed their document to
// by, a window clerk, and returns the password to tell them: it must be changed
// at the first sign-in. The registration's own password is not used.
func (s *Service) RegisterAtWindow(ctx context.Context, r Registration, by Actor) (password string, err error) {
	if !by.Plays(Window) {
		return "", fault.New(fault.Forbidden, "identity.register.authority", "只有窗口工作人员可以为到场群众开通账号")
	}
	r.Password = temporary()
	_, err = s.register(ctx, r, Shown, true, by.Account)
	return r.Password, err
}

func (s *Service) register(ctx context.Context, r Registration, real Real, change bool, by string) (string, error) {
	r.Login = Fold(r.Login)
	if err := r.Check(); err != nil {
		return "", err
	}
	a := &Account{ID: newID(), Login: r.Login, Name: r.Person.Name, Mobile: r.Person.Mobile, Real: real, MustChange: change, Created: s.Now()}
	if err := s.setPassword(ctx, a, r.Password); err != nil {
		return "", err
	}
	return a.ID, s.Store.Within(ctx, func(ctx context.Context) (err error) {
		if a.Party, err = s.Parties.Enrol(ctx, r.Person, real); err != nil {
			return err
		}
		if real > Claimed {
			if err := s.displace(ctx, a.Party, by); err != nil {
				return err
			}
		}
		return taken(s.Store.Add(ctx, []*Account{a}, s.entry(a.ID, by, "register", "", "")))
	})
}

// displace closes the account with which somebody claimed a person by their
// word alone, now that the person came with their document.
func (s *Service) displace(ctx context.Context, party, by string) error {
	old, err := s.Store.ByParty(ctx, party)
	if fault.Of(err) == fault.NotFound {
		return nil
	}
	if err != nil || old.Real > Claimed {
		return err
	}
	old.Party, old.Locked = "", "证件号码的持有人已在窗口核验身份并另行开通账号"
	if err := s.Store.Save(ctx, old, s.entry(old.ID, by, "displace", "", "")); err != nil {
		return err
	}
	return s.Store.End(ctx, old.ID, "", true, s.entry(old.ID, by, "endall", "", ""))
}

// Confirm notes that the person behind the account login showed their document
// to by, a window clerk: from then on they may act as the head of their firm.
func (s *Service) Confirm(ctx context.Context, login string, shown Person, by Actor) error {
	if !by.Plays(Window) {
		return fault.New(fault.Forbidden, "identity.register.authority", "只有窗口工作人员可以核验到场群众的身份")
	}
	if err := CheckLogin(Fold(login)); err != nil {
		return err
	}
	return s.Store.Within(ctx, func(ctx context.Context) error {
		a, err := s.Store.ByLogin(ctx, Fold(login))
		if err != nil {
			return err
		}
		party, err := s.Parties.Enrol(ctx, shown, Shown)
		if err != nil {
			return err
		}
		if party != a.Party {
			return fault.New(fault.Conflict, "identity.confirm.other", "证件与该账号登记的不是同一人，请核对")
		}
		a.Real = Shown
		return s.Store.Save(ctx, a, s.entry(a.ID, by.Account, "confirm", "", ""))
	})
}

// taken says of an account that cannot be added where to look.
func taken(err error) error {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Conflict {
		return f.At("login", "taken", "登录名已被使用，或此人已有账号，请换一个或找回密码")
	}
	return err
}

// AddAll keeps accounts made elsewhere, as when a sample city or another
// platform's people are loaded, all or none; only the program itself does this.
func (s *Service) AddAll(ctx context.Context, accounts []*Account, by Actor) error {
	if !by.Plays(System) {
		return fault.New(fault.Forbidden, "identity.load.authority", "只有系统可以批量导入账号")
	}
	for _, a := range accounts {
		a.Login = Fold(a.Login)
		if err := errors.Join(CheckLogin(a.Login), CheckName("name", a.Name)); err != nil {
			return err
		}
	}
	return s.Store.Add(ctx, accounts)
}
