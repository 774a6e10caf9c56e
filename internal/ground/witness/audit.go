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
	// In the order in which they were reckoned, which is not that of their days where a
	// clock once went wrong.
	slices.SortStableFunc(roots, func(a, b Root) int { return cmp.Compare(b.Size, a.Size) })
	nodes := map[node]Hash{}
	t := tree{func(n node) (Hash, error) {
		h, ok := nodes[n]
		if !ok {
			return h, fmt.Errorf("node %d of level %d is missing", n.no, n.level)
		}
		return h, nil
	}}
	next := len(roots) - 1 // the largest are first
	check := func() error {
		for ; next >= 0 && roots[next].Size <= leaves; next-- {
			h, err := t.root(roots[next].Size)
			if err != nil {
				return err
			}
			if h.String() != roots[next].Hash {
				differs(fmt.Sprintf("%s的总根与记录不符：当日以前的记录被改动过", roots[next].Day))
			}
		}
		return nil
	}
	for {
		if err := check(); err != nil {
			return leaves, err
		}
		page, err := s.leaves(ctx, leaves, 500)
		if err != nil {
			return leaves, err
		}
		if len(page) == 0 {
			break
		}
		for _, l := range page {
			hashes, err := s.Post.Hashes(ctx, l.stream, l.first, l.last)
			if err != nil {
				return leaves, err
			}
			if err := t.grow(leaves, leafOf(l.stream, l.first, hashes), func(n node, h Hash) { nodes[n] = h }); err != nil {
				return leaves, err
			}
			t.forget(nodes, leaves)
			leaves++
			if next >= 0 && roots[next].Size == leaves {
				if err := check(); err != nil {
					return leaves, err
				}
			}
		}
	}
	for ; next >= 0; next-- {
		differs(fmt.Sprintf("%s的总根有%d个叶，现在只有%d个", roots[next].Day, roots[next].Size, leaves))
	}
	return leaves, nil
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
