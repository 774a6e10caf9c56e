package draw

import (
	"cmp"
	"math"
	"slices"

	"tongban/internal/engine/flow"
)

// A vertex is a node in its layer, or the place where a long edge passes one.
type vertex struct {
	w, h, x, y float64 // x is the middle, y the top
	top, low   float64 // of its layer
	layer      int
	order      float64
	in, out    []*vertex
}

// A link is an edge between vertices.
type link struct {
	edge     int
	from, to *vertex
	back     bool      // leads up: drawn around the side
	track    int       // which of the ways around the side
	via      []*vertex // where it passes layers
}

// layers are the vertices of one (sub-)procedure (Sugiyama's method: rank,
// order, place).
type layers struct {
	at    map[string]*vertex
	all   []*vertex
	links []*link
	rows  [][]*vertex
	left  float64
	backs int
}

func (g *layers) add(id string, w, h float64) {
	v := &vertex{w: w, h: h}
	g.at[id] = v
	g.all = append(g.all, v)
}

// arrange places all vertices and returns the size of the whole.
func (g *layers) arrange() flow.Box {
	g.turnBacks()
	g.rank()
	g.pass()
	g.sort()
	return g.place()
}

// turnBacks marks the links that lead back to where the way has come from.
func (g *layers) turnBacks() {
	const fresh, open, done = 0, 1, 2
	state := map[*vertex]int{}
	var visit func(v *vertex)
	visit = func(v *vertex) {
		state[v] = open
		for _, k := range g.links {
			if k.from != v {
				continue
			}
			switch state[k.to] {
			case open:
				k.back = true
				k.track = g.backs
				g.backs++
			case fresh:
				visit(k.to)
			}
		}
		state[v] = done
	}
	for _, v := range g.firsts() {
		if state[v] == fresh {
			visit(v)
		}
	}
}

// firsts are all vertices, those to which nothing leads before the others.
func (g *layers) firsts() []*vertex {
	led := map[*vertex]bool{}
	for _, k := range g.links {
		led[k.to] = true
	}
	firsts := slices.Clone(g.all)
	slices.SortStableFunc(firsts, func(a, b *vertex) int {
		switch {
		case led[a] == led[b]:
			return 0
		case led[b]:
			return -1
		}
		return 1
	})
	return firsts
}

// rank puts each vertex below everything that leads to it.
func (g *layers) rank() {
	for again, rounds := true, 0; again && rounds <= len(g.all); rounds++ {
		again = false
		for _, k := range g.links {
			if !k.back && k.to.layer <= k.from.layer {
				k.to.layer, again = k.from.layer+1, true
			}
		}
	}
}

// pass gives long links a place in every layer they pass.
func (g *layers) pass() {
	for _, k := range g.links {
		if k.back {
			continue
		}
		last := k.from
		for layer := k.from.layer + 1; layer < k.to.layer; layer++ {
			v := &vertex{w: throughWidth, layer: layer}
			g.all = append(g.all, v)
			k.via = append(k.via, v)
			last.out, v.in = append(last.out, v), append(v.in, last)
			last = v
		}
		last.out, k.to.in = append(last.out, k.to), append(k.to.in, last)
	}
	for _, v := range g.all {
		for len(g.rows) <= v.layer {
			g.rows = append(g.rows, nil)
		}
		g.rows[v.layer] = append(g.rows[v.layer], v)
	}
}

// sort orders each layer by where its neighbours stand, a few times down and up.
func (g *layers) sort() {
	number := func(row []*vertex) {
		for i, v := range row {
			v.order = float64(i)
		}
	}
	for _, row := range g.rows {
		number(row)
	}
	for range 4 {
		for _, row := range g.rows {
			slices.SortStableFunc(row, func(a, b *vertex) int { return cmp.Compare(middle(a.in, a.order), middle(b.in, b.order)) })
			number(row)
		}
		for _, row := range slices.Backward(g.rows) {
			slices.SortStableFunc(row, func(a, b *vertex) int { return cmp.Compare(middle(a.out, a.order), middle(b.out, b.order)) })
			number(row)
		}
	}
}

