package desk

import (
	"net/http"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
	"tongban/internal/register/certificates"
)

// typesPage lists the types of certificate and defines another.
type typesPage struct {
	frame.View
	Bar    frame.DeskBar
	Rows   []typeRow
	Fields []frame.Field
	Lines  frame.Field
	Fault  error
	Done   bool
}

// typeRow is one type.
type typeRow struct {
	Code, Name, Definer, Lines, Years string
}

func (d *Desk) typesPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := d.types(r, page.Query(r), by, nil)
	if err != nil {
		return err
	}
	v.Done = page.Query(r).Has("done")
	page.Show(w, r, typesView(v))
	return nil
}

func (d *Desk) types(r *http.Request, f *page.Form, by identity.Actor, wrong error) (typesPage, error) {
	v := typesPage{View: frame.Of(r).Named("证照类型"), Bar: adminBar(by), Fault: wrong}
	all, err := d.Certificates.Types(r.Context())
	for _, t := range all {
		v.Rows = append(v.Rows, typeOf(t))
	}
	v.Fields = []frame.Field{
		{Name: "code", Label: "证照类型代码", Hint: "定义机构的 18 位统一社会信用代码加 3 位数字", Value: f.Text("code"), Max: 21, Width: "m"},
		{Name: "name", Label: "名称", Value: f.Text("name"), Max: 60},
		{Name: "definer", Label: "定义机构", Value: f.Text("definer"), Max: 100},
		{Name: "years", Label: "有效年限", Hint: "0 为长期有效", Value: f.Text("years"), Kind: "number", Width: "s", Unit: "年"},
	}
	for i := range v.Fields {
		v.Fields[i] = v.Fields[i].Faulty(wrong)
	}
	v.Lines = frame.Field{Name: "fields", Label: "照面登载项", Hint: "每行一项，必填的在后面加 *", Value: f.Text("fields"), Rows: 6, Max: 2000}.Faulty(wrong)
	return v, err
}

func typeOf(t certificates.Type) typeRow {
	var names []string
	for _, f := range t.Fields {
		names = append(names, f.Label)
	}
	years := "长期"
	if t.Years > 0 {
		years = thousands(int64(t.Years)) + " 年"
	}
	return typeRow{t.Code, t.Name, t.Definer, strings.Join(names, "、"), years}
}

func (d *Desk) defineType(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	t := certificates.Type{Code: f.Text("code"), Name: f.Text("name"), Definer: f.Text("definer"), Years: f.Int("years")}
	for _, line := range strings.Split(f.Text("fields"), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			t.Fields = append(t.Fields, certificates.Field{Label: strings.TrimSpace(strings.TrimSuffix(line, "*")), Required: strings.HasSuffix(line, "*")})
		}
	}
	if err = f.Err(); err != nil {
		err = fault.Together(err, t.Check())
	} else {
		err = d.Certificates.Define(r.Context(), t, by)
	}
	if err != nil {
		v, e := d.types(r, f, by, err)
		if e != nil {
			return e
		}
		v.View = v.View.Faulty(err)
		page.ShowFault(w, r, err, typesView(v))
		return nil
	}
	page.SeeOther(w, r, "/desk/admin/types?done=1")
	return nil
}
