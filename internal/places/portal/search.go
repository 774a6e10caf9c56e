package portal

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/agencies"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// searchView is what was asked, what may be asked, and what was found.
type searchView struct {
	Query   string
	Chosen  narrowing
	Choices choices
	Themes  []frame.Found // several items as one matter
	Hits    []frame.Found
	Loose   bool // nothing fits exactly: these come near
	Else    []frame.Link
	Prev    string
	Next    string
}

// narrowing is how a list or search was narrowed, as the address carries it.
type narrowing struct{ For, Type, Agency, Region, Level, Topic string }

func narrowingOf(f *page.Form) narrowing {
	return narrowing{f.Text("for"), f.Text("type"), f.Text("agency"), f.Text("region"), f.Text("level"), f.Text("topic")}
}

func (n narrowing) filter() items.Filter {
	return items.Filter{
		Agency: n.Agency, Type: items.Type(n.Type), Level: items.Level(n.Level), Region: n.Region, Topic: n.Topic,
		Person: n.For == "person", Firm: n.For == "firm",
	}
}

func (n narrowing) pairs(more ...string) []string {
	return append([]string{"for", n.For, "type", n.Type, "agency", n.Agency, "region", n.Region, "level", n.Level, "topic", n.Topic}, more...)
}

// choices are what lists can be narrowed by.
type choices struct{ For, Type, Agency, Region, Level []frame.Choice }

func (p *Portal) searchPage(w http.ResponseWriter, r *http.Request) error {
	f := page.Query(r)
	v := searchView{Query: clipped(f.Text("q"), 100), Chosen: narrowingOf(f)}
	at := max(f.Int("page"), 0)
	if err := f.Err(); err != nil {
		return err
	}
	var err error
	if v.Choices, err = p.choices(r.Context()); err != nil {
		return err
	}
	if err := p.seek(r.Context(), &v, at); err != nil {
		return err
	}
	title := "搜索"
	if v.Query != "" {
		title = v.Query + " · 搜索"
	}
	page.Show(w, r, searchShow(frame.Of(r).Named(title).Lively(), v))
	return nil
}

// seek fills in what was found on page at.
func (p *Portal) seek(ctx context.Context, v *searchView, at int) error {
	found, err := p.Items.Search(ctx, v.Query, v.Chosen.filter(), at)
	if err != nil {
		return err
	}
	v.Hits, v.Loose = foundAll(found.Hits), found.Loose
	if at == 0 {
		if v.Themes, err = p.themesCalled(ctx, v.Query); err != nil {
			return err
		}
	}
	turn := func(to int) string {
		number := ""
		if to > 0 {
			number = itoa(to)
		}
		return address("/search", v.Chosen.pairs("q", v.Query, "page", number)...)
	}
	if at > 0 {
		v.Prev = turn(at - 1)
	}
	if found.More {
		v.Next = turn(at + 1)
	}
	if at == 0 && v.Query != "" {
		v.Else, err = p.elsewhere(ctx, v.Query)
	}
	return err
}

// mostElse is how many departments and halls a search offers beside items.
const mostElse = 3

// elsewhere are departments and halls whose names hold what was asked.
func (p *Portal) elsewhere(ctx context.Context, query string) ([]frame.Link, error) {
	var links []frame.Link
	bodies, err := p.Agencies.List(ctx, agencies.Filter{Text: query})
	if err != nil {
		return nil, err
	}
	for _, a := range bodies[:min(len(bodies), mostElse)] {
		links = append(links, frame.Link{Text: a.Name, Href: "/departments/" + a.ID, Icon: "building-2"})
	}
	all, err := p.Halls.All(ctx)
	if err != nil {
		return nil, err
	}
	for _, h := range all {
		if strings.Contains(h.Name, query) && len(links) < 2*mostElse {
			links = append(links, frame.Link{Text: h.Name, Href: "/halls/" + h.ID, Icon: "map-pin"})
		}
	}
	return links, nil
}

// choices are the values that at least one item has.
func (p *Portal) choices(ctx context.Context) (choices, error) {
	counts, err := p.Items.Counts(ctx)
	if err != nil {
		return choices{}, err
	}
	bodies, err := p.Agencies.Directory(ctx)
	if err != nil {
		return choices{}, err
	}
	all := func(say string) []frame.Choice { return []frame.Choice{{Label: say}} }
	c := choices{For: append(all("个人和企业"), frame.Choice{Value: "person", Label: "个人"}, frame.Choice{Value: "firm", Label: "企业"})}
	c.Type, c.Agency, c.Region, c.Level = all("全部类型"), all("全部部门"), all("全部区划"), all("全部层级")
	for _, t := range items.Types() {
		if counts.Types[t] > 0 {
			c.Type = append(c.Type, frame.Choice{Value: string(t), Label: string(t)})
		}
	}
	for _, l := range []items.Level{items.Province, items.City, items.County, items.Town, items.Village} {
		if counts.Levels[l] > 0 {
			c.Level = append(c.Level, frame.Choice{Value: string(l), Label: string(l)})
		}
	}
	for _, b := range bodyLinks(bodies, counts, len(counts.Agencies)) {
		c.Agency = append(c.Agency, frame.Choice{Value: strings.TrimPrefix(b.Href, "/departments/"), Label: b.Text})
	}
	for _, place := range p.places(counts) {
		c.Region = append(c.Region, frame.Choice{Value: place.Code.Long(), Label: place.Name})
	}
	return c, nil
}

// hints are searches to try when nothing was found or asked.
var hints = []string{"身份证", "开饭店", "上户口", "社保卡", "营业执照", "高龄津贴"}

func searchFor(q string) string { return "/search?q=" + url.QueryEscape(q) }

func clipped(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}
