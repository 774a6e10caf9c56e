package portal

import (
	"net/http"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/codes"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// perPage is how many items a page of a list shows.
const perPage = 20

// itemsView is a list of items in the order of their names.
type itemsView struct {
	Chosen  narrowing
	Choices choices
	Topics  []frame.Link
	Stages  []frame.Link
	Hits    []frame.Found
	First   string // the beginning of the list, if this is not it
	Next    string
}

func (p *Portal) itemsPage(w http.ResponseWriter, r *http.Request) error {
	ctx, f := r.Context(), page.Query(r)
	v := itemsView{Chosen: narrowingOf(f)}
	after := cursorOf(f.Text("after"))
	entries, next, err := p.Items.List(ctx, v.Chosen.filter(), after, perPage)
	if err != nil {
		return err
	}
	if v.Choices, err = p.choices(ctx); err != nil {
		return err
	}
	counts, err := p.Items.Counts(ctx)
	if err != nil {
		return err
	}
	v.Hits = foundAll(entries)
	if after != (items.Cursor{}) {
		v.First = itemsAddress(v.Chosen.pairs()...)
	}
	if to := cursorText(next); to != "" {
		v.Next = itemsAddress(v.Chosen.pairs("after", to)...)
	}
	if v.Chosen.Topic == "" {
		v.Topics = topicLinks(counts, v.Chosen.For == "firm", len(codes.Lists()["legal-topic"].Entries))
		v.Stages = stageLinks(counts)
	}
	page.Show(w, r, itemsShow(below(r, v.Chosen.title()), v))
	return nil
}

// title is what the list is called.
func (n narrowing) title() string {
	switch {
	case n.Topic != "":
		return topicName(n.Topic)
	case n.For == "person":
		return "个人办事"
	case n.For == "firm":
		return "企业办事"
	}
	return "全部事项"
}

func stageLinks(c items.Counts) []frame.Link {
	var links []frame.Link
	for _, s := range stages {
		if n := c.Topics["life:"+s.Name]; n > 0 {
			links = append(links, frame.Link{Text: s.Name, Href: itemsAddress("topic", "life:"+s.Name, "for", "person"), Count: n})
		}
	}
	return links
}
