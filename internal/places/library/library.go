// Package library is where item managers and auditors work (事项库): the items of
// their level with what the check finds in them, the revision of one item from
// its first draft to its publication, and the page where the public reads what
// is about to change (公示).
//
// Every act is judged by catalogue/revisions and every text by catalogue/items; a
// page only shows what those rooms offer, and shows the form again where they
// refuse, with everything that was typed.
package library

import (
	"net/http"
	"slices"
	"sync"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/catalogue/revisions/imports"
	"tongban/internal/catalogue/switches"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/laws"
	"tongban/internal/civic/regions"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/places/frame"
)

// Library is the place: the services behind its pages.
type Library struct {
	Items     *items.Service
	Revisions *revisions.Service
	Themes    *themes.Service
	Elsewhere *elsewhere.Service
	Imports   *imports.Service
	Cases     *cases.Service
	Switches  *switches.Service
	Agencies  *agencies.Service
	Regions   regions.Regions
	Laws      *laws.Service
	Targets   []items.Target // of the reduction ledger
	Freight   *page.Freight
	Now       func() time.Time

	checked sync.Map // of numbered to findings; editions never change
}

// Routes are the addresses of the place.
func (l *Library) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /publicity", frame.Handler(l.publicitiesPage))
	mux.Handle("GET /publicity/{revision}", frame.Handler(l.publicityPage))
	mux.Handle("POST /publicity/{revision}", frame.Handler(l.comment))
	mux.Handle("GET /ledger", frame.Handler(l.publicLedger))
	mux.Handle("GET /laws", frame.Handler(l.lawsPage))
	mux.Handle("GET /laws/{law}", frame.Handler(l.lawPage))

	mux.Handle("GET /desk/switches", operators.Work(l.switchesPage))
	mux.Handle("GET /desk/switches/{item}", operators.Work(l.switchPage))
	mux.Handle("POST /desk/switches/{item}", operators.Work(l.turn))

	for address, do := range map[string]frame.Act{
		"GET /desk/items":                            l.listPage,
		"GET /desk/items/all.zip":                    l.download,
		"GET /desk/items/new":                        l.foundPage,
		"POST /desk/items/new":                       l.found,
		"GET /desk/items/claim":                      l.claimsPage,
		"GET /desk/items/claim/{item}":               l.claimPage,
		"POST /desk/items/claim/{item}":              l.claim,
		"GET /desk/items/{item}":                     l.itemPage,
		"POST /desk/items/{item}":                    l.openRevision,
		"GET /desk/items/handover/{item}":            l.handoverPage,
		"POST /desk/items/handover/{item}":           l.handOver,
		"GET /desk/laws":                             l.codexPage,
		"POST /desk/laws":                            l.importLaws,
		"GET /desk/themes":                           l.themesPage,
		"POST /desk/themes":                          l.beginTheme,
		"POST /desk/themes/scheme":                   l.readScheme,
		"POST /desk/themes/shelf":                    l.claimTheme,
		"POST /desk/themes/{theme}/share":            l.shareTheme,
		"GET /desk/themes/{theme}":                   l.themePage,
		"POST /desk/themes/{theme}/{act}":            l.moveTheme,
		"GET /desk/revisions":                        l.revisionsPage,
		"GET /desk/revisions/{revision}":             l.revisionPage,
		"POST /desk/revisions/{revision}/{act}":      l.move,
		"POST /desk/revisions/{revision}/weigh":      l.weigh,
		"GET /desk/revisions/{revision}/edit/{tab}":  l.editPage,
		"POST /desk/revisions/{revision}/edit/{tab}": l.save,
		"GET /desk/revisions/{revision}/check":       l.checkPage,
		"GET /desk/revisions/{revision}/difference":  l.differencePage,
		"GET /desk/revisions/{revision}/flow.bpmn":   l.exportFlow,
		"POST /desk/revisions/{revision}/flow":       l.importFlow,
		"GET /desk/revisions/{revision}/draw":        l.modelerPage,
		"POST /desk/revisions/{revision}/draw":       l.draw,
		"GET /desk/imports":                          l.importsPage,
		"POST /desk/imports":                         l.receive,
		"GET /desk/imports/{import}":                 l.importPage,
		"POST /desk/imports/{import}/keep":           l.keepImport,
		"POST /desk/imports/{import}/again":          l.againImport,
		"GET /desk/imports/{import}/findings.xlsx":   l.importFindings,
	} {
		mux.Handle(address, keepers.Work(do))
	}
	for address, do := range map[string]frame.Act{
		"GET /desk/ledger":             l.ledgerPage,
		"GET /desk/ledger/{item}":      l.editionsPage,
		"GET /desk/ledger/file/{file}": l.exportLedger,
		"GET /desk/unity":              l.unityPage,
	} {
		mux.Handle(address, readers.Work(do))
	}
	return page.Known(mux)
}

// keepers are those who keep or audit items; readers may look as well.
var (
	keepers = frame.Door{Place: "library", Roles: []identity.Role{identity.Items, identity.Auditor}, Others: theirs}
	readers = frame.Door{Place: "library", Roles: []identity.Role{identity.Items, identity.Auditor, identity.Supervisor}, Others: theirs}
)

const theirs = "这里是事项管理和审核人员的工作页面，您没有这个岗位"

// bar is the head of the place's pages.
func bar(by identity.Actor) frame.DeskBar {
	b := frame.DeskBar{Place: "事项库", Home: "/desk/items", Nav: []frame.Link{
		{Text: "事项", Href: "/desk/items"}, {Text: "一件事", Href: "/desk/themes"}, {Text: "调整申请", Href: "/desk/revisions"}, {Text: "公示", Href: "/publicity"}, {Text: "法条库", Href: "/desk/laws"}, {Text: "专家库", Href: "/desk/experts"}, {Text: "压减台账", Href: "/desk/ledger"}, {Text: "四级统一", Href: "/desk/unity"},
	}}
	if by.Plays(identity.Items) {
		b.Nav = slices.Insert(b.Nav, 3, frame.Link{Text: "导入", Href: "/desk/imports"})
	}
	if by.Plays(identity.Supervisor) {
		b.Extra = append(b.Extra, frame.Link{Text: "效能监督", Icon: "layout-dashboard", Href: "/desk"})
	}
	return b
}

// numbered names an edition.
type numbered struct {
	item   items.ID
	number int
}

// findings is what the check says of a published edition, reckoned once, and what
// the register of laws says of its citations today.
func (l *Library) findings(e *items.Edition, codex *laws.Codex) []items.Finding {
	key := numbered{e.Item, e.Number}
	held, ok := l.checked.Load(key)
	if !ok {
		held = e.Check()
		l.checked.Store(key, held)
	}
	return slices.Concat(held.([]items.Finding), e.Citations(codex, calendar.DayOf(l.Now())))
}
