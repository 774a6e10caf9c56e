package themes

import "tongban/internal/engine/forms"

// A Handing is the list of somebody's materials by what they have to do for each.
type Handing struct {
	Bring    []Material // handed in
	IfOwn    []Material // not handed in by whose own they are
	Optional []Material // handed in by who likes
	Fetched  []Material // from other departments, once they agree
}

// Handing is what somebody who gave these answers hands in, and what they do not.
func (c *Composed) Handing(answers forms.Answers) (h Handing) {
	for _, m := range c.For(answers) {
		switch {
		case m.Fetched():
			h.Fetched = append(h.Fetched, m)
		case m.FetchedIfOwn():
			h.IfOwn = append(h.IfOwn, m)
		case m.Necessity == "非必要":
			h.Optional = append(h.Optional, m)
		default:
			h.Bring = append(h.Bring, m)
		}
	}
	return h
}
