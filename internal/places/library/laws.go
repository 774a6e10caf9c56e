package library

import (
	"net/http"
	"net/url"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/laws"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// lawRow is one article as lists show it.
type lawRow struct {
	Article      laws.Article
	Href, Days   string
	Gone, Coming bool
}

func rowOf(a laws.Article, today calendar.Day) lawRow {
	return lawRow{Article: a, Href: frame.LawHref(a.Law, a.Article), Days: daysOf(a), Gone: a.Abolished != 0 && a.Abolished <= today, Coming: a.From() > today}
}

// daysOf is between which days an article is in force.
func daysOf(a laws.Article) string {
	switch {
	case a.From() == 0 && a.Abolished == 0:
		return "施行日期没有记载"
	case a.Abolished == 0:
		return a.From().Han() + "起"
	case a.From() == 0:
		return a.Abolished.Han() + "起废止"
	}
	return a.From().Han() + "至" + (a.Abolished - 1).Han()
}

// lawsView is a page of articles that were found.
type lawsView struct {
	frame.View
	Find string
	Rows []lawRow
	Next string
}

// lawsPage is where anybody looks up what an item cites.
func (l *Library) lawsPage(w http.ResponseWriter, r *http.Request) error {
	v := lawsView{View: frame.Of(r).Named("法条库").Under(frame.Link{Text: "首页", Href: "/"})}
	var err error
	v.Find, v.Rows, v.Next, err = l.lawRows(r, "/laws")
	if err != nil {
		return err
	}
	page.Show(w, r, lawsPage(v))
	return nil
}

// lawRows are the articles that the address asks for.
func (l *Library) lawRows(r *http.Request, at string) (find string, rows []lawRow, next string, err error) {
	q := page.Query(r)
	find = q.Text("q")
	all, err := l.Laws.Find(r.Context(), find, articleAt(q.Values()), perPage+1)
	if err != nil {
		return find, nil, "", err
	}
	if len(all) > perPage {
		all = all[:perPage]
		from := placeOf(all[perPage-1])
		from.Set("q", find)
		next = at + "?" + from.Encode()
	}
	today := calendar.DayOf(l.Now())
	for _, a := range all {
		rows = append(rows, rowOf(a, today))
	}
	return find, rows, next, nil
}

// placeOf says after which article a page begins, articleAt reads it.
func placeOf(a laws.Article) url.Values {
	return url.Values{"law": {a.Law}, "version": {a.Version.String()}, "article": {a.Article}}
}

func articleAt(from url.Values) laws.Article {
	return laws.Article{Law: from.Get("law"), Version: calendar.Parse(from.Get("version")), Article: from.Get("article")}
}

// lawView is one law, its newest wording first.
type lawView struct {
	frame.View
	Versions []lawVersion
}

// lawVersion is one wording of a law.
type lawVersion struct {
	Title, Note string
	Rows        []lawRow
}

func (l *Library) lawPage(w http.ResponseWriter, r *http.Request) error {
	all, err := l.Laws.Law(r.Context(), r.PathValue("law"))
	if err != nil {
		return err
	}
	v := lawView{View: frame.Of(r).Named(all[0].Law).Under(frame.Link{Text: "首页", Href: "/"}, frame.Link{Text: "法条库", Href: "/laws"})}
	today := calendar.DayOf(l.Now())
	for i, a := range all {
		if i == 0 || a.Version != all[i-1].Version {
			v.Versions = append(v.Versions, versionOf(a, i > 0))
		}
		last := &v.Versions[len(v.Versions)-1]
		last.Rows = append(last.Rows, rowOf(a, today))
	}
	page.Show(w, r, lawPage(v))
	return nil
}

func versionOf(a laws.Article, older bool) lawVersion {
	v := lawVersion{Title: "条文"}
	if a.Version != 0 {
		v.Title = a.Version.Han() + "的版本"
	}
	if older {
		v.Note = "以前的版本，已有新的版本代替"
	}
	return v
}

// codexView is the register as its keepers see it.
type codexView struct {
	frame.View
	Bar      frame.DeskBar
	Find     string
	Rows     []lawRow
	Next     string
	Known    int // laws
	Posted   bool
	Good     bool
	Read     int // articles in the file that was sent
	Faults   []laws.Fault
	Remarks  []laws.Fault
	More     int // faults that are not shown
	Imported int
	Applied  bool
	Err      error
}

func (l *Library) codex(r *http.Request, by identity.Actor) (codexView, error) {
	v := codexView{View: frame.Of(r).Named("法条库"), Bar: bar(by)}
	codex, err := l.Laws.Codex(r.Context())
	if err != nil {
		return v, err
	}
	v.Known = codex.Len()
	v.Find, v.Rows, v.Next, err = l.lawRows(r, "/desk/laws")
	return v, err
}

// codexPage lists the articles and takes in files of them.
func (l *Library) codexPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.codex(r, by)
	if err != nil {
		return err
	}
	page.Show(w, r, codexPage(v))
	return nil
}

// shownFaults is how many faults of a file a page shows.
const shownFaults = 200

// mostLaws is how large a file of articles may be sent, in bytes.
const mostLaws = 11 << 20

// importLaws looks over a file of articles, and takes it over if that was asked.
func (l *Library) importLaws(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadUpload(w, r, mostLaws)
	if err != nil {
		return err
	}
	v, err := l.codex(r, by)
	if err != nil {
		return err
	}
	v.Posted, v.Good = true, f.Has("good")
	read, err := articlesIn(f)
	if err == nil {
		v.Read, v.Faults, v.Remarks = len(read.Articles), read.Faults, read.Remarks[:min(len(read.Remarks), shownFaults)]
		if n := len(v.Faults); n > shownFaults {
			v.Faults, v.More = v.Faults[:shownFaults], n-shownFaults
		}
		if v.Applied = f.Text("do") == "apply"; v.Applied {
			v.Imported, err = l.Laws.Import(r.Context(), read, v.Good, by)
		}
	}
	if err == nil {
		page.Show(w, r, codexPage(v))
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v.Err, v.View = err, v.View.Faulty(err)
	page.ShowFault(w, r, err, codexPage(v))
	return nil
}

// articlesIn reads the file that was sent.
func articlesIn(f *page.Form) (*laws.Reading, error) {
	files := f.Files("file")
	if len(files) == 0 {
		return nil, fault.New(fault.Invalid, "library.laws.file", "请选择法条文件").At("file", "required", "请选择 XLSX、CSV、JSON、YAML 文件，或者法律全文的文本文件")
	}
	body, err := files[0].Read()
	if err != nil {
		return nil, err
	}
	return laws.Read(body)
}
