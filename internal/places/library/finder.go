package library

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// A finder is a field of a form in which to look for something, and what was
// found to be ticked (找法条、找事项). It posts what it looks for as Name.find and
// what is ticked as Name.pick; its buttons post find.
type finder struct {
	Name    string
	Query   string
	Asked   bool
	Say     string // of what was found
	Choices []frame.Choice
	More    string // posted as find, leads to the next page; "": there is none
}

// offered is how many things a finder offers at a time.
const offered = 20

// finderOf is what a form asks of the finder of that name. The button of any
// finder asks all: Enter in a field presses the first button of a form,
// whichever that is. The second result is where the page asked for begins.
func finderOf(f *page.Form, name string) (finder, url.Values) {
	own := finder{Name: name, Query: f.Text(name + ".find")}
	own.Asked = f.Has("find") && own.Query != ""
	asked, after, _ := strings.Cut(f.Values().Get("find"), "?")
	if asked != name {
		after = ""
	}
	from, _ := url.ParseQuery(after) // what is no button of ours is the first page
	return own, from
}

// follows says that the next page begins there.
func (f *finder) follows(from url.Values) { f.More = f.Name + "?" + from.Encode() }

// lawFinder looks in the register of laws.
func (l *Library) lawFinder(r *http.Request, f *page.Form, name string) (finder, error) {
	own, from := finderOf(f, name)
	if !own.Asked {
		return own, nil
	}
	all, err := l.Laws.Find(r.Context(), own.Query, articleAt(from), offered+1)
	if len(all) > offered {
		all = all[:offered]
		own.follows(placeOf(all[offered-1]))
		own.Say = "找到的较多，可以加上条号再找"
	}
	for _, a := range all {
		own.Choices = append(own.Choices, frame.Choice{Value: a.Citation(), Label: a.Citation(), Hint: inShort(a)})
	}
	return own, err
}

// itemFinder looks among the items in force.
func (l *Library) itemFinder(r *http.Request, f *page.Form, name string) (finder, error) {
	own, from := finderOf(f, name)
	if !own.Asked {
		return own, nil
	}
	n, _ := strconv.Atoi(from.Get("page")) // what is no number is the first page
	found, err := l.Items.Search(r.Context(), own.Query, items.Filter{}, n)
	if found.Loose {
		own.Say = "没有完全相符的事项，下面是相近的"
	}
	if found.More {
		own.follows(url.Values{"page": {itoa(n + 1)}})
	}
	for _, e := range found.Hits {
		own.Choices = append(own.Choices, frame.Choice{Value: string(e.ID), Label: e.Name, Hint: l.place(e.Region) + " " + e.AgencyName})
	}
	return own, err
}

// picked are the things ticked in a finder, each once.
func picked(f *page.Form, name string) []string {
	var all []string
	for _, one := range f.Values()[name+".pick"] {
		if one = strings.TrimSpace(one); one != "" && !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return all
}
