package items

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/laws"
	"tongban/internal/ground/fault"
)

// Service is the door of the room. Editions never change, so those in use are
// held in memory; which one is current is asked again after a second.
type Service struct {
	Store    Store
	Now      func() time.Time
	Synonyms *Synonyms     // nil: none
	Laws     *laws.Service // nil: no citation is held to anything

	held     shelf
	mu       sync.Mutex
	pointers map[ID]pointer

	counting sync.Mutex
	tallied  tallied
}

// pointer is the edition of an item in force on a day, and until when we
// believe it.
type pointer struct {
	day    calendar.Day
	number int
	until  time.Time
}

const (
	fresh        = time.Second
	mostPointers = 20000
)

// Store keeps items and their editions.
type Store interface {
	// Heads tells where the history of each item ends; items without one are
	// left out.
	Heads(ctx context.Context, ids []ID) (map[ID]Head, error)
	// Publish keeps editions, all or none. If somebody else published an item
	// since its Head was read: fault.Conflict.
	Publish(ctx context.Context, all []Publication) error
	// Edition reads one edition: fault.NotFound if there is none.
	Edition(ctx context.Context, id ID, number int) (*Edition, error)
	// Editions reads the editions that entries stand for, in no order.
	Editions(ctx context.Context, entries []Entry) ([]*Edition, error)
	// NumberOn is the edition of an item in force on day, 0 if there is none.
	NumberOn(ctx context.Context, id ID, day calendar.Day) (int, error)
	// List lists what is in force on day after the cursor, in order of names.
	List(ctx context.Context, f Filter, day calendar.Day, after Cursor, limit int) ([]Entry, error)
	// Count counts what is in force on day, by topic and by everything else.
	Count(ctx context.Context, day calendar.Day) (map[string]int, []Tally, error)
	// Match asks the search index for what is in force on day, in no order.
	Match(ctx context.Context, m Match, day calendar.Day, limit int) ([]Entry, error)
	// Catalogued lists what is in force on day under any of the catalogue codes,
	// in no order.
	Catalogued(ctx context.Context, codes []string, day calendar.Day) ([]Entry, error)
	// LastCatalogue is the highest catalogue code that begins with prefix and
	// was ever published, in force or not; "" if there is none.
	LastCatalogue(ctx context.Context, prefix string) (string, error)
	// Waiting lists editions published for a day that has come.
	Waiting(ctx context.Context, day calendar.Day, limit int) ([]*Edition, error)
	// Ledger adds up the burdens of items by divisions or agencies, those of then
	// and those of day.
	Ledger(ctx context.Context, q LedgerQuery, by By, day calendar.Day) ([]Saving, error)
	// LedgerItems lists items with their burdens, in order of names.
	LedgerItems(ctx context.Context, q LedgerQuery, day calendar.Day, after Cursor, limit int) ([]Saving, Cursor, error)
	// SharedCodes lists catalogue codes that more than one item bears on day.
	SharedCodes(ctx context.Context, within string, day calendar.Day, after string, limit int) ([]Shared, error)
	// Unreckoned are editions whose burdens are not noted, in no order.
	Unreckoned(ctx context.Context, limit int) ([]*Edition, error)
	// Reckon notes the burdens of editions; noted once, they stay.
	Reckon(ctx context.Context, all []*Edition) error
	// TakeEffect makes an edition the current one of its item.
	TakeEffect(ctx context.Context, e *Edition) error
}

// A Head is where the history of an item ends.
type Head struct {
	Last    int    // highest edition published
	Current int    // edition in force or to come
	Digest  string // of the last edition
	Seq     int64  // of the last fact
	Hash    string
}

// A Publication is an edition on its way into the store.
type Publication struct {
	Edition *Edition
	Body    []byte // JSON of Edition
	Digest  string
	Head    Head // of the item, as read before
	Waiting bool // in force only later, while another is in force
	By      string
	At      time.Time
}

// EditionPublished is the fact that an edition was published.
type EditionPublished struct {
	Item      ID           `json:"item"`
	Number    int          `json:"number"`
	Name      string       `json:"name"`
	Digest    string       `json:"digest"`
	Effective calendar.Day `json:"effective"`
	By        string       `json:"by"`
}

// FactName is items.published.
func (EditionPublished) FactName() string { return "items.published" }

// Publish checks an edition and publishes it as the next of its item. What the
// check refuses is not published (items.check); only item managers may publish.
// Publishing the last edition once more changes nothing.
func (s *Service) Publish(ctx context.Context, e Edition, by identity.Actor) (*Edition, error) {
	codex, err := s.Codex(ctx)
	if err != nil {
		return nil, err
	}
	if err := Refusal(append(e.Check(), e.Citations(codex, s.today())...)); err != nil {
		return nil, err
	}
	editions := []*Edition{&e}
	if _, err := s.PublishAll(ctx, editions, by); err != nil {
		return nil, err
	}
	return editions[0], nil
}

// Codex is the register of laws that citations are held to; nil if there is none.
func (s *Service) Codex(ctx context.Context) (*laws.Codex, error) {
	if s.Laws == nil {
		return nil, nil
	}
	return s.Laws.Codex(ctx)
}

