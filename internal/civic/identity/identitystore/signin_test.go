package identitystore_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/identity/identitystore"
	"tongban/internal/ground/fault"
)

func TestSignIn(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		s, by := c.person("LiMin ")
		if by.Name != "李敏" || by.Party != "pLiMin " || by.Channel != "pc" || by.Staff() {
			t.Errorf("signed in as %+v", by)
		}
		if got, err := c.Who(ctx, s.Token); err != nil || got.Account != by.Account {
			t.Errorf("who: %+v, %v", got, err)
		}
		again := c.signIn("LIMIN")
		_, err := c.SignIn(ctx, "limin", password, "", identity.Client{Channel: "pc"}, again.Token)
		c.want(err, "")
		_, err = c.Who(ctx, again.Token)
		c.want(err, "identity.who.none")
		for _, login := range []string{"limin", "nobody", "'; DROP TABLE identity_accounts; --", "a\x00bc", strings.Repeat("长", 5000)} {
			_, err := c.SignIn(ctx, login, "wrong-password", "", identity.Client{}, "")
			c.want(err, "identity.signin.wrong")
			if fault.Of(err) != fault.SignIn {
				t.Errorf("%q: %v", login, err)
			}
		}
		for _, token := range []string{"", "x", strings.Repeat("x", 43), strings.Repeat("x", 5000)} {
			_, err := c.Who(ctx, token)
			c.want(err, "identity.who.none")
		}
	})
}

func TestNobodyLearnsWhichNamesExist(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.person("limin")
		var said [2][]string
		for i, login := range []string{"limin", "ghost"} {
			for range 7 {
				_, err := c.SignIn(ctx, login, "wrong-password", "", identity.Client{}, "")
				said[i] = append(said[i], err.Error())
			}
		}
		if !slices.Equal(said[0], said[1]) {
			t.Errorf("someone: %v\nnobody: %v", said[0], said[1])
		}
		if !strings.Contains(said[0][5], "identity.signin.locked") {
			t.Errorf("the sixth: %v", said[0])
		}
	})
}

// counted counts how often a password is really checked.
type counted struct {
	plain
	checks atomic.Int32
}

func (c *counted) Check(ctx context.Context, p, kept string) (bool, bool, error) {
	c.checks.Add(1)
	return c.plain.Check(ctx, p, kept)
}

// A name that nobody has costs the same work as one with a wrong password.
func TestNobodyTakesAsLongAsSomebody(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.person("limin")
		for _, login := range []string{"limin", "ghost"} {
			passwords := &counted{}
			c.Passwords = passwords
			_, err := c.SignIn(ctx, login, "wrong-password", "", identity.Client{}, "")
			c.want(err, "identity.signin.wrong")
			if passwords.checks.Load() != 1 {
				t.Errorf("%s: %d checks", login, passwords.checks.Load())
			}
		}
	})
}

func TestTheLockHoldsAgainstTheRightPassword(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.person("limin")
		for range 5 {
			_, err := c.SignIn(ctx, "limin", "wrong-password", "", identity.Client{}, "")
			c.want(err, "identity.signin.wrong")
		}
		_, err := c.SignIn(ctx, "limin", password, "", identity.Client{}, "")
		c.want(err, "identity.signin.locked")
		c.now = c.now.Add(15 * time.Minute)
		c.signIn("limin")
		for range 4 {
			_, err := c.SignIn(ctx, "limin", "wrong-password", "", identity.Client{}, "")
			c.want(err, "identity.signin.wrong")
		}
		c.signIn("limin") // a success forgets the four
	})
}

func TestManyGuessesAtOnceGainNothing(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.person("limin")
		var looked atomic.Int32
		var wg sync.WaitGroup
		for range 40 {
			wg.Go(func() {
				_, err := c.SignIn(ctx, "limin", "wrong-password", "", identity.Client{}, "")
				if fault.Code(err) == "identity.signin.wrong" {
					looked.Add(1)
				} else if fault.Code(err) != "identity.signin.locked" {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if looked.Load() != 5 {
			t.Errorf("%d passwords were looked at", looked.Load())
		}
	})
}

// The store charges in one SQL statement what the rule charges in Go.
func TestChargeIsTheRule(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		store := &identitystore.Store{DB: c.db}
		now, want := c.now, identity.Tries{}
		for i, minutes := range []int{0, 1, 20, 1, 1, 1, 1, 1, 3, 10, 1, 0, 0, 0, 0, 0, 15, 15, 0, 14, 1, 0, 0} {
			now = now.Add(time.Duration(minutes) * time.Minute)
			want = want.Charge(now, identity.Usual)
			got, err := store.Charge(ctx, "k", now, identity.Usual)
			if err != nil || got != want {
				t.Fatalf("step %d: got %+v, %v; want %+v", i, got, err, want)
			}
		}
	})
}

