package openapi

import (
	"cmp"
	"context"
	"fmt"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
)

// Keyed is an act that may be asked for again without being done again.
type Keyed struct {
	Key string `header:"Idempotency-Key" maxLength:"100" pattern:"^[!-~]*$" doc:"这次请求的名字，由调用方起，每次操作各不相同：网络中断后用同一个名字重发，不会办两次，返回办件现在的样子；用于另一项操作，或者内容不一样，则拒绝"`
}

func (k Keyed) request() string {
	if k.Key == "" {
		return ""
	}
	return "api/" + k.Key
}

// handed is a material as it is sent in.
type handed struct {
	Material    string    `json:"material" minLength:"1" maxLength:"64" doc:"材料（实施清单里的 id）" example:"m1"`
	Files       []FileRef `json:"files,omitempty" maxItems:"20" doc:"先用 POST /files 上传"`
	Certificate string    `json:"certificate,omitempty" maxLength:"100" doc:"用电子证照代替：电子证照标识。只限申请人自己的、现在有效的、材料要的那种证照；材料要的是别人的证照的（死者居民身份证等），请上传"`
	Paper       bool      `json:"paper,omitempty" doc:"纸质材料已交到窗口；只有窗口可以写"`
}

// FileRef is a file that was uploaded before.
type FileRef struct {
	Hash string `json:"hash" pattern:"^[0-9a-f]{64}$" doc:"POST /files 返回的 hash"`
	Name string `json:"name,omitempty" maxLength:"200" doc:"文件名"`
}

// sent is a file that was uploaded before, under the name it is given here, or
// else is called by what it is. One that is not there is said at field at.
func (a *API) sent(ctx context.Context, f FileRef, or, at string) (cases.File, error) {
	ref, err := a.Files.Stat(ctx, f.Hash)
	if err != nil {
		return cases.File{}, pointed(err, "api.file.none", "没有找到这份文件，请先用 POST /files 上传", at)
	}
	name := cmp.Or(blob.Clean(f.Name), or)
	return cases.FileOf(ref, name), blob.CheckName(name, ref.Type)
}

// materials looks up what is sent in: every file must have been uploaded.
func (a *API) materials(ctx context.Context, all []handed, by identity.Actor) ([]cases.Handed, error) {
	given := make([]cases.Handed, len(all))
	for i, h := range all {
		at := fmt.Sprintf("materials[%d]", i)
		given[i] = cases.Handed{Material: h.Material, Certificate: h.Certificate, Paper: h.Paper}
		if h.Paper && !atWindow(by) {
			return nil, fault.New(fault.Invalid, "api.material.paper", "纸质材料由窗口登记").At(at+".paper", "window", "请上传电子文件，或者到窗口提交纸质材料")
		}
		for n, f := range h.Files {
			file, err := a.sent(ctx, f, h.Material, fmt.Sprintf("%s.files[%d].hash", at, n))
			if err != nil {
				return nil, err
			}
			given[i].Files = append(given[i].Files, file)
		}
	}
	return given, nil
}

// pointed says at its place that something is not there.
func pointed(err error, code, say, at string) error {
	if fault.Of(err) == fault.Internal {
		return err
	}
	return fault.New(fault.Invalid, code, "%s", say).At(at, "none", "%s", say)
}

type submitInput struct {
	Keyed
	Body struct {
		Item      string        `json:"item" minLength:"1" maxLength:"64" doc:"事项" example:"food-permit"`
		Party     string        `json:"party,omitempty" maxLength:"64" doc:"窗口代为提交时：申请人的当事人编号；本人提交不写"`
		Agent     string        `json:"agent,omitempty" maxLength:"50" doc:"窗口代为提交时：经办人"`
		Answers   forms.Answers `json:"answers" maxProperties:"500" doc:"申请表和情形问题：字段 id 对应填写的内容"`
		Materials []handed      `json:"materials,omitempty" maxItems:"100" doc:"材料"`
		Delivery  delivery      `json:"delivery,omitempty" doc:"结果怎样送达"`
		Word      *word         `json:"word,omitempty" doc:"告知承诺：用书面承诺代替证明，或者承诺符合全部条件；自愿选择"`
		Later     *later        `json:"later,omitempty" doc:"稍后补交（容缺受理）：自愿选择，只限办事指南列为可容缺的次要材料；签署承诺书"`
		Came      *arrival      `json:"came,omitempty" doc:"邮寄来的申请：怎样到达；只有窗口可以写"`
	}
}

