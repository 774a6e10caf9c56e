package themes

import "tongban/internal/catalogue/items"

// What a kind of copy wants: the original, a copy, both, or one of them.
type wants struct{ original, copied bool }

var wanted = map[items.Copy]wants{
	items.Original: {original: true}, items.Duplicate: {copied: true}, items.OriginalAndCopy: {true, true}, items.OriginalOrCopy: {},
}

// strictCopy is the kind of copy that suits both.
func strictCopy(a, b items.Copy) items.Copy {
	if a == "" || a == b {
		return b
	}
	if b == "" {
		return a
	}
	w := wants{wanted[a].original || wanted[b].original, wanted[a].copied || wanted[b].copied}
	switch w {
	case wants{true, true}:
		return items.OriginalAndCopy
	case wants{original: true}:
		return items.Original
	case wants{copied: true}:
		return items.Duplicate
	}
	return items.OriginalOrCopy
}

// strictForm is the form that suits both; ok is false where none does.
func strictForm(a, b items.PaperForm) (_ items.PaperForm, ok bool) {
	switch {
	case a == "" || a == items.PaperOrElectronic:
		return b, true
	case b == "" || b == items.PaperOrElectronic || a == b:
		return a, true
	}
	return items.Paper, false // paper can be scanned; a file cannot be handed over
}

// need is how strictly a material is demanded.
var need = map[items.Necessity]int{items.Optional: 1, items.LaterOK: 2, items.Must: 3}

// stricter is what one material must be in place of two. Every requirement is
// the stricter of both; what only one of them has, such as being fetched from a
// register, is lost. clash says what cannot be had at once.
func stricter(a, b items.Material) (m items.Material, clash string) {
	m = a
	if need[b.Necessity] > need[a.Necessity] {
		m.Necessity = b.Necessity
	}
	m.Kind = strictCopy(a.Kind, b.Kind)
	form, ok := strictForm(a.Form, b.Form)
	if m.Form = form; !ok {
		clash = "一处只要纸质，一处只要电子"
	}
	m.Copies = max(a.Copies, b.Copies)
	m.Deferrable, m.Promisable = a.MayFollow() && b.MayFollow(), a.Promisable && b.Promisable
	if m.Necessity == items.LaterOK && !m.Deferrable {
		m.Necessity = items.Must
	}
	if a.Certificate != b.Certificate || a.Fetched() != b.Fetched() || a.Holder != b.Holder {
		m.Certificate, m.Holder = "", ""
	}
	if a.MaxMB == 0 || b.MaxMB > 0 && b.MaxMB < a.MaxMB {
		m.MaxMB = b.MaxMB
	}
	m.Standard = both(a.Standard, b.Standard)
	m.Note = both(a.Note, b.Note)
	return m, clash
}

// called gives a material the name under which the theme asks for it. What was
// not the applicant's own certificate does not become so by another name.
func called(m items.Material, id, name string) items.Material {
	own := m.Fetched()
	if m.ID, m.Name = id, name; !own && m.Fetched() {
		m.Certificate = ""
	}
	return m
}

func both(a, b string) string {
	if a == "" || a == b {
		return b
	}
	if b == "" {
		return a
	}
	return a + "；" + b
}
