package app

import (
	"context"
	"fmt"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/projects"
	"tongban/internal/handling/projects/projectstore"
)

// openProjects furnishes the room of construction projects with the flows of
// this place: projects.yaml of the data directory, or those of the sample city.
func (a *App) openProjects(context.Context) error {
	text, err := a.arrangement("projects.yaml", data.Sample, "sample/projects.yaml")
	if err != nil {
		return err
	}
	types, findings, err := projects.Read(text)
	if err != nil {
		return fmt.Errorf("flows of construction projects: %w", err)
	}
	a.Projects = &projects.Service{
		Store: &projectstore.Store{DB: a.DB, Post: a.Post}, Types: types, Odd: findings, Themes: a.Themes, Joint: a.Joint, Cases: a.Cases, Days: a.Calendar, NewID: sqldb.NewID, Now: a.Now,
	}
	return nil
}

// playProject leaves a construction project on the steward's board: registered,
// taken on, with a joint visit called and a request that waits.
func (a *App) playProject(ctx context.Context) error {
	today := calendar.DayOf(a.wall())
	a.stage(a.Calendar.Now().Add(today, -2))
	by := identity.Actor{Account: "u-xupeng", Name: "徐鹏", Party: maker.Party, Channel: "pc"}
	p, err := a.Projects.Open(ctx, projects.Project{
		Code: "2026-320312-34-03-000001", Name: "样本机械二期厂房", Place: "徐州市铜山区示例路38号", Applicant: maker,
		Units:   []projects.Unit{{Part: "施工", Name: builder.Name}},
		Answers: forms.Answers{"特殊建设工程": "是", "有地下室": "是", "自备取水": "否", "迁移古树": "否"},
	}, "industrial", by)
	if err != nil || p.Type.ID == "" {
		return err
	}
	window, err := a.clerk(ctx)
	if err != nil {
		return err
	}
	if _, err = a.Projects.TakeOn(ctx, p.ID, window, "", window); err != nil {
		return err
	}
	if _, err = a.Projects.Ask(ctx, p.ID, "供水接入点能不能提前定下来？", "xz-water", by); err != nil {
		return err
	}
	a.stage(today)
	_, err = a.Projects.Call(ctx, p.ID, projects.Visit, 1, a.Calendar.Now().Add(today, 1), "项目现场", window)
	return err
}
