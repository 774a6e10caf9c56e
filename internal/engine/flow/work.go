package flow

import (
	"fmt"
	"slices"

	"tongban/internal/ground/fault"
)

// open hands out the work of a place. Work that is already open there takes the
// token in: nobody is asked twice for the same thing at the same time.
func (r *run) open(pl *place, owes []Debt, back string) error {
	if r.openAt(pl.ID) >= 0 {
		for i := range r.m.Open {
			if r.m.Open[i].Node == pl.ID {
				r.m.Open[i].Owes = union(r.m.Open[i].Owes, owes)
			}
		}
		return nil
	}
	seats, err := r.seats(pl)
	if err != nil {
		return err
	}
	for i, seat := range seats {
		w := Work{
			ID: r.name(), Node: pl.ID, Name: pl.Name, Limit: pl.Limit, Decides: pl.Decides,
			Post: seat.Post, Role: seat.Role, Agency: r.agency(seat.Agency), Back: back, Owes: owes,
		}
		if pl.Substantive {
			w.Need = 2
		}
		if pl.Kind == Multi {
			w.Seat, w.Of = i+1, len(seats)
		}
		r.m.Open, r.change.Opened = append(r.m.Open, w), append(r.change.Opened, w)
	}
	r.watch(pl)
	return nil
}

func (r *run) openAt(node string) int {
	return slices.IndexFunc(r.m.Open, func(w Work) bool { return w.Node == node })
}

// seats lists who does the work of a place: one, or everyone who countersigns.
func (r *run) seats(pl *place) ([]Seat, error) {
	own := Seat{Post: pl.Post, Role: pl.Role, Agency: pl.Agency}
	if pl.Kind != Multi {
		return []Seat{own}, nil
	}
	var seats []Seat
	for _, s := range pl.Among {
		seats = append(seats, s.or(own))
	}
	if len(pl.Among) == 0 {
		for _, agency := range texts(r.env.Values[pl.Over]) {
			seats = append(seats, Seat{Agency: agency}.or(own))
		}
	}
	if need(pl.Node, len(seats)) > len(seats) || len(seats) == 0 {
		return nil, fault.New(fault.Invalid, "flow.multi.seats", "%s应有足够的会签人，现有 %d 个，请先确定会签部门", called(pl.Node), len(seats))
	}
	return seats, nil
}

func (s Seat) or(own Seat) Seat {
	if s.Post == "" {
		s.Post = own.Post
	}
	if s.Role == "" {
		s.Role = own.Role
	}
	if s.Agency == "" {
		s.Agency = own.Agency
	}
	return s
}

// need is how many of those who countersign must agree.
func need(n Node, of int) int {
	switch n.Quorum {
	case Any:
		return 1
	case N:
		return n.Count
	}
	return of
}

func texts(v any) []string {
	switch list := v.(type) {
	case []string:
		return list
	case []any:
		var all []string
		for _, one := range list {
			all = append(all, fmt.Sprint(one))
		}
		return all
	}
	return nil
}

func (r *run) agency(named string) string {
	if named == "" {
		return r.env.Agency
	}
	return named
}

// close takes away all work of a node, and what watches over it.
func (r *run) close(node string) {
	r.m.Open = slices.DeleteFunc(r.m.Open, func(w Work) bool {
		if w.Node == node {
			r.change.Closed = append(r.change.Closed, w)
		}
		return w.Node == node
	})
	r.unwatch(node)
}

// wait begins a timer or the wait for a message, unless it has begun already.
func (r *run) wait(pl *place, owes []Debt) {
	for i := range r.m.Waits {
		if r.m.Waits[i].Node == pl.ID {
			r.m.Waits[i].Owes = union(r.m.Waits[i].Owes, owes)
			return
		}
	}
	w := Wait{ID: r.name(), Node: pl.ID, Kind: pl.Kind, Name: pl.Name, Limit: pl.Limit, On: pl.On, Owes: owes}
	if pl.Kind == Message && pl.Awaits != "" {
		w.Name = pl.Awaits
	}
	r.m.Waits, r.change.Began = append(r.m.Waits, w), append(r.change.Began, w)
}

// watch begins what is attached to a place; unwatch ends it.
func (r *run) watch(pl *place) {
	for _, a := range pl.attached {
		r.wait(a, nil)
	}
}

func (r *run) unwatch(node string) {
	r.over(func(w Wait) bool { return w.On == node })
}

func (r *run) over(which func(Wait) bool) {
	r.m.Waits = slices.DeleteFunc(r.m.Waits, func(w Wait) bool {
		gone := which(w)
		if gone {
			r.change.Over = append(r.change.Over, w)
		}
		return gone
	})
}

// cancel takes away all work, waits and tokens of the nodes that which names.
func (r *run) cancel(which func(node string) bool) {
	r.m.Open = slices.DeleteFunc(r.m.Open, func(w Work) bool {
		gone := which(w.Node)
		if gone {
			r.change.Closed = append(r.change.Closed, w)
		}
		return gone
	})
	r.over(func(w Wait) bool { return which(w.Node) })
	onEdge := func(t Token) bool { return which(r.edges[t.Edge].to.ID) }
	r.m.Tokens = slices.DeleteFunc(r.m.Tokens, onEdge)
	r.moving = slices.DeleteFunc(r.moving, onEdge)
	r.m.Inside = slices.DeleteFunc(r.m.Inside, func(i Inside) bool { return which(i.Node) })
}
