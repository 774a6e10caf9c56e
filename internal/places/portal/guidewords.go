package portal

import (
	"net/url"
	"strings"

	"tongban/internal/catalogue/guides"
	"tongban/internal/catalogue/items"
	"tongban/internal/places/frame"
)

func factRows(facts []guides.Fact) []frame.Row {
	rows := make([]frame.Row, len(facts))
	for i, f := range facts {
		rows[i] = frame.Row{Key: f.Name, Value: f.Value}
		if isAddress(f.Value) {
			rows[i].Body = webLink(f.Value)
		}
	}
	return rows
}

// isAddress reports whether a text is an address on the web and nothing else.
func isAddress(text string) bool {
	to, err := url.Parse(text)
	return err == nil && (to.Scheme == "https" || to.Scheme == "http") && to.Host != "" && !strings.ContainsAny(text, " ，；、")
}

func columnsOf(head []string) []frame.Column {
	columns := make([]frame.Column, len(head))
	for i, h := range head {
		columns[i] = frame.Column{Title: h}
	}
	return columns
}

func qaOf(list []items.QA) []frame.QA {
	all := make([]frame.QA, len(list))
	for i, q := range list {
		all[i] = frame.QA(q)
	}
	return all
}

// needsOf are the materials as the guide lists them.
func needsOf(list []items.Material, c chapter) []frame.Need {
	needs := make([]frame.Need, len(list))
	for i, m := range list {
		needs[i] = frame.Need{Name: m.Name, How: howWords(m), Note: materialNote(c, i), Marks: materialTags(m)}
	}
	return needs
}

func howWords(m items.Material) string {
	return string(m.Kind) + "，" + string(m.Form) + "，" + itoa(m.Copies) + " 份 · " + string(m.Channel)
}

// materialNote is what the guide's own table says of a material in its last
// column: when it is asked, and what it must be like.
func materialNote(c chapter, at int) string {
	for _, b := range c.Blocks {
		if b.Table != nil && at < len(b.Table.Rows) {
			row := b.Table.Rows[at]
			return row[len(row)-1]
		}
	}
	return ""
}

// assumedMark marks what holds an assumed element of that name.
func assumedMark(e *items.Edition, name string) string {
	if strings.Contains(strings.Join(e.Assumed, "；"), name) {
		return "示例假定"
	}
	return ""
}

func feeWords(fees []items.Fee) string {
	if len(fees) == 0 {
		return "不收费"
	}
	var all []string
	for _, f := range fees {
		all = append(all, f.Name+"，"+f.Standard)
	}
	return strings.Join(all, "；")
}
