package signing

import (
	"strings"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// CodeLasts is how long a screen may be paired by the code it shows.
const CodeLasts = 10 * time.Minute

// A Screen is a browser that stands towards the public at a counter.
type Screen struct {
	ID      string    `json:"id"`
	Key     string    `json:"-"`    // digest of what its browser shows us each time
	Code    string    `json:"code"` // six digits, until it is paired
	Until   time.Time `json:"until"`
	Account string    `json:"account,omitempty"` // of the clerk it is paired with
	Session string    `json:"session,omitempty"` // of that clerk: when it ends, so does the pairing
	Clerk   string    `json:"clerk,omitempty"`
	Window  string    `json:"window,omitempty"`
	Hall    string    `json:"hall,omitempty"`
	Region  string    `json:"region,omitempty"`
	Paired  time.Time `json:"paired,omitzero"`

	Seq  int64  `json:"-"` // of the last fact
	Hash string `json:"-"`
}

// Bound reports whether a window has the screen.
func (s Screen) Bound() bool { return s.Session != "" }

// Waiting reports whether the screen may still be paired by its code.
func (s Screen) Waiting(now time.Time) bool { return !s.Bound() && now.Before(s.Until) }

// Place is what the screen and its papers call the window: 3 号窗.
func (s Screen) Place() string {
	if s.Window == "" {
		return "综合窗口"
	}
	return s.Window + " 号窗"
}

// Pair binds the screen to the window in which by sits.
func (s Screen) Pair(by identity.Actor, now time.Time) (Screen, error) {
	post, ok := seat(by)
	switch {
	case !ok:
		return s, fault.New(fault.Forbidden, "signing.pair.post", "签署屏由综合窗口配对，您没有窗口岗位")
	case by.Session == "":
		return s, fault.New(fault.Forbidden, "signing.pair.session", "请在窗口的电脑上登录后配对签署屏")
	case s.Bound():
		return s, fault.New(fault.Conflict, "signing.pair.taken", "这块签署屏已经配对，请先在屏上断开")
	case !s.Waiting(now):
		return s, wrongCode()
	}
	s.Account, s.Session, s.Clerk, s.Paired, s.Code = by.Account, by.Session, by.Name, now, ""
	s.Window, s.Hall, s.Region = post.Window, post.Hall, post.Region
	return s, nil
}

// Loose is the screen without its window.
func (s Screen) Loose() Screen {
	return Screen{ID: s.ID, Key: s.Key, Seq: s.Seq, Hash: s.Hash}
}

// seat is the window post in which somebody sits.
func seat(by identity.Actor) (identity.Post, bool) {
	for _, p := range by.Posts {
		if p.Role == identity.Window {
			return p, true
		}
	}
	return identity.Post{}, false
}

// tidy is a code as people type it: with blanks, or a hyphen.
func tidy(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, code)
}

func wrongCode() error {
	return fault.New(fault.Invalid, "signing.pair.code", "配对码不对").At("code", "code", "没有显示这个配对码的签署屏，请看屏上现在的六位数字；配对码十分钟有效")
}
