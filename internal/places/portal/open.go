package portal

import (
	"context"
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/page"
	"tongban/internal/oversight/publicity"
	"tongban/internal/oversight/rating"
	"tongban/internal/places/frame"
)

// openView is what the public may read of how things went.
type openView struct {
	Figures []frame.Figure
	Results []publicity.Result
	Name    string
	Agency  string
	Bodies  []frame.Choice
	First   string
	Next    string
	Ratings []rating.Public
}

// Any reports whether there is anything to show yet.
func (v openView) Any() bool { return len(v.Results) > 0 || len(v.Ratings) > 0 }

// latelyKept is how long the front page shows the same.
const latelyKept = time.Minute

// held is what the front page shows to everybody alike.
type held struct {
	sync.Mutex
	front front
	until time.Time
}

// front is how the city is doing: how things went of late, and how long one
// waits in its halls.
type front struct {
	Open  openView
	Halls []hallNow
	All   int // how many halls there are
}

// lately is how the city is doing, as of at most a minute ago.
func (p *Portal) lately(ctx context.Context, most int) (front, error) {
	p.held.Lock()
	defer p.held.Unlock()
	now := p.Now()
	if now.Before(p.held.until) && !now.Before(p.held.until.Add(-latelyKept)) {
		return p.held.front, nil
	}
	open, err := p.latest(ctx, most)
	if err != nil {
		return front{}, err
	}
	waits, all, err := p.hallsNow(ctx, most)
	if err != nil {
		return front{}, err
	}
	p.held.front, p.held.until = front{open, waits, all}, now.Add(latelyKept)
	return p.held.front, nil
}

func (p *Portal) latest(ctx context.Context, most int) (v openView, err error) {
	if v.Results, err = p.Publicity.List(ctx, publicity.Filter{Limit: most}); err != nil {
		return v, err
	}
	if v.Ratings, err = p.Ratings.Published(ctx, rating.Filter{Region: p.whole(), Limit: 1}); err != nil {
		return v, err
	}
	v.Figures, err = p.figures(ctx)
	return v, err
}

// whole is the division that holds all others.
func (p *Portal) whole() string {
	for _, r := range p.Regions.Children("", 0) {
		return r.Code.Long()
	}
	return ""
}

// figures are the numbers that stand beside the results; what nobody has done
// yet is left out.
func (p *Portal) figures(ctx context.Context) ([]frame.Figure, error) {
	recent, err := p.Publicity.Recent(ctx)
	if err != nil {
		return nil, err
	}
	var all []frame.Figure
	if recent.Decided > 0 {
		all = append(all,
			frame.Figure{Name: "近 30 天公开的许可", Value: itoa(recent.Decided), Unit: "件", Note: recent.Since.Han() + "以来"},
			frame.Figure{Name: "在承诺时限内作出", Value: percent(recent.InTime, recent.Decided), Unit: "%", Note: "超过承诺时限 " + itoa(recent.Decided-recent.InTime) + " 件"})
	}
	tally, err := p.Ratings.Tally(ctx, rating.Filter{Region: p.whole()})
	if err != nil {
		return nil, err
	}
	if n := tally.Total(); n > 0 {
		all = append(all, frame.Figure{Name: "好评率", Value: rounded(tally.Praise() * 100), Unit: "%", Note: "共 " + itoa(n) + " 条评价，不催不代评", Href: "/open/ratings"})
	}
	return all, nil
}

func percent(part, whole int) string { return rounded(100 * float64(part) / float64(whole)) }

// rounded is a share with at most one decimal, rounded down: nobody is 100 who
// is not.
func rounded(share float64) string {
	return strconv.FormatFloat(math.Floor(share*10)/10, 'f', -1, 64)
}

func (p *Portal) openPage(w http.ResponseWriter, r *http.Request) error {
	ctx, f := r.Context(), page.Query(r)
	v := openView{Name: clipped(f.Text("name"), 50), Agency: f.Text("agency")}
	after := f.Text("after")
	filter := publicity.Filter{Agency: v.Agency, Item: items.ID(f.Text("item")), Name: v.Name, After: after, Limit: perPage}
	var err error
	if v.Results, err = p.Publicity.List(ctx, filter); err != nil {
		return err
	}
	if v.Figures, err = p.figures(ctx); err != nil {
		return err
	}
	c, err := p.choices(ctx)
	if err != nil {
		return err
	}
	v.Bodies = c.Agency
	if after != "" {
		v.First = address("/open", "name", v.Name, "agency", v.Agency)
	}
	if len(v.Results) == perPage {
		v.Next = address("/open", "name", v.Name, "agency", v.Agency, "after", v.Results[perPage-1].Cursor)
	}
	page.Show(w, r, openShow(below(r, "办件结果与评价公开"), v))
	return nil
}

func (p *Portal) ratingsPage(w http.ResponseWriter, r *http.Request) error {
	all, err := p.Ratings.Published(r.Context(), rating.Filter{Region: p.whole(), Limit: 50})
	if err != nil {
		return err
	}
	figures, err := p.figures(r.Context())
	if err != nil {
		return err
	}
	bodies, err := p.Agencies.Directory(r.Context())
	if err != nil {
		return err
	}
	for i := range all {
		all[i].Agency = bodies.Name(all[i].Agency)
	}
	page.Show(w, r, ratingsShow(below(r, "好差评公开", frame.Link{Text: "结果与评价公开", Href: "/open"}), openView{Ratings: all, Figures: figures}))
	return nil
}

// gradeTone colours a rating.
func gradeTone(g rating.Grade) frame.Tone {
	if g.Poor() {
		return frame.Red
	}
	return frame.Green
}

// openTabs are the pages of what is public; here is the address of the one shown.
func openTabs(here string) []frame.Link {
	all := []frame.Link{{Text: "办件结果", Href: "/open"}, {Text: "告知承诺", Href: "/open/pledges"}, {Text: "好差评", Href: "/open/ratings"}, {Text: "听证公告", Href: "/hearings"}, {Text: "事项清单", Href: "/lists"}}
	for i := range all {
		all[i].Here = all[i].Href == here
	}
	return all
}
