package portal

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// listsView is the index of the published lists.
type listsView struct{ Rows []listsRow }

type listsRow struct {
	List  items.List
	Count int
}

func (p *Portal) listsPage(w http.ResponseWriter, r *http.Request) error {
	counts, err := p.Items.Counts(r.Context())
	if err != nil {
		return err
	}
	var v listsView
	for _, l := range items.Lists() {
		v.Rows = append(v.Rows, listsRow{l, counts.Topics[l.Topic()]})
	}
	page.Show(w, r, listsShow(below(r, "公布的清单"), v))
	return nil
}

// listView is a page of one published list.
type listView struct {
	List   items.List
	Query  string
	Ways   []frame.Link // 证照分离: the four ways
	Way    string
	Head   []string
	Rows   []listRow
	First  string
	Next   string
	Print  string
	From   int    // on paper: how many were printed before
	Rest   string // and where the rest is printed
	Loose  bool
	Sample bool // holds elements that are assumed
}

// listRow is an item on a list: its name and what the list says of it.
type listRow struct {
	Entry items.Entry
	Cells []string
}

func (p *Portal) listPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.list(r, perPage)
	if err != nil {
		return err
	}
	page.Show(w, r, listShow(below(r, v.List.Name, frame.Link{Text: "公布的清单", Href: "/lists"}), v))
	return nil
}

// onPaper is how many items one printing of a list holds; the rest of a longer one
// is printed after it.
const onPaper = 1000

func (p *Portal) listPrint(w http.ResponseWriter, r *http.Request) error {
	v, err := p.list(r, onPaper)
	if err != nil {
		return err
	}
	f := page.Query(r)
	if v.From = min(max(f.Int("from"), 0), 1_000_000); f.Err() != nil {
		return f.Err()
	}
	if v.Next != "" {
		v.Rest = strings.Replace(v.Next, "?", "/print?", 1) + "&from=" + strconv.Itoa(v.From+len(v.Rows))
	}
	page.Show(w, r, listPaper(frame.Of(r).Named(v.List.Name), v))
	return nil
}

func (p *Portal) list(r *http.Request, limit int) (listView, error) {
	ctx, f := r.Context(), page.Query(r)
	l, err := items.ListOf(r.PathValue("list"))
	if err != nil {
		return listView{}, err
	}
	v := listView{List: l, Query: clipped(f.Text("q"), 100), Way: f.OneOf("way", items.Reforms...)}
	if err := f.Err(); err != nil {
		return v, err
	}
	entries, err := p.listed(r, &v, cursorOf(f.Text("after")), limit)
	if err != nil {
		return v, err
	}
	editions, err := p.Items.Editions(ctx, entries)
	if err != nil {
		return v, err
	}
	v.Head = l.Head()
	for i, e := range editions {
		row := listRow{Entry: entries[i]}
		if e != nil {
			row.Cells = l.Cells(e)
			v.Sample = v.Sample || len(e.Assumed) > 0
		}
		v.Rows = append(v.Rows, row)
	}
	if l.ID == "business" {
		v.Ways = wayLinks(v.Way)
	}
	return v, nil
}

// listed are the entries of a page of the list: found by a search, or in the
// order of their names.
func (p *Portal) listed(r *http.Request, v *listView, after items.Cursor, limit int) ([]items.Entry, error) {
	filter := items.Filter{Topic: v.List.Topic()}
	if v.Way != "" {
		filter.Topic = items.ReformTopic(v.Way)
	}
	at := "/lists/" + v.List.ID
	v.Print = address(at+"/print", "way", v.Way, "q", v.Query)
	if v.Query != "" {
		found, err := p.Items.Search(r.Context(), v.Query, filter, 0)
		v.Loose = found.Loose
		return found.Hits, err
	}
	entries, next, err := p.upTo(r.Context(), filter, after, limit)
	if after != (items.Cursor{}) {
		v.First = address(at, "way", v.Way)
	}
	if to := cursorText(next); to != "" {
		v.Next = address(at, "way", v.Way, "after", to)
	}
	return entries, err
}

// upTo lists entries as one page, however many the catalogue lists at once.
func (p *Portal) upTo(ctx context.Context, f items.Filter, after items.Cursor, limit int) (all []items.Entry, next items.Cursor, err error) {
	for next = after; len(all) < limit; {
		some, to, err := p.Items.List(ctx, f, next, limit-len(all))
		all = append(all, some...)
		if next = to; err != nil || next == (items.Cursor{}) {
			return all, next, err
		}
	}
	return all, next, nil
}

func wayLinks(chosen string) []frame.Link {
	links := []frame.Link{{Text: "全部", Href: "/lists/business", Here: chosen == ""}}
	for _, w := range items.Reforms {
		links = append(links, frame.Link{Text: w, Href: address("/lists/business", "way", w), Here: w == chosen})
	}
	return links
}
