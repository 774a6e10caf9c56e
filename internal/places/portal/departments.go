package portal

import (
	"net/http"

	"tongban/internal/catalogue/halls"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/regions"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// departmentsView are the departments that do things for people, by place.
type departmentsView struct{ Groups []departmentGroup }

type departmentGroup struct {
	Name  string
	Links []frame.Link
}

func (p *Portal) departmentsPage(w http.ResponseWriter, r *http.Request) error {
	counts, err := p.Items.Counts(r.Context())
	if err != nil {
		return err
	}
	bodies, err := p.Agencies.Directory(r.Context())
	if err != nil {
		return err
	}
	var v departmentsView
	for _, place := range p.Regions.Children("", calendar.DayOf(p.Now())) {
		v.Groups = append(v.Groups, p.grouped(bodies, counts, place)...)
	}
	page.Show(w, r, departmentsShow(below(r, "部门"), v))
	return nil
}

// grouped are the departments of a place and of every place within it, each
// place for itself.
func (p *Portal) grouped(bodies *agencies.Directory, counts items.Counts, place regions.Region) []departmentGroup {
	var groups []departmentGroup
	here := bodies.List(agencies.Filter{Region: place.Code.Long()})
	g := departmentGroup{Name: place.Name}
	for _, a := range here {
		if n := counts.Agencies[a.ID]; n > 0 {
			g.Links = append(g.Links, frame.Link{Text: a.Name, Href: "/departments/" + a.ID, Count: n})
		}
	}
	if len(g.Links) > 0 {
		groups = append(groups, g)
	}
	if place.Level() >= codes.Town {
		return groups
	}
	for _, inner := range p.Regions.Children(string(place.Code), calendar.DayOf(p.Now())) {
		groups = append(groups, p.grouped(bodies, counts, inner)...)
	}
	return groups
}

// departmentView is one department and what it does.
type departmentView struct {
	Agency agencies.Agency
	Facts  []frame.Row
	Hits   []frame.Found
	Halls  []halls.Hall
	First  string
	Next   string
}

func (p *Portal) departmentPage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	a, err := p.Agencies.Find(ctx, r.PathValue("agency"))
	if err != nil {
		return err
	}
	after := cursorOf(page.Query(r).Text("after"))
	entries, next, err := p.Items.List(ctx, items.Filter{Agency: a.ID}, after, perPage)
	if err != nil {
		return err
	}
	v := departmentView{Agency: a, Hits: foundAll(entries)}
	v.Facts = filled(frame.Row{Key: "电话", Value: a.Phone}, frame.Row{Key: "地址", Value: a.Address}, frame.Row{Key: "区划", Value: p.Regions.Path(a.Region)},
		frame.Row{Key: "复议机关", Value: a.Review}, frame.Row{Key: "管辖法院", Value: a.Court}, frame.Row{Key: "信用代码", Value: a.USCC})
	if v.Halls, err = p.Halls.Run(ctx, a.ID); err != nil {
		return err
	}
	if after != (items.Cursor{}) {
		v.First = "/departments/" + a.ID
	}
	if to := cursorText(next); to != "" {
		v.Next = address("/departments/"+a.ID, "after", to)
	}
	page.Show(w, r, departmentShow(below(r, a.Name, frame.Link{Text: "部门", Href: "/departments"}), v))
	return nil
}

// filled are the rows that say something.
func filled(rows ...frame.Row) []frame.Row {
	var some []frame.Row
	for _, r := range rows {
		if r.Value != "" || r.Body != nil {
			some = append(some, r)
		}
	}
	return some
}

// places are the divisions in which something is carried out, by code.
func (p *Portal) places(counts items.Counts) []regions.Region {
	var some []regions.Region
	for _, r := range p.Regions.All() {
		if counts.Regions[r.Code.Long()] > 0 {
			some = append(some, r)
		}
	}
	return some
}

// city is the smallest division within which everything is carried out.
func (p *Portal) city(counts items.Counts) string {
	var common []regions.Region
	for i, place := range p.places(counts) {
		chain := p.Regions.Chain(string(place.Code))
		if i == 0 {
			common = chain
		}
		same := 0
		for same < min(len(common), len(chain)) && common[same].Code == chain[same].Code {
			same++
		}
		common = common[:same]
	}
	if len(common) == 0 {
		return p.whole()
	}
	return common[len(common)-1].Code.Long()
}

// regionsView is every district with what is done there.
type regionsView struct {
	Name  string
	Links []frame.Link // the places within it
	Items []frame.Link // what is carried out there and within it
	Halls []halls.Hall
}

func (p *Portal) regionsPage(w http.ResponseWriter, r *http.Request) error {
	ctx, today := r.Context(), calendar.DayOf(p.Now())
	counts, err := p.Items.Counts(ctx)
	if err != nil {
		return err
	}
	code := page.Query(r).Text("in")
	v := regionsView{Name: "区县和镇街"}
	if code == "" {
		code = p.city(counts)
	}
	here, ok := p.Regions.Find(code)
	if !ok {
		return fault.New(fault.NotFound, "portal.regions.none", "没有这个区划，请从列表中选择")
	}
	v.Name = here.Name
	for _, c := range p.Regions.Children(code, today) {
		v.Links = append(v.Links, frame.Link{Text: c.Name, Href: "/regions?in=" + c.Code.Long()})
	}
	for _, place := range p.places(counts) {
		if p.Regions.Within(string(place.Code), code) {
			long := place.Code.Long()
			v.Items = append(v.Items, frame.Link{Text: place.Name, Href: itemsAddress("region", long), Count: counts.Regions[long]})
		}
	}
	if v.Halls, err = p.Halls.In(ctx, here.Code.Long()); err != nil {
		return err
	}
	crumbs := []frame.Link{{Text: "区划", Href: "/regions"}}
	for _, up := range p.Regions.Chain(code) {
		if up.Code != here.Code {
			crumbs = append(crumbs, frame.Link{Text: up.Name, Href: "/regions?in=" + up.Code.Long()})
		}
	}
	page.Show(w, r, regionsShow(below(r, v.Name, crumbs...), v))
	return nil
}
