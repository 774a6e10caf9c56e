// Package desk is where staff watch and arrange (效能监督与系统管理): what is late
// and why, every case to its last fact, bad ratings; and the people, agencies,
// halls, calendars and seals of the city.
//
// Every act is judged by the room that does it; a page only shows what that
// room offers, and shows the form again where it refuses.
package desk

import (
	"context"
	"io"
	"net/http"
	"time"

	"tongban/internal/catalogue/halls"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/civic/regions"
	"tongban/internal/civic/serials"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/handling/papers"
	"tongban/internal/oversight/rating"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
	"tongban/internal/register/archives"
	"tongban/internal/register/certificates"
	"tongban/internal/register/credit"
	"tongban/internal/register/seals"
)

// Desk is the place: the services behind its pages.
type Desk struct {
	Supervision  *supervision.Service
	Cases        *cases.Service
	Archives     *archives.Service
	Elsewhere    *elsewhere.Service
	Items        *items.Service
	Ratings      *rating.Service
	Identity     *identity.Service
	Staff        *staff.Service
	Agencies     *agencies.Service
	Parties      *parties.Service
	Halls        *halls.Service
	Regions      regions.Regions
	Book         *calendar.Book
	Seals        *seals.Service
	Certificates *certificates.Service
	Credit       *credit.Service
	Health       func(context.Context) (Health, error)
	HandOver     func(context.Context, io.Writer, cases.ID, identity.Actor) error // an archived case as one file
	Papers       *papers.Book
	Serials      serials.Marks
	Freight      *page.Freight
	Press        *frame.Press
	Sessions     frame.Sessions
	Now          func() time.Time
}

// Routes are the addresses of the place.
func (d *Desk) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /setup", frame.Unkept(d.setupPage))
	mux.Handle("POST /setup", frame.Unkept(d.setup))

	for address, do := range d.supervising() {
		mux.Handle(address, door(identity.Supervisor).Work(do))
	}
	for address, do := range d.administering() {
		mux.Handle(address, door(identity.Admin).Work(do))
	}
	return page.Known(mux)
}

// supervising are the pages of those who watch over cases.
func (d *Desk) supervising() map[string]frame.Act {
	return map[string]frame.Act{
		"GET /desk":                                  d.watchPage,
		"GET /desk/export.csv":                       d.export,
		"GET /desk/alarms":                           d.alarmsPage,
		"GET /desk/find":                             d.find,
		"GET /desk/cases":                            d.casesPage,
		"GET /desk/cases/export.csv":                 d.casesExport,
		"GET /desk/cases/{case}":                     d.casePage,
		"GET /desk/cases/{case}/papers/{kind}/{seq}": d.paper,
		"GET /desk/cases/{case}/package":             d.casePackage,
		"GET /desk/cases/{case}/package.zip":         d.caseParcel,
		"POST /desk/cases/{case}/urge":               d.urge,
		"POST /desk/cases/{case}/reassign":           d.reassign,
		"GET /desk/figures":                          d.figuresPage,
		"GET /desk/ratings":                          d.ratingsPage,
		"GET /desk/credit":                           d.creditPage,
		"GET /desk/credit/export.csv":                d.creditExport,
		"GET /desk/credit/grades":                    d.bringGradesPage,
		"POST /desk/credit/grades":                   d.bringGrades,
		"GET /desk/credit/{record}":                  d.creditRecordPage,
		"POST /desk/credit/{record}":                 d.answerCredit,
	}
}

