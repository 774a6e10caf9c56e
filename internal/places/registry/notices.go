package registry

import (
	"net/http"
	"net/url"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
	"tongban/internal/register/companies"
)

// listView is a list of companies: the public notices, or the register.
type listView struct {
	frame.View
	Bar   frame.DeskBar
	Tabs  []frame.Link
	Rows  []*companies.Company
	Today calendar.Day
	Find  string
	Wrong string
	Next  string
}

// notices are what the law makes public: who means to end, and who rests.
func (s *Registry) notices(w http.ResponseWriter, r *http.Request) error {
	q := page.Query(r)
	v := listView{View: frame.Of(r).Named("企业公示").Under(frame.Link{Text: "首页", Href: "/"}), Today: calendar.DayOf(s.Now()), Find: q.Text("code")}
	if found, err := s.found(w, r, v.Find, "/companies/"); err != nil || found {
		return err
	}
	if v.Find != "" {
		v.Wrong = "登记簿里没有这个统一社会信用代码，请核对"
	}
	all, err := s.Companies.Notices(r.Context(), q.Text("after"))
	if err != nil {
		return err
	}
	v.Rows = all
	if len(all) == perPage {
		v.Next = "/companies?" + url.Values{"after": {all[perPage-1].Cursor()}}.Encode()
	}
	page.Show(w, r, noticesTemplate(v))
	return nil
}

// perPage is how many companies a page of a list shows.
const perPage = 50

// found leads to a company whose code was asked for.
func (s *Registry) found(w http.ResponseWriter, r *http.Request, code, at string) (bool, error) {
	if code == "" {
		return false, nil
	}
	c, err := s.Companies.Coded(r.Context(), codes.Tidy(code))
	if err != nil || c == nil {
		return false, err
	}
	page.SeeOther(w, r, at+c.Code)
	return true, nil
}

// public is a company as anybody may see it, with the right to object.
func (s *Registry) public(w http.ResponseWriter, r *http.Request) error {
	return s.showPublic(w, r, nil)
}

func (s *Registry) showPublic(w http.ResponseWriter, r *http.Request, wrong error) error {
	c, err := s.Companies.Public(r.Context(), r.PathValue("code"))
	if err != nil {
		return err
	}
	v, err := s.view(r, c)
	if err != nil {
		return err
	}
	v.View = v.View.Under(frame.Link{Text: "首页", Href: "/"}, frame.Link{Text: "企业公示", Href: "/companies"})
	if wrong != nil {
		v.Err, v.View = wrong, v.View.Faulty(wrong)
		page.ShowFault(w, r, wrong, publicTemplate(v))
		return nil
	}
	page.Show(w, r, publicTemplate(v))
	return nil
}

// object takes in an objection of somebody who is signed in.
func (s *Registry) object(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	_, err = s.Companies.Oppose(r.Context(), r.PathValue("code"), f.Text("kind"), f.Text("say"), frame.Citizen(r, f.Text("request")))
	if fault.Mendable(err) {
		return s.showPublic(w, r, err)
	}
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/companies/"+r.PathValue("code"))
	return nil
}

// list is the register for officials.
func (s *Registry) list(w http.ResponseWriter, r *http.Request) error {
	q, by := page.Query(r), frame.Actor(r)
	v := listView{View: frame.Of(r).Named("企业登记簿"), Bar: bar(by), Today: calendar.DayOf(s.Now()), Find: q.Text("code")}
	if found, err := s.found(w, r, v.Find, "/registry/"); err != nil || found {
		return err
	}
	if v.Find != "" {
		v.Wrong = "登记簿里没有这个统一社会信用代码，请核对"
	}
	f := companies.Filter{State: companies.State(q.Text("state")), After: q.Text("after"), Limit: perPage}
	if q.Text("show") == "watch" {
		f.Watch = v.Today
	}
	all, err := s.Companies.List(r.Context(), f, by)
	if err != nil {
		return err
	}
	v.Rows = all
	v.Tabs = []frame.Link{{Text: "全部", Href: "/registry", Here: f.State == "" && f.Watch == 0}, {Text: "要留意的", Href: "/registry?show=watch", Here: f.Watch != 0}}
	for _, state := range companies.States() {
		v.Tabs = append(v.Tabs, frame.Link{Text: strings.TrimSuffix(state.Han(), "（在营）"), Href: "/registry?state=" + string(state), Here: f.State == state})
	}
	if len(all) == perPage {
		v.Next = "/registry?" + url.Values{"state": {string(f.State)}, "show": {q.Text("show")}, "after": {all[perPage-1].Cursor()}}.Encode()
	}
	page.Show(w, r, listTemplate(v))
	return nil
}

func (s *Registry) record(w http.ResponseWriter, r *http.Request) error {
	return s.showRecord(w, r, nil)
}

func (s *Registry) showRecord(w http.ResponseWriter, r *http.Request, wrong error) error {
	c, err := s.Companies.Public(r.Context(), r.PathValue("code"))
	if err != nil {
		return err
	}
	v, err := s.view(r, c)
	if err != nil {
		return err
	}
	v.Bar = bar(frame.Actor(r))
	if wrong != nil {
		v.Err, v.View = wrong, v.View.Faulty(wrong)
		page.ShowFault(w, r, wrong, recordTemplate(v))
		return nil
	}
	page.Show(w, r, recordTemplate(v))
	return nil
}

// objectFor takes in an objection of a department.
func (s *Registry) objectFor(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by := frame.Asking(r, f.Text("request"))
	by.Party = ""
	_, err = s.Companies.Oppose(r.Context(), r.PathValue("code"), "", f.Text("say"), by)
	if fault.Mendable(err) {
		return s.showRecord(w, r, err)
	}
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/registry/"+r.PathValue("code"))
	return nil
}

// bar is the head of the pages, with the way back to where one works.
func bar(by identity.Actor) frame.DeskBar {
	return frame.DeskBar{Place: "企业登记簿", Home: "/registry", Nav: append([]frame.Link{{Text: "登记簿", Href: "/registry"}}, frame.WayBack(by)...)}
}
