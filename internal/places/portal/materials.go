package portal

import (
	"net/http"
	"net/url"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
	"tongban/internal/register/certificates"
)

// maxUpload is how much one form with files may carry, in bytes.
const maxUpload = 60 << 20

// acceptAll is what file choosers offer: what blob.Usual takes.
const acceptAll = "image/*,.pdf,.ofd,.doc,.docx,.xls,.xlsx,.heic"

type materialsView struct {
	frame.View
	Bar    frame.StepBar
	List   []materialRow
	Pledge string // where some of it may be pledged instead; "" nowhere
	Given  bool   // something is pledged
	Later  string // where one chooses what to bring later; "" nothing may follow
	Err    error
}

// materialsPage lists what this person has to hand in, with the state of each.
func (p *Portal) materialsPage(w http.ResponseWriter, r *http.Request, a *application) error {
	page.Show(w, r, materialsTemplate(a.materialsView(r)))
	return nil
}

func (a *application) materialsView(r *http.Request) materialsView {
	v := materialsView{View: frame.Of(r).Named("准备材料"), Bar: a.bar(a.at("materials"))}
	if r.URL.Query().Get("back") == "check" {
		v.Bar.Back, v.Bar.Next = a.at("check"), "返回核对"
	}
	if a.mayPledge() {
		v.Pledge, v.Given = a.at("pledge"), !a.Word.None()
	}
	if len(a.deferrable()) > 0 {
		v.Later = a.at("later")
	}
	for _, m := range a.Edition.MaterialsFor(a.Answers) {
		v.List = append(v.List, materialRow{a.task(m), frame.FieldID(materialPath(m.ID))})
	}
	return v
}

// task is a material with where it stands, in words.
func (a *application) task(m items.Material) frame.Task {
	t := frame.Task{Text: m.Name, Hint: m.Note, Href: a.at("materials/" + url.PathEscape(m.ID))}
	files := a.files(m.ID)
	later, chosen := a.offeredLater(m.ID)
	switch {
	case len(files) > 0:
		t.Tone, t.State = frame.Green, "已上传 "+itoa(len(files))+" 个文件"
	case a.Fetched[m.ID] != "":
		t.Tone, t.State, t.Hint = frame.Green, "电子证照，免提交", "已调取您的电子"+m.Certificate
	case written(m):
		t.Tone, t.State = frame.Green, "网上填写，自动生成"
	case a.Word.Stands(m):
		t.Tone, t.State = frame.Green, "书面承诺代替"
	case chosen:
		t.Tone, t.State = frame.Blue, "承诺"+later.By.Han()+"前补交"
	case m.MayFollow():
		t.Tone, t.State = frame.Plain, "可以后补"
	case m.Necessity != items.Must:
		t.Tone, t.State = frame.Plain, "有就交，没有不用"
	default:
		t.Tone, t.State = frame.Amber, "请拍照或上传"
		if why := a.unfetched(m); m.Certificate != "" && why != "" {
			t.Hint = why
		}
	}
	return t
}

// materialsDone goes on when nothing obligatory is missing.
func (p *Portal) materialsDone(w http.ResponseWriter, r *http.Request, a *application) error {
	lacking := a.lacking()
	if len(lacking) == 0 {
		page.SeeOther(w, r, a.next(r, a.at("materials")))
		return nil
	}
	refused := fault.New(fault.Invalid, "portal.materials.lacking", "还有材料没有上传")
	for _, m := range lacking {
		refused = refused.At(materialPath(m.ID), "missing", "请上传“%s”", m.Name)
	}
	v := a.materialsView(r)
	v.Err, v.View = refused, v.Refused(len(lacking))
	page.ShowFault(w, r, refused, materialsTemplate(v))
	return nil
}

func materialPath(id string) string { return "materials." + id }

// A materialRow is a line of the list, to which an error can lead.
type materialRow struct {
	frame.Task
	ID string
}

type materialView struct {
	frame.View
	Bar      frame.StepBar
	Material items.Material
	About    []frame.Row
	Files    []cases.File
	Fetched  *certificates.Certificate // nil: none stands for it
	Unfit    string                    // why none of the applicant's does; "" nobody thought so
	Phone    bool
	Pledge   string // where it may be pledged instead; "" nowhere
	Written  string // where the form that the program writes can be seen; "" for other materials
	Err      error
}

// materialPage is one material: what is wanted, what is there, and a way to add.
func (p *Portal) materialPage(w http.ResponseWriter, r *http.Request, a *application) error {
	v, err := p.materialView(r, a)
	return showOr(w, r, err, materialTemplate(v))
}

func (p *Portal) materialView(r *http.Request, a *application) (materialView, error) {
	list := a.Edition.MaterialsFor(a.Answers)
	i := slices.IndexFunc(list, func(m items.Material) bool { return m.ID == r.PathValue("material") })
	if i < 0 {
		return materialView{}, fault.New(fault.NotFound, "portal.material.none", "按您现在的情况，这项材料不用交")
	}
	m := list[i]
	bar := a.bar(a.at("materials"))
	bar.Back, bar.Next = a.at("materials"), "上传"
	v := materialView{View: frame.Of(r).Named(m.Name), Bar: bar, Material: m, Files: a.files(m.ID), Phone: frame.ClientOf(r).Channel == "mobile"}
	if m.Promisable && a.Edition.Pledgeable() {
		v.Pledge = a.at("pledge")
	}
	if written(m) {
		v.Written = a.at("materials/" + url.PathEscape(m.ID) + "/written")
	}
	for _, row := range []frame.Row{{Key: "要求", Value: m.Standard}, {Key: "说明", Value: m.Note}, {Key: "由谁出具", Value: m.Issuer}, {Key: "形式", Value: string(m.Kind)}} {
		if row.Value != "" {
			v.About = append(v.About, row)
		}
	}
	err := p.electronic(r, a, &v)
	return v, err
}

