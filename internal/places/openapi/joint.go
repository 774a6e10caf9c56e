package openapi

import (
	"bytes"
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/places/portal"
)

// routeJoint names the operations of joint cases.
func (a *API) routeJoint(b *book) {
	created(b, "POST /themes/{theme}/joint", "submitJoint", "一件事", "一次提交：一张表、一套材料，各事项各成办件", a.submitJoint)
	signed(b, "GET /joint", "listJoint", "一件事", "联办件：本人的，窗口所在区域的", a.listJoint)
	signed(b, "GET /joint/{number}", "getJoint", "一件事", "联办件的各项进展", a.getJoint)
	signed(b, "POST /joint/{number}", "actOnJoint", "一件事", "对联办件的各项一并办理", a.actJoint)
}

type themeFormView struct {
	Edition   int              `json:"edition" doc:"表单的版本：事项有调整就变"`
	Parts     []themePart      `json:"parts" doc:"按这些回答要办的事项"`
	Form      forms.Form       `json:"form" doc:"现在要问的问题和字段，答了前面的才出现后面的"`
	Materials []items.Material `json:"materials" doc:"要交的材料；申请表由系统生成，不用交"`
	Missing   []missingField   `json:"missing" doc:"还没有答，或者答得不对的"`
}

type themePart struct {
	Item     items.ID   `json:"item" doc:"事项"`
	Title    string     `json:"title" doc:"名称"`
	Agency   string     `json:"agency" doc:"部门"`
	Optional bool       `json:"optional" doc:"可以不办，办不成也不影响别的"`
	After    []items.ID `json:"after" doc:"等哪几项办好"`
}

type missingField struct {
	Path string `json:"path" doc:"answers 里的字段"`
	Say  string `json:"say" doc:"怎么改"`
}

// themeForm is the one form as it stands after these answers: components,
// fields, materials, and what is still missing.
func (a *API) themeForm(ctx context.Context, _ identity.Actor, in *themeAnswersInput) (themeFormView, error) {
	t, err := a.Themes.Current(ctx, themes.ID(in.Theme))
	if err != nil {
		return themeFormView{}, err
	}
	c, err := a.Themes.Compose(ctx, t)
	if err != nil {
		return themeFormView{}, err
	}
	e, today := c.WholeFor(in.Body.Answers), calendar.DayOf(a.Now())
	v := themeFormView{Edition: e.Number, Form: e.Form.With(e.Questions).Visible(in.Body.Answers, today), Materials: some(e.MaterialsFor(in.Body.Answers)), Missing: []missingField{}, Parts: []themePart{}}
	own := themes.Recompose(c, in.Body.Answers)
	for _, p := range own.Parts {
		v.Parts = append(v.Parts, themePart{p.Item, p.Title, p.Agency, p.Optional, some(own.Plan.Waits(p.Item))})
	}
	for _, wrong := range c.CheckOf(in.Body.Answers, today, own) {
		v.Missing = append(v.Missing, missingField{"answers." + wrong.Path, wrong.Say})
	}
	return v, nil
}

type submitJointInput struct {
	Keyed
	OfTheme
	Body struct {
		Answers   forms.Answers `json:"answers" maxProperties:"1000" doc:"问卷和申请表：字段 id 对应填写的内容"`
		Materials []handed      `json:"materials,omitempty" maxItems:"200" doc:"材料，id 见 form 的 materials"`
		Delivery  delivery      `json:"delivery,omitempty" doc:"结果怎样送达"`
	}
}

// submitJoint makes a joint case in one request (一次提交). The same key a second
// time returns the one made before.
func (a *API) submitJoint(ctx context.Context, by identity.Actor, in *submitJointInput) (jointView, error) {
	if by.Party == "" {
		return jointView{}, fault.New(fault.Forbidden, "api.submit.party", "这个账号不是办事人，不能提交申请")
	}
	p, err := a.Parties.View(ctx, by.Party, by)
	if err != nil {
		return jointView{}, err
	}
	who := cases.Applicant{Party: by.Party, Name: p.Name, Org: p.Kind == parties.Organisation}
	if who.Org {
		who.Agent = by.Name
	}
	given, err := a.materials(ctx, in.Body.Materials, by)
	if err != nil {
		return jointView{}, err
	}
	d := cases.Draft{
		Party: by.Party, Item: items.ID(themes.Prefix + in.Theme), Applicant: who, Answers: in.Body.Answers, Materials: given,
		Delivery: cases.Delivery{Way: in.Body.Delivery.Way, Address: in.Body.Delivery.Address},
	}
	j, err := a.Joint.Submit(ctx, d, func(e *items.Edition) (cases.Handed, error) { return a.writtenForm(ctx, e, d) }, by)
	if err != nil {
		return jointView{}, err
	}
	return jointOf(j), nil
}

// writtenForm is the one form as the program writes it from the answers.
func (a *API) writtenForm(ctx context.Context, e *items.Edition, d cases.Draft) (cases.Handed, error) {
	fonts, err := a.Press.Fonts()
	if err != nil {
		return cases.Handed{}, err
	}
	file, err := portal.FormPDF(e, d.Applicant, d.Answers, calendar.DayOf(a.Now()), fonts)
	if err != nil {
		return cases.Handed{}, err
	}
	ref, err := a.Files.Put(ctx, bytes.NewReader(file), blob.Limit{Types: []blob.Type{blob.PDF}})
	if err != nil {
		return cases.Handed{}, err
	}
	name := e.Name + "申请表"
	return cases.Handed{Material: joint.FormMaterial, Name: name, Files: []cases.File{{Hash: ref.Hash, Name: blob.Clean(name) + ".pdf", Type: string(ref.Type), Size: ref.Size}}}, nil
}