func TestSecondFactor(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		_, by := c.person("limin")
		e, err := c.EnrolCode(ctx, by)
		c.want(err, "")
		_, err = c.ConfirmCode(ctx, password, "000000", by)
		c.want(err, "identity.totp.wrong")
		c.signIn("limin") // not asked for before it is confirmed
		code := func() string { s, _ := totp.GenerateCode(e.Secret, c.now); return s }
		_, err = c.ConfirmCode(ctx, "not it", code(), by)
		c.want(err, "identity.password.wrong")
		recovery, err := c.ConfirmCode(ctx, password, code(), by)
		c.want(err, "")
		if len(recovery) != 10 {
			t.Fatal(recovery)
		}
		sign := func(code string) error {
			_, err := c.SignIn(ctx, "limin", password, code, identity.Client{}, "")
			return err
		}
		c.want(sign(""), "identity.signin.code")
		c.want(sign(code()), "identity.totp.wrong") // used to confirm
		c.now = c.now.Add(30 * time.Second)
		c.want(sign(code()), "")
		c.want(sign(code()), "identity.totp.wrong") // a replay
		c.want(sign(strings.ToUpper(recovery[0])), "")
		c.want(sign(recovery[0]), "identity.totp.wrong")
		c.now = c.now.Add(5 * time.Minute)
		c.want(sign(code()), "")
		_, err = c.EnrolCode(ctx, by)
		c.want(err, "identity.totp.on")
		c.want(c.DropCode(ctx, "not it", by), "identity.password.wrong")
		c.want(c.DropCode(ctx, password, by), "")
		c.want(sign(""), "")
	})
}

func TestColumnsAreSealed(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		_, by := c.person("limin")
		e, err := c.EnrolCode(ctx, by)
		c.want(err, "")
		var mobile, secret, token string
		if err := c.db.Row(ctx, `SELECT mobile, totp FROM identity_accounts`).Scan(&mobile, &secret); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(mobile, "139") || strings.Contains(secret, e.Secret) {
			t.Errorf("mobile %s, second factor %s", mobile, secret)
		}
		if err := c.db.Row(ctx, `SELECT token FROM identity_sessions`).Scan(&token); err != nil || len(token) != 64 {
			t.Errorf("token %s, %v", token, err)
		}
		if mine, err := c.Mine(ctx, by); err != nil || mine.Mobile != "13900000000" || mine.TOTP != "" || mine.Password != "" {
			t.Errorf("mine: %+v, %v", mine, err)
		}
	})
}

// meanwhile has something happen while a password is looked at.
type meanwhile struct {
	plain
	do func()
}

func (m *meanwhile) Check(ctx context.Context, p, kept string) (bool, bool, error) {
	right, again, err := m.plain.Check(ctx, p, kept)
	if do := m.do; do != nil {
		m.do = nil
		do()
	}
	return right, again, err
}

// To check a password takes a while: if it is replaced meanwhile, nobody gets in by
// the old one, for the change has ended all sessions by then.
func TestNobodyGetsInByAPasswordThatIsBeingReplaced(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		_, by := c.person("limin")
		slow := &meanwhile{}
		c.Passwords = slow
		slow.do = func() {
			if err := c.ChangePassword(ctx, password, "Tongban-2027", by); err != nil {
				t.Error(err)
			}
		}
		if _, err := c.SignIn(ctx, "limin", password, "", identity.Client{Channel: "pc"}, ""); fault.Code(err) != "identity.signin.wrong" {
			t.Errorf("signed in by the old password: %v", err)
		}
		all, err := c.Sessions(ctx, by)
		if err != nil || len(all) != 1 {
			t.Errorf("%d sessions of one, %v", len(all), err)
		}
	})
}
