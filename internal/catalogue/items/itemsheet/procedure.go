package itemsheet

import (
	"encoding/json"
	"reflect"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/sheet"
)

// A field is a row of the sheet 表单: a field with the group it stands in.
type field struct {
	group forms.Group
	forms.Field
}

var formColumns = []column[field]{
	text("分组标识", func(f *field) *string { return &f.group.ID }),
	text("分组名称", func(f *field) *string { return &f.group.Title }),
	text("分组说明", func(f *field) *string { return &f.group.Hint }),
	text("分组情形", func(f *field) *string { return &f.group.When }),
	text("字段标识", func(f *field) *string { return &f.ID }),
	text("字段名称", func(f *field) *string { return &f.Label }),
	text("提示", func(f *field) *string { return &f.Hint }),
	named("类型", func(f *field) *forms.Kind { return &f.Kind }),
	text("数据元", func(f *field) *string { return &f.Element }),
	yes("必填", func(f *field) *bool { return &f.Required }),
	text("情形", func(f *field) *string { return &f.When }),
	options("选项", func(f *field) *[]forms.Option { return &f.Options }),
	text("最小", func(f *field) *string { return &f.Min }),
	text("最大", func(f *field) *string { return &f.Max }),
	number("字数上限", func(f *field) *int { return &f.MaxLen }),
	text("格式", func(f *field) *string { return &f.Pattern }),
	text("单位", func(f *field) *string { return &f.Unit }),
	text("预填来源", func(f *field) *string { return &f.Prefill }),
	yes("敏感", func(f *field) *bool { return &f.Sensitive }),
}

// formPart is the form: the rows of a group follow each other, the first says
// what the group is called.
type formPart struct{}

func (formPart) title() string           { return "表单" }
func (formPart) columns() []sheet.Column { return written(formColumns) }

func (formPart) write(e *edition, row func([]string)) {
	for _, g := range e.Form.Groups {
		head := forms.Group{ID: g.ID, Title: g.Title, Hint: g.Hint, When: g.When}
		if len(g.Fields) == 0 {
			row(cellsOf(formColumns, &field{group: head}))
		}
		for _, f := range g.Fields {
			row(cellsOf(formColumns, &field{head, f}))
			head = forms.Group{ID: g.ID}
		}
	}
}

func (formPart) bind(headings []string) (reader, []int) {
	set, unknown := bound(formColumns, headings)
	return func(b *building, cells []string, bad func(int, string)) {
		var one field
		set(&one, cells, bad)
		groups := &b.Form.Groups
		if last := len(*groups) - 1; last < 0 || one.group.ID != "" && (*groups)[last].ID != one.group.ID {
			*groups = append(*groups, one.group)
		}
		if !reflect.ValueOf(one.Field).IsZero() {
			last := &(*groups)[len(*groups)-1]
			last.Fields = append(last.Fields, one.Field)
		}
	}, unknown
}

type step = flow.Step

var kindWords = map[string]flow.Kind{"人工": flow.Task, "自动": flow.Rule, "会签": flow.Multi}

var quorumWords = map[string]flow.Quorum{"全部同意": flow.All, "一人同意": flow.Any, "达到人数": flow.N}

// worded is a choice whose words are ours and whose values the program's.
func worded[T any, S ~string](head string, words map[string]S, at func(*T) *S) column[T] {
	c := named(head, at)
	c.get = func(t *T) string {
		for w, v := range words {
			if v == *at(t) {
				return w
			}
		}
		return string(*at(t))
	}
	c.set = func(t *T, s string) error {
		*at(t) = S(s)
		if v, ok := words[s]; ok {
			*at(t) = v
		}
		return nil
	}
	return c
}

var stepColumns = []column[step]{
	number("序号", func(s *step) *int { return &s.No }),
	text("环节标识", func(s *step) *string { return &s.ID }),
	text("环节名称", func(s *step) *string { return &s.Name }).called("环节"),
	worded("方式", kindWords, func(s *step) *flow.Kind { return &s.Kind }),
	text("岗位", func(s *step) *string { return &s.Post }),
	named("角色", func(s *step) *identity.Role { return &s.Role }),
	text("办理部门", func(s *step) *string { return &s.Agency }),
	text("权限", func(s *step) *string { return &s.Authority }),
	text("审查标准", func(s *step) *string { return &s.Standard }),
	limit("时限", func(s *step) *clock.Limit { return &s.Limit }).called("办理时限", "环节时限"),
	unit("时限单位", func(s *step) *clock.Limit { return &s.Limit }),
	text("并行组", func(s *step) *string { return &s.Group }),
	text("分支", func(s *step) *string { return &s.Branch }),
	text("情形", func(s *step) *string { return &s.When }),
	yes("实质审查", func(s *step) *bool { return &s.Substantive }),
	yes("作出决定", func(s *step) *bool { return &s.Decides }),
	lines("不得同人", func(s *step) *[]string { return &s.Apart }),
	text("判断规则", func(s *step) *string { return &s.Rule }),
	text("结论名称", func(s *step) *string { return &s.Result }),
	seats("会签人员", func(s *step) *[]flow.Seat { return &s.Among }),
	text("会签部门名单", func(s *step) *string { return &s.Over }),
	worded("会签规则", quorumWords, func(s *step) *flow.Quorum { return &s.Quorum }),
	number("会签人数", func(s *step) *int { return &s.Count }),
	text("同意条件", func(s *step) *string { return &s.Agree }),
}

