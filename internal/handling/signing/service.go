package signing

import (
	"context"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/ground/secret"
)

// Service is the door of the room.
type Service struct {
	Store Store
	// Live reports whether a clerk's session still stands.
	Live  func(ctx context.Context, account, session string) (bool, error)
	NewID func() string
	Now   func() time.Time
}

// Store keeps screens, and what was sent to them, unreadable from outside.
type Store interface {
	// Show keeps a new screen, and forgets those whose code ran out unused:
	// fault.Conflict if another shows the same code.
	Show(ctx context.Context, s Screen) error
	// Screen finds a screen by the digest of its key: fault.NotFound.
	Screen(ctx context.Context, key string) (Screen, error)
	// Shown finds the screen that shows a code: fault.NotFound.
	Shown(ctx context.Context, code string) (Screen, error)
	// With lists the screens that are paired with a session.
	With(ctx context.Context, session string) ([]Screen, error)
	// Bind keeps a screen as it was paired or let go: fault.Conflict if somebody was faster.
	Bind(ctx context.Context, s Screen, at time.Time, fact event.Fact) error
	// Put keeps a paper after p.Seq facts, with one more: fault.Conflict if somebody was faster.
	Put(ctx context.Context, p Paper, fact event.Fact) (Paper, error)
	// Paper finds one: fault.NotFound.
	Paper(ctx context.Context, id string) (Paper, error)
	// Sent lists what lies on a screen unanswered, the latest first.
	Sent(ctx context.Context, screen string) ([]Paper, error)
	// Left finds what lay on a screen last and lies there no longer: fault.NotFound.
	Left(ctx context.Context, screen string) (Paper, error)
}

// Moved is told of everything that happens to a screen or a paper on it; it
// names nobody who signs.
type Moved struct {
	Screen string    `json:"screen"`
	Paper  string    `json:"paper,omitempty"`
	Act    string    `json:"act"`
	By     string    `json:"by,omitempty"` // account of the clerk; "": whoever stood there
	Window string    `json:"window,omitempty"`
	Digest string    `json:"digest,omitempty"` // of the words
	Ink    string    `json:"ink,omitempty"`    // file of the strokes
	At     time.Time `json:"at"`
}

// FactName is the name listeners ask for.
func (Moved) FactName() string { return "signing.moved" }

// None is the answer about a paper that does not exist, or not for those eyes.
func None() error {
	return fault.New(fault.NotFound, "signing.none", "没有找到这份送签的文书，请重新送到签署屏")
}

// NoScreen is the answer where a window has no screen.
func NoScreen() error {
	return fault.New(fault.Conflict, "signing.screen.none", "这个窗口还没有配对签署屏，请先配对，或者请申请人在这一页签名")
}

func (s *Service) now() time.Time { return event.Moment(s.Now()) }

// Begin has a browser become a screen; it shows key from then on, and a code.
func (s *Service) Begin(ctx context.Context) (screen Screen, key string, err error) {
	for range 5 {
		key = secret.Token()
		screen = Screen{ID: s.NewID(), Key: secret.Digest([]byte(key)), Code: secret.Digits(6), Until: s.now().Add(CodeLasts)}
		if err = s.Store.Show(ctx, screen); fault.Of(err) != fault.Conflict {
			break
		}
	}
	return screen, key, err
}

// Screen is the screen that shows key, let go if the clerk's session has ended.
func (s *Service) Screen(ctx context.Context, key string) (Screen, error) {
	screen, err := s.Store.Screen(ctx, secret.Digest([]byte(key)))
	if err != nil || !screen.Bound() {
		return screen, err
	}
	live, err := s.Live(ctx, screen.Account, screen.Session)
	if err != nil || live {
		return screen, err
	}
	return screen.Loose(), s.loosen(ctx, screen, "signed-out", "")
}

// Pair binds the screen that shows code to the window of by, in place of the
// one it had.
func (s *Service) Pair(ctx context.Context, code string, by identity.Actor) (Screen, error) {
	screen, err := s.Store.Shown(ctx, tidy(code))
	if fault.Of(err) == fault.NotFound {
		return screen, wrongCode()
	}
	if err != nil {
		return screen, err
	}
	now := s.now()
	bound, err := screen.Pair(by, now)
	if err != nil {
		return bound, err
	}
	if err := s.Unpair(ctx, by); err != nil {
		return bound, err
	}
	return bound, s.Store.Bind(ctx, bound, now, Moved{Screen: bound.ID, Act: "pair", By: by.Account, Window: bound.Window, At: now})
}

// Mine is the screen of the window in which by sits; false: it has none.
func (s *Service) Mine(ctx context.Context, by identity.Actor) (Screen, bool, error) {
	if by.Session == "" {
		return Screen{}, false, nil
	}
	all, err := s.Store.With(ctx, by.Session)
	if err != nil || len(all) == 0 {
		return Screen{}, false, err
	}
	return all[0], true, nil
}

// Unpair lets go the screens of by's window.
func (s *Service) Unpair(ctx context.Context, by identity.Actor) error {
	if by.Session == "" {
		return nil
	}
	all, err := s.Store.With(ctx, by.Session)
	for _, one := range all {
		if err == nil {
			err = s.loosen(ctx, one, "unpair", by.Account)
		}
	}
	return err
}

