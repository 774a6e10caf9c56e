package library

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// unityView is what ought to be alike at all levels and in all districts and is
// not (四级统一差异报告, 徐政发〔2022〕21号（一）).
type unityView struct {
	frame.View
	Bar     frame.DeskBar
	Region  string
	Regions []frame.Choice
	Code    string
	Codes   []unityCode
	Next    string
	Groups  []unityGroup
}

// unityCode is a catalogue code that several carry out.
type unityCode struct{ Code, Name, Count, Href string }

// unityGroup is one handling item of the code with all who carry it out.
type unityGroup struct {
	Name     string
	Editions []unityEdition
	Elements []unityElement
}

// unityEdition is one who carries it out.
type unityEdition struct {
	Name, Level, Href string
	Exceeds           []string // what goes beyond the level above
}

// unityElement is an element that is not the same everywhere: each wording with
// those who have it, the highest level first.
type unityElement struct {
	Name     string
	Wordings []unityWording
}

type unityWording struct {
	Lines []string
	Who   string
}

func (l *Library) unityPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r)
	v := unityView{View: frame.Of(r).Named("四级统一"), Bar: ledgerBar(by), Code: strings.ToUpper(q.Text("code"))}
	v.Region, v.Regions = l.inside(q.Text("region"), supervised(by))
	var err error
	if v.Code != "" {
		err = l.unity(r, &v)
	} else {
		err = l.sharedCodes(r, &v)
	}
	if err != nil {
		return err
	}
	page.Show(w, r, unityPage(v))
	return nil
}

func (l *Library) sharedCodes(r *http.Request, v *unityView) error {
	codes, err := l.Items.SharedCodes(r.Context(), v.Region, page.Query(r).Text("after"), perPage+1)
	if err != nil {
		return err
	}
	link := func(name, value string) string {
		return "/desk/unity?" + url.Values{"region": {v.Region}, name: {value}}.Encode()
	}
	if len(codes) > perPage {
		codes = codes[:perPage]
		v.Next = link("after", codes[perPage-1].Catalogue)
	}
	for _, c := range codes {
		v.Codes = append(v.Codes, unityCode{c.Catalogue, c.Name, itoa(c.Items), link("code", c.Catalogue)})
	}
	return nil
}

func (l *Library) unity(r *http.Request, v *unityView) error {
	groups, err := l.Items.Alike(r.Context(), v.Code, v.Region)
	if err != nil {
		return err
	}
	for _, all := range groups {
		g := unityGroup{Name: all[0].Name}
		for _, e := range all {
			one := unityEdition{Name: l.carriedOutBy(e), Level: string(e.Level), Href: "/items/" + string(e.Item)}
			superior, err := l.Items.Superior(r.Context(), e)
			if err != nil {
				return err
			}
			if superior != nil {
				for _, f := range e.Exceeds(superior) {
					one.Exceeds = append(one.Exceeds, f.Say)
				}
			}
			g.Editions = append(g.Editions, one)
		}
		for _, d := range items.Differences(all...) {
			g.Elements = append(g.Elements, unityElement{d.Name, wordings(d.Values, g.Editions)})
		}
		v.Groups = append(v.Groups, g)
	}
	return nil
}

func (l *Library) carriedOutBy(e *items.Edition) string {
	return l.place(e.Region) + " " + e.AgencyName
}

// wordings puts those together who say the same.
func wordings(values []string, who []unityEdition) []unityWording {
	var texts []string
	said := map[string][]string{}
	for i, value := range values {
		if !slices.Contains(texts, value) {
			texts = append(texts, value)
		}
		said[value] = append(said[value], who[i].Name)
	}
	var all []unityWording
	for _, text := range texts {
		all = append(all, unityWording{Lines: shownLines(text), Who: strings.Join(said[text], "、")})
	}
	return all
}
