package openapi

import (
	"context"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/handling/projects"
)

// routeProjects names the operations of construction projects.
func (a *API) routeProjects(b *book) {
	signed(b, "GET /projects", "listProjects", "工程建设项目", "本单位的，或者本地、本部门参与的工程建设项目", a.projects)
	signed(b, "GET /projects/{project}", "getProject", "工程建设项目", "一个项目：各阶段、事项、联合事项、堵点、办件状态（1—15）", a.project)
}

type projectView struct {
	ID      string    `json:"id" doc:"标识"`
	Code    string    `json:"code" doc:"项目代码，24位"`
	Name    string    `json:"name" doc:"项目名称"`
	Type    string    `json:"type" doc:"项目类型，即审批流程编码"`
	Version int       `json:"typeVersion" doc:"审批流程版本"`
	Unit    string    `json:"unit" doc:"建设单位"`
	Place   string    `json:"place" doc:"建设地点"`
	Steward string    `json:"steward,omitempty" doc:"项目管家"`
	Major   bool      `json:"major" doc:"是否重大项目"`
	Opened  time.Time `json:"opened" doc:"登记时间"`
	Closed  bool      `json:"closed" doc:"四个阶段是否全部完成"`
}

type projectDetail struct {
	projectView
	Stages []projectStage        `json:"stages" doc:"四个阶段和并行推进"`
	States map[string][]stateRow `json:"states" doc:"每个办件经过的状态，按办件编号"`
}

type projectStage struct {
	No     int         `json:"no" doc:"阶段序号，5 为并行推进"`
	Name   string      `json:"name" doc:"阶段名称"`
	Lead   string      `json:"lead" doc:"牵头部门"`
	State  string      `json:"state" doc:"blocked 等前面的，ready 可以申报，running 在办，stuck 受阻，done 已办好"`
	Limit  string      `json:"limit,omitempty" doc:"宣布的时限"`
	Blocks []string    `json:"blocks" doc:"堵点"`
	Next   []string    `json:"next" doc:"下一步"`
	Items  []stageItem `json:"items" doc:"事项"`
}

type stageItem struct {
	Item   string `json:"item" doc:"事项"`
	Name   string `json:"name" doc:"名称"`
	State  string `json:"state" doc:"状态，另有 skipped 不涉及、lacking 等单位补充、failed 没有办成"`
	Number string `json:"number,omitempty" doc:"办件编号"`
}

func projectOf(p *projects.Project) projectView {
	return projectView{string(p.ID), p.Code, p.Name, p.Type.ID, p.Type.Version, p.Applicant.Name, p.Place, p.Steward.Name, p.Major != "", p.Opened, !p.Closed.IsZero()}
}

type projectsInput struct {
	Mine  bool   `query:"mine" doc:"只看本单位的"`
	Major bool   `query:"major" doc:"只看重大项目"`
	After string `query:"after" maxLength:"80" doc:"上一页的 next"`
}

func (a *API) projects(ctx context.Context, by identity.Actor, in *projectsInput) (list[projectView], error) {
	if in.Mine || !by.Staff() {
		all, err := a.Projects.Mine(ctx, by)
		return listed(all, projectOf), err
	}
	all, err := a.Projects.List(ctx, projects.Filter{Major: in.Major, After: in.After, Limit: perPage}, by)
	return paged(all, projectOf, perPage, (*projects.Project).Cursor), err
}

type ofProject struct {
	Project string `path:"project" maxLength:"40" doc:"标识"`
}

func (a *API) project(ctx context.Context, by identity.Actor, in *ofProject) (projectDetail, error) {
	p, err := a.Projects.Project(ctx, projects.ID(in.Project), by)
	if err != nil {
		return projectDetail{}, err
	}
	course, err := a.Projects.Course(ctx, p)
	if err != nil {
		return projectDetail{}, err
	}
	rows, err := a.Projects.Rows(ctx, p, by)
	if err != nil {
		return projectDetail{}, err
	}
	out := projectDetail{projectView: projectOf(p), States: map[string][]stateRow{}}
	for _, s := range course {
		v := projectStage{No: s.No, Name: s.Name, Lead: s.LeadName, State: string(s.Where), Blocks: some(s.Blocks), Next: some(s.Next), Items: []stageItem{}}
		if !s.Limit.None() {
			v.Limit = s.Limit.String()
		}
		for _, l := range s.Lines {
			v.Items = append(v.Items, stageItem{string(l.Item), l.Name, string(l.Where), l.Number})
		}
		out.Stages = append(out.Stages, v)
	}
	for number, list := range rows {
		for _, r := range list {
			out.States[number] = append(out.States[number], stateOf(r))
		}
	}
	return out, nil
}