// loosen lets a screen go, and takes back what lies on it.
func (s *Service) loosen(ctx context.Context, screen Screen, act, by string) error {
	if err := s.clear(ctx, screen.ID, by); err != nil {
		return err
	}
	now := s.now()
	err := s.Store.Bind(ctx, screen.Loose(), now, Moved{Screen: screen.ID, Act: act, By: by, Window: screen.Window, At: now})
	if fault.Of(err) == fault.Conflict {
		return nil // another request has let it go
	}
	return err
}

// clear takes back what lies on a screen unanswered.
func (s *Service) clear(ctx context.Context, screen, by string) error {
	all, err := s.Store.Sent(ctx, screen)
	for _, p := range all {
		if err == nil {
			_, err = s.takeBack(ctx, p, by)
		}
	}
	return err
}

func (s *Service) takeBack(ctx context.Context, p Paper, by string) (Paper, error) {
	p.State, p.Done = Taken, s.now()
	after, err := s.Store.Put(ctx, p, p.moved("take", by))
	if fault.Of(err) == fault.Conflict {
		return p, nil // it was answered meanwhile, and stays as it was answered
	}
	return after, err
}

func (p Paper) moved(act, by string) Moved {
	return Moved{Screen: p.Screen, Paper: p.ID, Act: act, By: by, Window: p.Window, Digest: p.Digest, Ink: p.Ink.Hash, At: p.Done}
}

// Send lays a bundle on the screen of by's window, in place of what lies there.
func (s *Service) Send(ctx context.Context, b Bundle, by identity.Actor) (Paper, error) {
	screen, ok, err := s.Mine(ctx, by)
	if err != nil {
		return Paper{}, err
	}
	if !ok {
		return Paper{}, NoScreen()
	}
	if len(b.Letters) == 0 || b.Signer == "" {
		return Paper{}, fault.New(fault.Invalid, "signing.send.nothing", "没有需要申请人签署的文书")
	}
	if err := s.clear(ctx, screen.ID, by.Account); err != nil {
		return Paper{}, err
	}
	now := s.now()
	p := Paper{ID: s.NewID(), Screen: screen.ID, Account: by.Account, Clerk: by.Name, Window: screen.Place(), Bundle: b, Digest: b.Digest(), State: Sent, At: now, Done: now}
	return s.Store.Put(ctx, p, p.moved("send", by.Account))
}

// Paper is a paper that by sent.
func (s *Service) Paper(ctx context.Context, id string, by identity.Actor) (Paper, error) {
	p, err := s.Store.Paper(ctx, id)
	if err == nil && (by.Account == "" || p.Account != by.Account) {
		return Paper{}, None()
	}
	return p, err
}

// Take takes a paper back from the screen.
func (s *Service) Take(ctx context.Context, id string, by identity.Actor) (Paper, error) {
	p, err := s.Paper(ctx, id, by)
	if err != nil || p.State != Sent {
		return p, err
	}
	return s.takeBack(ctx, p, by.Account)
}

// Showing is what lies on the screen to be read; false: nothing does.
func (s *Service) Showing(ctx context.Context, screen Screen) (Paper, bool, error) {
	if !screen.Bound() {
		return Paper{}, false, nil
	}
	all, err := s.Store.Sent(ctx, screen.ID)
	if err != nil || len(all) == 0 {
		return Paper{}, false, err
	}
	return all[0], true, nil
}

// ThanksLast is how long a screen says what became of the paper that lay on it.
const ThanksLast = 2 * time.Minute

// Became is what whoever stands before a screen has just done with what lay on
// it; "" if nobody has, or it is over since ThanksLast.
func (s *Service) Became(ctx context.Context, screen Screen) (State, error) {
	if !screen.Bound() {
		return "", nil
	}
	p, err := s.Store.Left(ctx, screen.ID)
	switch {
	case fault.Of(err) == fault.NotFound:
		return "", nil
	case err != nil, p.State == Taken, s.now().Sub(p.Done) >= ThanksLast:
		return "", err
	}
	return p.State, nil
}

// On is a paper that lies, or lay, on a screen, for whoever stands before it.
func (s *Service) On(ctx context.Context, screen Screen, id string) (Paper, error) {
	p, err := s.Store.Paper(ctx, id)
	if err == nil && (!screen.Bound() || p.Screen != screen.ID) {
		return Paper{}, None()
	}
	return p, err
}

// Answer keeps what the person in front of the screen does with a paper on it.
func (s *Service) Answer(ctx context.Context, screen Screen, id string, a Answer) (Paper, error) {
	p, err := s.On(ctx, screen, id)
	if err != nil {
		return p, err
	}
	now := s.now()
	a.Ink.At, a.Ink.Where = now, p.Window+"签署屏"
	after, err := p.Answered(a, now)
	if err != nil {
		return after, err
	}
	return s.Store.Put(ctx, after, after.moved(string(after.State), ""))
}

// Signature is what the paper id was signed with, for the words of b.
func (s *Service) Signature(ctx context.Context, id string, b Bundle, by identity.Actor) (ink.Signature, error) {
	p, err := s.Paper(ctx, id, by)
	if err != nil {
		return ink.Signature{}, err
	}
	return p.Signature(b)
}