// administering are the pages of the administrator.
func (d *Desk) administering() map[string]frame.Act {
	return map[string]frame.Act{
		"GET /desk/admin":                            d.healthPage,
		"GET /desk/admin/people":                     d.peoplePage,
		"GET /desk/admin/people/new":                 d.newPersonPage,
		"POST /desk/admin/people/new":                d.newPerson,
		"GET /desk/admin/people/import":              d.importPeoplePage,
		"POST /desk/admin/people/import":             d.importPeople,
		"GET /desk/admin/people/{account}":           d.personPage,
		"POST /desk/admin/people/{account}/appoint":  d.appoint,
		"POST /desk/admin/people/{account}/dismiss":  d.dismiss,
		"POST /desk/admin/people/{account}/lock":     d.lock,
		"POST /desk/admin/people/{account}/unlock":   d.unlock,
		"POST /desk/admin/people/{account}/reset":    d.reset,
		"GET /desk/admin/agencies":                   d.agenciesPage,
		"GET /desk/admin/agencies/new":               d.newAgencyPage,
		"POST /desk/admin/agencies/new":              d.putAgency,
		"GET /desk/admin/agencies/import":            d.importAgenciesPage,
		"POST /desk/admin/agencies/import":           d.importAgencies,
		"GET /desk/admin/agencies/{agency}":          d.agencyPage,
		"POST /desk/admin/agencies/{agency}":         d.putAgency,
		"GET /desk/admin/halls":                      d.hallsPage,
		"GET /desk/admin/halls/new":                  d.newHallPage,
		"POST /desk/admin/halls/new":                 d.putHall,
		"GET /desk/admin/halls/{hall}":               d.hallPage,
		"POST /desk/admin/halls/{hall}":              d.putHall,
		"GET /desk/admin/calendars":                  d.calendarsPage,
		"POST /desk/admin/calendars":                 d.foreseeCalendar,
		"POST /desk/admin/calendars/force":           d.forceCalendar,
		"GET /desk/admin/seals":                      d.sealsPage,
		"GET /desk/admin/seals/{seal}":               d.sealPage,
		"POST /desk/admin/seals/{seal}/{move}":       d.moveSeal,
		"POST /desk/admin/seals":                     d.makeSeal,
		"GET /desk/admin/types":                      d.typesPage,
		"POST /desk/admin/types":                     d.defineType,
		"GET /desk/admin/words":                      d.wordsPage,
		"GET /desk/admin/words/{form}":               d.formPage,
		"POST /desk/admin/words/{form}":              d.publish,
		"GET /desk/admin/partners":                   d.partnersPage,
		"POST /desk/admin/partners":                  d.putPartner,
		"POST /desk/admin/partners/term":             d.setTerm,
		"POST /desk/admin/partners/{partner}/{move}": d.movePartner,

		"GET /desk/admin/partners/{partner}/balance":   d.balancePage,
		"POST /desk/admin/partners/{partner}/balance":  d.reconcile,
		"POST /desk/admin/partners/{partner}/continue": d.mendLine(d.Elsewhere.Continue),
		"POST /desk/admin/partners/{partner}/forgo":    d.mendLine(d.Elsewhere.Forgo),
		"GET /desk/admin/numbers":                      d.numbersPage,
		"POST /desk/admin/numbers":                     d.explainNumber,
		"GET /desk/admin/archive":                      d.archivePage,
		"POST /desk/admin/archive":                     d.layRule,
		"POST /desk/admin/archive/terms":               d.layTerms,
	}
}

// door lets in those who hold a post of role.
func door(role identity.Role) frame.Door {
	return frame.Door{Place: "desk", Roles: []identity.Role{role}, Others: "这里是" + staff.RoleCalled(role) + "的工作页面，您没有这个岗位"}
}

// watchBar is the head of the supervisor's pages.
func watchBar(by identity.Actor) frame.DeskBar {
	bar := frame.DeskBar{Place: "效能监督", Home: "/desk", Find: "/desk/find", Nav: []frame.Link{
		{Text: "今日", Href: "/desk"}, {Text: "预警", Href: "/desk/alarms"}, {Text: "办件", Href: "/desk/cases"}, {Text: "部门和事项", Href: "/desk/figures"}, {Text: "差评", Href: "/desk/ratings"}, {Text: "信用", Href: "/desk/credit"}, {Text: "帮办和反映", Href: "/aid"}, {Text: "企业登记簿", Href: "/registry"},
	}}
	if by.Plays(identity.Admin) {
		bar.Extra = []frame.Link{{Text: "系统管理", Icon: "users", Href: "/desk/admin"}}
	}
	return bar
}

// adminBar is the head of the administrator's pages.
func adminBar(by identity.Actor) frame.DeskBar {
	bar := frame.DeskBar{Place: "系统管理", Home: "/desk/admin", Nav: []frame.Link{
		{Text: "运行", Href: "/desk/admin"}, {Text: "人员和岗位", Href: "/desk/admin/people"}, {Text: "部门", Href: "/desk/admin/agencies"}, {Text: "大厅", Href: "/desk/admin/halls"},
		{Text: "工作日历", Href: "/desk/admin/calendars"}, {Text: "印章", Href: "/desk/admin/seals"}, {Text: "证照类型", Href: "/desk/admin/types"}, {Text: "文书模板", Href: "/desk/admin/words"}, {Text: "文号", Href: "/desk/admin/numbers"}, {Text: "归档", Href: "/desk/admin/archive"}, {Text: "协作平台", Href: "/desk/admin/partners"},
	}}
	if by.Plays(identity.Supervisor) {
		bar.Extra = []frame.Link{{Text: "效能监督", Icon: "layout-dashboard", Href: "/desk"}}
	}
	return bar
}

// regionOf is the division of the actor's first post of that role.
func regionOf(by identity.Actor, role identity.Role) string {
	for _, p := range by.Posts {
		if p.Role == role {
			return p.Region
		}
	}
	return ""
}

// within is the division asked for, if the actor's post takes it in, or the
// post's own; with the divisions one can choose.
func (d *Desk) within(asked string, by identity.Actor, role identity.Role) (string, []frame.Choice) {
	own := regionOf(by, role)
	region := own
	if identity.Within(asked, own) {
		region = asked
	}
	name := func(code string) string {
		if r, ok := d.Regions.Find(code); ok {
			return r.Name
		}
		return code
	}
	choices := []frame.Choice{{Value: own, Label: name(own)}}
	for _, r := range d.Regions.Children(own, calendar.DayOf(d.Now())) {
		choices = append(choices, frame.Choice{Value: r.Code.Long(), Label: r.Name})
	}
	return region, choices
}
