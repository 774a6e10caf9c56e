package draw

import (
	"tongban/internal/engine/flow"
)

// Sizes of what is drawn, in points.
const (
	boxW, boxH   = 140.0, 80.0
	gateSize     = 50.0
	eventSize    = 36.0
	gapX, gapY   = 40.0, 44.0
	margin       = 24.0
	lane         = 16.0 // between ways back
	throughWidth = 12.0 // of a way that passes a layer
)

// Layout gives every node and edge of d a place, from top to bottom in layers:
// what follows stands lower, what runs side by side stands side by side. Places
// that were there are replaced.
func Layout(d flow.Definition) flow.Definition {
	d.Nodes = append([]flow.Node(nil), d.Nodes...)
	d.Edges = append([]flow.Edge(nil), d.Edges...)
	for i := range d.Nodes {
		d.Nodes[i].Box = nil
	}
	for i := range d.Edges {
		d.Edges[i].Points = nil
	}
	l := &layout{d: &d, node: map[string]int{}, entered: map[string]bool{}, shifting: map[string]bool{}}
	for i, n := range d.Nodes {
		l.node[n.ID] = i
	}
	size := l.scope("")
	l.shift("", margin, margin)
	l.rest(size.H + 2*margin)
	l.notes(size.W + 2*margin)
	return d
}

// Placed reports whether everything in d has its place.
func Placed(d flow.Definition) bool {
	for _, n := range d.Nodes {
		if n.Box == nil {
			return false
		}
	}
	for _, e := range d.Edges {
		if len(e.Points) < 2 {
			return false
		}
	}
	return true
}

type layout struct {
	d    *flow.Definition
	node map[string]int
	// Sub-procedures laid out, and being moved: a broken diagram may nest them in
	// circles.
	entered, shifting map[string]bool
}

// scope lays out one (sub-)procedure with its upper left corner at 0, 0, and
// returns its size.
func (l *layout) scope(in string) flow.Box {
	l.entered[in] = true
	g := &layers{at: map[string]*vertex{}}
	for i := range l.d.Nodes {
		n := &l.d.Nodes[i]
		if n.In != in || n.On != "" || n.ID == in {
			continue
		}
		n.Box = l.size(*n)
		g.add(n.ID, n.Box.W, n.Box.H)
	}
	for i, e := range l.d.Edges {
		from, to := l.host(e.From), l.host(e.To)
		if g.at[from] != nil && g.at[to] != nil {
			g.links = append(g.links, &link{edge: i, from: g.at[from], to: g.at[to]})
		}
	}
	size := g.arrange()
	l.write(g, in)
	return size
}

// host is the node itself, or what it is attached to.
func (l *layout) host(id string) string {
	if i, ok := l.node[id]; ok && l.d.Nodes[i].On != "" {
		return l.d.Nodes[i].On
	}
	return id
}

func (l *layout) size(n flow.Node) *flow.Box {
	switch n.Kind {
	case flow.Task, flow.Rule, flow.Multi:
		return &flow.Box{W: boxW, H: boxH}
	case flow.Exclusive, flow.Inclusive, flow.Parallel:
		return &flow.Box{W: gateSize, H: gateSize}
	case flow.Sub:
		if !l.entered[n.ID] {
			inner := l.scope(n.ID)
			return &flow.Box{W: inner.W + 2*margin, H: inner.H + 2*margin + lane}
		}
		return &flow.Box{W: boxW, H: boxH}
	}
	return &flow.Box{W: eventSize, H: eventSize}
}

// write takes over the places found, moves what is inside sub-procedures along,
// and hangs what is attached on the lower border.
func (l *layout) write(g *layers, in string) {
	hung := map[string]float64{}
	for i := range l.d.Nodes {
		n := &l.d.Nodes[i]
		if v := g.at[n.ID]; v != nil && n.In == in && n.On == "" {
			n.Box.X, n.Box.Y = v.x-v.w/2, v.y
			if n.Kind == flow.Sub {
				l.shift(n.ID, n.Box.X+margin, n.Box.Y+margin+lane)
			}
		}
	}
	for i := range l.d.Nodes {
		n := &l.d.Nodes[i]
		if v := g.at[n.On]; v != nil && n.In == in {
			hung[n.On] += eventSize + 8
			n.Box = &flow.Box{X: v.x + v.w/2 - hung[n.On], Y: v.y + v.h - eventSize/2, W: eventSize, H: eventSize}
		}
	}
	for _, k := range g.links {
		e := &l.d.Edges[k.edge]
		e.Points = route(g, k, *l.d.Nodes[l.node[e.From]].Box, *l.d.Nodes[l.node[e.To]].Box)
	}
}

// shift moves everything inside a (sub-)procedure.
func (l *layout) shift(in string, dx, dy float64) {
	if l.shifting[in] {
		return
	}
	l.shifting[in] = true
	defer delete(l.shifting, in)
	for i := range l.d.Nodes {
		n := &l.d.Nodes[i]
		if n.In != in || n.Box == nil || n.ID == in {
			continue
		}
		n.Box.X, n.Box.Y = n.Box.X+dx, n.Box.Y+dy
		if n.Kind == flow.Sub {
			l.shift(n.ID, dx, dy)
		}
	}
	for i := range l.d.Edges {
		e := &l.d.Edges[i]
		if from, ok := l.node[e.From]; ok && l.d.Nodes[from].In == in {
			for k := range e.Points {
				e.Points[k].X, e.Points[k].Y = e.Points[k].X+dx, e.Points[k].Y+dy
			}
		}
	}
}

// rest puts what belongs nowhere below everything else, and draws edges that
// join nothing in the layers as straight lines.
func (l *layout) rest(y float64) {
	x := margin
	for i := range l.d.Nodes {
		if l.d.Nodes[i].Box == nil {
			l.d.Nodes[i].Box = &flow.Box{X: x, Y: y, W: boxW, H: boxH}
			x += boxW + gapX
		}
	}
	for i, e := range l.d.Edges {
		from, okFrom := l.node[e.From]
		to, okTo := l.node[e.To]
		if len(e.Points) == 0 && okFrom && okTo {
			a, b := l.d.Nodes[from].Box, l.d.Nodes[to].Box
			l.d.Edges[i].Points = []flow.Point{{X: a.X + a.W/2, Y: a.Y + a.H}, {X: b.X + b.W/2, Y: b.Y}}
		}
	}
}

// notes stand to the right, one below the other.
func (l *layout) notes(x float64) {
	l.d.Notes = append([]flow.Note(nil), l.d.Notes...)
	for i := range l.d.Notes {
		l.d.Notes[i].Box = &flow.Box{X: x, Y: margin + float64(i)*(boxH+gapY/2), W: boxW, H: boxH}
	}
}