func middle(of []*vertex, own float64) float64 {
	if len(of) == 0 {
		return own
	}
	sum := 0.0
	for _, v := range of {
		sum += v.order
	}
	return sum / float64(len(of))
}

// place turns layers and orders into coordinates: each vertex as near as it can
// to the middle of its neighbours.
func (g *layers) place() flow.Box {
	for _, row := range g.rows {
		x := 0.0
		for _, v := range row {
			v.x = x + v.w/2
			x += v.w + gapX
		}
		for _, v := range row {
			v.x -= x / 2
		}
	}
	for range 6 {
		for _, row := range g.rows {
			near(row, func(v *vertex) []*vertex { return v.in })
		}
		for _, row := range slices.Backward(g.rows) {
			near(row, func(v *vertex) []*vertex { return v.out })
		}
	}
	return g.fit()
}

// near moves the vertices of a layer towards their neighbours, keeping order and
// distance.
func near(row []*vertex, neighbours func(*vertex) []*vertex) {
	wish := make([]float64, len(row))
	for i, v := range row {
		wish[i] = v.x
		if of := neighbours(v); len(of) > 0 {
			sum := 0.0
			for _, n := range of {
				sum += n.x
			}
			wish[i] = sum / float64(len(of))
		}
	}
	right := slices.Clone(wish) // nobody further left than wished
	left := slices.Clone(wish)  // nobody further right
	for i := 1; i < len(row); i++ {
		right[i] = max(right[i], right[i-1]+row[i-1].w/2+gapX+row[i].w/2)
	}
	for i := len(row) - 2; i >= 0; i-- {
		left[i] = min(left[i], left[i+1]-row[i+1].w/2-gapX-row[i].w/2)
	}
	for i, v := range row {
		v.x = (right[i] + left[i]) / 2
	}
}

// fit moves everything so that the upper left corner is at 0, 0, and returns the
// size. Ways back run in tracks along the left side.
func (g *layers) fit() flow.Box {
	if len(g.all) == 0 {
		return flow.Box{W: boxW, H: boxH}
	}
	y, leftmost, rightmost := 0.0, g.all[0].x, g.all[0].x
	for _, row := range g.rows {
		tall := 0.0
		for _, v := range row {
			tall = max(tall, v.h)
		}
		for _, v := range row {
			v.y, v.top, v.low = y+(tall-v.h)/2, y, y+tall
			leftmost, rightmost = min(leftmost, v.x-v.w/2), max(rightmost, v.x+v.w/2)
		}
		y += tall + gapY
	}
	g.left = float64(g.backs) * lane
	for _, v := range g.all {
		v.x += g.left - leftmost
	}
	if g.backs == 0 {
		y -= gapY
	}
	return flow.Box{W: g.left + rightmost - leftmost, H: y}
}

// route bends an edge: down through the layers it passes, or out below, up along
// the side and in above. It turns sideways only between layers, where no box is.
func route(g *layers, k *link, from, to flow.Box) []flow.Point {
	points := []flow.Point{{X: from.X + from.W/2, Y: from.Y + from.H}}
	in := flow.Point{X: to.X + to.W/2, Y: to.Y}
	if k.back {
		side, off := g.left-float64(k.track+1)*lane+lane/2, float64(k.track%4)*3
		points = bend(points, side, k.from.low+gapY/2+off)
		return append(bend(points, in.X, k.to.top-gapY/2-off), in)
	}
	for _, v := range k.via {
		points = bend(points, v.x, v.top-gapY/2)
	}
	return append(bend(points, in.X, k.to.top-gapY/2), in)
}

// bend turns sideways at height y towards x, if x is not straight below.
func bend(points []flow.Point, x, y float64) []flow.Point {
	last := points[len(points)-1]
	if math.Abs(last.X-x) < 0.5 {
		return points
	}
	return append(points, flow.Point{X: last.X, Y: y}, flow.Point{X: x, Y: y})
}
