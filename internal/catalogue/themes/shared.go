package themes

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// A Shared theme is an edition in the library of another level (主题库): what a
// superior publishes for those below. It is in force nowhere by itself; an item
// manager here makes a theme of it.
type Shared struct {
	Library   string             `json:"-"`                // installation it came from
	Source    string             `json:"source"`           // its name: 江苏省一体化政务服务平台
	Theme     *Theme             `json:"theme"`            //
	Items     map[items.ID]Known `json:"items"`            // what its components are called everywhere
	Materials []string           `json:"materials"`        // what must be handed in there
	Visits    int                `json:"visits,omitempty"` // that it takes there
	At        time.Time          `json:"at"`
}

// Known is how other places know an item.
type Known struct {
	Catalogue string `json:"catalogue"`
	Name      string `json:"name"`
}

// A Superior is the edition of another level's library that a theme was made of.
type Superior struct {
	Library string `json:"library"`
	ID      ID     `json:"id"`
	Number  int    `json:"number"`
}

// ForLibrary is a theme as the library of this level holds it for others.
func (c *Composed) ForLibrary(source string, at time.Time) *Shared {
	s := &Shared{Source: source, Theme: c.Theme, Items: map[items.ID]Known{}, Visits: c.Saved.Visits.Jointly, At: at}
	for _, p := range c.Parts {
		s.Items[p.Item] = Known{p.Edition.Codes.Catalogue, p.Edition.Name}
	}
	for _, m := range c.Materials.Materials {
		if mustHand(m.Material) {
			s.Materials = append(s.Materials, m.Name)
		}
	}
	return s
}

// Exceeds finds where a theme asks more of people than the superior's does: a
// longer promise, a matter left out or made obligatory, a paper or a visit more
// (就低不就高, 徐政发〔2022〕21号（一）（四）). ours are the components by the
// superior's items.
func (c *Composed) Exceeds(superior *Shared, ours map[items.ID]items.ID) []Finding {
	var f findings
	theirs := superior.Theme
	if c.Theme.Name != theirs.Name {
		f.wrong("superior.name", "name", nil, "名称以上级主题库为准：“%s”", theirs.Name)
	}
	if by := dueOn(c.day, theirs.Promised, c.days); !theirs.Promised.None() && (c.Theme.Promised.None() || dueOn(c.day, c.Theme.Promised, c.days) > by) {
		f.wrong("superior.promise", "promised", nil, "承诺时限（%s）长于上级方案的%s", c.Theme.Promised, theirs.Promised)
	}
	c.parts(&f, superior, ours)
	for i, m := range c.Theme.Materials {
		if mustHand(m) && !superior.demands(m.Name) {
			f.wrong("superior.material", fmt.Sprintf("materials[%d]", i), nil, "整件事另外要的材料“%s”，上级方案没有", m.Name)
		}
	}
	for _, m := range c.Materials.Materials {
		if own := mustHand(m.Material); own && m.Demands[0].Item != "" && !superior.demands(m.Name) {
			f.warn("superior.material", "materials."+m.Name, usesOf(m.Demands), "“%s”上级方案不要，请核对各事项的清单", m.Name)
		}
	}
	if c.Saved.Visits.Jointly > superior.Visits {
		f.warn("superior.visits", "plan", nil, "要到现场%d次，上级方案是%d次，请核对各事项的清单", c.Saved.Visits.Jointly, superior.Visits)
	}
	return f.all
}

// parts holds the components against the superior's.
func (c *Composed) parts(f *findings, superior *Shared, ours map[items.ID]items.ID) {
	known := map[items.ID]bool{}
	for i, theirs := range superior.Theme.Components {
		known[ours[theirs.Item]] = true
		path, name := fmt.Sprintf("components[%d]", i), cmp.Or(theirs.Name, superior.Items[theirs.Item].Name)
		mine, there := c.Theme.Component(ours[theirs.Item])
		switch {
		case !there:
			f.wrong("superior.missing", path, nil, "上级方案里的“%s”没有列入", name)
		case theirs.Optional && !mine.Optional:
			f.wrong("superior.optional", path, nil, "“%s”上级方案可以不办，本级不能改成必办", name)
		}
	}
	for i, mine := range c.Theme.Components {
		if !known[mine.Item] && !mine.Optional && mine.When == "" {
			f.wrong("superior.more", fmt.Sprintf("components[%d]", i), nil, "“%s”不在上级方案里，只能作为可以不办的事项，或者由问卷选择", mine.label())
		}
	}
}

// demands reports whether such a paper must be handed in at the superior's.
func (s *Shared) demands(name string) bool {
	own := items.Means(name)
	return slices.ContainsFunc(s.Materials, func(o string) bool {
		theirs := items.Means(o)
		return theirs.Kind == own.Kind && compatible(theirs.Whose, own.Whose)
	})
}

