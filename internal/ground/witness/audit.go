package witness

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tongban/internal/ground/sqldb"
)

// Audit reckons every leaf anew from the facts and every root from the leaves,
// and shows what differs. A fact that was changed after its day shows here even
// if its whole chain was written anew.
func (s *Service) Audit(ctx context.Context, differs func(say string)) (leaves int64, err error) {
	roots, err := s.Roots(ctx, "", 1<<30)
	if err != nil {
		return 0, err
	}
	a := newAuditing(roots, differs)
	if err := a.check(); err != nil { // a day before the first leaf has a root too
		return 0, err
	}
	for {
		page, err := s.leaves(ctx, a.grown, 500)
		if err != nil {
			return a.grown, err
		}
		if len(page) == 0 {
			break
		}
		for _, l := range page {
			hashes, err := s.Post.Hashes(ctx, l.stream, l.first, l.last)
			if err != nil {
				return a.grown, err
			}
			if err := a.grow(leafOf(l.stream, l.first, hashes)); err != nil {
				return a.grown, err
			}
		}
	}
	a.beyond()
	return a.grown, nil
}

// An auditing is a tree that grows again leaf by leaf, and the published roots
// it has yet to come to.
type auditing struct {
	tree    tree
	nodes   map[node]Hash
	grown   int64
	roots   []Root // in the order in which the tree comes to them
	differs func(say string)
}

// newAuditing puts the roots in the order in which they were reckoned, which is
// not that of their days where a clock once went wrong.
func newAuditing(roots []Root, differs func(say string)) *auditing {
	slices.Reverse(roots) // the latest come first
	slices.SortStableFunc(roots, func(a, b Root) int { return cmp.Compare(a.Size, b.Size) })
	nodes := map[node]Hash{}
	return &auditing{nodes: nodes, roots: roots, differs: differs, tree: tree{func(n node) (Hash, error) {
		h, ok := nodes[n]
		if !ok {
			return h, fmt.Errorf("node %d of level %d is missing", n.no, n.level)
		}
		return h, nil
	}}}
}

// grow adds a leaf and checks the roots that the tree has come to.
func (a *auditing) grow(leaf Hash) error {
	if err := a.tree.grow(a.grown, leaf, func(n node, h Hash) { a.nodes[n] = h }); err != nil {
		return err
	}
	a.tree.forget(a.nodes, a.grown)
	a.grown++
	return a.check()
}

// check compares the roots of trees of this size.
func (a *auditing) check() error {
	for ; len(a.roots) > 0 && a.roots[0].Size <= a.grown; a.roots = a.roots[1:] {
		h, err := a.tree.root(a.roots[0].Size)
		if err != nil {
			return err
		}
		if h.String() != a.roots[0].Hash {
			a.differs(fmt.Sprintf("%s的总根与记录不符：当日以前的记录被改动过", a.roots[0].Day))
		}
	}
	return nil
}

// beyond tells of the roots of larger trees than there are leaves for.
func (a *auditing) beyond() {
	for _, r := range a.roots {
		a.differs(fmt.Sprintf("%s的总根有%d个叶，现在只有%d个", r.Day, r.Size, a.grown))
	}
}

// forget lets go of the subtrees that a larger one, just completed by leaf no,
// stands for.
func (t tree) forget(nodes map[node]Hash, no int64) {
	for n := (node{0, no}); n.no&1 == 1; n = (node{n.level + 1, n.no >> 1}) {
		delete(nodes, n)
		delete(nodes, node{n.level, n.no - 1})
	}
}

type leaf struct {
	stream      string
	first, last int64
}

func (s *Service) leaves(ctx context.Context, from int64, limit int) ([]leaf, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (l leaf, err error) {
		return l, scan(&l.stream, &l.first, &l.last)
	}, `SELECT stream, first, last FROM witness_leaves WHERE no >= $1 ORDER BY no LIMIT $2`, from, limit)
}
