package openapi

import (
	"context"
	"strconv"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/regions"
	"tongban/internal/ground/fault"
)

// routeCivic names the operations of agencies, regions and calendars.
func (a *API) routeCivic(b *book) {
	public(b, "GET /agencies", "listAgencies", "机构与日历", "部门清单", a.listAgencies)
	public(b, "GET /agencies/{agency}", "getAgency", "机构与日历", "一个部门", a.agency)
	public(b, "GET /regions/{code}", "getRegion", "机构与日历", "一个区划和它的下级", a.region)
	public(b, "GET /calendars/{year}", "getCalendar", "机构与日历", "一年的放假和调休安排", a.calendarYear)
}

type listAgenciesInput struct {
	Region string `query:"region" maxLength:"12" doc:"正好在这个区划"`
	Within string `query:"within" maxLength:"12" doc:"在这个区划和它的下级"`
	Text   string `query:"text" maxLength:"50" doc:"名称包含"`
}

func (a *API) listAgencies(ctx context.Context, _ identity.Actor, in *listAgenciesInput) (list[agencies.Agency], error) {
	all, err := a.Agencies.List(ctx, agencies.Filter{Region: in.Region, Within: in.Within, Text: in.Text})
	return list[agencies.Agency]{Items: some(all)}, err
}

type agencyInput struct {
	Agency string `path:"agency" maxLength:"64" doc:"部门" example:"xz-market"`
}

func (a *API) agency(ctx context.Context, _ identity.Actor, in *agencyInput) (agencies.Agency, error) {
	return a.Agencies.Find(ctx, in.Agency)
}

type regionInput struct {
	Code string `path:"code" pattern:"^[0-9]{6,12}$" doc:"6、9 或者 12 位区划代码" example:"320300000000"`
}

// Place is a division as the interface shows it.
type Place struct {
	Code string `json:"code" doc:"区划代码"`
	Name string `json:"name" doc:"名称"`
	Path string `json:"path" doc:"全称"`
}

type regionView struct {
	Place
	Children []Place `json:"children" doc:"直接下级"`
}

func (a *API) region(_ context.Context, _ identity.Actor, in *regionInput) (regionView, error) {
	r, ok := a.Regions.Find(in.Code)
	if !ok {
		return regionView{}, fault.New(fault.NotFound, "api.region.none", "没有这个区划代码")
	}
	v := regionView{a.placed(r), []Place{}}
	for _, child := range a.Regions.Children(in.Code, calendar.DayOf(a.Now())) {
		v.Children = append(v.Children, a.placed(child))
	}
	return v, nil
}

func (a *API) placed(r regions.Region) Place {
	return Place{string(r.Code), r.Name, a.Regions.Path(string(r.Code))}
}

type calendarInput struct {
	Year string `path:"year" pattern:"^[0-9]{4}$" doc:"年份" example:"2026"`
}

func (a *API) calendarYear(_ context.Context, _ identity.Actor, in *calendarInput) (calendar.Year, error) {
	n, err := strconv.Atoi(in.Year)
	if err != nil {
		return calendar.Year{}, err
	}
	for _, y := range a.Calendar.Now().Years() {
		if y.Year == n {
			return y, nil
		}
	}
	return calendar.Year{}, fault.New(fault.NotFound, "api.calendar.none", "没有%d年的日历：放假安排还没有发布或者没有装入", n)
}
