package portal

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// An application is a draft with all that its pages show.
type application struct {
	*cases.Draft
	Edition *items.Edition
	Whole   forms.Form // questions and form
	Today   calendar.Day
	Fetched cases.Held // what need not be handed in
	Asker   items.Asker
	By      identity.Actor
}

// drafting opens the draft of the address for a page. One written under an
// older edition is first carried over.
func (p *Portal) drafting(do func(http.ResponseWriter, *http.Request, *application) error) frame.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		a, err := p.application(r)
		if err != nil {
			return err
		}
		if a.Draft.Edition != a.Edition.Number {
			page.SeeOther(w, r, a.at("changed"))
			return nil
		}
		return do(w, r, a)
	}
}

func (p *Portal) application(r *http.Request) (*application, error) {
	ctx, by := r.Context(), frame.Actor(r)
	d, err := p.Cases.Draft(ctx, r.PathValue("draft"), by)
	if err != nil {
		return nil, err
	}
	today := calendar.DayOf(p.Now())
	e, err := p.offered(ctx, d.Item, d.Answers)
	if err != nil {
		return nil, err
	}
	a := &application{Draft: d, Edition: e, Whole: e.Form.With(e.Questions), Today: today, By: by}
	if a.Asker, err = p.Cases.Asker(ctx, d.Party, e, d.Answers); err != nil {
		return nil, err
	}
	a.Fetched, err = p.Cases.Held(ctx, d.Party, e, d.Answers)
	return a, err
}

// unfetched says why no certificate of the applicant's stands for a material.
func (a *application) unfetched(m items.Material) string {
	return a.Edition.Unfetched(m, a.Asker)
}

// at is the address of a page of the draft.
func (a *application) at(page string) string { return "/my/drafts/" + a.ID + "/" + page }

func (a *application) ask(screen string) string { return a.at("ask/" + url.PathEscape(screen)) }

// A stop is one page on the way through an application.
type stop struct {
	Path    string
	Section string
	Minutes float64 // how long it takes, about
}

// way is every stop from the first question to the check page.
func (a *application) way() []stop {
	var way []stop
	for _, s := range forms.Screens(a.Whole, a.Answers, a.Today) {
		way = append(way, stop{a.ask(s.ID), s.Group, 0.3 * float64(len(s.Fields))})
	}
	if materials := a.Edition.MaterialsFor(a.Answers); len(materials) > 0 {
		minutes := 0.0
		for _, m := range materials {
			if a.Fetched[m.ID] == "" && m.Necessity == items.Must && !written(m) {
				minutes++
			}
		}
		way = append(way, stop{a.at("materials"), "materials", minutes})
	}
	return append(way, stop{a.at("delivery"), "delivery", 0.3}, stop{a.at("check"), "check", 0.7})
}

// minutes is about how long stops take; a minute at least.
func minutes(way []stop) int {
	sum := 0.0
	for _, s := range way {
		sum += s.Minutes
	}
	return max(1, int(math.Ceil(sum)))
}

// after is the stop that follows path.
func (a *application) after(path string) string {
	way := a.way()
	at := slices.IndexFunc(way, func(s stop) bool { return s.Path == path })
	if at < 0 || at+1 >= len(way) {
		return a.at("check")
	}
	return way[at+1].Path
}

// bar is the step bar of the stop at path.
func (a *application) bar(path string) frame.StepBar {
	bar := frame.StepBar{Name: a.ItemName, Later: "/my/drafts", Back: "/apply/" + string(a.Item), Saved: a.Changed.In(calendar.Zone).Format("15:04")}
	var sections []string
	var left []stop
	for _, s := range a.way() {
		if !slices.Contains(sections, s.Section) {
			sections = append(sections, s.Section)
		}
		if s.Path == path {
			bar.Step = len(sections)
		}
		if bar.Step > 0 {
			left = append(left, s)
		} else {
			bar.Back = s.Path
		}
	}
	bar.Of, bar.Left = len(sections), fmt.Sprintf("还要约 %d 分钟", minutes(left))
	bar.Ask, bar.Asks = within(a.way(), path)
	return bar
}

// within is the place of path among the stops of its section, and how many those are.
func within(way []stop, path string) (at, of int) {
	here := slices.IndexFunc(way, func(s stop) bool { return s.Path == path })
	for i, s := range way {
		if here >= 0 && s.Section == way[here].Section {
			of++
			if i <= here {
				at++
			}
		}
	}
	return at, of
}

// resumeAt is where to go on: the first stop at which something is missing.
func (a *application) resumeAt() string {
	screens := forms.Screens(a.Whole, a.Answers, a.Today)
	if at := forms.Resume(a.Whole, a.Answers, a.Today); at < len(screens) {
		return a.ask(screens[at].ID)
	}
	if len(a.lacking()) > 0 {
		return a.at("materials")
	}
	if a.Delivery.Way == "" {
		return a.at("delivery")
	}
	return a.at("check")
}

// lacking are the materials that must be there and are not.
func (a *application) lacking() []items.Material {
	var list []items.Material
	for _, m := range a.Edition.MaterialsFor(a.Answers) {
		if m.Necessity == items.Must && !m.MayFollow() && !written(m) && !a.Word.Stands(m) && a.Fetched[m.ID] == "" && len(a.files(m.ID)) == 0 {
			list = append(list, m)
		}
	}
	return list
}

// files are what was uploaded as a material.
func (a *application) files(material string) []cases.File { return handedFiles(a.Materials, material) }

func handedFiles(all []cases.Handed, material string) []cases.File {
	for _, h := range all {
		if h.Material == material {
			return h.Files
		}
	}
	return nil
}

// handed is all that is handed in with the application: what was uploaded for
// materials that are still asked for, and the certificates fetched instead.
func (a *application) handed() []cases.Handed {
	var all []cases.Handed
	for _, m := range a.Edition.MaterialsFor(a.Answers) {
		h := cases.Handed{Material: m.ID, Name: m.Name, Files: a.files(m.ID)}
		if len(h.Files) == 0 {
			h.Certificate = a.Fetched[m.ID]
		}
		if len(h.Files) > 0 || h.Certificate != "" {
			all = append(all, h)
		}
	}
	return all
}

// screen is the screen that asks a field, and whether it is asked.
func (a *application) screen(id string) (forms.Screen, bool) {
	for _, s := range forms.Screens(a.Whole, a.Answers, a.Today) {
		if s.Has(id) {
			return s, true
		}
	}
	return forms.Screen{}, false
}

func itoa(n int) string { return strconv.Itoa(n) }

// sizeSay is a number of bytes as people read it.
func sizeSay(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
	return itoa(int(max(1, n>>10))) + " KB"
}
