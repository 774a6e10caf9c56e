package witness

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// plain is the root of RFC 9162, 2.1.1, word for word.
func plain(leaves []Hash) Hash {
	if len(leaves) == 1 {
		return leaves[0]
	}
	k := int(split(int64(len(leaves))))
	return nodeHash(plain(leaves[:k]), plain(leaves[k:]))
}

// grown is a tree of n leaves, and its leaves.
func grown(t interface{ Fatal(...any) }, n int64) (tree, []Hash, map[node]Hash) {
	kept := map[node]Hash{}
	tr := tree{func(n node) (Hash, error) {
		h, ok := kept[n]
		if !ok {
			return h, fmt.Errorf("no node %v", n)
		}
		return h, nil
	}}
	var leaves []Hash
	for i := range n {
		leaf := leafOf(fmt.Sprint("s", i), 1, []string{"x"})
		leaves = append(leaves, leaf)
		err := tr.grow(i, leaf, func(n node, h Hash) {
			if _, twice := kept[n]; twice {
				t.Fatal("a node was written twice: ", n)
			}
			kept[n] = h
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return tr, leaves, kept
}

func TestEveryLeafLeadsToTheRootAndNothingElseDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(1, 300).Draw(t, "size")
		later := rapid.Int64Range(0, 50).Draw(t, "later")
		tr, leaves, _ := grown(t, size+later)
		root, err := tr.root(size)
		if err != nil || root != plain(leaves[:size]) {
			t.Fatalf("the root of %d leaves in a tree of %d is wrong: %v", size, size+later, err)
		}
		no := rapid.Int64Range(0, size-1).Draw(t, "leaf")
		path, err := tr.path(no, size)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := follow(leaves[no], no, size, path); !ok || got != root {
			t.Fatal("the path does not lead to the root")
		}
		other := rapid.Int64Range(0, size+later-1).Draw(t, "another leaf")
		if got, ok := follow(leaves[other], no, size, path); other != no && ok && got == root {
			t.Fatal("another leaf leads there too")
		}
		if got, ok := follow(leaves[no], other, size, path); other != no && ok && got == root {
			t.Fatal("the leaf leads there from another place")
		}
		if len(path) > 0 {
			i := rapid.IntRange(0, len(path)-1).Draw(t, "step")
			path[i][rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1
			if got, ok := follow(leaves[no], no, size, path); ok && got == root {
				t.Fatal("a path that was changed leads there")
			}
			if got, ok := follow(leaves[no], no, size, path[1:]); ok && got == root {
				t.Fatal("a path cut short leads there")
			}
		}
	})
}

func TestTheTreeOnlyGrows(t *testing.T) {
	_, _, before := grown(t, 100)
	_, _, after := grown(t, 163)
	for n, h := range before {
		if after[n] != h {
			t.Errorf("node %v changed", n)
		}
	}
	if n := len(after); n > 2*163 {
		t.Errorf("%d nodes for 163 leaves", n)
	}
}
