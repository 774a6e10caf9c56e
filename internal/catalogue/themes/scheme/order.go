package scheme

import (
	"fmt"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
)

// order reads what has to be done before what: as the items say it, as the
// scheme says it, and as the file says it of all its schemes.
func (r *reading) order(around fields) {
	for _, f := range r.prior {
		for _, before := range texts(f["before"]) {
			r.after(textOf(f["path"]), before, textOf(f["after"]))
		}
	}
	for i, f := range list(r.take(r.f, "order")) {
		r.inOrder(fmt.Sprintf("order[%d]", i), f)
	}
	shared, _ := around.find("order")
	for i, f := range list(shared) {
		if before, after := ends(f); r.place(before) != "" || r.place(after) != "" {
			r.inOrder(fmt.Sprintf("order[%d]", i), f)
		}
	}
}

// arrows are the ways to write one.
var arrows = strings.NewReplacer("-->", "→", "->", "→", "=>", "→", "⇒", "→", "—>", "→", "＞", "→", ">", "→", "——", "→")

func (r *reading) inOrder(path string, f fields) {
	said := arrows.Replace(textOf(f["name"]))
	if !strings.Contains(said, "→") {
		before, after := ends(f)
		if before+after == "" {
			r.warn("order", path, "先后顺序“%s”没有读懂，没有计入", short(textOf(map[string]any(f))))
			return
		}
		r.after(path, before, after)
		return
	}
	for _, one := range strings.FieldsFunc(said, func(c rune) bool { return strings.ContainsRune("；;，,\n", c) }) {
		r.along(path, strings.Split(one, "→"))
	}
}

// along reads items one behind the other.
func (r *reading) along(path string, way []string) {
	for j := range way[1:] {
		r.after(path, strings.TrimSpace(way[j]), strings.TrimSpace(way[j+1]))
	}
}

// ends are what comes first and what comes then. Of a record about one item,
// before names what the item comes before: {item: 规划许可证, before: 施工许可证}
// and {item: 施工许可证, after: 规划许可证} say the same.
func ends(f fields) (before, after string) {
	item := textOf(first(f["item"], f["事项"]))
	if item == "" {
		b, _ := f.find("before")
		a, _ := f.find("after")
		return textOf(b), textOf(a)
	}
	for _, said := range []struct {
		names []string
		first bool // the item comes first
	}{{[]string{"before", "之前", "后办"}, true}, {[]string{"after", "after_of", "之后", "先办", "前置", "depends_on"}, false}} {
		for _, n := range said.names {
			if other := textOf(f[n]); other != "" && said.first {
				return item, other
			} else if other != "" {
				return other, item
			}
		}
	}
	return item, ""
}

// place is the component that a name in an order means: one called so, or else
// one whose name holds it or is held in it.
func (r *reading) place(name string) items.ID {
	if name = plain(name); name == "" {
		return ""
	}
	for _, means := range []func(called string) bool{
		func(called string) bool { return called == name },
		func(called string) bool { return strings.Contains(called, name) || strings.Contains(name, called) },
	} {
		if i := slices.IndexFunc(r.t.Components, func(c themes.Component) bool { return means(plain(c.Name)) }); i >= 0 {
			return r.t.Components[i].Item
		}
	}
	return ""
}

func (r *reading) after(path, before, after string) {
	b, a := r.place(before), r.place(after)
	if b == "" || a == "" {
		r.warn("order", path, "先后顺序“%s”对应不到方案中的事项", short(before+" → "+after))
		return
	}
	r.t.Order = append(r.t.Order, themes.Order{Before: b, After: a, Why: "方案规定：" + before + " → " + after})
}
