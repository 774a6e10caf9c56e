package portal

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"tongban/internal/catalogue/halls"
	"tongban/internal/catalogue/items"
	"tongban/internal/ground/page"
	"tongban/internal/handling/queue"
	"tongban/internal/places/frame"
)

// hallsView are the halls, by kind.
type hallsView struct {
	Groups []hallGroup
	Query  string
	Kind   string
	Kinds  []frame.Choice
	More   int // found, and not shown
}

// mostHalls is how many halls one page shows; whoever wants another names it.
const mostHalls = 100

type hallGroup struct {
	Kind  halls.Kind
	Halls []halls.Hall
}

func (p *Portal) hallsPage(w http.ResponseWriter, r *http.Request) error {
	all, err := p.Halls.All(r.Context())
	if err != nil {
		return err
	}
	f := page.Query(r)
	v := hallsView{Query: clipped(f.Text("q"), 50), Kind: f.Text("kind"), Kinds: []frame.Choice{{Label: "全部类型"}}}
	found := slices.DeleteFunc(all, func(h halls.Hall) bool {
		return v.Kind != "" && string(h.Kind) != v.Kind || !strings.Contains(h.Name+h.Address+p.Regions.Path(h.Region), v.Query)
	})
	shown := found[:min(len(found), mostHalls)]
	v.More = len(found) - len(shown)
	for _, kind := range halls.Kinds {
		v.Kinds = append(v.Kinds, frame.Choice{Value: string(kind), Label: string(kind)})
		g := hallGroup{Kind: kind}
		for _, h := range shown {
			if h.Kind == kind {
				g.Halls = append(g.Halls, h)
			}
		}
		if len(g.Halls) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
	page.Show(w, r, hallsShow(below(r, "找大厅"), v))
	return nil
}

// hallNow is a hall, and how long one waits there (大厅现在).
type hallNow struct {
	halls.Hall
	Wait queue.Wait
	Say  string
}

// hallsNow are the first halls as they stand, and how many there are.
func (p *Portal) hallsNow(ctx context.Context, most int) ([]hallNow, int, error) {
	all, err := p.Halls.All(ctx)
	if err != nil {
		return nil, 0, err
	}
	var now []hallNow
	for _, h := range all[:min(len(all), most)] {
		n, err := p.hallNow(ctx, h)
		if err != nil {
			return nil, 0, err
		}
		now = append(now, n)
	}
	return now, len(all), nil
}

func (p *Portal) hallNow(ctx context.Context, h halls.Hall) (hallNow, error) {
	n := hallNow{Hall: h}
	if h.Closed || len(h.Windows) == 0 {
		return n, nil
	}
	var err error
	n.Wait, err = p.Queue.Wait(ctx, h.ID)
	n.Say = waitWords(n.Wait)
	return n, err
}

// waitWords says how long one waits in a hall.
func waitWords(w queue.Wait) string {
	switch {
	case !w.Open:
		return "现在不取号"
	case w.Waiting == 0:
		return "现在不用等"
	default:
		return fmt.Sprintf("等候 %d 人，约 %d 分钟", w.Waiting, w.Minutes)
	}
}

// hallView is one hall, its windows and what one can do there.
type hallView struct {
	Hall    hallNow
	Facts   []frame.Row
	Windows []windowGroup
	Hits    []frame.Found
	First   string
	Next    string
}

// windowGroup are the windows of one kind and area.
type windowGroup struct {
	Kind    halls.WindowKind
	Area    string
	Numbers []string
}

func (p *Portal) hallPage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	h, err := p.Halls.Find(ctx, r.PathValue("hall"))
	if err != nil {
		return err
	}
	now, err := p.hallNow(ctx, h)
	if err != nil {
		return err
	}
	v := hallView{Hall: now, Windows: windowsOf(h)}
	v.Facts = filled(frame.Row{Key: "地址", Value: h.Address}, frame.Row{Key: "时间", Value: h.Hours}, frame.Row{Key: "电话", Value: h.Phone},
		frame.Row{Key: "区划", Value: p.Regions.Path(h.Region)}, frame.Row{Key: "批准文件", Value: h.Approved})
	after := cursorOf(page.Query(r).Text("after"))
	entries, next, err := p.Items.List(ctx, items.Filter{Topic: items.HallTopic(h.ID)}, after, perPage)
	if err != nil {
		return err
	}
	v.Hits = foundAll(entries)
	if after != (items.Cursor{}) {
		v.First = "/halls/" + h.ID
	}
	if to := cursorText(next); to != "" {
		v.Next = address("/halls/"+h.ID, "after", to)
	}
	page.Show(w, r, hallShow(below(r, h.Name, frame.Link{Text: "找大厅", Href: "/halls"}), v))
	return nil
}

func windowsOf(h halls.Hall) []windowGroup {
	var groups []windowGroup
next:
	for _, w := range h.Windows {
		for i, g := range groups {
			if g.Kind == w.Kind && g.Area == w.Area {
				groups[i].Numbers = append(g.Numbers, w.No)
				continue next
			}
		}
		groups = append(groups, windowGroup{w.Kind, w.Area, []string{w.No}})
	}
	return groups
}

// windowWords say what a kind of window is for.
var windowWords = map[halls.WindowKind]string{
	halls.Any: "什么事都能办", halls.Field: "办这一类事", halls.General: "什么事都能办", halls.Helper: "帮您填表、陪您办、替您跑",
	halls.Appeal: "办不成事，来这里说", halls.Issue: "取证照和文书",
}
