package identity

import (
	"context"
	"log/slog"
	"regexp"
	"strings"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
)

// SignIn begins a session for whoever knows the password, and the code of the
// second factor if the account has one. The session carries a Token, or for the
// channel "api" a bearer token. old is the session the client still holds, if
// any: it ends, so that a token never outlives a sign-in.
//
// Faults: identity.signin.wrong (whether the name or the password is wrong
// is not said, and takes the same time), identity.signin.locked,
// identity.signin.code (give a code), identity.totp.wrong, identity.signin.closed.
func (s *Service) SignIn(ctx context.Context, login, password, code string, c Client, old string) (Session, error) {
	login = Fold(login)
	if CheckLogin(login) != nil || len(password) > longestPassword {
		return Session{}, wrongPassword()
	}
	now := s.Now()
	tries, err := s.Store.Charge(ctx, tryKey(login), now, s.guard())
	if err != nil {
		return Session{}, err
	}
	if err := tries.Refuse(now, s.guard()); err != nil {
		return Session{}, err
	}
	a, err := s.prove(ctx, login, password)
	if err == nil {
		err = s.second(ctx, a, code)
	}
	if err != nil {
		s.noteFailed(ctx, a, c, err)
		return Session{}, err
	}
	session := begin(a, c, s.policy(), now)
	err = s.start(ctx, &session, Opening{Tries: tryKey(login), Old: old, Proven: a.Password}, "signin")
	if fault.Of(err) == fault.Conflict {
		err = wrongPassword() // another one is right since
	}
	if err != nil {
		return Session{}, err
	}
	session.Actor, err = s.actor(ctx, Seat{Session: session, Account: *a})
	return session, err
}

// noteFailed logs an attempt that failed. The name is left out: people type their
// password into that field.
func (s *Service) noteFailed(ctx context.Context, a *Account, c Client, err error) {
	id := ""
	if a != nil {
		id = a.ID
	}
	slog.WarnContext(ctx, "sign-in failed", "code", fault.Code(err), "account", id, "ip", clip(c.IP, 45), "channel", clip(c.Channel, 20))
}

// start keeps a session and ends the one it replaces, whose token o.Old is.
func (s *Service) start(ctx context.Context, session *Session, o Opening, act string) error {
	if o.Old != "" {
		o.Old = hashToken(o.Old)
	}
	o.Most = s.policy().Most
	entry := s.entry(session.Account, session.Account, act, session.Client.IP, session.Client.Channel)
	err := s.Store.Begin(ctx, *session, o, entry)
	if err == nil && o.Old != "" {
		s.seen.forget()
	}
	return err
}

// prove finds the account whose login and password these are. A name that does
// not exist is checked against a password nobody has, so it takes as long.
func (s *Service) prove(ctx context.Context, login, password string) (*Account, error) {
	a, err := s.Store.ByLogin(ctx, login)
	unknown := fault.Of(err) == fault.NotFound
	if err != nil && !unknown {
		return nil, err
	}
	kept, err := s.kept(ctx, a)
	if err != nil {
		return nil, err
	}
	right, again, err := s.Passwords.Check(ctx, password, kept)
	switch {
	case err != nil:
		return nil, err
	case unknown || !right:
		return nil, wrongPassword()
	case !a.Open():
		return nil, fault.New(fault.Forbidden, "identity.signin.closed", "账号已停用：%s。请联系管理员", a.Locked)
	case again:
		return a, s.rehash(ctx, a, password)
	}
	return a, nil
}

// kept is the account's password hash, or one that nothing fits.
func (s *Service) kept(ctx context.Context, a *Account) (string, error) {
	if a != nil {
		return a.Password, nil
	}
	s.dummy.once.Do(func() {
		s.dummy.hash, s.dummy.err = s.Passwords.Hash(context.WithoutCancel(ctx), newToken())
	})
	return s.dummy.hash, s.dummy.err
}

// rehash keeps the password by today's care. Somebody else's change in between
// wins: it is kept by today's care already.
func (s *Service) rehash(ctx context.Context, a *Account, password string) error {
	hash, err := s.Passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	a.Password = hash
	if err := s.Store.Save(ctx, a); fault.Of(err) != fault.Conflict {
		return err
	}
	return nil
}

var sixDigits = regexp.MustCompile(`^[0-9]{6}$`)

// second asks for the second factor of an account that has one: the code of the
// moment, each at most once, or a recovery code.
func (s *Service) second(ctx context.Context, a *Account, code string) error {
	if !a.TOTPOn {
		return nil
	}
	code = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(code), " ", ""))
	if code == "" {
		return fault.New(fault.SignIn, "identity.signin.code", "请输入验证器里的六位动态验证码").At("code", "required", "请输入六位动态验证码")
	}
	ok, err := false, error(nil)
	if !sixDigits.MatchString(code) {
		ok, err = s.Store.Recovered(ctx, a.ID, hashToken(code))
	} else if step := matchCode(a.TOTP, code, s.Now()); step > 0 {
		ok, err = s.Store.Stepped(ctx, a.ID, step)
	}
	if err == nil && !ok {
		err = wrongCode()
	}
	return err
}

func wrongPassword() error {
	return fault.New(fault.SignIn, "identity.signin.wrong", "登录名或密码不正确，请重新输入")
}

// temporary is a password to be told to someone once and changed at the first
// sign-in.
func temporary() string { return "Tb-" + secret.Letters(10) }
