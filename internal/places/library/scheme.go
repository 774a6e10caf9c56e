package library

import (
	"context"
	"net/http"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/catalogue/themes/scheme"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
)

// mostScheme is how large the file of a scheme may be, in bytes.
const mostScheme = 1 << 20

// readScheme begins a theme with the file in which a city wrote it down (一件事方案):
// its items are those of this city that bear the name or the code, and what was not
// understood stands above the draft.
func (l *Library) readScheme(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadUpload(w, r, mostScheme)
	if err != nil {
		return err
	}
	by.Request = f.Text("request")
	id := themes.ID(f.Text("scheme.id"))
	s, err := l.schemeIn(r.Context(), f)
	if err = fault.Together(err, id.Check()); err == nil {
		_, err = l.Themes.BeginWith(r.Context(), id, s.Theme, by)
	}
	if err != nil {
		return l.themesRefused(w, r, f, by, schemeFault(err))
	}
	r.SetPathValue("theme", string(id))
	v, err := l.themeView(r, by)
	if err != nil {
		return err
	}
	v.Read, v.Done = themeFindings(append(s.Findings, s.Compare(v.Made)...)), "已读入为草稿，请核对以后保存、报送"
	v.draw(nil)
	page.Show(w, r, themePage(v))
	return nil
}

// schemeFault points at the field of this form that asks for the identifier: the form
// beside it has one of the same name.
func schemeFault(err error) error {
	return fault.Retold(err, func(f fault.Field) (fault.Field, bool) {
		if f.Path == "id" {
			f.Path = "scheme.id"
		}
		return f, true
	})
}

// schemeIn is the theme of the file that was asked for, with the items of this city.
func (l *Library) schemeIn(ctx context.Context, f *page.Form) (*scheme.Scheme, error) {
	files := f.Files("file")
	if len(files) == 0 {
		return nil, fault.New(fault.Invalid, "library.scheme.file", "请选择方案文件").At("file", "required", "请选择方案文件")
	}
	text, err := files[0].Read()
	if err != nil {
		return nil, err
	}
	all, err := scheme.Read(text)
	if err != nil {
		return nil, atFile(err)
	}
	s, err := schemeNamed(all, f.Text("scheme.name"))
	if err != nil {
		return nil, err
	}
	catalogue, err := l.itemsOf(ctx, s)
	s.Match(catalogue)
	return s, err
}

// atFile is a fault of what a file holds, at the field of the file: with the lines it
// names.
func atFile(err error) error {
	say := fault.Say(err)
	for _, f := range fault.Fields(err) {
		say += "；" + f.Path + " " + f.Say
	}
	return fault.New(fault.Invalid, fault.Code(err), "%s", fault.Say(err)).At("file", fault.Code(err), "%s", say)
}

// schemeNamed is the one scheme of a file, or the one of that name.
func schemeNamed(all []*scheme.Scheme, name string) (*scheme.Scheme, error) {
	var names []string
	for _, s := range all {
		if s.Theme.Name == name || name == "" && len(all) == 1 {
			return s, nil
		}
		names = append(names, s.Theme.Name)
	}
	return nil, fault.New(fault.Invalid, "library.scheme.which", "请写明读文件里的哪一件事").At("scheme.name", "choose", "文件里有：%s，请写其中一个名称", strings.Join(names, "、"))
}

// mostAlike is how many items of a like name are looked at.
const mostAlike = 8

// itemsOf are the items of this city that a scheme may mean by the names of its own.
func (l *Library) itemsOf(ctx context.Context, s *scheme.Scheme) ([]*items.Edition, error) {
	var all []*items.Edition
	for _, c := range s.Theme.Components {
		found, err := l.Items.Search(ctx, c.Name, items.Filter{}, 0)
		if err != nil {
			return nil, err
		}
		for _, hit := range found.Hits[:min(len(found.Hits), mostAlike)] {
			e, err := l.Items.Current(ctx, hit.ID)
			if err != nil {
				return nil, err
			}
			all = append(all, e)
		}
	}
	return all, nil
}
