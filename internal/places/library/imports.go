package library

import (
	"bytes"
	"net/http"
	"net/url"

	"tongban/internal/catalogue/revisions"
	"tongban/internal/catalogue/revisions/imports"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	workbook "tongban/internal/ground/sheet"
	"tongban/internal/places/frame"
)

// importsView is the files that were taken in on this desk, and the form for
// another.
type importsView struct {
	frame.View
	Bar  frame.DeskBar
	Rows []importRow
	Err  error
}

type importRow struct {
	Href, Name, By, Begun, State, Sum string
	Tone                              frame.Tone
}

// importsPage lists the imports (导入记录).
func (l *Library) importsPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.imported(r, by)
	if err != nil {
		return err
	}
	page.Show(w, r, importsPage(v))
	return nil
}

func (l *Library) imported(r *http.Request, by identity.Actor) (importsView, error) {
	v := importsView{View: frame.Of(r).Named("导入事项"), Bar: bar(by)}
	all, err := l.Imports.List(r.Context(), by)
	for _, im := range all {
		v.Rows = append(v.Rows, importRow{
			Href: importURL(im.ID), Name: im.Name, By: im.By.Name, Begun: moment(im.Begun), State: im.State.Han(), Tone: importTone(im), Sum: importSum(im),
		})
	}
	return v, err
}

func importURL(id imports.ID) string { return "/desk/imports/" + url.PathEscape(string(id)) }

func importTone(im *imports.Import) frame.Tone {
	switch im.State {
	case imports.Refused:
		return frame.Red
	case imports.Done:
		return frame.Green
	case imports.Looked:
		return frame.Amber
	}
	return frame.Blue
}

func importSum(im *imports.Import) string {
	switch im.State {
	case imports.Refused:
		return im.Why
	case imports.Done:
		return itoa(im.Outcomes[revisions.Kept]) + "份草稿"
	}
	return itoa(im.Progress) + "个事项"
}

// receive takes a file in; the same file again leads to the import that there is.
func (l *Library) receive(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadUpload(w, r, imports.MostBytes+(1<<20))
	if err != nil {
		return err
	}
	var im *imports.Import
	if files := f.Files("file"); len(files) == 0 {
		err = fault.New(fault.Invalid, "library.import.file", "请选择要导入的文件").At("file", "required", "请选择要导入的文件")
	} else {
		im, err = l.take(r, files[0], by)
	}
	if err == nil {
		page.SeeOther(w, r, importURL(im.ID))
		return nil
	}
	if kind := fault.Of(err); kind != fault.Invalid && kind != fault.TooLarge {
		return err
	}
	v, failed := l.imported(r, by)
	if failed != nil {
		return failed
	}
	err = fault.Placed(err, "file")
	v.Err, v.View = err, v.View.Faulty(err)
	page.ShowFault(w, r, err, importsPage(v))
	return nil
}

func (l *Library) take(r *http.Request, file page.File, by identity.Actor) (*imports.Import, error) {
	content, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer content.Close()
	return l.Imports.Receive(r.Context(), file.Name, content, by)
}

// importView is one import: how far it is, what was found, what to keep.
type importView struct {
	frame.View
	Bar frame.DeskBar
	Im  *imports.Import
	Err error
}

func (l *Library) importPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.importView(r, by)
	if err != nil {
		return err
	}
	page.Show(w, r, importPage(v))
	return nil
}

func (l *Library) importView(r *http.Request, by identity.Actor) (importView, error) {
	im, err := l.Imports.Import(r.Context(), imports.ID(r.PathValue("import")), by)
	if err != nil {
		return importView{}, err
	}
	return importView{View: frame.Of(r).Named("导入：" + im.Name).Under(frame.Link{Text: "导入事项", Href: "/desk/imports"}), Bar: bar(by), Im: im}, nil
}

// keepImport says what is to be kept as drafts.
func (l *Library) keepImport(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	which := f.OneOf("which", "good", "all")
	if which == "" {
		f.Refuse("which", "required", "请选择存哪些")
	}
	if err = f.Err(); err == nil {
		err = l.Imports.Choose(r.Context(), imports.ID(r.PathValue("import")), which == "good", by)
	}
	return l.afterImport(w, r, by, err)
}

