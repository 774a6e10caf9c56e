package themes

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Store keeps themes and their drafts.
type Store interface {
	// Version rises with every publication.
	Version(context.Context) (int64, error)
	// Published are all editions of all themes, by theme and number.
	Published(context.Context) ([]*Theme, error)
	// Keep publishes editions that are the next of their themes. One that
	// somebody else published meanwhile is fault.Conflict.
	Keep(ctx context.Context, by string, at time.Time, all ...*Theme) error
	Draft(context.Context, ID) (*Draft, error)
	Drafts(context.Context) ([]*Draft, error)
	// Change keeps a move of a draft together with what it publishes, or nothing.
	Change(ctx context.Context, id ID, do func(*Draft) (Moved, *Theme, error)) (*Draft, error)

	// Shelve puts an edition of another level's library on the shelf; one that is
	// there already stays as it is.
	Shelve(b *sqldb.Batch, s *Shared) error
	// Shelved is an edition from the shelf, Shelf the latest of each theme, by
	// installation and name.
	Shelved(context.Context, Superior) (*Shared, error)
	Shelf(context.Context) ([]*Shared, error)
}

// Service is the door of the room. Themes are few and asked for all the time:
// they are held in memory and read again when their version has changed.
type Service struct {
	Store Store
	Items *items.Service
	Days  clock.Days
	Above func(ctx context.Context, library string) (bool, error)  // whether a library is that of a level above ours
	Seat  func(ctx context.Context, agency string) (string, error) // the division that an agency governs; "" of one that is not known
	Now   func() time.Time

	held sqldb.Kept[[]*Theme]
	mu   sync.Mutex
	made map[string]*Composed // what was composed lately
}

// mostMade is how many compositions are held.
const mostMade = 256

// None is the answer about a theme that does not exist.
func None(id ID) error {
	return fault.New(fault.NotFound, "themes.none", "没有“%.40s”这件事，请从一件事目录中选择", id)
}

func (s *Service) today() calendar.Day { return calendar.DayOf(s.Now()) }

func (s *Service) hold(ctx context.Context) ([]*Theme, error) {
	return s.held.Get(ctx, s.Now(), s.Store.Version, s.published)
}

// All are the themes in force today, by class and in the order in which they
// were entered, without the inner ones. They are shared: do not change them.
func (s *Service) All(ctx context.Context) ([]*Theme, error) {
	all, err := s.inForce(ctx)
	return slices.DeleteFunc(all, func(t *Theme) bool { return t.Inner }), err
}

func (s *Service) inForce(ctx context.Context) ([]*Theme, error) {
	all, err := s.hold(ctx)
	if err != nil {
		return nil, err
	}
	var current []*Theme
	for _, t := range all {
		if !t.InForce(s.today()) {
			continue
		}
		if n := len(current); n > 0 && current[n-1].ID == t.ID {
			current[n-1] = t
		} else {
			current = append(current, t)
		}
	}
	slices.SortStableFunc(current, func(a, b *Theme) int {
		return slices.Index(Classes(), a.Class) - slices.Index(Classes(), b.Class)
	})
	return current, nil
}

// Current is the theme in force today.
func (s *Service) Current(ctx context.Context, id ID) (*Theme, error) {
	all, err := s.inForce(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if t.ID == id {
			return t, nil
		}
	}
	return nil, None(id)
}

// Called are the themes in force that people call so: the name or something
// people say instead is in the query, or the query in it.
func (s *Service) Called(ctx context.Context, query string) ([]*Theme, error) {
	all, err := s.All(ctx)
	if query = items.Tidy(query); err != nil || len([]rune(query)) < 2 {
		return nil, err
	}
	return slices.DeleteFunc(all, func(t *Theme) bool {
		return !slices.ContainsFunc(append([]string{t.Name}, t.Synonyms...), func(name string) bool {
			return strings.Contains(query, items.Tidy(name)) || strings.Contains(items.Tidy(name), query)
		})
	}), nil
}

// Edition is one edition of a theme, in force or not.
func (s *Service) Edition(ctx context.Context, id ID, number int) (*Theme, error) {
	all, err := s.hold(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if t.ID == id && t.Number == number {
			return t, nil
		}
	}
	return nil, None(id)
}

// History are the editions of a theme, the newest first.
func (s *Service) History(ctx context.Context, id ID) ([]*Theme, error) {
	all, err := s.hold(ctx)
	if err != nil {
		return nil, err
	}
	var editions []*Theme
	for _, t := range slices.Backward(all) {
		if t.ID == id {
			editions = append(editions, t)
		}
	}
	return editions, nil
}

// Editions are the editions of the items of a theme under which one may apply
// today. An item that is closed, or not known, is not among them.
func (s *Service) Editions(ctx context.Context, t *Theme) (map[items.ID]*items.Edition, error) {
	all := map[items.ID]*items.Edition{}
	for _, c := range t.Components {
		e, err := s.Items.Open(ctx, c.Item, s.today())
		if k := fault.Of(err); err != nil && (k == fault.NotFound || k == fault.Invalid) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("item %s of theme %s: %w", c.Item, t.ID, err)
		}
		all[c.Item] = e
	}
	return all, nil
}

// Compose puts a theme together, as of today. What it returns is shared.
func (s *Service) Compose(ctx context.Context, t *Theme) (*Composed, error) {
	editions, err := s.Editions(ctx, t)
	if err != nil {
		return nil, err
	}
	if t.Number == 0 {
		return Compose(t, editions, s.Days, s.today()), nil
	}
	key := fmt.Sprintf("%s/%d/%d", t.ID, t.Number, s.today())
	for _, c := range t.Components {
		if e := editions[c.Item]; e != nil {
			key += fmt.Sprintf("/%s.%d", c.Item, e.Number)
		}
	}
	s.mu.Lock()
	c := s.made[key]
	s.mu.Unlock()
	if c != nil {
		return c, nil
	}
	c = Compose(t, editions, s.Days, s.today())
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.made == nil || len(s.made) >= mostMade {
		s.made = map[string]*Composed{}
	}
	s.made[key] = c
	return c, nil
}

// Load publishes themes as they are, each as the next edition of its own; one
// that is there already as it stands is left alone. It is how a city is
// furnished, and how themes of the level above are taken over (主题库同步).
func (s *Service) Load(ctx context.Context, by identity.Actor, all ...*Theme) error {
	if !by.Plays(identity.Items) && !by.Plays(identity.System) {
		return fault.New(fault.Forbidden, "themes.load.authority", "只有事项管理员可以维护一件事")
	}
	var fresh []*Theme
	for _, t := range all {
		t, err := s.seated(ctx, t)
		if err != nil {
			return err
		}
		history, err := s.History(ctx, t.ID)
		if err != nil {
			return err
		}
		number := 1
		if len(history) > 0 {
			if number = history[0].Number; t.same(history[0]) {
				continue
			}
			number++
		}
		next := *t
		next.Number = number
		fresh = append(fresh, &next)
	}
	if len(fresh) == 0 {
		return nil
	}
	defer s.held.Doubt()
	return s.Store.Keep(ctx, by.Name, s.Now(), fresh...)
}