// seats are those who countersign, one a line: post/role/agency.
func seats[T any](head string, at func(*T) *[]flow.Seat) column[T] {
	return column[T]{head: head, width: 20,
		get: func(t *T) string {
			all := make([]string, len(*at(t)))
			for i, s := range *at(t) {
				all[i] = escaped(s.Post, "/\n") + "/" + escaped(string(s.Role), "/\n") + "/" + escaped(s.Agency, "/\n")
			}
			return strings.Join(all, "\n")
		},
		set: func(t *T, text string) error {
			*at(t) = nil
			for _, one := range divided(text, '\n') {
				p := append(divided(one, '/'), "", "")
				*at(t) = append(*at(t), flow.Seat{Post: unescaped(p[0]), Role: identity.Role(unescaped(p[1])), Agency: unescaped(p[2])})
			}
			return nil
		}}
}

// stepPart is the table face of the procedure.
type stepPart struct{}

func (stepPart) title() string           { return "环节" }
func (stepPart) columns() []sheet.Column { return written(stepColumns) }

func (stepPart) write(e *edition, row func([]string)) {
	steps, tabular := asTable(e)
	if !tabular {
		return
	}
	for i := range steps {
		row(cellsOf(stepColumns, &steps[i]))
	}
}

// asTable is the procedure as a table; false where only a diagram says it all.
func asTable(e *edition) ([]step, bool) {
	if len(e.Procedure.Nodes) == 0 {
		return nil, true
	}
	steps, err := e.Procedure.Steps()
	if err != nil || len(steps) == 0 {
		return nil, false
	}
	return steps, reflect.DeepEqual(flow.FromSteps(string(e.Item), e.Name, steps), e.Procedure)
}

func (stepPart) bind(headings []string) (reader, []int) {
	set, unknown := bound(stepColumns, headings)
	return func(b *building, cells []string, bad func(int, string)) {
		var one step
		set(&one, cells, bad)
		b.steps = append(b.steps, one)
	}, unknown
}

// mostPiece is how much of a diagram one cell holds, in bytes: a cell holds
// 32 767 characters.
const mostPiece = 30_000

// diagramPart is the procedure where a table cannot say it: in pieces, not to
// be edited by hand.
type diagramPart struct{}

type piece struct {
	no   int
	text string
}

var diagramColumns = []column[piece]{
	number("序号", func(p *piece) *int { return &p.no }),
	text("流程图内容", func(p *piece) *string { return &p.text }),
}

func (diagramPart) title() string           { return "流程图" }
func (diagramPart) columns() []sheet.Column { return written(diagramColumns) }

func (diagramPart) write(e *edition, row func([]string)) {
	if _, tabular := asTable(e); tabular {
		return
	}
	body, err := json.Marshal(e.Procedure)
	if err != nil {
		return // a definition holds texts and numbers only
	}
	for no, rest := 1, string(body); rest != ""; no++ {
		p := piece{no, cut(rest)}
		row(cellsOf(diagramColumns, &p))
		rest = rest[len(p.text):]
	}
}

// cut is the first piece of a text: no blank at its ends, which reading would
// lose, and no character cut in two.
func cut(s string) string {
	if len(s) <= mostPiece {
		return s
	}
	n := mostPiece
	for n > 1 && (s[n]&0xC0 == 0x80 || s[n] <= ' ' || s[n-1] <= ' ' || strings.IndexByte("=+-@'", s[n]) >= 0) {
		n--
	}
	return s[:n]
}

func (diagramPart) bind(headings []string) (reader, []int) {
	set, unknown := bound(diagramColumns, headings)
	return func(b *building, cells []string, bad func(int, string)) {
		var one piece
		set(&one, cells, bad)
		b.diagram.WriteString(one.text)
	}, unknown
}

// proceed makes the procedure of what the two sheets say; say tells why not.
func (b *building) proceed() (title, say string) {
	switch {
	case len(b.steps) > 0 && b.diagram.Len() > 0:
		return "流程图", "“环节”表和“流程图”表都写了流程，请只保留一处"
	case b.diagram.Len() > 0:
		if err := json.Unmarshal([]byte(b.diagram.String()), &b.Procedure); err != nil {
			return "流程图", "流程图的内容不完整，请重新导出，不要手工修改"
		}
	case len(b.steps) > 0:
		b.Procedure = flow.FromSteps(string(b.Item), b.Name, b.steps)
	}
	return "", ""
}
