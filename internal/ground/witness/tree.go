package witness

import (
	"encoding/hex"
	"fmt"
	"math/bits"

	"github.com/emmansun/gmsm/sm3"
)

// A Hash is an SM3 hash, as in the tree.
type Hash [sm3.Size]byte

// String is 64 hexadecimal letters.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// ParseHash reads what String wrote.
func ParseHash(text string) (h Hash, err error) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(h) {
		return h, fmt.Errorf("%q is no hash", text)
	}
	return Hash(b), nil
}

// leafHash and nodeHash differ in their first byte, so that no leaf can pass for
// a node (RFC 9162, 2.1.1).
func leafHash(data []byte) Hash { return sm3.Sum(append([]byte{0}, data...)) }

func nodeHash(left, right Hash) Hash {
	return sm3.Sum(append(append([]byte{1}, left[:]...), right[:]...))
}

// A node is a whole subtree: level 0 is a leaf, and node no of level l covers
// the 2^l leaves from no×2^l.
type node struct {
	level int
	no    int64
}

// A tree reads whole subtrees that were kept.
type tree struct {
	kept func(node) (Hash, error)
}

// root is the hash of the first size leaves; the empty tree has that of nothing.
func (t tree) root(size int64) (Hash, error) {
	if size == 0 {
		return sm3.Sum(nil), nil
	}
	return t.span(0, size)
}

// span is the hash over the leaves from a to before b. A begins where a subtree
// of that size may begin.
func (t tree) span(a, b int64) (Hash, error) {
	n := b - a
	if n&(n-1) == 0 {
		level := bits.TrailingZeros64(uint64(n))
		return t.kept(node{level, a >> level})
	}
	k := split(n)
	left, err := t.span(a, a+k)
	if err != nil {
		return Hash{}, err
	}
	right, err := t.span(a+k, b)
	return nodeHash(left, right), err
}

// split is the largest power of two that is less than n.
func split(n int64) int64 { return 1 << (bits.Len64(uint64(n-1)) - 1) }

// path is what one must know beside leaf no to reckon the root of the first size
// leaves, from the leaf upwards.
func (t tree) path(no, size int64) (path []Hash, err error) {
	for a, b := int64(0), size; b-a > 1; {
		k := split(b - a)
		near, far := [2]int64{a, a + k}, [2]int64{a + k, b}
		if no >= a+k {
			near, far = far, near
		}
		other, err := t.span(far[0], far[1])
		if err != nil {
			return nil, err
		}
		path = append([]Hash{other}, path...)
		a, b = near[0], near[1]
	}
	return path, nil
}

// follow reckons the root from a leaf and its path (RFC 9162, 2.1.3.2), or
// reports that the path cannot be one.
func follow(leaf Hash, no, size int64, path []Hash) (Hash, bool) {
	if no < 0 || no >= size {
		return Hash{}, false
	}
	at, last, h := no, size-1, leaf
	for _, p := range path {
		if last == 0 {
			return Hash{}, false
		}
		if at&1 == 1 || at == last {
			h = nodeHash(p, h)
			for at&1 == 0 && at != 0 {
				at, last = at>>1, last>>1
			}
		} else {
			h = nodeHash(h, p)
		}
		at, last = at>>1, last>>1
	}
	return h, last == 0
}

// grow is what leaf number no adds: itself, and every subtree that it completes.
func (t tree) grow(no int64, leaf Hash, keep func(node, Hash)) error {
	n, h := node{0, no}, leaf
	keep(n, h)
	for n.no&1 == 1 {
		left, err := t.kept(node{n.level, n.no - 1})
		if err != nil {
			return err
		}
		n, h = node{n.level + 1, n.no >> 1}, nodeHash(left, h)
		keep(n, h)
	}
	return nil
}
