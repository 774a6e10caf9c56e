package relay

import (
	"context"
	"slices"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Service is the door of the room.
type Service struct {
	Store Store
	Cases *cases.Service
	Days  clock.Days
	NewID func() string
	Now   func() time.Time
}

// A Filter chooses slips: those of a region's windows, or those for an agency.
type Filter struct {
	Region string // the division and all below it
	Agency string
	Over   bool   // taken over, the latest first; else under way, the earliest due first
	After  string // Slip.Cursor of the last row seen
	Limit  int
}

// Store keeps slips.
type Store interface {
	// Put keeps a slip after s.Seq facts, with one more: fault.Conflict if somebody was
	// faster. The pieces of a new one are on no other: PieceGone if one is, NumberTaken
	// if another slip has its number.
	Put(ctx context.Context, s Slip, fact event.Fact) (Slip, error)
	// Slip finds one: fault.NotFound.
	Slip(ctx context.Context, id string) (Slip, error)
	List(ctx context.Context, f Filter) ([]Slip, error)
	// Of lists the slips on which originals of a case travelled, in order.
	Of(ctx context.Context, id string) ([]Slip, error)
	// Under is Of for many cases at once; a case without slips is not in it.
	Under(ctx context.Context, ids []cases.ID) (map[cases.ID][]Slip, error)
}

// Moved is told of everything that happens to a slip.
type Moved struct {
	Slip  string    `json:"slip"`
	Act   string    `json:"act"`
	To    State     `json:"to"`
	By    string    `json:"by"`
	Cases []string  `json:"cases"`
	At    time.Time `json:"at"`
}

// FactName is the name listeners ask for.
func (Moved) FactName() string { return "relay.moved" }

// None is the answer about a slip that does not exist, or not for those eyes.
func None() error {
	return fault.New(fault.NotFound, "relay.none", "没有找到这份交接单，请核对编号")
}

func (s Slip) moved(act, by string, at time.Time) Moved {
	m := Moved{Slip: s.ID, Act: act, To: s.State, By: by, At: at}
	for _, p := range s.Pieces {
		m.Cases = append(m.Cases, p.Case)
	}
	return m
}

// Waiting are the originals of a case that are still at the window: received on
// paper, and on no slip, or missing on the one they were.
func (s *Service) Waiting(ctx context.Context, c *cases.Case) ([]Piece, error) {
	if !slices.ContainsFunc(c.Materials, func(h cases.Handed) bool { return h.Paper }) {
		return nil, nil
	}
	slips, err := s.Store.Of(ctx, string(c.ID))
	if err != nil {
		return nil, err
	}
	away := map[string]bool{}
	for _, slip := range slips {
		for _, p := range slip.Pieces {
			if p.Case == string(c.ID) && !slip.Back(p) {
				away[p.Material] = true
			}
		}
	}
	var all []Piece
	for _, h := range c.Materials {
		if h.Paper && !away[h.Material] {
			all = append(all, Piece{Case: string(c.ID), Number: c.Number, Material: h.Material, Name: h.Name})
		}
	}
	return all, nil
}

// Give sends the originals of cases to their bureau on one slip. Faults: relay.give.*.
func (s *Service) Give(ctx context.Context, numbers []string, by identity.Actor) (Slip, error) {
	slip, err := begin(by, s.Now())
	if err != nil {
		return slip, err
	}
	bad := fault.New(fault.Invalid, "relay.give.check", "交接单还有需要修改的地方")
	all := once(numbers)
	if len(all) == 0 || len(all) > mostCases {
		return slip, bad.At("numbers", "required", "请填写办件编号，一份交接单最多%d件", mostCases)
	}
	for _, number := range all {
		if bad, err = s.gather(ctx, &slip, number, by, bad); err != nil {
			return slip, err
		}
	}
	if len(bad.Fields) > 0 {
		return slip, bad
	}
	slip.Due = within.By(calendar.DayOf(slip.Given), s.Days)
	return s.open(ctx, slip)
}

// gather puts the originals of a case on a slip, or says why they cannot be.
func (s *Service) gather(ctx context.Context, slip *Slip, number string, by identity.Actor, bad *fault.Error) (*fault.Error, error) {
	c, err := s.Cases.ByNumber(ctx, number, by)
	if fault.Of(err) == fault.NotFound {
		return bad.At("numbers", "unknown", "没有找到办件%.40s", number), nil
	}
	if err != nil {
		return bad, err
	}
	pieces, err := s.Waiting(ctx, c)
	if err != nil {
		return bad, err
	}
	return slip.add(c, pieces, bad), nil
}

// open keeps a new slip, under a number that no other has.
func (s *Service) open(ctx context.Context, slip Slip) (kept Slip, err error) {
	err = sqldb.Numbered(s.NewID, NumberTaken(), func(id string) (err error) {
		slip.ID = id
		kept, err = s.Store.Put(ctx, slip, slip.moved("give", slip.Giver.Account, slip.Given))
		return err
	})
	return kept, err
}

// NumberTaken is what a store says of a new slip whose number another one has.
func NumberTaken() error {
	return fault.New(fault.Conflict, "relay.give.number", "开交接单的人太多，没有取到编号，请再提交一次")
}

// PieceGone is what a store says of a new slip with a piece that another one has.
func PieceGone() error {
	return fault.New(fault.Conflict, "relay.give.gone", "其中有原件刚刚由别人放进了另一份交接单，请刷新后重新开单").
		At("numbers", "gone", "有原件刚刚由别人移交，请查看在途的交接单，去掉已经移交的办件")
}

// once are numbers as they are kept, each once: a scanner reads some twice.
func once(numbers []string) (all []string) {
	for _, n := range numbers {
		if n = strings.ToUpper(strings.TrimSpace(n)); !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	return all
}

// Slip is one slip, for those who may see it.
func (s *Service) Slip(ctx context.Context, id string, by identity.Actor) (Slip, error) {
	slip, err := s.Store.Slip(ctx, id)
	if err == nil && !slip.Sees(by) {
		return Slip{}, None()
	}
	return slip, err
}

// Receive takes a slip over; see Slip.Receive.
func (s *Service) Receive(ctx context.Context, id string, missing []int, say string, by identity.Actor) (Slip, error) {
	return s.change(ctx, id, "receive", by, func(slip Slip, at time.Time) (Slip, error) { return slip.Receive(missing, say, by, at) })
}

// Agree confirms what was missing; see Slip.Agree.
func (s *Service) Agree(ctx context.Context, id string, by identity.Actor) (Slip, error) {
	return s.change(ctx, id, "agree", by, func(slip Slip, at time.Time) (Slip, error) { return slip.Agree(by, at) })
}

func (s *Service) change(ctx context.Context, id, act string, by identity.Actor, do func(Slip, time.Time) (Slip, error)) (Slip, error) {
	slip, err := s.Slip(ctx, id, by)
	if err != nil {
		return slip, err
	}
	now := event.Moment(s.Now())
	after, err := do(slip, now)
	if err != nil {
		return slip, err
	}
	return s.Store.Put(ctx, after, after.moved(act, by.Account, now))
}

// List is a page of slips: those of the place that a window or supervisor
// serves, or those for one's agency.
func (s *Service) List(ctx context.Context, f Filter, by identity.Actor) ([]Slip, error) {
	f.Region, f.Agency = by.Reach()
	if f.Region == "" && f.Agency == "" {
		return nil, fault.New(fault.Forbidden, "relay.list.post", "您的岗位不办理材料交接")
	}
	if f.Limit < 1 || f.Limit > 100 {
		f.Limit = 50
	}
	return s.Store.List(ctx, f)
}

// Of lists the slips on which originals of a case travelled, for whoever may see the case.
func (s *Service) Of(ctx context.Context, c *cases.Case, by identity.Actor) ([]Slip, error) {
	if !c.Visible(by) {
		return nil, cases.None(string(c.ID))
	}
	return s.Store.Of(ctx, string(c.ID))
}

// OfNumber lists the slips on which originals of the case of this number travelled, for
// whoever may see the case; none where there is no such case.
func (s *Service) OfNumber(ctx context.Context, number string, by identity.Actor) ([]Slip, error) {
	c, err := s.Cases.ByNumber(ctx, number, by)
	if fault.Of(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return s.Of(ctx, c, by)
}

// Cursor is where the next page begins after this slip.
func (s Slip) Cursor() string { return s.Due.String() + "/" + s.ID }
