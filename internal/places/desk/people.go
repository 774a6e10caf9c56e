package desk

import (
	"context"
	"net/http"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// peoplePage lists the officials of a division.
type peoplePage struct {
	frame.View
	Bar     frame.DeskBar
	Region  string
	Regions []frame.Choice
	Rows    []personRow
	Next    string
}

// personRow is one account.
type personRow struct {
	Account, Login, Name, Region string
	State                        string
	Tone                         frame.Tone
}

func (d *Desk) peoplePage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r)
	v := peoplePage{View: frame.Of(r).Named("人员和岗位"), Bar: adminBar(by)}
	v.Region, v.Regions = d.within(q.Text("region"), by, identity.Admin)
	all, err := d.Identity.Accounts(r.Context(), v.Region, q.Text("after"), 50, by)
	if err != nil {
		return err
	}
	for _, a := range all {
		v.Rows = append(v.Rows, d.personOf(a))
	}
	if len(all) == 50 {
		v.Next = with("/desk/admin/people", q.Values(), "after", all[49].Login)
	}
	page.Show(w, r, peopleView(v))
	return nil
}

func (d *Desk) personOf(a identity.Account) personRow {
	row := personRow{Account: a.ID, Login: a.Login, Name: a.Name, Region: d.place(a.Region), State: "正常", Tone: frame.Green}
	switch {
	case !a.Open():
		row.State, row.Tone = "已停用："+a.Locked, frame.Red
	case a.MustChange:
		row.State, row.Tone = "首次登录须改密码", frame.Amber
	}
	return row
}

// place is what a division is called.
func (d *Desk) place(code string) string {
	if r, ok := d.Regions.Find(code); ok {
		return r.Name
	}
	return code
}

// personPage is one official: the posts they hold, and what may be done.
type personPage struct {
	frame.View
	Bar        frame.DeskBar
	Person     personRow
	Locked     bool
	Posts      []postRow
	Fields     postFields
	Fault      error
	Done       string
	Password   string // shown once
	History    []frame.Moment
	Unmaskings []unmaskingRow
	Earlier    string // where what was seen before is
}

// postRow is one post held.
type postRow struct {
	ID, Agency, Role, Title, Region, Window, Since string
}

// postFields ask for a new post.
type postFields struct {
	Agency, Role, Title, Region, Window, Hall frame.Field
	Agencies, Roles, Halls                    []frame.Choice
}

func (d *Desk) personPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := d.person(r, by, page.Query(r), nil)
	if err != nil {
		return err
	}
	page.Show(w, r, personView(v))
	return nil
}

// person gathers what the page shows; f fills the form again after a fault.
func (d *Desk) person(r *http.Request, by identity.Actor, f *page.Form, wrong error) (v personPage, err error) {
	ctx, id := r.Context(), r.PathValue("account")
	history, err := d.Identity.HistoryOf(ctx, id, "", 20, by)
	if err != nil {
		return v, err
	}
	a, err := d.account(ctx, id, by)
	if err != nil {
		return v, err
	}
	dir, err := d.Agencies.Directory(ctx)
	if err != nil {
		return v, err
	}
	held, err := d.Staff.Held(ctx, id, by)
	if err != nil {
		return v, err
	}
	v = personPage{View: frame.Of(r).Named(a.Name), Bar: adminBar(by), Person: d.personOf(a), Locked: !a.Open(), Fault: wrong, Done: personDone[page.Query(r).Text("done")]}
	for _, h := range held {
		v.Posts = append(v.Posts, postRow{h.ID, dir.Name(h.Post.Agency), staff.RoleCalled(h.Post.Role), h.Post.Title, d.place(h.Post.Region), h.Post.Window, h.Since.Han()})
	}
	for _, e := range history {
		v.History = append(v.History, frame.Moment{When: minute(e.At), What: e.What(), Note: e.How()})
	}
	if v.Unmaskings, v.Earlier, err = d.unmaskings(r, by); err != nil {
		return v, err
	}
	region := regionOf(by, identity.Admin)
	v.Fields = newPost(f, dir, region, wrong)
	v.Fields.Halls = []frame.Choice{{Value: "", Label: "不在大厅"}}
	all, err := d.Halls.In(ctx, region)
	for _, h := range all {
		v.Fields.Halls = append(v.Fields.Halls, frame.Choice{Value: h.ID, Label: h.Name})
	}
	return v, err
}

