package portal

import (
	"net/http"
	"strings"

	"tongban/internal/catalogue/industries"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// industriesView is every industry that has one licence (“一业一证”专区).
type industriesView struct {
	Book  *industries.Book
	Cards []frame.ThemeCard
}

// industryIcons are the pictures of the industries that ship.
var industryIcons = map[industries.ID]string{"store": "store", "pharmacy": "briefcase-business", "restaurant": "hand-coins", "gym": "medal"}

func (p *Portal) industriesPage(w http.ResponseWriter, r *http.Request) error {
	v := industriesView{Book: p.Industries}
	for _, i := range p.Industries.Industries {
		t, err := p.Themes.Current(r.Context(), i.Theme)
		if err != nil && fault.Of(err) == fault.NotFound {
			continue // its theme is not offered in this city
		}
		if err != nil {
			return err
		}
		card, err := p.themeCard(r, t)
		if err != nil {
			return err
		}
		card.Name, card.Note, card.Href, card.Icon = i.Name, i.Plain, "/industries/"+string(i.ID), first(industryIcons[i.ID], "store")
		v.Cards = append(v.Cards, card)
	}
	page.Show(w, r, industriesShow(below(r, "一业一证"), v))
	return nil
}

// industryView is the guide of an industry: what stands on its one licence,
// what it takes, and what is looked at on one visit.
type industryView struct {
	themeView
	Industry *industries.Industry
	Permits  []permitLine
	Apart    []string // what is handled along, and is no part of the licence
	Topics   []topicLines
	Visit    []industries.Check
	Goes     []string
}

type permitLine struct {
	Item          items.ID
	Title, Paper  string
	Agency, Limit string
	Valid         string
	May, OnSite   bool
}

type topicLines struct {
	Topic industries.Topic
	Lines []industries.Condition
}

func (p *Portal) industry(r *http.Request) (v industryView, err error) {
	if v.Industry, err = p.Industries.Industry(industries.ID(r.PathValue("industry"))); err != nil {
		return v, err
	}
	v.themeView, err = p.themeOf(r, v.Industry.Theme)
	return v, err
}

// put puts together what the parts demand of someone who gave these answers.
func (v *industryView) put(answers forms.Answers) {
	v.Permits, v.Apart, v.Topics = nil, nil, nil
	for _, part := range v.Made.Parts {
		if !v.Industry.Covers(part.Item) {
			v.Apart = append(v.Apart, part.Title)
			continue
		}
		v.Permits = append(v.Permits, permit(part))
	}
	all := v.Industry.Merge(v.Made, answers)
	for _, topic := range industries.Topics() {
		t := topicLines{Topic: topic}
		for _, c := range all {
			if c.Topic == topic {
				t.Lines = append(t.Lines, c)
			}
		}
		if len(t.Lines) > 0 {
			v.Topics = append(v.Topics, t)
		}
	}
	v.Visit, v.Goes = v.Industry.Visit(v.Made, all)
	v.Figures[0] = frame.Figure{Name: "一张证上列", Value: itoa(len(v.Permits)), Unit: "项许可", Note: "每一项由主管部门自己决定"}
}

func permit(part themes.Part) permitLine {
	line := permitLine{Item: part.Item, Title: part.Title, Agency: part.Agency, Limit: part.Edition.Binding().String(), May: part.When != "", OnSite: industries.OnSite(part.Edition)}
	for _, result := range part.Edition.Results {
		if result.CertificateType != "" {
			line.Paper, line.Valid = result.CertificateType, result.Validity
			break
		}
	}
	return line
}

func (p *Portal) industryPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.industry(r)
	if err != nil {
		return err
	}
	v.put(nil)
	page.Show(w, r, industryShow(below(r, v.Industry.Name+"：一张证开业", frame.Link{Text: "一业一证", Href: "/industries"}), v))
	return nil
}

// industryCheckPage asks the questionnaire and shows one's own list. It keeps nothing.
func (p *Portal) industryCheckPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.industry(r)
	if err != nil {
		return err
	}
	answers, done := v.ask(r, calendar.DayOf(p.Now()))
	if done {
		if err := p.ownList(r, &v.themeView, answers); err != nil {
			return err
		}
		v.put(answers)
	}
	page.Show(w, r, industryCheckShow(below(r, "看看我要准备什么", frame.Link{Text: "一业一证", Href: "/industries"}, frame.Link{Text: v.Industry.Name, Href: "/industries/" + string(v.Industry.ID)}), v))
	return nil
}

// demandedFor names the permits that demand something.
func demandedFor(list []industries.For) string {
	var all []string
	for _, f := range list {
		all = append(all, f.Title)
	}
	return strings.Join(all, "、")
}

// lookedAtBy names the agencies that look at something, each once.
func lookedAtBy(list []industries.For) string {
	var all []string
	for _, f := range list {
		if len(all) == 0 || all[len(all)-1] != f.Agency {
			all = append(all, f.Agency)
		}
	}
	return strings.Join(all, "、")
}
