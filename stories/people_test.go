package stories

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"tongban/data"
	"tongban/internal/app"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/handling/cases"
)

func split(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, "、")
}

func days(n string) clock.Limit {
	count, _ := strconv.Atoi(n) // digits, by the pattern
	return clock.Limit{N: count, Unit: clock.WorkingDays}
}

func (s *teller) id(name string) cases.ID {
	id, ok := s.cases[name]
	if !ok {
		s.t.Fatalf("%s\nno case is called %s", s.line, name)
	}
	return id
}

func (s *teller) find(name string) *cases.Case {
	c, err := s.Cases.Store.Case(s.t.Context(), s.id(name))
	if err != nil {
		s.t.Fatalf("%s: %v", s.line, err)
	}
	return c
}

// work is the open work of a step.
func (s *teller) work(name, step string) flow.Work {
	open := s.find(name).Flow.Open
	i := slices.IndexFunc(open, func(w flow.Work) bool { return w.Name == step })
	if i < 0 {
		s.t.Fatalf("%s\nno such work is open: %v", s.line, open)
	}
	return open[i]
}

// deciding is the open work that decides.
func (s *teller) deciding(name string) string {
	for _, w := range s.find(name).Flow.Open {
		if w.Decides {
			return w.ID
		}
	}
	s.t.Fatalf("%s\nit is not yet time to decide", s.line)
	return ""
}

// person is somebody of the sample city by name, login, or as the holder of a
// post: 窗口 is a window of the city's service centre.
func (s *teller) person(name string) identity.Actor {
	people := s.sample()
	for _, p := range people.Persons {
		if p.Name == name || p.Login == name {
			return identity.Actor{Account: "u-" + p.Login, Name: p.Name, Party: p.ID, Channel: "mobile"}
		}
	}
	for _, p := range people.Staff {
		if p.Name == name || p.Login == name {
			return s.official("u-"+p.Login, p.Name)
		}
	}
	s.t.Fatalf("%s\nnobody is called %s", s.line, name)
	return identity.Actor{}
}

func (s *teller) official(account, name string) identity.Actor {
	posts, err := s.Staff.Posts(s.t.Context(), account, calendar.DayOf(s.now))
	if err != nil {
		s.t.Fatalf("%s: %v", s.line, err)
	}
	deputed, err := s.Staff.Deputed(s.t.Context(), account, calendar.DayOf(s.now))
	if err != nil {
		s.t.Fatalf("%s: %v", s.line, err)
	}
	return identity.Actor{Account: account, Name: name, Posts: posts, Deputed: deputed, Channel: "pc"}
}

// holder is somebody who holds the post that a work asks for and has not signed it.
func (s *teller) holder(w flow.Work) identity.Actor {
	all, err := s.Staff.Holders(s.t.Context(), w.Agency, w.Role)
	if err != nil {
		s.t.Fatalf("%s: %v", s.line, err)
	}
	for _, h := range all {
		signed := slices.ContainsFunc(w.Signed, func(sign flow.Sign) bool { return sign.By == h.Account })
		if !signed {
			return s.official(h.Account, h.Name)
		}
	}
	s.t.Fatalf("%s\nnobody in %s holds %s as %s", s.line, w.Agency, w.Post, w.Role)
	return identity.Actor{}
}

// people are read once, and only read.
var people = sync.OnceValues(func() (staff.Sample, error) {
	text, err := data.Sample.ReadFile("sample/people.yaml")
	if err != nil {
		return staff.Sample{}, err
	}
	return staff.ParseSample(text)
})

func (s *teller) sample() staff.Sample {
	all, err := people()
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// application fills in a form as an ordinary person would: given is 名＝值 by
// spaces, everything else gets the first answer that fits. All materials that
// are asked for are there, except those named.
func (s *teller) application(e *items.Edition, by identity.Actor, without []string, given string) cases.Application {
	answers := forms.Answers{}
	for _, pair := range strings.Fields(given) {
		name, value, _ := strings.Cut(pair, "=")
		answers[name] = value
	}
	for _, name := range without {
		if _, ok := e.Material(name); !ok {
			s.t.Fatalf("%s\n%s asks for no %s", s.line, e.Name, name)
		}
	}
	return app.Example(e, cases.Applicant{Party: by.Party, Name: by.Name}, answers, without, calendar.DayOf(s.now))
}

// onList is the edition in force of the item that a search for its name finds.
func (s *teller) onList(name string) (*items.Edition, error) {
	ctx := s.t.Context()
	found, err := s.Items.Search(ctx, name, items.Filter{}, 0)
	if err != nil || len(found.Hits) == 0 {
		s.t.Fatalf("%s\nno item is called %s (%v)", s.line, name, err)
	}
	return s.Items.Open(ctx, found.Hits[0].ID, calendar.DayOf(s.now))
}

// material is the edition's ID of a material by its name.
func (s *teller) material(name, material string) string {
	f, err := s.Cases.Frame(s.t.Context(), s.find(name))
	if err != nil {
		s.t.Fatalf("%s: %v", s.line, err)
	}
	m, ok := f.Edition.Material(material)
	if !ok {
		return material
	}
	return m.ID
}

func (s *teller) handed(name, list string) []cases.Handed {
	var all []cases.Handed
	for _, m := range split(list) {
		all = append(all, cases.Handed{Material: s.material(name, m), Files: []cases.File{{Hash: fmt.Sprintf("h-%d", s.now.Unix()), Name: m + ".pdf", Type: "pdf", Size: 2048}}})
	}
	return all
}
