package frame

import (
	"errors"
	"net/http"
	"strings"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
)

// DesignPage is the living style guide: every component, in the mode that
// ?mode= names by its letters (e 长辈版, d 高对比, c 紧凑).
func DesignPage(w http.ResponseWriter, r *http.Request) {
	v, compact := designView(r)
	page.Show(w, r, designPage(v.Named("样式指南"), compact))
}

// designShells are the samples of each shell, at /design/{name}.
var designShells = map[string]func(View) page.Component{
	"portal": func(v View) page.Component { v.Path = "/"; return designPortal(v.Named("首页")) },
	"step":   func(v View) page.Component { return designStep(v.Named("第 3 步 落户")) },
	"check": func(v View) page.Component {
		return designCheck(v.Named("核对").Faulty(designFault()), designFault())
	},
	"bench": func(v View) page.Component { return designBench(v.Named("A1037 食品经营许可")) },
	"desk":  func(v View) page.Component { return designDesk(v.Named("今日")) },
	"print": func(v View) page.Component { return designPrint(v.Named("行政许可申请材料补正通知书")) },
}

// DesignShell shows one shell with a page in it.
func DesignShell(w http.ResponseWriter, r *http.Request) {
	v, _ := designView(r)
	name := r.PathValue("shell")
	if name == "fault" {
		page.Fail(w, r, errors.New("a fault that nobody foresaw"))
		return
	}
	show, ok := designShells[name]
	if !ok {
		page.Fail(w, r, fault.New(fault.NotFound, "frame.design.shell", "没有这个样张"))
		return
	}
	page.Show(w, r, show(v))
}

func designView(r *http.Request) (v View, compact bool) {
	v = Of(r)
	mode := r.URL.Query().Get("mode")
	v.elder = v.elder || strings.Contains(mode, "e")
	v.dark = v.dark || strings.Contains(mode, "d")
	if v.Who == nil {
		v.Who = &Person{Name: "李雪梅", Roles: []string{"A07 号窗"}, Home: "/my"}
		v.Badge = 2
	}
	return v, strings.Contains(mode, "c")
}

func designFault() error {
	return fault.New(fault.Invalid, "design.form", "有内容需要修改").
		At("branch", "required", "填写生育津贴收款银行的开户支行")
}

func density(compact bool) string {
	if compact {
		return "compact"
	}
	return ""
}

// DesignHits answers the palette of the samples.
func DesignHits(w http.ResponseWriter, r *http.Request) {
	q := page.Query(r).Text("q")
	page.Show(w, r, Hits("办理事项", []Hit{
		{Icon: "file-text", Text: "食品经营许可（新办）", Mark: q, Note: "市市场监管局", Href: "#x", Tag: TagIcon(Amber, "circle-pause", "可容缺 2 项"), Keys: "↵"},
		{Icon: "store", Text: "开便利店一件事", Mark: q, Note: "含食品经营许可", Href: "#x"},
	}))
}
