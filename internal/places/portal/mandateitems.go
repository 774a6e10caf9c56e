package portal

import (
	"context"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// mostMandated is how many items one mandate names, offeredItems how many are
// offered at a time beside those already ticked.
const (
	mostMandated = 100
	offeredItems = 20
)

// itemChoice is how the items of a mandate (授权事项) are chosen: by name, those
// already ticked first, then what the search found.
type itemChoice struct {
	Query   string
	Say     string
	Choices []frame.Choice
}

// ticked reads the items ticked in the form and refuses those that are none.
func (p *Portal) ticked(ctx context.Context, f *page.Form) ([]string, []frame.Choice, error) {
	ids, choices := []string{}, []frame.Choice{}
	for _, id := range f.All("items") {
		switch {
		case slices.Contains(ids, id):
			continue
		case len(ids) == mostMandated:
			f.Refuse("items", "many", "一次最多指定 %d 个事项，请分几次授权，或选择全部事项", mostMandated)
			return ids, choices, nil
		}
		e, err := p.Items.Current(ctx, items.ID(id))
		if fault.Of(err) == fault.NotFound {
			f.Refuse("items", "unknown", "没有“%.40s”这个事项，请从列出的事项里勾选", id)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		ids = append(ids, id)
		choices = append(choices, frame.Choice{Value: id, Label: e.Name, Hint: e.AgencyName, On: true})
	}
	return ids, choices, nil
}

// offer adds to what is ticked the items that the query finds; without a query
// the first of those that firms apply for.
func (p *Portal) offer(ctx context.Context, query string, ticked []frame.Choice) (itemChoice, error) {
	c := itemChoice{Query: query, Say: "按名称排列的前几个；用上面的搜索找别的事项，已勾选的会留下", Choices: ticked}
	var hits []items.Entry
	var err error
	if query == "" {
		hits, _, err = p.Items.List(ctx, items.Filter{Firm: true}, items.Cursor{}, offeredItems)
	} else {
		var found items.Found
		found, err = p.Items.Search(ctx, query, items.Filter{Firm: true}, 0)
		hits, c.Say = found.Hits, foundWords(query, found)
	}
	for _, e := range hits {
		if !slices.ContainsFunc(ticked, func(t frame.Choice) bool { return t.Value == string(e.ID) }) {
			c.Choices = append(c.Choices, frame.Choice{Value: string(e.ID), Label: e.Name, Hint: e.AgencyName})
		}
	}
	return c, err
}

func foundWords(query string, found items.Found) string {
	switch {
	case len(found.Hits) == 0:
		return "没有找到“" + query + "”，请换个说法；已勾选的会留下"
	case found.More:
		return "找到的事项较多，只列出最接近的，可以写得更具体；已勾选的会留下"
	case found.Loose:
		return "没有完全相符的，列出的是相近的事项；已勾选的会留下"
	}
	return "“" + query + "”找到 " + itoa(len(found.Hits)) + " 个事项；已勾选的会留下"
}

// itemNames are the items of a mandate as people call them; one no longer in
// force by its code.
func (p *Portal) itemNames(ctx context.Context, ids []string) ([]string, error) {
	names := make([]string, len(ids))
	for i, id := range ids {
		e, err := p.Items.Current(ctx, items.ID(id))
		switch {
		case fault.Of(err) == fault.NotFound:
			names[i] = id + "（已停用）"
		case err != nil:
			return nil, err
		default:
			names[i] = e.Name
		}
	}
	return names, nil
}