// PublishAll publishes many editions in one act, numbering each, and says how
// many were new. It does not check them: the caller has, and knows what it
// takes over from other systems with faults in it.
func (s *Service) PublishAll(ctx context.Context, editions []*Edition, by identity.Actor) (int, error) {
	if !mayPublish(by) {
		return 0, fault.New(fault.Forbidden, "items.publish.authority", "只有事项管理员可以发布事项")
	}
	heads, err := s.Store.Heads(ctx, idsOf(editions))
	if err != nil {
		return 0, err
	}
	var unknown []Publication
	for _, e := range editions {
		p, err := s.publication(e, heads[e.Item], by)
		if err != nil {
			return 0, err
		}
		if p.Digest != p.Head.Digest {
			unknown = append(unknown, p)
		}
	}
	if len(unknown) == 0 {
		return 0, nil
	}
	if err := s.Store.Publish(ctx, unknown); err != nil {
		return 0, err
	}
	s.forget(unknown)
	return len(unknown), nil
}

func mayPublish(by identity.Actor) bool {
	return by.Plays(identity.Items) || by.Plays(identity.System) || by.Plays(identity.Admin)
}

func idsOf(editions []*Edition) []ID {
	ids := make([]ID, len(editions))
	for i, e := range editions {
		ids[i] = e.Item
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// publication numbers an edition after the last of its item. The number and
// the state are not part of the digest, so that the same text is known again.
func (s *Service) publication(e *Edition, head Head, by identity.Actor) (Publication, error) {
	if e.Item == "" {
		return Publication{}, fault.New(fault.Invalid, "items.publish.id", "事项没有标识，不能发布").At("item", "required", "请填写事项标识")
	}
	e.Number, e.State = 0, Published
	digest, err := e.digest()
	if err != nil {
		return Publication{}, err
	}
	e.Number = head.Last + 1
	if digest == head.Digest {
		e.Number = head.Last
	}
	body, err := json.Marshal(e)
	if err != nil {
		return Publication{}, fmt.Errorf("write edition %s: %w", e.Item, err)
	}
	later := head.Current > 0 && e.Effective > s.today()
	return Publication{Edition: e, Body: body, Digest: digest, Head: head, Waiting: later, By: by.Name, At: s.Now()}, nil
}

func (e *Edition) digest() (string, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("write edition %s: %w", e.Item, err)
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:]), nil
}

func (s *Service) forget(all []Publication) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range all {
		delete(s.pointers, p.Edition.Item)
	}
}

// Edition returns an edition, in force or not. It is shared: do not change it.
func (s *Service) Edition(ctx context.Context, id ID, number int) (*Edition, error) {
	if e := s.held.get(id, number); e != nil {
		return e, nil
	}
	e, err := s.Store.Edition(ctx, id, number)
	if err != nil {
		return nil, err
	}
	s.held.put(e)
	return e, nil
}

// Current returns the edition of an item in force today: items.none if there
// is none.
func (s *Service) Current(ctx context.Context, id ID) (*Edition, error) {
	return s.on(ctx, id, s.today())
}

// Open returns the edition under which one may apply on day. What is on no
// list, not in force yet or no longer, cannot be applied for (清单之外不得实施).
func (s *Service) Open(ctx context.Context, id ID, day calendar.Day) (*Edition, error) {
	e, err := s.on(ctx, id, day)
	if err != nil {
		return nil, err
	}
	if !e.InForce(day) {
		return nil, fault.New(fault.Invalid, "items.open.closed", "“%s”现在不能申请，请在事项清单中选择在用的事项", e.Name)
	}
	return e, nil
}

func (s *Service) on(ctx context.Context, id ID, day calendar.Day) (*Edition, error) {
	number, err := s.numberOn(ctx, id, day)
	if err != nil {
		return nil, err
	}
	if number == 0 {
		return nil, fault.New(fault.NotFound, "items.none", "清单中没有这个事项，请从事项清单中选择")
	}
	return s.Edition(ctx, id, number)
}

func (s *Service) numberOn(ctx context.Context, id ID, day calendar.Day) (int, error) {
	now := s.Now()
	s.mu.Lock()
	p, known := s.pointers[id]
	s.mu.Unlock()
	if known && p.day == day && now.Before(p.until) {
		return p.number, nil
	}
	number, err := s.Store.NumberOn(ctx, id, day)
	if err != nil || number == 0 {
		return 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pointers == nil || len(s.pointers) >= mostPointers {
		s.pointers = map[ID]pointer{}
	}
	s.pointers[id] = pointer{day, number, now.Add(fresh)}
	return number, nil
}

// List lists what is in force today after a cursor, in order of names, with
// the cursor of the next page; the zero cursor when there is none.
func (s *Service) List(ctx context.Context, f Filter, after Cursor, limit int) ([]Entry, Cursor, error) {
	limit = min(max(limit, 1), 200)
	entries, err := s.Store.List(ctx, f, s.today(), after, limit+1)
	if err != nil || len(entries) <= limit {
		return entries, Cursor{}, err
	}
	entries = entries[:limit]
	last := entries[limit-1]
	return entries, Cursor{last.Sort, last.ID}, nil
}

// TakeEffect makes current what was published for a day that has come. The
// timer of the program calls it; calling it twice does no harm.
func (s *Service) TakeEffect(ctx context.Context) error {
	waiting, err := s.Store.Waiting(ctx, s.today(), 100)
	if err != nil {
		return err
	}
	for _, e := range waiting {
		if err := s.Store.TakeEffect(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) today() calendar.Day { return calendar.DayOf(s.Now()) }
