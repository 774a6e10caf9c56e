package portal

import (
	"net/http"

	"tongban/internal/places/frame"
)

// public are the pages for everybody.
func (p *Portal) public(mux *http.ServeMux) {
	for address, show := range map[string]frame.Handler{
		"GET /{$}": p.homePage,

		"GET /search":                      p.searchPage,
		"GET /items":                       p.itemsPage,
		"GET /items/{item}":                p.guidePage,
		"GET /items/{item}/plain":          p.plainPage,
		"GET /items/{item}/picture":        p.picturePage,
		"GET /items/{item}/check":          p.situationPage,
		"GET /items/{item}/print":          p.guidePrint,
		"GET /items/{item}/editions/{no}":  p.editionPage,
		"GET /themes":                      p.themesPage,
		"GET /themes/{theme}":              p.themePage,
		"GET /themes/{theme}/check":        p.themeCheckPage,
		"GET /industries":                  p.industriesPage,
		"GET /industries/{industry}":       p.industryPage,
		"GET /industries/{industry}/check": p.industryCheckPage,
		"GET /departments":                 p.departmentsPage,
		"GET /departments/{agency}":        p.departmentPage,
		"GET /regions":                     p.regionsPage,
		"GET /halls":                       p.hallsPage,
		"GET /halls/{hall}":                p.hallPage,
		"GET /halls/{hall}/public":         p.boardPage,
		"GET /halls/{hall}/public/print":   p.boardPrint,

		"GET /lists":              p.listsPage,
		"GET /lists/{list}":       p.listPage,
		"GET /lists/{list}/print": p.listPrint,
		"GET /open":               p.openPage,
		"GET /open/ratings":       p.ratingsPage,
		"GET /open/pledges":       p.pledgesPage,

		"GET /help":           p.helpIndex,
		"GET /help/{page}":    p.helpPage,
		"GET /accessibility":  p.helpFor("accessibility"),
		"GET /privacy":        p.helpFor("privacy"),
		"GET /root.pem":       p.rootCertificate,
		"GET /integrity":      p.integrityPage,
		"GET /integrity.json": p.integrityFile,
		"GET /robots.txt":     robots,
	} {
		mux.Handle(address, show)
	}
	mux.Handle("/", frame.Handler(nowhere))
}

// top is the crumb of every public page.
var top = frame.Link{Text: "首页", Href: "/"}

// below is the view of a public page under others.
func below(r *http.Request, title string, more ...frame.Link) frame.View {
	return frame.Of(r).Named(title).Under(append([]frame.Link{top}, more...)...)
}

// Nav is the navigation of the public pages: what stands, and nothing else.
var Nav = []frame.Link{
	{Text: "首页", Href: "/"}, {Text: "一件事", Href: "/themes"}, {Text: "个人办事", Href: "/items?for=person"}, {Text: "企业办事", Href: "/items?for=firm"},
	{Text: "我的办件", Href: "/my"}, {Text: "部门", Href: "/departments"}, {Text: "找大厅", Href: "/halls"},
	{Text: "公开", Href: "/open"}, {Text: "帮助", Href: "/help"},
}

// Foot is what stands at the foot of every public page.
var Foot = []frame.Group{
	{Title: "办事帮助", Links: []frame.Link{{Text: "怎么登录和实名", Href: "/help/signin"}, {Text: "替家人办事", Href: "/help/family"}, {Text: "一业一证", Href: "/industries"}, {Text: "办不成事怎么办", Href: "/help/stuck"}}},
	{Title: "公开与监督", Links: []frame.Link{{Text: "事项清单与容缺清单", Href: "/lists"}, {Text: "办件结果与评价公开", Href: "/open"}, {Text: "事项调整公示", Href: "/publicity"}, {Text: "听证公告", Href: "/hearings"}, {Text: "企业公示", Href: "/companies"}, {Text: "证照和文书核验", Href: "/verify"}, {Text: "每日存证", Href: "/integrity"}}},
	{Title: "关于本站", Links: []frame.Link{{Text: "无障碍声明", Href: "/accessibility"}, {Text: "隐私与个人信息保护", Href: "/privacy"}, {Text: "城市根证书", Href: "/help/verify"}}},
}
