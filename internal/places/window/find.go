package window

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// found is the answer of the palette, group by group.
type found struct {
	Asked   string
	Items   []frame.Hit
	Cases   []frame.Hit
	People  []frame.Hit
	Actions []frame.Hit
}

func (f found) empty() bool { return len(f.Items)+len(f.Cases)+len(f.People)+len(f.Actions) == 0 }

// most is how many hits a group shows.
const most = 6

// mostAlike is how many cases with the same end of their numbers are shown.
const mostAlike = 200

// find answers the palette: items by name or initials, cases by number or
// applicant, people by their document.
func (p *Window) find(w http.ResponseWriter, r *http.Request) error {
	q := page.Query(r)
	f := found{Asked: q.Text("q")}
	by, party := frame.Actor(r), q.Text("party")
	var err error
	if f.Items, err = p.findMatters(r.Context(), f.Asked, party, by); err == nil {
		f.Cases, err = p.findCases(r.Context(), f.Asked, by)
	}
	if err == nil {
		f.People, err = p.findPeople(r.Context(), f.Asked, by)
	}
	if err != nil {
		return err
	}
	f.Actions = actionsLike(f.Asked)
	if page.Partial(r) {
		page.Show(w, r, foundView(f))
		return nil
	}
	page.Show(w, r, findPage(frame.Of(r).Named("查找"), p.bench(r, tasks("", nil), nil), f, party))
	return nil
}

// findMatters finds what one may come for: a matter of several items before the
// items.
func (p *Window) findMatters(ctx context.Context, asked, party string, by identity.Actor) ([]frame.Hit, error) {
	hits, err := p.findThemes(ctx, asked, party)
	if err != nil {
		return nil, err
	}
	single, err := p.findItems(ctx, asked, party, by)
	return append(hits, single...), err
}

// findItems finds what the window may file here.
func (p *Window) findItems(ctx context.Context, asked, party string, by identity.Actor) ([]frame.Hit, error) {
	all, err := p.Items.Search(ctx, asked, items.Filter{}, 0)
	if err != nil {
		return nil, err
	}
	var hits []frame.Hit
	for _, e := range all.Hits {
		if len(hits) == most || !serves(e, by) {
			continue
		}
		hits = append(hits, frame.Hit{Icon: "file-text", Text: e.Name, Mark: asked, Note: e.AgencyName, Href: fileHref(e.ID, party), Tag: frame.Tag(frame.Plain, e.Limit)})
	}
	away, err := p.awayItems(ctx, all.Hits, party, by)
	return append(hits, away...), err
}

func serves(e items.Entry, by identity.Actor) bool {
	return by.In(identity.Window, func(p identity.Post) bool { return p.Serves(e.Region) || p.Agency == e.Agency })
}

func fileHref(item items.ID, party string) string {
	q := url.Values{"item": {string(item)}}
	if party != "" {
		q.Set("party", party)
	}
	return "/window/file?" + q.Encode()
}

// findCases finds by the whole number, by its end, with all cases that share it,
// or by how the applicant's name begins.
func (p *Window) findCases(ctx context.Context, asked string, by identity.Actor) ([]frame.Hit, error) {
	if asked == "" {
		return nil, nil
	}
	if c, err := p.Cases.ByNumber(ctx, asked, by); err == nil {
		return []frame.Hit{caseHit(c.Row())}, nil
	} else if fault.Of(err) != fault.NotFound {
		return nil, err
	}
	var hits []frame.Hit
	for _, f := range []cases.Filter{{Queue: post(by).Region, Limit: most}, {Issue: post(by).Region, Limit: most}} {
		if f = narrowed(f, asked); f.Tail != "" {
			f.Limit = mostAlike
		}
		rows, err := p.Cases.List(ctx, f, by)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			hits = append(hits, caseHit(row))
		}
	}
	return hits, nil
}

func caseHit(r cases.Row) frame.Hit {
	hit := frame.Hit{Icon: "history", Text: r.Applicant, Note: r.ItemName + "　" + frame.Tail(r.Number) + "　" + head(r.Number), Href: caseHref(r.ID), Tag: stateTag(r)}
	if r.Archived {
		hit.Note += "　已归档"
	}
	return hit
}

// findPeople finds who carries the document that was asked for.
func (p *Window) findPeople(ctx context.Context, asked string, by identity.Actor) ([]frame.Hit, error) {
	d := parties.Recognise(asked, p.today())
	if d.Type == "" {
		return nil, nil
	}
	who, err := p.Parties.Find(ctx, d, by)
	switch {
	case fault.Of(err) == fault.NotFound && err != nil:
		return nil, nil
	case err != nil:
		return nil, err
	}
	return []frame.Hit{{Icon: "id-card", Text: who.Name, Note: "为此人（单位）办理", Href: "/window/file?party=" + url.QueryEscape(who.ID)}}, nil
}

var actions = []frame.Hit{
	{Icon: "id-card", Text: "窗口收件", Note: "录入证件", Href: "/window/file", Keys: "F2"},
	{Icon: "arrow-right", Text: "办下一件", Note: "排队最久的", Href: "/window?next=1", Keys: "F9"},
	{Icon: "file-check", Text: "待出证、待送达", Href: "/window/issue"},
}

func actionsLike(asked string) []frame.Hit {
	var all []frame.Hit
	for _, a := range actions {
		if asked == "" || strings.Contains(a.Text, asked) {
			all = append(all, a)
		}
	}
	return all
}
