package items

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"tongban/internal/engine/forms"
)

// form tells of fields that must be filled in here and need not at the superior's,
// or by more people, and of answers that are taken there and not here.
func (c *comparison) form() {
	if !slices.ContainsFunc(c.theirs.Form.Groups, func(g forms.Group) bool { return len(g.Fields) > 0 }) {
		return
	}
	for i, g := range c.mine.Form.Groups {
		for j, f := range g.Fields {
			path, what := fmt.Sprintf("form.groups[%d].fields[%d]", i, j), "表单项“"+f.Label+"”"
			o, asked, known := c.field(f)
			if f.Required && !o.Required {
				c.worse(path, what, "必填", "没有这一项，或者选填")
			}
			if !known {
				continue
			}
			if f.Required && o.Required {
				c.wider(path+".when", what+"的填写情形", together(g.When, f.When), asked)
			}
			c.narrower(path+".min", what+"的下限", f.Min, o.Min, 1)
			c.narrower(path+".max", what+"的上限", f.Max, o.Max, -1)
		}
	}
}

// field is the superior's field of the same name or label, and of whom it is asked.
func (c *comparison) field(mine forms.Field) (o forms.Field, asked string, known bool) {
	for _, same := range []func(forms.Field) bool{
		func(o forms.Field) bool { return o.ID == mine.ID }, func(o forms.Field) bool { return o.Label == mine.Label },
	} {
		for g, o := range c.theirs.Form.All() {
			if same(*o) {
				return *o, together(g.When, o.When), true
			}
		}
	}
	return forms.Field{}, "", false
}

// together is the condition that both hold; "" always holds.
func together(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return "(" + a + ") and (" + b + ")"
}

// narrower tells of a bound that shuts out answers which the superior takes; way is
// 1 where a greater bound does, as a least one, and -1 where a smaller one does.
func (c *comparison) narrower(path, what, mine, theirs string, way int) {
	if mine == "" || mine == theirs {
		return
	}
	a, err := strconv.ParseFloat(mine, 64)
	b, err2 := strconv.ParseFloat(theirs, 64)
	switch {
	case theirs == "", err == nil && err2 == nil && cmp.Compare(a, b) == way:
		c.worse(path, what, mine, cmp.Or(theirs, "不限"))
	case err != nil || err2 != nil:
		c.unproven(path, what, mine, theirs)
	}
}
