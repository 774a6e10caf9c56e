package library

import (
	"cmp"
	"net/http"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/flow/bpmn"
	"tongban/internal/engine/flow/draw"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// modelerView is the procedure on the drawing board.
type modelerView struct {
	revisionView
	XML     string
	Dropped []flow.Finding
}

// modelerPage shows the procedure as a diagram to be changed; the table of steps
// is the other face of the same definition.
func (l *Library) modelerPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.modeling(r, by)
	if err != nil {
		return err
	}
	v.XML, v.Done = string(bpmn.Export(laidOut(v.R.Text.Procedure))), doneWords(page.Query(r).Text("done"))
	page.Show(w, r, modelerPage(v))
	return nil
}

func (l *Library) modeling(r *http.Request, by identity.Actor) (modelerView, error) {
	rev, err := l.load(r, by, "flow")
	if err != nil {
		return modelerView{}, err
	}
	if !rev.Can[revisions.Save] {
		return modelerView{}, fault.New(fault.Forbidden, "library.draw.state", "这份调整申请现在不能改，请回到“流程图”页查看")
	}
	rev.View = rev.View.Modelling()
	return modelerView{revisionView: rev}, nil
}

// laidOut is the procedure with a place for everything.
func laidOut(d flow.Definition) flow.Definition {
	if draw.Placed(d) {
		return d
	}
	return draw.Layout(d)
}

// draw keeps what was drawn. Refused, the drawing stays on the board, and what the
// platform cannot run is named.
func (l *Library) draw(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, err := l.modeling(r, by)
	if err != nil {
		return err
	}
	by.Request = f.Text("request")
	v.XML = f.Text("xml")
	v.Dropped, err = l.drawn(r, v.R.ID, int64(f.Int("version")), []byte(v.XML), by)
	if err != nil {
		if kind := fault.Of(err); kind != fault.Invalid && kind != fault.Conflict {
			return err
		}
		v.Err, v.View = err, v.View.Faulty(err)
		page.ShowFault(w, r, err, modelerPage(v))
		return nil
	}
	if len(v.Dropped) == 0 {
		page.SeeOther(w, r, v.url("/draw")+"?done=save")
		return nil
	}
	dropped := v.Dropped
	if v, err = l.modeling(r, by); err != nil {
		return err
	}
	v.XML, v.Dropped, v.Done = string(bpmn.Export(laidOut(v.R.Text.Procedure))), dropped, "已保存"
	page.Show(w, r, modelerPage(v))
	return nil
}

// drawn puts a BPMN file in place of the draft's procedure, and names what it
// could not take over.
func (l *Library) drawn(r *http.Request, id revisions.ID, version int64, body []byte, by identity.Actor) ([]flow.Finding, error) {
	d, found, err := imported(body)
	if err != nil {
		return found, err
	}
	_, err = l.Revisions.Save(r.Context(), id, version, func(e *items.Edition) error {
		d.ID, d.Name = e.Procedure.ID, e.Procedure.Name
		e.Procedure = d
		return nil
	}, by)
	return found, err
}

// imported reads a BPMN file; what would make it run otherwise is refused.
func imported(body []byte) (flow.Definition, []flow.Finding, error) {
	d, found, err := bpmn.Import(body)
	if err != nil {
		return d, found, fault.New(fault.Invalid, "library.flow.unread", "读不懂这个文件：%s", fault.Say(err)).At("file", "unread", "%s", fault.Say(err))
	}
	for _, one := range found {
		if one.Severity == flow.Refused {
			return d, found, fault.New(fault.Invalid, "library.flow.beyond", "流程图里有平台不支持的图元，没有保存；请按下面的说明改画").At("file", "beyond", "%s", one.Say)
		}
	}
	return d, found, nil
}

// field is one element of the chosen shape; of says which shapes have it.
type modelerField struct {
	frame.Field
	At, Of  string
	Tick    bool
	Choices []frame.Choice
}

// modelerFields are what the platform needs to know of a shape.
func modelerFields() []modelerField {
	var roles []frame.Choice
	for _, role := range stepRoles {
		roles = append(roles, frame.Choice{Value: string(role.value), Label: cmp.Or(role.word, "（不填）")})
	}
	f := func(at, of, label, hint string) modelerField {
		return modelerField{Field: frame.Field{Name: "shape." + at, Label: label, Hint: hint, Opt: true}, At: at, Of: of}
	}
	role := f("role", "task", "由谁办", "")
	role.Choices = roles
	decides, substantive := f("decides", "task", "作出决定", ""), f("substantive", "task", "实质审查：两人办理", "")
	decides.Tick, substantive.Tick = true, true
	return []modelerField{
		f("name", "task node edge", "名称", ""), f("when", "edge", "什么条件下走这条", "例如：经营面积 > 300；一律走的留空"),
		f("post", "task", "岗位", "例如：审查岗、审批岗"), role, f("agency", "task", "办理部门", "部门编号；本部门留空"),
		f("limit", "task node", "时限", "例如：3个工作日"), f("standard", "task", "审查标准", ""), f("rule", "task", "自动判断的条件", "自动环节填写"),
		f("result", "task", "结论的名字", "自动和会签环节填写"), decides, substantive,
	}
}