// againImport has the file read and checked anew.
func (l *Library) againImport(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	return l.afterImport(w, r, by, l.Imports.Again(r.Context(), imports.ID(r.PathValue("import")), by))
}

func (l *Library) afterImport(w http.ResponseWriter, r *http.Request, by identity.Actor, err error) error {
	if err == nil {
		page.SeeOther(w, r, importURL(imports.ID(r.PathValue("import"))))
		return nil
	}
	if kind := fault.Of(err); kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	v, failed := l.importView(r, by)
	if failed != nil {
		return failed
	}
	v.Err, v.View = err, v.View.Faulty(err)
	page.ShowFault(w, r, err, importPage(v))
	return nil
}

// importFindings gives everything that was found as a workbook, each finding at
// its file, sheet, row and column.
func (l *Library) importFindings(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	book := &workbook.BookWriter{}
	rows := book.Sheet("核对结果", workbook.Column{Heading: "程度", Width: 10}, workbook.Column{Heading: "在文件里的位置", Width: 24}, workbook.Column{Heading: "事项标识", Width: 34},
		workbook.Column{Heading: "事项名称", Width: 34}, workbook.Column{Heading: "要素", Width: 28}, workbook.Column{Heading: "问题和改法", Width: 70}, workbook.Column{Heading: "规则", Width: 26})
	err := l.Imports.Findings(r.Context(), imports.ID(r.PathValue("import")), by, func(f imports.Line) {
		rows.Row([]string{f.Severity.Han(), f.Place, string(f.Item), f.Name, revisions.Called(f.Path), f.Say, f.Rule})
	})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if _, err := book.WriteTo(&out); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", `attachment; filename="findings.xlsx"`)
	_, err = w.Write(out.Bytes())
	return err
}

func (v importView) facts() []frame.Row {
	im, r := v.Im, v.Im.Report
	rows := []frame.Row{
		{Key: "状态", Body: frame.Tag(importTone(im), im.State.Han())}, {Key: "上传", Value: im.By.Name + "，" + moment(im.Begun)},
	}
	if im.State == imports.Waiting || im.State == imports.Refused {
		return rows
	}
	rows = append(rows, frame.Row{Key: "事项", Value: itoa(r.Items) + "个"}, frame.Row{Key: "没有错误", Value: itoa(r.Clean) + "个"},
		frame.Row{Key: "其他平台的", Value: itoa(r.Foreign) + "个"}, frame.Row{Key: "与现行版本相同", Value: itoa(r.Same) + "个"},
		frame.Row{Key: "问题", Value: itoa(r.Errors) + "处错误，" + itoa(r.Warnings) + "处提示"})
	if r.Drawings > 0 {
		rows = append(rows, frame.Row{Key: "单独的流程图", Value: itoa(r.Drawings) + "份"})
	}
	return rows
}

// outcomes are what became of everything, in the order in which people ask.
func (v importView) outcomes() []frame.Row {
	var rows []frame.Row
	for _, o := range []revisions.Outcome{revisions.Kept, revisions.Same, revisions.Busy, imports.Faulty, revisions.Lost} {
		if n := v.Im.Outcomes[o]; n > 0 {
			rows = append(rows, frame.Row{Key: string(o), Value: itoa(n) + "个"})
		}
	}
	return rows
}

// found is how many findings there are beyond those shown.
func (v importView) more() int {
	return max(v.Im.Report.Errors+v.Im.Report.Warnings-len(v.Im.Findings), 0)
}

func (v importView) which() []frame.Choice {
	r := v.Im.Report
	return []frame.Choice{
		{Value: "good", Label: "只存没有错误的（" + itoa(r.Clean) + "个）", Hint: "有错误的留在文件里，改好后重新上传"},
		{Value: "all", Label: "全部存为草稿（" + itoa(r.Items+r.Drawings) + "个）", Hint: "错误记在草稿上，逐项改好才能报送；其他平台的数据一般选这一项"},
	}
}
