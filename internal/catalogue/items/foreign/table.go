package foreign

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sheet"
)

// A Table is a table of items as other systems and departments write them: one
// row of headings, one row an item. What stands on further rows of an item, such
// as one material a row, is told by merged cells.
type Table struct {
	heads   []string // as they stand
	words   []string // the same in the spelling we know; "" is no heading
	units   []string // that stand in the headings: 法定时限（工作日）
	grouped map[string]bool
}

var bracketed = regexp.MustCompile(`[（(]([^（）()]*)[）)]\s*$`)

// Headings reads a row of headings; nil if it is none: it needs a column for the
// name and one more that only items have.
func Headings(cells []string) *Table {
	t := &Table{heads: slices.Clone(cells), words: make([]string, len(cells)), units: make([]string, len(cells)), grouped: map[string]bool{}}
	some := fields{}
	for i, c := range cells {
		h := strings.TrimSpace(strings.ReplaceAll(c, "\n", ""))
		if m := bracketed.FindStringSubmatch(h); m != nil {
			t.units[i] = unitIn(m[1])
			if word, ok := known()[plain(bracketed.ReplaceAllString(h, ""))]; ok {
				h = word
			}
		}
		if word, ok := known()[plain(h)]; ok {
			h = word
		}
		if h == "" || slices.Contains(t.words, h) {
			continue // what stands there twice is named row by row
		}
		t.words[i], some[h] = h, "有"
	}
	if !some.has("name") || !some.has(elements...) && some["事项类型"] == nil && !some.heads("materials.name") && some["实施主体"] == nil {
		return nil
	}
	t.onePerRow(some)
	for _, h := range t.words {
		if g := groups[h]; g == "materials" && some.heads("materials.name") || g == "steps" && some.heads("steps.name") || g == "fee" {
			t.grouped[h] = true
		}
	}
	return t
}

// unitIn is the unit of limits that a heading has in brackets: （单位：工作日）, （天）,
// which the limit itself then says is none to be clear about; "" if it has none.
func unitIn(brackets string) string {
	said := strings.TrimSpace(strings.TrimLeft(strings.TrimPrefix(strings.TrimSpace(brackets), "单位"), "：: "))
	u, err := clock.ParseUnit(said)
	switch {
	case err == nil:
		return string(u)
	case fault.Code(err) == "clock.unit.ambiguous":
		return said
	}
	return ""
}

// onePerRow takes the column of the materials for that of their names, where other
// columns tell more of each: then one row is one material.
func (t *Table) onePerRow(some fields) {
	tells := func(h string) bool {
		return groups[h] == "materials" && !slices.Contains(partOf["materials.situation"], h)
	}
	if some.heads("materials.name") || !slices.ContainsFunc(t.words, tells) {
		return
	}
	for i, h := range t.words {
		if slices.Contains(names["materials"], h) {
			t.words[i], some["材料名称"] = "材料名称", "有"
			return
		}
	}
}

// Under reads a second row of headings beneath the first: 法定 and 承诺 below 办理时限.
// It is nil if the row is none.
func (t *Table) Under(cells []string) *Table {
	if t.Name(cells) != "" {
		return nil
	}
	heads, above, fits, beside := slices.Clone(t.heads), "", 0, false
	for len(heads) < len(cells) {
		heads = append(heads, "")
	}
	for i, c := range cells {
		c = strings.TrimSpace(c)
		own := strings.TrimSpace(heads[i])
		if own != "" {
			above = own
		}
		if strings.ContainsAny(c, "0123456789。；") {
			return nil // a row of data
		}
		if c == "" || above == "" {
			continue
		}
		heads[i], beside = above+"·"+c, beside || own == ""
		unit := ""
		if m := bracketed.FindStringSubmatch(above); m != nil && unitIn(m[1]) != "" {
			unit = m[0]
		}
		if word := beneath(strings.TrimSuffix(above, unit), c); word != "" {
			heads[i], fits = word+unit, fits+1
		}
	}
	if fits == 0 && !beside {
		return nil
	}
	return Headings(heads)
}

// beneath is the word for a heading that stands below another: 法定 below 办理时限,
// 法定办结 below 时限要求, 条款 below 设定依据; "" if we know none.
func beneath(above, c string) string {
	if slices.Contains(names["bases"], above) {
		switch c {
		case "法律", "法律法规", "法律名称", "法规名称", "依据名称", "文件名称", "名称":
			return above
		case "条款", "条款号", "条文", "条文号", "条":
			return "依据条款"
		}
	}
	tries := []string{c + above, above + c, c}
	for _, what := range []string{"时限", "期限"} {
		if strings.Contains(above, what) {
			tries = append(tries, c+what, c+"办理"+what)
		}
	}
	for _, one := range tries {
		if word, ok := known()[plain(one)]; ok {
			return word
		}
	}
	return ""
}

