// Package regions knows the places the government is divided into (行政区划): the
// statutory divisions from province to village, and the functional zones (功能区)
// that have no national code and get a local one.
//
// Places come and go: each has the days on which its code is in use, and the
// code that took its place. A number once given out bears its old code for ever,
// so what has ended is still found.
package regions

import (
	"slices"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
)

// A Kind says by what right a place has its code.
type Kind string

// The kinds of place.
const (
	Statutory Kind = ""     // GB/T 2260, GB/T 10114
	Zone      Kind = "zone" // 功能区: a development zone, farm or scenic area with a local code
)

// A Region is one place.
type Region struct {
	Code      codes.Division
	Name      string // 云龙区
	Kind      Kind
	Parent    codes.Division // empty for the topmost
	From, To  calendar.Day   // first and last day of the code; 0 is unbounded
	Successor codes.Division // the code that took its place
}

// On says whether the place is there on that day.
func (r Region) On(day calendar.Day) bool {
	return (r.From == 0 || r.From <= day) && (r.To == 0 || day <= r.To)
}

// Level is the level of the administration the place stands on.
func (r Region) Level() codes.Level { return r.Code.Level() }

// Regions are the places of one installation. The zero value knows none.
// A code may be asked for with 6, 9 or 12 digits.
type Regions struct {
	places   map[codes.Division]Region
	children map[codes.Division][]codes.Division // in order of code
	home     Region
}

// Find returns the place with this code, also one that has ended.
func (rs Regions) Find(code string) (Region, bool) {
	d, err := codes.ParseDivision(code)
	if err != nil {
		return Region{}, false
	}
	r, ok := rs.places[d]
	return r, ok
}

// Known reports whether a code is that of a place: one of the list, or a village whose
// town is on it, for lists seldom go down to the villages.
func (rs Regions) Known(code string) bool {
	if _, listed := rs.Find(code); listed {
		return true
	}
	d, err := codes.ParseDivision(code)
	if err != nil || d.Level() != codes.Village {
		return false
	}
	_, listed := rs.Find(string(d[:9]))
	return listed
}

// Parent returns the place that this one lies in; false for the topmost.
func (rs Regions) Parent(code string) (Region, bool) {
	r, ok := rs.Find(code)
	if !ok {
		return Region{}, false
	}
	p, ok := rs.places[r.Parent]
	return p, ok
}

// Children are the places directly in this one on that day, by code; of "" the
// topmost. Day 0 gives also those that have ended.
func (rs Regions) Children(code string, on calendar.Day) []Region {
	var parent codes.Division
	if code != "" {
		r, ok := rs.Find(code)
		if !ok {
			return nil
		}
		parent = r.Code
	}
	var inside []Region
	for _, child := range rs.children[parent] {
		if r := rs.places[child]; on == 0 || r.On(on) {
			inside = append(inside, r)
		}
	}
	return inside
}

// Home is the smallest region that holds every town of the list: the city whose
// installation it is, though its province may be listed with it. It is the zero
// Region where no town is listed.
func (rs Regions) Home() Region { return rs.home }

// findHome looks for the last region that the chains of all towns share.
func (rs Regions) findHome() (home Region) {
	var shared []Region
	for _, r := range rs.places {
		if r.Level() != codes.Town {
			continue
		}
		above, _ := rs.Parent(string(r.Code))
		chain := rs.Chain(string(above.Code))
		if shared == nil {
			shared = chain
		}
		n := 0
		for n < min(len(shared), len(chain)) && shared[n].Code == chain[n].Code {
			n++
		}
		shared = shared[:n]
	}
	if len(shared) == 0 {
		return Region{}
	}
	return shared[len(shared)-1]
}

// Chain is the place and all that it lies in, topmost first; nil if unknown.
func (rs Regions) Chain(code string) []Region {
	var chain []Region
	for r, ok := rs.Find(code); ok; r, ok = rs.places[r.Parent] {
		chain = append(chain, r)
	}
	slices.Reverse(chain)
	return chain
}

// Path is the full name of the place: 江苏省徐州市云龙区; "" if unknown.
func (rs Regions) Path(code string) string {
	var b strings.Builder
	for _, r := range rs.Chain(code) {
		b.WriteString(r.Name)
	}
	return b.String()
}

// Within says whether the place is ancestor or lies in it. An unknown place
// lies in nothing.
func (rs Regions) Within(code, ancestor string) bool {
	a, ok := rs.Find(ancestor)
	return ok && slices.ContainsFunc(rs.Chain(code), func(r Region) bool { return r.Code == a.Code })
}

// Current is the place that stands for this code on that day: itself, or what
// took its place. False if the code is unknown or nothing took its place.
func (rs Regions) Current(code string, on calendar.Day) (Region, bool) {
	r, ok := rs.Find(code)
	for range len(rs.places) {
		if !ok || r.On(on) {
			return r, ok
		}
		r, ok = rs.places[r.Successor]
	}
	return Region{}, false
}

// Named are the places with this name, or with a full name that ends in it, by
// code: 鼓楼区 is in more than one city.
func (rs Regions) Named(name string) []Region {
	var all []Region
	for _, r := range rs.All() {
		if name != "" && strings.HasSuffix(name, r.Name) && strings.HasSuffix(rs.Path(string(r.Code)), name) {
			all = append(all, r)
		}
	}
	return all
}

// All are all places, by code.
func (rs Regions) All() []Region {
	all := make([]Region, 0, len(rs.places))
	for _, r := range rs.places {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b Region) int { return strings.Compare(a.Code.Long(), b.Code.Long()) })
	return all
}
