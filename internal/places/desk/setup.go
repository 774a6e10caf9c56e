package desk

import (
	"net/http"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// setupPage is where the first administrator of an empty city begins.
type setupPage struct {
	frame.View
	Token  string
	Fields []frame.Field
	Fault  error
	Shut   bool // the city has an administrator already
}

func (d *Desk) setupPage(w http.ResponseWriter, r *http.Request) error {
	empty, err := d.Identity.NeedsSetUp(r.Context())
	if err != nil {
		return err
	}
	v := setupPage{View: frame.Of(r).Named("设置第一位管理员"), Token: page.Query(r).Text("token"), Shut: !empty, Fields: setupFields(page.Query(r))}
	page.Show(w, r, setupView(v))
	return nil
}

func setupFields(f *page.Form) []frame.Field {
	return []frame.Field{
		{Name: "region", Label: "本级行政区划代码", Hint: "12 位，前六位是区划代码，后面补零，例如 320300000000", Value: f.Text("region"), Kind: "number", Width: "m", Max: 12},
		{Name: "agency", Label: "管理员所在部门的编号", Hint: "小写字母、数字和短横线，例如 xz-gso；登录后在“部门”里补全它的信息", Value: f.Text("agency"), Width: "m", Max: 40},
		{Name: "name", Label: "您的姓名", Value: f.Text("name"), Form: "name", Width: "m", Max: 50},
		{Name: "login", Label: "登录名", Hint: "3 至 64 位小写字母、数字或 _ . @ -", Value: f.Text("login"), Form: "username", Width: "m", Max: 64},
		{Name: "mobile", Label: "手机号码", Kind: "tel", Value: f.Text("mobile"), Form: "tel", Width: "m", Opt: true},
		{Name: "password", Label: "密码", Hint: identity.PasswordHint, Kind: "password", Form: "new-password", Width: "m", Max: 200},
		{Name: "again", Label: "再输一次密码", Kind: "password", Form: "new-password", Width: "m", Max: 200},
	}
}

func (d *Desk) setup(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	agency := f.Require("agency", "部门编号")
	if f.Values().Get("password") != f.Values().Get("again") {
		f.Refuse("again", "same", "两次输入的密码不一样，请重新输入")
	}
	var session identity.Session
	n := identity.NewStaff{Login: f.Text("login"), Name: f.Text("name"), Mobile: f.Text("mobile"), Region: f.Text("region")}
	if err = f.Err(); err != nil {
		err = fault.Together(err, n.Check())
	} else {
		session, err = d.Identity.SetUp(r.Context(), f.Text("token"), f.Values().Get("password"), n, agency, frame.ClientOf(r))
	}
	if err != nil {
		v := setupPage{View: frame.Of(r).Named("设置第一位管理员").Faulty(err), Token: f.Text("token"), Fault: err}
		for _, field := range setupFields(f) {
			v.Fields = append(v.Fields, field.Faulty(err))
		}
		if fault.Of(err) == fault.Internal {
			return err
		}
		page.ShowFault(w, r, err, setupView(v))
		return nil
	}
	d.Sessions.Remember(w, session.Token)
	page.SeeOther(w, r, "/desk/admin")
	return nil
}
