package identity

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"tongban/internal/ground/fault"
)

// Who says who holds the token: identity.who.none if nobody does (any more).
func (s *Service) Who(ctx context.Context, token string) (Actor, error) {
	session, err := s.Session(ctx, token)
	return session.Actor, err
}

// Session is the session of the token, with its actor. What was read less than
// Policy.Fresh ago is believed, so an end or a new post reaches every replica
// within that time.
func (s *Service) Session(ctx context.Context, token string) (Session, error) {
	if len(token) < 20 || len(token) > 100 {
		return Session{}, nobody()
	}
	now := s.Now()
	if known, ok := s.seen.get(token, now); ok && known.Live(now) {
		return known, nil
	}
	session, err := s.read(ctx, token, now)
	if err != nil {
		return Session{}, err
	}
	s.seen.put(token, session, now.Add(s.policy().Fresh))
	return session, nil
}

func (s *Service) read(ctx context.Context, token string, now time.Time) (Session, error) {
	seat, err := s.Store.Seat(ctx, hashToken(token))
	if fault.Of(err) == fault.NotFound {
		return Session{}, nobody()
	}
	if err != nil {
		return Session{}, err
	}
	session := seat.Session
	if !session.Live(now) || !seat.Account.Open() {
		return Session{}, nobody()
	}
	if session, err = s.touch(ctx, session, now); err != nil {
		return Session{}, err
	}
	seat.Session = session
	session.MustChange = seat.Account.MustChange
	session.Actor, err = s.actor(ctx, seat)
	session.MustEnrol = !seat.Account.TOTPOn && slices.ContainsFunc(s.Factor, session.Actor.Plays)
	return session, err
}

// touch writes down that a session was heard, where that is due. While the database
// keeps nothing people can still read: the session stands, and lasts no longer for it.
func (s *Service) touch(ctx context.Context, session Session, now time.Time) (Session, error) {
	if !session.stale(now, s.policy()) {
		return session, nil
	}
	touched := session.touched(now, s.policy())
	err := s.Store.Touch(ctx, touched)
	if fault.Of(err) == fault.Busy {
		return session, nil
	}
	return touched, err
}

// actor is who acts in the seat. Whoever acts for a firm holds no posts while
// they do: an official is not the applicant.
func (s *Service) actor(ctx context.Context, seat Seat) (Actor, error) {
	a := Actor{Account: seat.Account.ID, Name: seat.Account.Name, Party: seat.Session.Party,
		Channel: seat.Session.Client.Channel, Session: seat.Session.ID}
	if seat.Session.Party == seat.Account.Party {
		posts, err := s.Posts.Posts(ctx, a.Account, s.today())
		if a.Posts = posts; err != nil || len(posts) == 0 {
			return a, err
		}
		a.Deputed, err = s.Posts.Deputed(ctx, a.Account, s.today())
		return a, err
	}
	scope, err := s.standing(ctx, seat)
	a.Scope = scope
	return a, err
}

// standing says for which items the seat may act for its firm: nil for all. A
// mandate that no longer stands is as good as no session.
func (s *Service) standing(ctx context.Context, seat Seat) ([]string, error) {
	if m := seat.Mandate; m != nil {
		if m.Firm == seat.Session.Party && m.Person == seat.Account.Party && m.Stands(s.today()) {
			return m.Items, nil
		}
		return nil, nobody()
	}
	ok, err := s.Parties.Represents(ctx, seat.Account.Party, seat.Session.Party)
	if err == nil && !ok {
		err = nobody()
	}
	return nil, err
}

func nobody() error { return fault.New(fault.SignIn, "identity.who.none", "请先登录") }

// Bearer takes the token out of an Authorization header; "" if there is none.
func Bearer(header string) string {
	scheme, token, ok := strings.Cut(header, " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// seats remembers for a moment whom tokens belong to, so that a page of ten
// requests asks the database once.
type seats struct {
	mu sync.RWMutex
	by map[string]seen
}

type seen struct {
	session Session
	until   time.Time
}

// mostSeats bounds the memory; a moment later all are forgotten anyway.
const mostSeats = 50_000

func (m *seats) get(token string, now time.Time) (Session, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	s, ok := m.by[token]
	return s.session, ok && now.Before(s.until)
}

func (m *seats) put(token string, s Session, until time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.by == nil || len(m.by) >= mostSeats {
		m.by = map[string]seen{}
	}
	m.by[token] = seen{s, until}
}

func (m *seats) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.by = nil
}
