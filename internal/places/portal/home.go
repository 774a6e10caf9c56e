package portal

import (
	"net/http"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// homeView is the front page.
type homeView struct {
	Firm   bool
	Mine   greeting
	Cards  []frame.ThemeCard
	Themes []frame.ThemeCard // several items as one matter
	Topics []frame.Link
	All    int
	Bodies []frame.Link
	Now    front
}

// greeting is what the front page says beside the search about one's own affairs.
type greeting struct {
	Name  string // "" nobody is signed in
	Firm  string // that they act for
	Staff string // where someone with a post works, if they have no affairs here
	When  string // the day of the newest case
	Parts []frame.Part
	Todo  *todo // what waits for the reader
}

// onFront is how many of each kind the front page shows.
const onFront = 3

func (p *Portal) homePage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	h := homeView{Firm: page.Query(r).Text("for") == "firm"}
	counts, err := p.Items.Counts(ctx)
	if err != nil {
		return err
	}
	h.All, h.Topics = counts.All, topicLinks(counts, h.Firm, 12)
	h.Cards = stageCards(counts)
	if h.Firm {
		h.Cards, h.Topics = firmCards(counts), typeLinks(counts)
	}
	if h.Themes, err = p.frontThemes(r, h.Firm); err != nil {
		return err
	}
	bodies, err := p.Agencies.Directory(ctx)
	if err != nil {
		return err
	}
	h.Bodies = bodyLinks(bodies, counts, 12)
	if h.Mine, err = p.greeting(r); err != nil {
		return err
	}
	if h.Now, err = p.lately(ctx, onFront); err != nil {
		return err
	}
	page.Show(w, r, homeShow(frame.Of(r).Named("首页"), h))
	return nil
}

// greeting is what the signed-in person has going on.
func (p *Portal) greeting(r *http.Request) (greeting, error) {
	by := frame.Actor(r)
	c := greeting{Name: by.Name}
	if by.Party == "" {
		if who := frame.Of(r).Who; who != nil && by.Staff() {
			c.Staff = who.Home
		}
		return c, nil
	}
	rows, err := p.Cases.List(r.Context(), cases.Filter{Party: by.Party, Limit: onFront}, by)
	if err != nil || len(rows) == 0 {
		return c, err
	}
	names, err := p.Parties.Names(r.Context(), by.Party)
	if err != nil {
		return c, err
	}
	if name := names[by.Party]; name != by.Name {
		c.Firm = name
	}
	c.When = "最新" + calendar.DayOf(rows[0].Opened).Han() + "提交"
	for _, row := range rows {
		state := p.caseRow(row, false)
		c.Parts = append(c.Parts, frame.Part{Name: row.ItemName, Tone: state.Tone, State: state.State, Href: "/my/cases/" + row.Number})
	}
	due, _, err := p.due(r.Context(), nil, by)
	if len(due) > 0 {
		c.Todo = &due[0]
	}
	return c, err
}

// stages are the stages of life (人生阶段), each with its picture and the words
// in which people think of it.
var stages = []frame.ThemeCard{
	{Icon: "baby", Name: "出生", Note: "怀孕生育、给孩子上户口"},
	{Icon: "graduation-cap", Name: "上学", Note: "入园入学、居住登记、资助"},
	{Icon: "briefcase-business", Name: "就业", Note: "找工作、参保、失业保障"},
	{Icon: "store", Name: "创业", Note: "开店开公司、经营证照"},
	{Icon: "heart-handshake", Name: "结婚", Note: "婚姻登记和之后的手续"},
	{Icon: "house", Name: "置业", Note: "买房租房、住房保障"},
	{Icon: "medal", Name: "退役", Note: "回乡报到、优待抚恤"},
	{Icon: "hand-coins", Name: "养老", Note: "退休、津贴、养老服务"},
	{Icon: "flower-2", Name: "身后", Note: "家人去世后要办的事"},
}

// onCards is how many cards fill the grid.
const onCards = 8

func stageCards(c items.Counts) []frame.ThemeCard {
	var cards []frame.ThemeCard
	for _, s := range stages {
		if n := c.Topics["life:"+s.Name]; n > 0 && len(cards) < onCards {
			s.Days, s.Href = itoa(n)+" 项", itemsAddress("topic", "life:"+s.Name, "for", "person")
			cards = append(cards, s)
		}
	}
	return cards
}

// firmIcons are the pictures of the themes of firms.
var firmIcons = map[string]string{
	"005": "building-2", "010": "store", "015": "medal", "030": "users", "035": "shield-check", "040": "chart-column", "085": "map-pin",
	"090": "truck", "095": "flower-2", "110": "heart-handshake", "120": "graduation-cap", "145": "triangle-alert", "150": "flag", "155": "scale",
	"025": "wallet", "045": "hand-coins", "160": "zap", "165": "log-out", "105": "eye", "135": "file-check",
}

func firmCards(c items.Counts) []frame.ThemeCard {
	var cards []frame.ThemeCard
	for _, t := range codes.Lists()["legal-topic"].Entries {
		if n := c.Topics["firm:"+t.Code]; n > 0 && len(cards) < onCards {
			icon := firmIcons[t.Code]
			if icon == "" {
				icon = "file-text"
			}
			cards = append(cards, frame.ThemeCard{Icon: icon, Name: t.Label, Days: itoa(n) + " 项", Href: itemsAddress("topic", "firm:"+t.Code, "for", "firm")})
		}
	}
	return cards
}

// topicLinks are the themes that have items, in the order of their codes.
func topicLinks(c items.Counts, firm bool, most int) []frame.Link {
	list, whose, audience := "person-topic", "person:", "person"
	if firm {
		list, whose, audience = "legal-topic", "firm:", "firm"
	}
	var links []frame.Link
	for _, t := range codes.Lists()[list].Entries {
		if n := c.Topics[whose+t.Code]; n > 0 && len(links) < most {
			links = append(links, frame.Link{Text: plainTopic(t.Label), Href: itemsAddress("topic", whose+t.Code, "for", audience), Count: n})
		}
	}
	return links
}

// typeLinks are the kinds of item that firms apply for, and the lists drawn up
// for them.
func typeLinks(c items.Counts) []frame.Link {
	var links []frame.Link
	for _, t := range items.Types() {
		if n := c.Types[t]; n > 0 {
			links = append(links, frame.Link{Text: string(t), Href: itemsAddress("type", string(t), "for", "firm"), Count: n})
		}
	}
	for _, l := range items.Lists() {
		if n := c.Topics[l.Topic()]; n > 0 && slices.Contains(firmLists, l.ID) {
			links = append(links, frame.Link{Text: strings.TrimSuffix(l.Name, "事项清单"), Href: "/lists/" + l.ID, Count: n})
		}
	}
	return links
}

// firmLists are the published lists that firms ask for most.
var firmLists = []string{"business", "filing", "promisable", "deferrable"}

// bodyLinks are the departments that have items.
func bodyLinks(d *agencies.Directory, c items.Counts, most int) []frame.Link {
	var links []frame.Link
	for _, a := range d.List(agencies.Filter{}) {
		if n := c.Agencies[a.ID]; n > 0 && len(links) < most {
			links = append(links, frame.Link{Text: a.Short, Href: "/departments/" + a.ID, Count: n})
		}
	}
	return links
}