// GoesOn reports whether a row tells more of the item of the row before: it says
// the same, or nothing, in every column of which an item has one value, and something
// of what an item has several of. It says the name again, or nothing else.
func (t *Table) GoesOn(before, cells []string) bool {
	more, same, said := false, false, false
	for i, w := range t.words {
		mine, above := cellOf(cells, i), cellOf(before, i)
		switch {
		case t.grouped[w]:
			more = more || mine != ""
		case slices.Contains(names["id"], w):
		case mine != above && mine != "":
			return false
		case mine != "":
			same = same || i == t.NameColumn()
			said = true
		}
	}
	return more && (same || !said)
}

func cellOf(cells []string, i int) string {
	if i >= len(cells) || blank(cells[i]) {
		return ""
	}
	return strings.TrimSpace(cells[i])
}

// Part is the column that names a part of an item (子项), beside the item's name;
// -1 if there is none.
func (t *Table) Part() int {
	for _, n := range subNames {
		if i := slices.Index(t.words, n); i >= 0 && i != t.NameColumn() {
			return i
		}
	}
	return -1
}

// Name is what stands in the column of the name.
func (t *Table) Name(cells []string) string {
	for _, n := range names["name"] {
		if i := slices.Index(t.words, n); i >= 0 && i < len(cells) && !blank(cells[i]) {
			return strings.TrimSpace(cells[i])
		}
	}
	return ""
}

// NameColumn is where the name stands.
func (t *Table) NameColumn() int {
	for _, n := range names["name"] {
		if i := slices.Index(t.words, n); i >= 0 {
			return i
		}
	}
	return 0
}

// Rows makes a draft of the rows of one item, the first of which tells what the
// item has one of.
func (t *Table) Rows(rows [][]string) *Draft { return Of(t.record(rows)) }

func (t *Table) record(rows [][]string) map[string]any {
	x := recording{t, map[string]any{}, map[string][]any{}, map[string]string{}}
	for n, cells := range rows {
		x.row(n, cells)
	}
	for g, list := range x.lists {
		t.put(x.record, g, list)
	}
	return x.record
}

// recording is the record of one item while its rows are read.
type recording struct {
	*Table
	record map[string]any
	lists  map[string][]any  // of a group: one entry a row
	above  map[string]string // what the last row said
}

// row reads the nth row of the item: what belongs to a group becomes an entry of
// its own.
func (x *recording) row(n int, cells []string) {
	entries := map[string]map[string]any{}
	for i, c := range cells {
		c = strings.TrimSpace(c)
		switch {
		case blank(c):
		case i >= len(x.heads):
			x.record[unheaded(i)] = c
		case x.grouped[x.words[i]]:
			g := groups[x.words[i]]
			if entries[g] == nil {
				entries[g] = map[string]any{}
			}
			entries[g][x.words[i]] = c
			x.above[x.words[i]] = c
		default:
			x.single(n, i, c)
		}
	}
	for g, m := range entries {
		x.lists[g] = append(x.lists[g], m)
	}
}

// single reads a cell of what an item has one of, or a list in itself.
func (x *recording) single(n, i int, c string) {
	word := x.words[i]
	switch {
	case word == "":
		x.record[x.heads[i]+unheaded(i)] = c
	case n == 0 || x.record[word] == nil:
		x.record[word] = x.cell(word, x.units[i], c)
	case x.above[word] != c && listed(word): // what a merged cell says again is said once
		x.record[word] = append(asList(x.record[word]), c)
	case x.above[word] != c && x.record[word] != c:
		x.record[x.heads[i]+"（同一事项第"+strconv.Itoa(n+1)+"行）"] = c
	}
	x.above[word] = c
}

// unheaded names a column by where it stands.
func unheaded(i int) string { return "（第" + sheet.ColumnName(i) + "列）" }

// put puts what stands on several rows under its field.
func (t *Table) put(record map[string]any, group string, list []any) {
	if group != "fee" {
		record[group] = list
		return
	}
	list = slices.CompactFunc(list, func(a, b any) bool { return reflect.DeepEqual(a, b) }) // of merged cells
	for _, n := range names["fee"] {
		if v, ok := record[n]; ok {
			delete(record, n)
			for _, one := range list {
				one.(map[string]any)["charged"] = v
			}
		}
	}
	if record["fee"] = list; len(list) == 1 {
		record["fee"] = list[0]
	}
}

// cell is what stands in a cell: a limit with the unit of its heading, a list
// where lists are, a text otherwise.
func (t *Table) cell(word, unit, c string) any {
	if unit != "" {
		if _, ok := numberOf(c); ok {
			return map[string]any{"value": c, "unit": unit}
		}
	}
	if !listed(word) || word == "by_law" {
		return c
	}
	return several(c)
}

// listed reports whether a field holds several.
func listed(word string) bool {
	for _, k := range []string{"conditions", "materials", "steps", "results", "bases"} {
		if slices.Contains(names[k], word) {
			return true
		}
	}
	return false
}

func asList(v any) []any {
	if all, ok := v.([]any); ok {
		return all
	}
	return []any{v}
}