// locally are the items here that stand for those of a shared theme: by the code
// that all places share, those of the editor's own division first.
func (s *Service) locally(ctx context.Context, shared *Shared, region string) (map[items.ID]items.ID, error) {
	var codes []string
	for _, k := range shared.Items {
		if k.Catalogue != "" {
			codes = append(codes, k.Catalogue)
		}
	}
	slices.Sort(codes)
	entries, err := s.Items.Catalogued(ctx, codes)
	if err != nil {
		return nil, err
	}
	ours := map[items.ID]items.ID{}
	for id, k := range shared.Items {
		for _, e := range entries {
			if e.Catalogue == k.Catalogue && k.Catalogue != "" && (ours[id] == "" || e.Region == region) {
				ours[id] = e.ID
			}
		}
	}
	return ours, nil
}

// here is the shared theme in words of this place: its components are our items.
// One that we do not have keeps its name, and is found by the check.
func (s *Shared) here(id ID, region string, ours map[items.ID]items.ID) *Theme {
	as := func(theirs items.ID) items.ID { return cmp.Or(ours[theirs], theirs) }
	refs := func(all []Ref) []Ref {
		all = slices.Clone(all)
		for i := range all {
			all[i].Item = as(all[i].Item)
		}
		return all
	}
	t := *s.Theme
	t.ID, t.Number, t.Region, t.Effective, t.Retired = id, 0, region, 0, 0
	t.Superior = &Superior{s.Library, s.Theme.ID, s.Theme.Number}
	t.Components, t.Order, t.Carried, t.Fields = slices.Clone(t.Components), slices.Clone(t.Order), slices.Clone(t.Carried), slices.Clone(t.Fields)
	for i, c := range t.Components {
		t.Components[i].Item, t.Components[i].Edition = as(c.Item), 0
		t.Components[i].Name = cmp.Or(c.Name, s.Items[c.Item].Name)
	}
	for i, o := range t.Order {
		t.Order[i].Before, t.Order[i].After = as(o.Before), as(o.After)
	}
	for i, c := range t.Carried {
		t.Carried[i].From, t.Carried[i].To = as(c.From), refs(c.To)
	}
	for i, j := range t.Fields {
		t.Fields[i].Fields = refs(j.Fields)
	}
	return &t
}

// Claim begins a draft from an edition of another level's library: of the theme
// made of it before, or of a new one.
func (s *Service) Claim(ctx context.Context, from Superior, by identity.Actor) (*Draft, error) {
	shared, err := s.Store.Shelved(ctx, from)
	if err != nil {
		return nil, err
	}
	id, err := s.claimed(ctx, from)
	if err != nil {
		return nil, err
	}
	region := seatOf(by)
	ours, err := s.locally(ctx, shared, region)
	if err != nil {
		return nil, err
	}
	return s.begin(ctx, id, by, func(*Theme) (*Theme, error) { return shared.here(id, region, ours), nil })
}

// seatOf is the division for which somebody keeps items.
func seatOf(by identity.Actor) string {
	for _, p := range by.Posts {
		if p.Role == identity.Items {
			return p.Region
		}
	}
	return ""
}

// claimed is the theme here that was made of the superior's; a new one takes its
// name, unless that is another theme's.
func (s *Service) claimed(ctx context.Context, from Superior) (ID, error) {
	all, err := s.inForce(ctx)
	if err != nil {
		return "", err
	}
	id := from.ID
	for _, t := range all {
		if t.Superior != nil && t.Superior.Library == from.Library && t.Superior.ID == from.ID {
			return t.ID, nil
		}
		if t.ID == from.ID {
			id = from.ID + "-superior"
		}
	}
	return id, nil
}

// Findings are what the check finds in a theme: what does not fit together, and,
// of one made of a superior's, where it goes beyond that. One that was made of the
// library of a place beside us is bound by nothing there.
func (s *Service) Findings(ctx context.Context, c *Composed) ([]Finding, error) {
	if c.Theme.Superior == nil {
		return c.Findings, nil
	}
	if above, err := s.Above(ctx, c.Theme.Superior.Library); err != nil || !above {
		return c.Findings, err
	}
	shared, err := s.Store.Shelved(ctx, *c.Theme.Superior)
	if fault.Of(err) == fault.NotFound {
		return c.Findings, nil
	}
	if err != nil {
		return nil, err
	}
	ours, err := s.locally(ctx, shared, c.Theme.Region)
	return append(slices.Clone(c.Findings), c.Exceeds(shared, ours)...), err
}