// later is what an applicant chooses to bring later.
type later struct {
	Materials []promise `json:"materials" minItems:"1" maxItems:"50" doc:"哪些材料，哪天以前补交"`
	Signed    inked     `json:"signed" doc:"签署"`
	Attorney  bool      `json:"attorney,omitempty" doc:"窗口代为提交、由经办人代签时：已核对并留存申请人的授权委托书"`
}

// inked is how somebody signs.
type inked struct {
	Name    string `json:"name" maxLength:"50" doc:"承诺人签名"`
	Strokes string `json:"strokes,omitempty" maxLength:"60000" doc:"手写签名的笔画，写法同 word；不写则以姓名签署"`
}

// later keeps the signature under the letter, and reads the days.
func (a *API) later(ctx context.Context, l *later) ([]cases.Promise, error) {
	if l == nil {
		return nil, nil
	}
	signed, err := ink.Sign(ctx, a.Files, l.Signed.Name, l.Signed.Strokes, l.Signed.Name)
	if err != nil {
		return nil, err
	}
	var all []cases.Promise
	for i, p := range l.Materials {
		if p.By == 0 {
			return nil, notADay("later.materials", i, "by")
		}
		all = append(all, cases.Promise{Material: p.Material, By: p.By, Signed: &signed, Attorney: l.Attorney})
	}
	return all, nil
}

type delivery struct {
	Way     string `json:"way,omitempty" enum:"electronic,window,post" doc:"electronic 电子送达，window 窗口领取，post 邮寄"`
	Address string `json:"address,omitempty" maxLength:"200" doc:"邮寄地址"`
}

func (a *API) submit(ctx context.Context, by identity.Actor, in *submitInput) (Brief, error) {
	ctx = parties.Once(ctx)
	who, err := a.applicant(ctx, in, by)
	if err != nil {
		return Brief{}, err
	}
	given, err := a.materials(ctx, in.Body.Materials, by)
	if err != nil {
		return Brief{}, err
	}
	w, err := a.word(ctx, in.Body.Word)
	if err != nil {
		return Brief{}, err
	}
	promises, err := a.later(ctx, in.Body.Later)
	if err != nil {
		return Brief{}, err
	}
	d := cases.Delivery{Way: in.Body.Delivery.Way, Address: in.Body.Delivery.Address}
	c, err := a.Cases.Submit(ctx, cases.Application{Item: items.ID(in.Body.Item), Applicant: who, Answers: in.Body.Answers, Materials: given, Delivery: d, Word: w, Promises: promises, Came: in.Body.Came.on()}, by)
	if err != nil {
		return Brief{}, err
	}
	return briefly(c), nil
}

// applicant is who applies: the caller, or whom a window files for.
func (a *API) applicant(ctx context.Context, in *submitInput, by identity.Actor) (cases.Applicant, error) {
	party := cmp.Or(in.Body.Party, by.Party)
	switch {
	case party == "":
		return cases.Applicant{}, fault.New(fault.Forbidden, "api.submit.party", "这个账号不是办事人，不能提交申请")
	case party != by.Party && !atWindow(by):
		return cases.Applicant{}, fault.New(fault.Forbidden, "api.submit.other", "只能为本人提交申请；代办请先取得授权")
	case party == by.Party && !by.MayApply(in.Body.Item):
		return cases.Applicant{}, fault.New(fault.Forbidden, "api.submit.scope", "您的授权不包括这个事项，请联系企业的法定代表人")
	}
	p, err := a.Parties.View(ctx, party, by)
	who := cases.Applicant{Party: party, Name: p.Name, Org: p.Kind == parties.Organisation, Agent: in.Body.Agent}
	if who.Org && party == by.Party {
		who.Agent = by.Name
	}
	return who, err
}
