package revisions

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
)

// A Difference is one element that two editions do not have alike, in words
// (变更对照).
type Difference struct {
	Path  string `json:"path"`  // "materials.m3.basis"
	Label string `json:"label"` // "材料“营业执照”的设定依据"
	Was   string `json:"was,omitempty"`
	Is    string `json:"is,omitempty"`
	Kind  Kind   `json:"kind"`
}

// A Kind says what happened to an element.
type Kind string

// The kinds of difference.
const (
	Added   Kind = "added"   // 新增
	Removed Kind = "removed" // 删除
	Changed Kind = "changed" // 修改
)

// Han is the kind in Chinese.
func (k Kind) Han() string {
	return map[Kind]string{Added: "新增", Removed: "删除", Changed: "修改"}[k]
}

// Diff compares two editions of an item in words, in the order of the desk's
// tabs. Parts of a list are the same part when they bear the same ID; where they
// stand is an element of its own. Number, state and dates of publication are
// not compared: they differ by nature. If editions differ in anything that has
// no words of its own, that is said too, so that no difference means none.
func Diff(old, new *items.Edition) []Difference {
	d := &differ{}
	compare(d, "", "", *old, *new, basics)
	d.parts(old, new)
	if len(d.all) == 0 && !alike(old, new) {
		d.add("", "其他内容", "原内容", "新内容")
	}
	return d.all
}

// alike compares what Diff compares, as it would be written down: whether a
// list is empty or was never made is all the same.
func alike(a, b *items.Edition) bool {
	x, y := Clone(a), Clone(b)
	x.Number, x.State = y.Number, y.State
	one, err := digest(x)
	other, err2 := digest(y)
	return err == nil && err2 == nil && one == other
}

// concerning are the elements that one who applies must know of.
var concerning = []string{
	"promised", "statutory", "visits", "visitReason", "ways", "conditions", "materials", "questions", "form.fields", "fees", "special", "mediators", "results", "places", "retired",
}

// ForApplicants picks, of the differences, those that one who applies must know
// of: what they must meet, bring, fill in, pay and wait for.
func ForApplicants(all []Difference) []Difference {
	var some []Difference
	for _, d := range all {
		if slices.ContainsFunc(concerning, func(c string) bool { return d.Path == c || strings.HasPrefix(d.Path, c+".") }) {
			some = append(some, d)
		}
	}
	return some
}

// differ collects differences.
type differ struct{ all []Difference }

func (d *differ) add(path, label, was, is string) {
	kind := Changed
	switch {
	case was == is:
		return
	case was == "":
		kind = Added
	case is == "":
		kind = Removed
	}
	d.all = append(d.all, Difference{path, label, was, is, kind})
}

// An aspect is one element of a thing, as words.
type aspect[T any] struct {
	path, label string
	words       func(T) string
}

// compare compares two things aspect by aspect.
func compare[T any](d *differ, path, of string, old, new T, aspects []aspect[T]) {
	for _, a := range aspects {
		d.add(path+a.path, of+a.label, a.words(old), a.words(new))
	}
}

// A listing is a list of things that are known by a key.
type listing[T any] struct {
	path, label string
	key, name   func(T) string
	aspects     []aspect[T]
}

// compare compares two lists: what was removed, what was added, what changed,
// and whether the common parts stand in another order.
func (l listing[T]) compare(d *differ, old, new []T) {
	before, after := index(old, l.key), index(new, l.key)
	var kept, keptBefore []string
	for _, one := range old {
		if _, still := after[l.key(one)]; !still {
			d.add(l.path+"."+l.key(one), l.label, l.whole(one), "")
		} else {
			keptBefore = append(keptBefore, l.name(one))
		}
	}
	for _, one := range new {
		key := l.key(one)
		was, known := before[key]
		if !known {
			d.add(l.path+"."+key, l.label, "", l.whole(one))
			continue
		}
		kept = append(kept, l.name(was))
		compare(d, l.path+"."+key+".", l.label+"“"+l.name(one)+"”的", was, one, l.aspects)
	}
	d.add(l.path, l.label+"的顺序", strings.Join(keptBefore, "、"), strings.Join(kept, "、"))
}

// whole is a thing with all its aspects, in one sentence.
func (l listing[T]) whole(one T) string {
	parts := []string{l.name(one)}
	for _, a := range l.aspects {
		if words := a.words(one); words != "" && words != "否" && words != parts[0] {
			parts = append(parts, a.label+"："+words)
		}
	}
	return strings.Join(parts, "；")
}

func index[T any](list []T, key func(T) string) map[string]T {
	byKey := map[string]T{}
	for _, one := range list {
		byKey[key(one)] = one
	}
	return byKey
}
