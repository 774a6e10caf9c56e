package identity

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"tongban/internal/ground/fault"
)

// A Guard says how many wrong passwords we bear before we close the door for a
// while.
type Guard struct {
	Wrong  int           // at least 2
	Within time.Duration // the time in which they count together
	Lock   time.Duration // how long the door then stays closed
}

// Usual is five wrong within a quarter of an hour, closed for another.
var Usual = Guard{Wrong: 5, Within: 15 * time.Minute, Lock: 15 * time.Minute}

// Tries is how often one login name was tried without success. It is kept for
// names that do not exist too, so that the door answers them alike.
type Tries struct {
	N     int
	Since time.Time
	Until time.Time // closed until; zero: not closed
}

// Charge counts one more try at instant now, before we know how it ends: those
// who try many at once gain nothing. A success forgets the tries.
func (t Tries) Charge(now time.Time, g Guard) Tries {
	switch {
	case t.Until.After(now):
		return Tries{t.N + 1, t.Since, t.Until}
	case !t.Until.IsZero() || !t.Since.After(now.Add(-g.Within)):
		return Tries{1, now, time.Time{}}
	case t.N+1 >= g.Wrong:
		return Tries{t.N + 1, t.Since, now.Add(g.Lock)}
	}
	return Tries{t.N + 1, t.Since, time.Time{}}
}

// Refuse says after a charge whether this try is one too many:
// "identity.signin.locked" with the minutes to wait.
func (t Tries) Refuse(now time.Time, g Guard) error {
	if t.N <= g.Wrong || !t.Until.After(now) {
		return nil
	}
	minutes := int(t.Until.Sub(now).Minutes()) + 1
	return fault.New(fault.TooOften, "identity.signin.locked", "密码错误次数过多，请%d分钟后再试，或找回密码", minutes)
}

// tryKey is the key under which a login name's tries are kept: of fixed length,
// whatever was typed.
func tryKey(login string) string {
	sum := sha256.Sum256([]byte("login:" + login))
	return hex.EncodeToString(sum[:16])
}
