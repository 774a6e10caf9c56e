package identity

import "time"

// Policy is how long a session lasts.
type Policy struct {
	Idle     time.Duration // without a request
	Absolute time.Duration // however busy
	Token    time.Duration // an API token, which does not idle
	Touch    time.Duration // how often at most the last request is written down
	Fresh    time.Duration // how long a replica may go on believing what it read
	Most     int           // sessions of one account at once; the oldest end
}

// Standard is the policy unless the configuration says otherwise.
var Standard = Policy{Idle: 30 * time.Minute, Absolute: 12 * time.Hour, Token: 7 * 24 * time.Hour,
	Touch: time.Minute, Fresh: 2 * time.Second, Most: 20}

// A Client is what a request says about where it comes from.
type Client struct {
	Agent   string // browser, as it names itself
	IP      string
	Channel string // "pc", "mobile", "window", "kiosk", "api"
	Label   string // for an API token: what its owner calls it
}

// A Session is one signed-in browser, or one API token (会话).
type Session struct {
	ID      string
	Token   string // what the client shows each time; known only when just made
	Client  Client
	Account string
	Party   string // acted for; the account's own person, or a firm
	Mandate string // by which the firm is acted for; "" for oneself and for its legal representative
	API     bool
	Created time.Time
	Seen    time.Time
	Ends    time.Time // however busy
	Until   time.Time // if nothing more is heard

	Actor      Actor
	MustChange bool // the password must be changed before anything else
	MustEnrol  bool // a second factor must be set up before anything else
	Current    bool // in a list: the one that asks
}

// begin makes a session out of a sign-in.
func begin(a *Account, c Client, p Policy, now time.Time) Session {
	s := Session{ID: newID(), Token: newToken(), Client: c.clipped(), Account: a.ID, Party: a.Party,
		API: c.Channel == "api", Created: now, MustChange: a.MustChange}
	s.Ends = now.Add(p.Absolute)
	if s.API {
		s.Ends = now.Add(p.Token)
	}
	return s.touched(now, p)
}

// touched is the session after a request at now.
func (s Session) touched(now time.Time, p Policy) Session {
	s.Seen, s.Until = now, now.Add(p.Idle)
	if s.API || s.Until.After(s.Ends) {
		s.Until = s.Ends
	}
	return s
}

// Live reports whether the session still stands at now.
func (s Session) Live(now time.Time) bool { return now.Before(s.Until) && now.Before(s.Ends) }

// stale reports whether the last request should be written down again.
func (s Session) stale(now time.Time, p Policy) bool { return now.Sub(s.Seen) >= p.Touch }

// clipped is the client with what it says about itself cut to what we keep.
func (c Client) clipped() Client {
	return Client{Agent: clip(c.Agent, 200), IP: clip(c.IP, 45), Channel: clip(c.Channel, 20), Label: clip(c.Label, 50)}
}

// clip keeps the first n printable characters of what a stranger says.
func clip(s string, n int) string {
	r := make([]rune, 0, n)
	for _, c := range s {
		if len(r) == n {
			break
		}
		if Printable(string(c)) && c != '\uFFFD' {
			r = append(r, c)
		}
	}
	return string(r)
}
