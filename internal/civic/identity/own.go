package identity

import (
	"cmp"
	"context"

	"tongban/internal/ground/fault"
)

// ChangePassword sets by's own password and ends all their other sessions and
// tokens. The old one must be right; it is guarded like a sign-in.
func (s *Service) ChangePassword(ctx context.Context, old, fresh string, by Actor) error {
	a, err := s.own(ctx, by)
	if err != nil {
		return err
	}
	if err := s.again(ctx, a, old); err != nil {
		return err
	}
	if old == fresh {
		return at("identity.password.same", "password", "same", "新密码不能与原密码相同，请换一个")
	}
	if err := s.setPassword(ctx, a, fresh); err != nil {
		return err
	}
	a.MustChange = false
	return s.Store.Within(ctx, func(ctx context.Context) error {
		if err := s.Store.Save(ctx, a); err != nil {
			return err
		}
		return s.end(ctx, a.ID, by.Session, true, "password", by)
	})
}

// again asks for the password of someone already signed in, before they change
// what protects the account.
func (s *Service) again(ctx context.Context, a *Account, password string) error {
	now := s.Now()
	tries, err := s.Store.Charge(ctx, tryKey(a.Login), now, s.guard())
	if err != nil {
		return err
	}
	if err := tries.Refuse(now, s.guard()); err != nil {
		return err
	}
	right, _, err := s.Passwords.Check(ctx, password, a.Password)
	if err != nil {
		return err
	}
	if !right {
		return fault.New(fault.Invalid, "identity.password.wrong", "原密码不正确，请重新输入").At("old", "wrong", "原密码不正确，请重新输入")
	}
	return s.Store.Forgive(ctx, tryKey(a.Login))
}

func (s *Service) setPassword(ctx context.Context, a *Account, password string) error {
	if err := CheckPassword(password, a.Login); err != nil {
		return err
	}
	if s.Leaked != nil {
		if found, err := s.Leaked(password); err != nil || found {
			return cmp.Or(err, leakedFault())
		}
	}
	hash, err := s.Passwords.Hash(ctx, password)
	a.Password = hash
	return err
}

// Enrolment is what an authenticator app needs to know: show Address as a QR
// code and Secret as text beside it.
type Enrolment struct{ Secret, Address string }

// EnrolCode begins a second factor for by's account. Nothing is asked at
// sign-in before ConfirmCode.
func (s *Service) EnrolCode(ctx context.Context, by Actor) (Enrolment, error) {
	a, err := s.own(ctx, by)
	if err != nil {
		return Enrolment{}, err
	}
	if a.TOTPOn {
		return Enrolment{}, fault.New(fault.Conflict, "identity.totp.on", "已开启动态验证码；如需更换，请先关闭")
	}
	var e Enrolment
	if e.Secret, e.Address, err = newSecret(s.issuer(), a.Login); err != nil {
		return Enrolment{}, err
	}
	a.TOTP = e.Secret
	return e, s.Store.Save(ctx, a, s.entry(a.ID, by.Account, "totp.enrol", "", ""))
}

// ConfirmCode turns the second factor on once a code shows that the app has the
// secret, and returns ten recovery codes, which are never shown again. The
// password must be right: whoever finds a browser open may not shut its owner out.
func (s *Service) ConfirmCode(ctx context.Context, password, code string, by Actor) (recovery []string, err error) {
	a, err := s.own(ctx, by)
	if err != nil {
		return nil, err
	}
	if err := s.again(ctx, a, password); err != nil {
		return nil, err
	}
	step := int64(0)
	if a.TOTP != "" && !a.TOTPOn {
		step = matchCode(a.TOTP, code, s.Now())
	}
	if step == 0 {
		return nil, wrongCode()
	}
	codes, hashes := recoveryCodes()
	a.TOTPOn = true
	defer s.seen.forget() // a seat that waited for it is free at once
	return codes, s.Store.Within(ctx, func(ctx context.Context) error {
		if _, err := s.Store.Stepped(ctx, a.ID, step); err != nil {
			return err
		}
		if err := s.Store.Recover(ctx, a.ID, hashes); err != nil {
			return err
		}
		return s.Store.Save(ctx, a, s.entry(a.ID, by.Account, "totp.on", "", ""))
	})
}

// DropCode turns the second factor off again, for whoever knows the password.
func (s *Service) DropCode(ctx context.Context, password string, by Actor) error {
	a, err := s.own(ctx, by)
	if err != nil {
		return err
	}
	if err := s.again(ctx, a, password); err != nil {
		return err
	}
	a.TOTP, a.TOTPOn = "", false
	return s.Store.Within(ctx, func(ctx context.Context) error {
		if err := s.Store.Recover(ctx, a.ID, nil); err != nil {
			return err
		}
		return s.Store.Save(ctx, a, s.entry(a.ID, by.Account, "totp.off", "", ""))
	})
}

// Mine is by's own account, without its secrets.
func (s *Service) Mine(ctx context.Context, by Actor) (Account, error) {
	a, err := s.own(ctx, by)
	if err != nil {
		return Account{}, err
	}
	return a.shown(), nil
}

// Called is the name of the person behind an account, for appointments.
func (s *Service) Called(ctx context.Context, account string) (string, error) {
	a, err := s.Store.Account(ctx, account)
	if err != nil {
		return "", err
	}
	return a.Name, nil
}

// shown is the account as pages may see it.
func (a Account) shown() Account {
	a.Password, a.TOTP = "", ""
	return a
}

// History lists what was done to by's own account, the latest first; before is
// the id of the last entry already seen.
func (s *Service) History(ctx context.Context, before string, limit int, by Actor) ([]Entry, error) {
	if by.Account == "" {
		return nil, nobody()
	}
	return s.Store.History(ctx, by.Account, before, page(limit))
}

func (s *Service) issuer() string {
	if s.Issuer == "" {
		return "通办"
	}
	return s.Issuer
}

// page is how many rows a list gives at once.
func page(limit int) int {
	if limit < 1 || limit > 200 {
		return 50
	}
	return limit
}
