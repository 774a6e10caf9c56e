package frame

import (
	"context"
	"net/http"
	"strconv"
	"strings"
)

// A Site is what every page says about the place it belongs to.
type Site struct {
	City  string // "示范市"
	Name  string // "一网通办"
	Full  string // "示范市一体化政务服务平台"
	Owner string // 主办、承办
	Files string // 网站标识码、备案号
	Nav   []Link // the public navigation
	Foot  []Group
	Areas string // address of the choice of counties; empty: none
	Stuck string // address of 办不成事反映; empty: none
}

// A Group is links under a heading.
type Group struct {
	Title string
	Links []Link
}

// DefaultSite is the frame before anyone has named the city.
var DefaultSite = Site{
	City: "示范市", Name: "一网通办", Full: "示范市一体化政务服务平台",
	Owner: "主办：示范市人民政府办公室　承办：示范市数据局",
	Nav: []Link{
		{Text: "首页", Href: "/"}, {Text: "一件事", Href: "/themes"}, {Text: "个人办事", Href: "/items?for=person"},
		{Text: "企业办事", Href: "/items?for=firm"}, {Text: "我的办件", Href: "/my"},
		{Text: "找大厅", Href: "/halls"}, {Text: "评价与公开", Href: "/open"},
	},
	Areas: "/regions",
	Stuck: "/help/stuck",
	Foot: []Group{
		{"办事帮助", []Link{{Text: "怎么登录和实名", Href: "/help/signin"}, {Text: "替家人办事", Href: "/help/family"}, {Text: "办不成事怎么办", Href: "/help/stuck"}}},
		{"公开与监督", []Link{{Text: "事项清单与容缺清单", Href: "/lists"}, {Text: "办件结果与评价公开", Href: "/open"}, {Text: "文书核验", Href: "/verify"}}},
		{"关于本站", []Link{{Text: "无障碍声明", Href: "/help/accessibility"}, {Text: "隐私与个人信息保护", Href: "/help/privacy"}, {Text: "开放接口", Href: "/openapi"}}},
	},
}

// A Link leads somewhere; Icon and Count may be empty.
type Link struct {
	Text, Href string
	Icon       string
	Count      int
	Here       bool // it is this page
}

// A Person is who is signed in, as the frame shows them.
type Person struct {
	Name  string
	Roles []string // "陈晓" is "A07 号窗", "无差别受理"
	Home  string   // where their own things are: "/my", "/window"
}

// AtWork reports whether they hold a post.
func (p *Person) AtWork() bool { return p != nil && len(p.Roles) > 0 }

// Role is the person's roles in one line.
func (p *Person) Role() string { return strings.Join(p.Roles, " · ") }

// A View is what a shell needs to know of the page inside it. Make it with Of.
type View struct {
	Title           string
	Site            Site
	Who             *Person
	elder           bool // 长辈版
	dark            bool // 高对比
	noKeys          bool // single-key shortcuts are switched off (WCAG 2.1.4)
	Path            string
	Crumbs          []Link
	Badge           int // messages not yet read
	Faults          int // things on the page that must change; the title says so
	htmx            bool
	styles, scripts []string // files that only this page loads
}

// Named is the view with the page's title.
func (v View) Named(title string) View { v.Title = title; return v }

// Under is the view with the pages above this one.
func (v View) Under(crumbs ...Link) View { v.Crumbs = crumbs; return v }

// Refused is the view of a form that must change in n places.
func (v View) Refused(n int) View { v.Faults = n; return v }

// Faulty is the view of a form that was refused with err; nil: it was not.
func (v View) Faulty(err error) View { return v.Refused(len(Errors(err))) }

// Lively is the view of a page that loads htmx; staff pages always do.
func (v View) Lively() View { v.htmx = true; return v }

// Modelling is the view of a page on which procedures are drawn: it alone loads
// bpmn-js.
func (v View) Modelling() View {
	v.styles = []string{"bpmn/diagram-js.css", "bpmn/bpmn-js.css", "bpmn/bpmn-codes.css", "modeler.css"}
	v.scripts = []string{"bpmn/modeler.min.js", "modeler.js"}
	return v
}

// full is the title as the browser shows it.
func (v View) full(place string) string {
	title := v.Title
	if v.Faults > 0 {
		title = "有 " + strconv.Itoa(v.Faults) + " 处需要修改 · " + title
	}
	return title + " · " + place
}

// mode is the address that switches a mode and comes back here.
func (v View) mode(name string, on bool) string {
	value := "0"
	if on {
		value = "1"
	}
	return "/mode?" + name + "=" + value + "&back=" + escape(v.Path)
}

// here marks the link under which this page stands.
func (v View) here(links []Link) []Link {
	path, _, _ := strings.Cut(v.Path, "?")
	best, at := 0, -1
	for i, l := range links {
		if l.Here {
			return links
		}
		switch n := len(l.Href); {
		case l.Href == v.Path:
			best, at = 1<<20, i
		case (path == l.Href || strings.HasPrefix(path, l.Href+"/")) && n > best:
			best, at = n, i
		}
	}
	marked := append([]Link(nil), links...)
	if at >= 0 {
		marked[at].Here = true
	}
	return marked
}

// A House is what all pages of the program share. Its Serve stands outermost,
// so that even the error page of a panic is of the house:
// house.Serve(guard(session(mux))).
type House struct {
	Site  Site
	Who   func(*http.Request) *Person // nil, or who is signed in
	Badge func(*http.Request) int     // messages not yet read; may be nil
}

type houseKey struct{}

// Serve lets Of know the house.
func (h House) Serve(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), houseKey{}, h)))
	})
}

// Of is the view of the page that r asks for.
func Of(r *http.Request) View {
	v := View{Site: DefaultSite, Path: r.URL.RequestURI()}
	v.elder, v.dark, v.noKeys = modes(r)
	h, ok := r.Context().Value(houseKey{}).(House)
	if !ok {
		return v
	}
	if h.Site.Name != "" {
		v.Site = h.Site
	}
	if h.Who != nil {
		v.Who = h.Who(r)
	}
	if h.Badge != nil && v.Who != nil {
		v.Badge = h.Badge(r)
	}
	return v
}