// electronic shows the certificate that stands for the material, or says why none does.
func (p *Portal) electronic(r *http.Request, a *application, v *materialView) (err error) {
	m := v.Material
	switch id := a.Fetched[m.ID]; {
	case id != "":
		v.Fetched, err = p.Certificates.Certificate(r.Context(), id, a.By)
	case m.Certificate == "":
	case a.unfetched(m) == "":
		v.Unfit, err = p.lapsed(r, a, m.Certificate)
	default:
		v.Unfit = a.unfetched(m)
	}
	return err
}

// lapsed says that the applicant has a certificate of a type, but none that is good today.
func (p *Portal) lapsed(r *http.Request, a *application, kind string) (string, error) {
	held, err := p.Certificates.OfHolder(r.Context(), a.Party, nil, 100, a.By)
	i := slices.IndexFunc(held, func(c *certificates.Certificate) bool { return c.TypeName == kind })
	switch {
	case err != nil:
		return "", err
	case i < 0:
		return "您名下没有查到电子" + kind + "，请上传", nil
	}
	state := held[i].Standing(a.Today)
	if state == certificates.Valid {
		return "您的电子" + kind + "从" + held[i].From.Han() + "起有效，现在还不能用，请上传", nil
	}
	return "您的电子" + kind + "（" + held[i].Number + "）现在是“" + state.String() + "”状态，不能代替这项材料，请上传", nil
}

// material takes in files, or removes one.
func (p *Portal) material(w http.ResponseWriter, r *http.Request, a *application) error {
	v, err := p.materialView(r, a)
	if err != nil {
		return err
	}
	f, err := page.ReadUpload(w, r, maxUpload)
	if err != nil {
		return p.refuseMaterial(w, r, v, fault.Placed(err, "file"))
	}
	if f.Has("remove") {
		return p.removeFile(w, r, a, v, f.Text("remove"))
	}
	sent, err := p.receive(r, f, v.Material)
	if err == nil && len(sent) == 0 && len(v.Files) == 0 {
		err = fault.New(fault.Invalid, "portal.material.none", "请选择文件").At("file", "required", "请先选择文件或者拍照，再点“上传”")
	}
	if err == nil {
		err = p.put(r, a, v.Material, func(files []cases.File) ([]cases.File, error) { return together(files, sent) })
	}
	if err != nil {
		return p.refuseMaterial(w, r, v, err)
	}
	page.SeeOther(w, r, a.at("materials"))
	return nil
}

func (p *Portal) removeFile(w http.ResponseWriter, r *http.Request, a *application, v materialView, hash string) error {
	err := p.put(r, a, v.Material, func(files []cases.File) ([]cases.File, error) {
		return slices.DeleteFunc(slices.Clone(files), func(file cases.File) bool { return file.Hash == hash }), nil
	})
	if err != nil {
		return err
	}
	page.SeeOther(w, r, r.URL.Path)
	return nil
}

func (p *Portal) refuseMaterial(w http.ResponseWriter, r *http.Request, v materialView, err error) error {
	if fault.Of(err) == fault.Internal {
		return err
	}
	v.Err, v.View = err, v.Faulty(err)
	page.ShowFault(w, r, err, materialTemplate(v))
	return nil
}

// mostFiles is how many files one material may come in.
const mostFiles = 20

// receive keeps the files sent for a material.
func (p *Portal) receive(r *http.Request, f *page.Form, m items.Material) (files []cases.File, err error) {
	for _, field := range []string{"photo", "file"} {
		sent, err := p.sentFiles(r, f, field, m.Limit())
		if err != nil {
			return files, fault.Placed(err, "file")
		}
		files = append(files, sent...)
	}
	return files, nil
}

// together is the files there are and those sent, each once.
func together(files, sent []cases.File) ([]cases.File, error) {
	files = slices.Clone(files)
	for _, file := range sent {
		if !slices.ContainsFunc(files, func(old cases.File) bool { return old.Hash == file.Hash }) {
			files = append(files, file)
		}
	}
	if len(files) > mostFiles {
		return files, fault.New(fault.Invalid, "portal.material.many", "文件太多").At("file", "many", "一项材料最多上传 %d 个文件，请合并成一个文件再上传", mostFiles)
	}
	return files, nil
}

// keep stores one uploaded file, whose type is told by its content.
func (p *Portal) keep(r *http.Request, sent page.File, limit blob.Limit) (blob.Ref, error) {
	in, err := sent.Open()
	if err != nil {
		return blob.Ref{}, err
	}
	defer in.Close()
	limit.Name = blob.Clean(sent.Name)
	return p.Files.Put(r.Context(), in, limit)
}

// put changes the files of a material, as they stand when it is kept: what
// another page sent meanwhile stays.
func (p *Portal) put(r *http.Request, a *application, m items.Material, change func([]cases.File) ([]cases.File, error)) error {
	_, err := p.Cases.Saved(r.Context(), a.ID, a.By, func(d *cases.Draft) error {
		files, err := change(handedFiles(d.Materials, m.ID))
		if err != nil {
			return err
		}
		d.Materials = slices.DeleteFunc(d.Materials, func(h cases.Handed) bool { return h.Material == m.ID })
		if len(files) > 0 {
			d.Materials = append(d.Materials, cases.Handed{Material: m.ID, Name: m.Name, Files: files})
		}
		return nil
	})
	return err
}
