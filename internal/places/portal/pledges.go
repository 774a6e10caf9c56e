package portal

import (
	"net/http"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/publicity"
	"tongban/internal/places/frame"
)

// pledgesView are the pledges that are public (告知承诺公开).
type pledgesView struct {
	Rows   []publicity.Pledged
	Name   string
	Agency string
	Item   string
	Bodies []frame.Choice
	First  string
	Next   string
}

func (p *Portal) pledgesPage(w http.ResponseWriter, r *http.Request) error {
	f := page.Query(r)
	v := pledgesView{Name: clipped(f.Text("name"), 50), Agency: f.Text("agency"), Item: f.Text("item")}
	after := f.Text("after")
	var err error
	if v.Rows, err = p.Publicity.Pledges(r.Context(), publicity.Filter{Agency: v.Agency, Item: items.ID(v.Item), Name: v.Name, After: after, Limit: perPage}); err != nil {
		return err
	}
	c, err := p.choices(r.Context())
	if err != nil {
		return err
	}
	v.Bodies = c.Agency
	if after != "" {
		v.First = address("/open/pledges", "name", v.Name, "agency", v.Agency, "item", v.Item)
	}
	if len(v.Rows) == perPage {
		v.Next = address("/open/pledges", "name", v.Name, "agency", v.Agency, "item", v.Item, "after", v.Rows[perPage-1].Cursor)
	}
	page.Show(w, r, pledgesShow(below(r, "告知承诺公开", frame.Link{Text: "公开", Href: "/open"}), v))
	return nil
}

// foundTone is how the result of a check looks.
func foundTone(found string) frame.Tone {
	switch found {
	case "":
		return frame.Plain
	case cases.PledgeUnmet.Han(), cases.PledgeBroken.Han():
		return frame.Red
	}
	return frame.Green
}
