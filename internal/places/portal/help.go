package portal

import (
	"net/http"
	"strings"

	"tongban/internal/catalogue/halls"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// An article is a page of help: a title, a first sentence, and parts.
type article struct {
	ID, Title, Lead string
	Parts           []articlePart
	Links           []frame.Btn
}

// articlePart is a heading with paragraphs or numbered steps under it.
type articlePart struct {
	Head  string
	Says  []string
	Steps []string
}

// helpView is one article; Halls are those with a window for what went wrong.
type helpView struct {
	Article article
	Halls   []halls.Hall
	All     []frame.Link
}

func (p *Portal) helpIndex(w http.ResponseWriter, r *http.Request) error {
	page.Show(w, r, helpIndexShow(below(r, "办事帮助"), helpLinks("")))
	return nil
}

func (p *Portal) helpPage(w http.ResponseWriter, r *http.Request) error {
	return p.help(w, r, r.PathValue("page"))
}

// helpFor is a page of help that has an address of its own too.
func (p *Portal) helpFor(id string) frame.Handler {
	return func(w http.ResponseWriter, r *http.Request) error { return p.help(w, r, id) }
}

func (p *Portal) help(w http.ResponseWriter, r *http.Request, id string) error {
	for _, a := range articles {
		if a.ID != id {
			continue
		}
		v := helpView{Article: a, All: helpLinks(id)}
		if id == "stuck" {
			if err := p.appealHalls(r, &v); err != nil {
				return err
			}
		}
		page.Show(w, r, helpShow(below(r, a.Title, frame.Link{Text: "办事帮助", Href: "/help"}), v))
		return nil
	}
	return fault.New(fault.NotFound, "portal.help.none", "没有这一页帮助，请从帮助目录中选择")
}

// appealHalls are the halls with a window for what could not be done (办不成事反映).
func (p *Portal) appealHalls(r *http.Request, v *helpView) error {
	all, err := p.Halls.All(r.Context())
	if err != nil {
		return err
	}
	for _, h := range all {
		for _, w := range h.Windows {
			if w.Kind == halls.Appeal {
				v.Halls = append(v.Halls, h)
				break
			}
		}
	}
	return nil
}

func helpLinks(here string) []frame.Link {
	var links []frame.Link
	for _, a := range articles {
		links = append(links, frame.Link{Text: a.Title, Href: "/help/" + a.ID, Here: a.ID == here})
	}
	return links
}

// rootCertificate is the certificate at which trust in the city's seals begins.
func (p *Portal) rootCertificate(w http.ResponseWriter, r *http.Request) error {
	pem, err := p.Seals.Authority.RootPEM()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/x-pem-file")
	w.Header().Set("Content-Disposition", `attachment; filename="root.pem"`)
	_, err = w.Write(pem)
	return err
}

// robots lets machines read what is public and keeps them out of the rest.
func robots(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := w.Write([]byte(strings.Join([]string{"User-agent: *", "Disallow: /my", "Disallow: /apply", "Disallow: /signin", "Disallow: /verify/", ""}, "\n")))
	return err
}

// nowhere is an address that leads to nothing.
func nowhere(http.ResponseWriter, *http.Request) error {
	return fault.New(fault.NotFound, "portal.page.none", "没有这个页面。可以回到首页搜索要办的事，或者打 12345 问")
}
