package frame

import "tongban/internal/handling/cases"

// PutRight is what a correction, or one on the spot, changed in the form: old and
// new, what was wrong with the papers, and how the applicant confirmed it.
func PutRight(e cases.Event) string {
	var w words
	w.add("", cases.SayChanges(e.Changes))
	if k := e.Confirmed; k != nil {
		for _, h := range e.Materials {
			w.add("重新收下：", h.Name)
		}
		w.add("更正说明：", e.Reason)
		w.add("申请人确认：", k.Say())
	}
	return string(w)
}