func newPost(f *page.Form, dir *agencies.Directory, region string, wrong error) postFields {
	p := postFields{
		Agency: frame.Field{Name: "agency", Label: "部门", Value: f.Text("agency")}.Faulty(wrong),
		Role:   frame.Field{Name: "role", Label: "岗位角色", Value: f.Text("role")}.Faulty(wrong),
		Title:  frame.Field{Name: "title", Label: "岗位名称", Hint: "与流程里写的一致，例如审查岗", Value: f.Text("title"), Max: 30}.Faulty(wrong),
		Region: frame.Field{Name: "region", Label: "服务区域代码", Hint: "不填为部门所在区域", Value: f.Text("region"), Max: 12, Opt: true}.Faulty(wrong),
		Window: frame.Field{Name: "window", Label: "窗口号", Hint: "大厅里录入过的，例如 A01", Value: f.Text("window"), Max: 10, Opt: true}.Faulty(wrong),
		Hall:   frame.Field{Name: "hall", Label: "大厅", Value: f.Text("hall"), Opt: true}.Faulty(wrong),
	}
	for _, a := range dir.List(agencies.Filter{Within: region}) {
		p.Agencies = append(p.Agencies, frame.Choice{Value: a.ID, Label: a.Short})
	}
	for _, role := range staff.Roles {
		p.Roles = append(p.Roles, frame.Choice{Value: string(role.Role), Label: role.Name})
	}
	return p
}

// account finds one account among those that by administers.
func (d *Desk) account(ctx context.Context, id string, by identity.Actor) (identity.Account, error) {
	return d.Identity.AccountOf(ctx, id, by)
}

// personDone is what is said after an act.
var personDone = map[string]string{
	"appointed": "已任命，下一次打开页面时生效。", "dismissed": "已免去。", "locked": "账号已停用，所有登录已结束。", "unlocked": "账号已启用。",
}

// acted has something done to a person and leads back, or shows the page again
// with what must change.
func (d *Desk) acted(w http.ResponseWriter, r *http.Request, by identity.Actor, say string, do func(*page.Form) error) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	if err = do(f); err == nil {
		page.SeeOther(w, r, "/desk/admin/people/"+r.PathValue("account")+"?done="+say)
		return nil
	}
	if kind := fault.Of(err); kind == fault.Internal || kind == fault.NotFound {
		return err
	}
	v, e := d.person(r, by, f, err)
	if e != nil {
		return e
	}
	v.View = v.View.Faulty(err)
	page.ShowFault(w, r, err, personView(v))
	return nil
}

func (d *Desk) appoint(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	return d.acted(w, r, by, "appointed", func(f *page.Form) error {
		post := identity.Post{Agency: f.Text("agency"), Region: f.Text("region"), Role: identity.Role(f.Text("role")), Title: f.Text("title"), Window: f.Text("window"), Hall: f.Text("hall")}
		_, err := d.Staff.Appoint(r.Context(), r.PathValue("account"), post, 0, by)
		return err
	})
}

func (d *Desk) dismiss(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	return d.acted(w, r, by, "dismissed", func(f *page.Form) error {
		return d.Staff.Dismiss(r.Context(), f.Text("holding"), calendar.DayOf(d.Now())-1, by)
	})
}

func (d *Desk) lock(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	return d.acted(w, r, by, "locked", func(f *page.Form) error {
		return d.Identity.Lock(r.Context(), r.PathValue("account"), f.Text("reason"), by)
	})
}

func (d *Desk) unlock(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	return d.acted(w, r, by, "unlocked", func(*page.Form) error {
		return d.Identity.Unlock(r.Context(), r.PathValue("account"), by)
	})
}

// reset shows the new password once, in the answer itself: it stands nowhere else.
func (d *Desk) reset(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	password, err := d.Identity.Reset(r.Context(), r.PathValue("account"), by)
	if err != nil {
		return err
	}
	v, err := d.person(r, by, f, nil)
	if err != nil {
		return err
	}
	v.Password = password
	page.Show(w, r, personView(v))
	return nil
}
