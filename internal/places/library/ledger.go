package library

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// ledgerView is the reduction ledger of a division, of an agency in it, or of
// the items behind both.
type ledgerView struct {
	frame.View
	Bar         frame.DeskBar
	at          string // /desk/ledger, or /ledger for everybody
	query       items.LedgerQuery
	Region      string
	Regions     []frame.Choice
	From        string
	AgencyName  string
	TopicName   string
	Err         error
	Figures     []frame.Figure
	Chart       templ.Component
	Table       []countRow
	Targets     []targetRow
	Divisions   []savingRow
	Agencies    []savingRow
	Items       []savingRow
	Next        string
	Listed      bool // the items are shown
	Empty       bool
	Public      bool
	ExportCSV   string
	ExportSheet string
}

// countRow is one count of the ledger in words: what the chart shows.
type countRow struct {
	Name, Was, Now, Less, Cut, Href string
	More                            bool
}

// targetRow is one target and how far it is reached.
type targetRow struct {
	Name, Goal, Fact, Source, Href string
	Reached, Known                 bool
}

// savingRow is one line of the ledger.
type savingRow struct {
	Name, Note, Href string
	Cells            []savingCell
}

// savingCell is a count then and now.
type savingCell struct {
	Text string // "120 → 80"
	Cut  string // "少33%"; "" the same
	More bool
}

// supervised is the widest region in which the actor watches or keeps items.
func supervised(by identity.Actor) string {
	region := ""
	for _, p := range by.Posts {
		watches := p.Role == identity.Items || p.Role == identity.Auditor || p.Role == identity.Supervisor
		if watches && (region == "" || len(identity.Stem(p.Region)) < len(identity.Stem(region))) {
			region = p.Region
		}
	}
	return region
}

// ledgerPage is the ledger for those who keep and watch items (压减台账).
func (l *Library) ledgerPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v := ledgerView{View: frame.Of(r).Named("压减台账"), Bar: ledgerBar(by), at: "/desk/ledger"}
	v.Region, v.Regions = l.inside(page.Query(r).Text("region"), supervised(by))
	return l.showLedger(w, r, v)
}

// ledgerBar is the head of the page: a supervisor comes from another place.
func ledgerBar(by identity.Actor) frame.DeskBar {
	if by.Plays(identity.Items) || by.Plays(identity.Auditor) {
		return bar(by)
	}
	return frame.DeskBar{Place: "效能监督", Home: "/desk", Nav: []frame.Link{{Text: "监督", Href: "/desk"}, {Text: "压减台账", Href: "/desk/ledger"}}}
}

// publicLedger is the summary for everybody.
func (l *Library) publicLedger(w http.ResponseWriter, r *http.Request) error {
	v := ledgerView{View: frame.Of(r).Named("减材料、减环节、减时限").Under(frame.Link{Text: "首页", Href: "/"}), at: "/ledger", Public: true}
	return l.showLedger(w, r, v)
}

func (l *Library) showLedger(w http.ResponseWriter, r *http.Request, v ledgerView) error {
	q := page.Query(r)
	v.query = items.LedgerQuery{Within: v.Region, Agency: q.Text("agency"), Topic: q.Text("topic"), From: calendar.Parse(q.Date("from"))}
	if v.Err = q.Err(); v.query.From != 0 {
		v.From = v.query.From.String()
	}
	v.Listed = q.Has("list") || v.query.Agency != ""
	v.ExportCSV, v.ExportSheet = v.link(v.query, "export", "csv"), v.link(v.query, "export", "xlsx")
	if err := l.sums(r.Context(), &v); err != nil {
		return err
	}
	if v.Listed {
		if err := l.listLedger(r, &v); err != nil {
			return err
		}
	}
	page.Show(w, r, ledgerPage(v))
	return nil
}

