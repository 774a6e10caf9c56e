package desk

import (
	"errors"
	"net/http"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sheet"
	"tongban/internal/places/frame"
)

// newPersonPage opens one account.
type newPersonPage struct {
	frame.View
	Bar     frame.DeskBar
	Fields  []frame.Field
	Fault   error
	Created []identity.Created // with the passwords to tell, shown once
}

func newPersonFields(f *page.Form, region string, wrong error) []frame.Field {
	if f.Has("region") {
		region = f.Text("region")
	}
	fields := []frame.Field{
		{Name: "name", Label: "姓名", Value: f.Text("name"), Max: 50, Width: "m"},
		{Name: "login", Label: "登录名", Hint: "3 至 64 位小写字母、数字或 _ . @ -", Value: f.Text("login"), Max: 64, Width: "m"},
		{Name: "mobile", Label: "手机号码", Kind: "tel", Value: f.Text("mobile"), Width: "m", Opt: true},
		{Name: "region", Label: "由哪一级管理", Hint: "12 位行政区划代码", Value: region, Kind: "number", Max: 12, Width: "m"},
	}
	for i := range fields {
		fields[i] = fields[i].Faulty(wrong)
	}
	return fields
}

func (d *Desk) newPersonPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v := newPersonPage{View: frame.Of(r).Named("开立账号"), Bar: adminBar(by), Fields: newPersonFields(page.Query(r), regionOf(by, identity.Admin), nil)}
	page.Show(w, r, newPersonView(v))
	return nil
}

// newPerson shows the password once, in the answer itself.
func (d *Desk) newPerson(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v := newPersonPage{View: frame.Of(r).Named("开立账号"), Bar: adminBar(by)}
	created, err := d.Identity.Create(r.Context(), identity.NewStaff{Login: f.Text("login"), Name: f.Text("name"), Mobile: f.Text("mobile"), Region: f.Text("region")}, by)
	if err != nil {
		v.Fault, v.Fields, v.View = err, newPersonFields(f, "", err), v.View.Faulty(err)
		page.ShowFault(w, r, err, newPersonView(v))
		return nil
	}
	v.Created = []identity.Created{created}
	page.Show(w, r, newPersonView(v))
	return nil
}

// importPage takes a table and says cell by cell what is wrong with it.
type importPage struct {
	frame.View
	Bar      frame.DeskBar
	What     string
	Action   string
	Headings []string
	Further  string
	Fault    error
	Entered  int
	Created  []identity.Created
	Back     string
	Trial    string // where a table is only judged; "" nowhere
	Said     string // what came of it
}

func peopleImport(r *http.Request, by identity.Actor) importPage {
	return importPage{View: frame.Of(r).Named("导入人员"), Bar: adminBar(by), What: "人员", Action: "/desk/admin/people/import", Back: "/desk/admin/people",
		Headings: staff.Headings, Further: "还可以有：手机号、服务区域、窗口号、大厅编号。一人多个岗位写多行。"}
}

func (d *Desk) importPeoplePage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	page.Show(w, r, importView(peopleImport(r, by)))
	return nil
}

func (d *Desk) importPeople(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v := peopleImport(r, by)
	table, err := tableOf(w, r, staff.Headings)
	if err == nil {
		v.Created, err = d.Staff.Import(r.Context(), table, d.Identity, by)
	}
	v.Entered = len(v.Created)
	return shownImport(w, r, v, err)
}

// tableOf reads the table that was sent.
func tableOf(w http.ResponseWriter, r *http.Request, headings []string) (*sheet.Table, error) {
	f, err := page.ReadUpload(w, r, sheet.MaxBytes+1<<20)
	if err != nil {
		return nil, err
	}
	files := f.Files("table")
	if len(files) == 0 {
		return nil, fault.New(fault.Invalid, "desk.import.file", "请选择表格文件").At("table", "required", "请选择 XLSX 或 CSV 文件")
	}
	in, err := files[0].Open()
	if err != nil {
		return nil, err
	}
	table, err := sheet.Read(in, headings...)
	return table, errors.Join(err, in.Close())
}

func shownImport(w http.ResponseWriter, r *http.Request, v importPage, err error) error {
	if err == nil {
		page.Show(w, r, importView(v))
		return nil
	}
	v.Fault, v.View = placed(err), v.View.Faulty(err)
	page.ShowFault(w, r, err, importView(v))
	return nil
}

// placed says of every cell that must change where it stands in the table.
func placed(err error) error {
	return fault.Retold(err, func(f fault.Field) (fault.Field, bool) {
		if strings.HasPrefix(f.Path, "第") {
			f.Say = f.Path + "：" + f.Say
		}
		return f, true
	})
}
