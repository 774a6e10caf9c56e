package agencies

import (
	"cmp"
	"slices"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// A Directory is all agencies at one moment, ready to be asked. It never
// changes; take a new one to see what is new.
type Directory struct {
	all      []Agency // by level, then in the order of their ids
	by       map[string]int
	children map[string][]int
}

// NewDirectory arranges agencies.
func NewDirectory(agencies []Agency) *Directory {
	d := &Directory{all: slices.Clone(agencies), by: map[string]int{}, children: map[string][]int{}}
	slices.SortFunc(d.all, func(a, b Agency) int {
		return cmp.Or(cmp.Compare(a.Level(), b.Level()), cmp.Compare(a.Region, b.Region), cmp.Compare(rank(a.Kind), rank(b.Kind)), cmp.Compare(a.ID, b.ID))
	})
	for i, a := range d.all {
		d.by[a.ID] = i
		d.children[a.Parent] = append(d.children[a.Parent], i)
	}
	return d
}

func rank(k Kind) int { return slices.Index(Kinds, k) }

// Find returns the agency of that id: agencies.none if there is none.
func (d *Directory) Find(id string) (Agency, error) {
	i, ok := d.by[id]
	if !ok {
		return Agency{}, fault.New(fault.NotFound, "agencies.none", "没有编号为“%s”的部门", id)
	}
	return d.all[i], nil
}

// Name is what the agency is called, or its id if it is not known: for lists
// that must not fail over one row.
func (d *Directory) Name(id string) string {
	if i, ok := d.by[id]; ok {
		return d.all[i].Short
	}
	return id
}

// Named is the id of the open agency whose full name this is, or else its short one;
// "" if it is that of none, or of several: many counties have a 市场监管局.
func (d *Directory) Named(name string) string {
	var full, short []string
	for _, a := range d.List(Filter{}) {
		switch name {
		case a.Name:
			full = append(full, a.ID)
		case a.Short:
			short = append(short, a.ID)
		}
	}
	if len(full) == 0 {
		full = short
	}
	if len(full) != 1 {
		return ""
	}
	return full[0]
}

// Children lists the open agencies directly under id.
func (d *Directory) Children(id string) []Agency { return d.pick(d.children[id]) }

func (d *Directory) pick(at []int) []Agency {
	var some []Agency
	for _, i := range at {
		if !d.all[i].Closed {
			some = append(some, d.all[i])
		}
	}
	return some
}

// A Filter says which agencies to list; what is empty does not matter.
type Filter struct {
	Region string // of exactly this division code
	Within string // of this division code or one within it
	Kind   Kind
	Text   string // in the name or short name
	Closed bool   // closed ones too
}

// List lists the agencies that the filter lets through.
func (d *Directory) List(f Filter) []Agency {
	var some []Agency
	for _, a := range d.all {
		if f.passes(a) {
			some = append(some, a)
		}
	}
	return some
}

// Above lists the agencies over id, the nearest first.
func (d *Directory) Above(id string) []Agency {
	var up []Agency
	for range len(d.all) { // a ring of parents ends, too
		a, err := d.Find(id)
		if err != nil || a.Parent == "" {
			break
		}
		if a, err = d.Find(a.Parent); err != nil {
			break
		}
		up, id = append(up, a), a.ID
	}
	return up
}

func (f Filter) passes(a Agency) bool {
	return (f.Closed || !a.Closed) &&
		(f.Region == "" || a.Region == f.Region) &&
		(f.Within == "" || identity.Within(a.Region, f.Within)) &&
		(f.Kind == "" || a.Kind == f.Kind) &&
		(f.Text == "" || strings.Contains(a.Name, f.Text) || strings.Contains(a.Short, f.Text))
}