// link is the address of another part of the ledger.
func (v ledgerView) link(q items.LedgerQuery, more ...string) string {
	ask := url.Values{}
	set := func(name, value string) {
		if value != "" {
			ask.Set(name, value)
		}
	}
	set("region", q.Within)
	set("agency", q.Agency)
	set("topic", q.Topic)
	if q.From != 0 {
		set("from", q.From.String())
	}
	address := v.at
	for i := 0; i+1 < len(more); i += 2 {
		if more[i] == "export" {
			address = "/desk/ledger/file/export." + more[i+1]
			continue
		}
		set(more[i], more[i+1])
	}
	if len(ask) == 0 {
		return address
	}
	return address + "?" + ask.Encode()
}

// sums fills in everything that is added up.
func (l *Library) sums(ctx context.Context, v *ledgerView) error {
	divisions, err := l.Items.Ledger(ctx, v.query, items.ByDivision)
	if err != nil {
		return err
	}
	var total items.Saving
	for _, d := range divisions {
		total = total.Plus(d)
		q := v.query
		q.Within = (d.Key + "000000000000")[:12]
		v.Divisions = append(v.Divisions, savingOf(l.divisionName(q.Within), "", v.link(q), d))
	}
	v.Empty = total.Items == 0 && total.ItemsWas == 0
	v.total(total)
	agencies, err := l.Items.Ledger(ctx, v.query, items.ByAgency)
	if err != nil {
		return err
	}
	for _, a := range agencies {
		q := v.query
		q.Agency = a.Key
		if v.query.Agency != "" {
			v.AgencyName = a.Name
		}
		v.Agencies = append(v.Agencies, savingOf(a.Name, "", v.link(q), a))
	}
	if len(v.Divisions) < 2 {
		v.Divisions = nil
	}
	return l.targets(ctx, v, total)
}

// divisionName is what a county is called; of the city itself, that it is so.
func (l *Library) divisionName(code string) string {
	if identity.Stem(code) == code[:4] {
		return l.place(code) + "本级"
	}
	return l.place(code)
}

// total writes the sums as figures, as a chart and as the table beside it.
func (v *ledgerView) total(s items.Saving) {
	var pairs []frame.Pair
	var says []string
	list := v.link(v.query, "list", "1")
	for _, c := range items.LedgerCounts() {
		was, now := c.Of(s)
		cell := cellOf(was, now)
		v.Figures = append(v.Figures, frame.Figure{Name: c.Name, Value: strconv.Itoa(now), Unit: c.Unit, Note: c.Before + " " + strconv.Itoa(was) + " " + c.Unit + orSame(cell.Cut), Bad: cell.More, Href: list})
		v.Table = append(v.Table, countRow{Name: c.Name, Was: strconv.Itoa(was) + c.Unit, Now: strconv.Itoa(now) + c.Unit, Less: strconv.Itoa(was - now), Cut: cell.Cut, Href: list, More: cell.More})
		pairs = append(pairs, frame.Pair{Name: c.Name, Was: float64(was), Now: float64(now), Shown: cell.Text, Note: cell.Cut})
		says = append(says, fmt.Sprintf("%s%s%d%s，现在%d%s", c.Name, c.Before, was, c.Unit, now, c.Unit))
	}
	v.Chart = frame.PairBars(pairs, strings.Join(says, "；"))
}

func orSame(cut string) string {
	if cut == "" {
		return "，没有变"
	}
	return "，" + cut
}

func cellOf(was, now int) savingCell {
	c := savingCell{Text: strconv.Itoa(now)}
	if was == now {
		return c
	}
	c.Text, c.More = fmt.Sprintf("%d → %d", was, now), now > was
	switch cut := items.Cut(was, now); {
	case was == 0:
		c.Cut = "新增"
	case c.More:
		c.Cut = fmt.Sprintf("多%d%%", -cut)
	default:
		c.Cut = fmt.Sprintf("少%d%%", cut)
	}
	return c
}

func savingOf(name, note, href string, s items.Saving) savingRow {
	row := savingRow{Name: name, Note: note, Href: href}
	for _, c := range items.LedgerCounts() {
		row.Cells = append(row.Cells, cellOf(c.Of(s)))
	}
	return row
}

