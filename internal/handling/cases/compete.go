package cases

import (
	"context"
	"fmt"
	"strings"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

// A Place is where a case stands among those that compete for a limited number of
// permits (名额): equal applicants are granted in the order of acceptance
// (行政许可法第五十七条). It has one from acceptance on.
type Place struct {
	Of    string    `json:"of,omitempty"` // the period and the area whose number it is: 2026年，云龙区
	Since time.Time `json:"since"`        // accepted, to the second and finer
	No    int       `json:"no,omitempty"` // the place that the grant took; 0: not decided, or not granted
	Back  bool      `json:"back,omitempty"`
}

// Competition is how those who compete for one number stand now, as one case sees it.
type Competition struct {
	Taken  int // places taken
	Next   int // the lowest place that is free
	Before int // accepted earlier and not decided
}

// Left is how many places are free.
func (n Competition) Left(q items.Quantity) int { return max(0, q.N-n.Taken) }

// compete puts the case in the order when it is accepted, and notes the place
// that a grant takes.
func (c *Case) compete(m Moved, f Frame) error {
	if !f.Edition.Quantity.Counted() {
		return nil
	}
	if c.Place == nil && (m.To == Accepted || m.Place > 0) {
		c.Place = c.placeIn(m, f)
	}
	if m.Place > 0 {
		taken := *c.Place
		taken.No = m.Place
		c.Place = &taken
	}
	return nil
}

// placeIn is the place of a case that is accepted by m, or was before.
func (c *Case) placeIn(m Moved, f Frame) *Place {
	q, since := f.Edition.Quantity, c.started(m)
	switch {
	case m.Act == DeemAccept && calendar.DayOf(c.Opened) == c.Received:
		since = c.Opened // not midnight of that day, but when the materials came
	case m.From == Accepted && c.Legal().Started != 0:
		since = c.Began().Time() // it came under this edition later
	}
	since = since.UTC()
	var of []string
	if label := q.Period.Label(calendar.DayOf(since)); label != "" {
		of = append(of, label)
	}
	if q.Per != "" {
		of = append(of, fmt.Sprint(forms.Facts(f.Edition.Form.With(f.Edition.Questions), c.Answers, calendar.DayOf(c.Opened))[q.Per]))
	}
	return &Place{Of: strings.Join(of, "，"), Since: since, Back: q.Period == items.AtOnce}
}

// Competes reports whether the case waits in the order, or holds a place: one that
// a granted permit gave back when it ended is free again, if all that stand at
// once are counted; one of a year only when the grant was void from the beginning.
func (c *Case) Competes() bool {
	if c.Place == nil || c.State == Accepted {
		return c.Place != nil
	}
	kind, gone := c.Gone()
	return c.State == Granted && c.Place.No > 0 && !(gone && (c.Place.Back || kind == Annulling))
}

// take is the place that a grant takes: refused when there is none left, or when
// it may be that of somebody who was accepted earlier (行政许可法第五十七条).
func (p Place) take(q items.Quantity, now Competition) (int, error) {
	left := now.Left(q)
	switch {
	case left == 0:
		return 0, fault.New(fault.Conflict, "cases.decide.quantity", "%s的名额（%s）已经用完，不能再准予；条件符合而没有名额的，应当说明理由后不予许可（行政许可法第五十七条、第三十八条）", p.whose(), q)
	case q.First() == items.InOrder && now.Before > 0, q.First() == items.Reserving && now.Before >= left:
		return 0, fault.New(fault.Conflict, "cases.decide.order", "还有%d件受理在先的申请没有决定，%s的名额还剩%d%s；条件均符合的，应当根据受理的先后顺序准予，请先办受理在先的（行政许可法第五十七条）", now.Before, p.whose(), left, q.Unit)
	}
	return now.Next, nil
}

func (p Place) whose() string {
	if p.Of == "" {
		return "本事项"
	}
	return p.Of
}

// place has a grant take its place among those of a limited number. Of two who take
// the last one at once the store keeps one, and the other is judged again.
func (s *Service) place(ctx context.Context, c *Case, f Frame, m *Moved) error {
	q := f.Edition.Quantity
	if !q.Counted() || m.Decision == nil || !m.Decision.Granted {
		return nil
	}
	p := c.Place
	if p == nil {
		p = c.placeIn(*m, f)
	}
	now, err := s.Store.Competition(ctx, c, *p)
	if err == nil {
		m.Place, err = p.take(q, now)
	}
	return err
}

// Standings is how a case stands in the order; none if nothing limits the number
// or it does not compete.
func (s *Service) Standings(ctx context.Context, c *Case, e *items.Edition) (*Standings, error) {
	if !e.Quantity.Counted() || !c.Competes() {
		return nil, nil
	}
	now, err := s.Store.Competition(ctx, c, *c.Place)
	if err != nil {
		return nil, err
	}
	return &Standings{Place: *c.Place, Quantity: e.Quantity, Competition: now}, nil
}

// Standings are a place, the number it is of, and how far that is used up.
type Standings struct {
	Place
	Quantity items.Quantity
	Competition
}

// Says is the place in one sentence: for applicants and for those who decide.
func (n Standings) Says() string {
	left := fmt.Sprintf("%s的名额共%d%s，还剩%d%s", n.whose(), n.Quantity.N, n.Quantity.Unit, n.Left(n.Quantity), n.Quantity.Unit)
	switch {
	case n.No > 0:
		return left + "；本件已占用一个名额"
	case !n.Quantity.Queued():
		return left + "；条件均符合的，按" + string(n.Quantity.First()) + "决定"
	}
	at := n.Since.In(calendar.Zone).Format("2006年1月2日15:04:05")
	said := fmt.Sprintf("%s；本件%s受理，按受理先后排在第%d位", left, at, n.Before+1)
	if n.Before > 0 {
		said += fmt.Sprintf("，前面还有%d件没有决定", n.Before)
	}
	return said
}

// Vacancies is how many places of an item are free now, as its guide tells: where
// each area has its own number, nobody can tell one for all. Nil where nothing is counted.
func (s *Service) Vacancies(ctx context.Context, e *items.Edition) (*Competition, error) {
	q := e.Quantity
	if !q.Counted() || q.Per != "" {
		return nil, nil
	}
	at := s.Now()
	now, err := s.Store.Competition(ctx, &Case{Item: e.Item}, Place{Of: q.Period.Label(calendar.DayOf(at)), Since: at})
	return &now, err
}