// targets holds the city's targets to the sums; those of a topic are summed for
// themselves.
func (l *Library) targets(ctx context.Context, v *ledgerView, total items.Saving) error {
	for _, t := range l.Targets {
		sum, q := total, v.query
		if t.Topic != "" {
			q.Topic, sum = t.Topic, items.Saving{}
			rows, err := l.Items.Ledger(ctx, q, items.ByDivision)
			if err != nil {
				return err
			}
			for _, r := range rows {
				sum = sum.Plus(r)
			}
		}
		row := targetRow{Name: t.Name, Goal: fmt.Sprintf("%d/%d", t.Part, t.Of), Source: t.Source, Href: v.link(q, "list", "1")}
		row.Reached, row.Known = t.Reached(sum)
		for _, c := range items.LedgerCounts() {
			if c.ID == t.Count {
				was, now := c.Of(sum)
				row.Fact = fmt.Sprintf("%d%s → %d%s，压减%d%%", was, c.Unit, now, c.Unit, items.Cut(was, now))
			}
		}
		v.Targets = append(v.Targets, row)
	}
	return nil
}

// listLedger fills in a page of the items behind the numbers.
func (l *Library) listLedger(r *http.Request, v *ledgerView) error {
	q := page.Query(r)
	rows, next, err := l.Items.LedgerItems(r.Context(), v.query, items.Cursor{Sort: q.Text("sort"), ID: items.ID(q.Text("after"))}, perPage)
	if err != nil {
		return err
	}
	for _, row := range rows {
		v.Items = append(v.Items, savingOf(row.Name, row.Agency+editionsOf(row), v.itemLink(row.Key), row))
	}
	if next.ID != "" {
		v.Next = v.link(v.query, "list", "1", "sort", next.Sort, "after", string(next.ID))
	}
	return nil
}

// itemLink leads to the editions of an item, or for everybody to its guide.
func (v ledgerView) itemLink(id string) string {
	if v.Public {
		return "/items/" + url.PathEscape(id)
	}
	return "/desk/ledger/" + url.PathEscape(id)
}

func editionsOf(s items.Saving) string {
	switch {
	case s.Items == 0:
		return " · 已取消"
	case s.WasNumber == s.Number:
		return " · 第" + strconv.Itoa(s.Number) + "版，没有改过"
	}
	return fmt.Sprintf(" · 第%d版比第%d版", s.Number, s.WasNumber)
}

// editionsView is what each edition of an item cost, the newest first.
type editionsView struct {
	frame.View
	Bar  frame.DeskBar
	Item string
	Rows []savingRow
}

// mostEditions is how many editions of an item are compared.
const mostEditions = 50

func (l *Library) editionsPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	e, err := l.Items.Current(r.Context(), items.ID(r.PathValue("item")))
	if err != nil {
		return err
	}
	all, err := l.Items.History(r.Context(), e.Item, e.Number, mostEditions)
	if err != nil {
		return err
	}
	v := editionsView{View: frame.Of(r).Named(e.Name), Bar: ledgerBar(by), Item: "/items/" + string(e.Item)}
	for i, one := range all {
		s := items.Saving{ItemsWas: 1, Items: 1, Was: one.Burden(), Now: one.Burden()}
		if i+1 < len(all) {
			s.Was = all[i+1].Burden()
		}
		row := savingOf("第"+itoa(one.Number)+"版", one.Effective.Han()+"起", "/items/"+string(one.Item)+"/editions/"+itoa(one.Number), s)
		v.Rows = append(v.Rows, row)
	}
	page.Show(w, r, editionsPage(v))
	return nil
}

// countNames are the heads of the ledger's columns.
func countNames() []frame.Column {
	columns := []frame.Column{{Title: "名称"}}
	for _, c := range items.LedgerCounts() {
		columns = append(columns, frame.Column{Title: c.Name, Right: true})
	}
	return columns
}
