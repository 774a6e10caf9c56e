// Package lifecourse leads a company through its life (企业全生命周期): it tells
// the register of companies what cases decided, and cases what the register
// forbids. Which item does what is data, for cities name their items themselves
// (汉经开〔2023〕(二) 4—6：开办、变更、歇业、注销).
package lifecourse

import (
	"context"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/register/certificates"
	"tongban/internal/register/companies"
)

// Plan says which item does what to a company.
type Plan struct {
	Own8   string    `json:"own8"`   // how the city's own characters of a credit code begin
	Claim  int       `json:"claim"`  // days that creditors who were not told have to claim after a liquidation was announced
	Permit string    `json:"permit"` // certificate of a company: 营业执照
	Acts   []ItemAct `json:"acts"`   // what a case of an item does
	Themes []string  `json:"themes"` // matters in which companies begin and end, offered on their page
}

// ItemAct is an item and what being granted does.
type ItemAct struct {
	Item items.ID      `json:"item"`
	Act  companies.Act `json:"act"`
}

// Read reads a plan written in YAML. Faults: lifecourse.read,
// lifecourse.read.claim,
// lifecourse.read.act, lifecourse.read.twice.
func Read(text []byte) (*Plan, error) {
	if err := items.Plain(text); err != nil {
		return nil, err
	}
	var p Plan
	if err := yaml.UnmarshalWithOptions(text, &p, yaml.Strict()); err != nil {
		return nil, fault.New(fault.Invalid, "lifecourse.read", "企业全生命周期的安排读不懂：%.200s", err.Error())
	}
	if p.Claim < 1 {
		return nil, fault.New(fault.Invalid, "lifecourse.read.claim", "请写明清算公告后债权人申报债权的天数（claim）")
	}
	seen := map[items.ID]bool{}
	for _, a := range p.Acts {
		row := companies.RowOf(a.Act)
		if row.Act == "" || row.Own {
			return nil, fault.New(fault.Invalid, "lifecourse.read.act", "事项“%.40s”写的“%.40s”不是登记簿里的办理", a.Item, a.Act)
		}
		if seen[a.Item] {
			return nil, fault.New(fault.Invalid, "lifecourse.read.twice", "事项“%.40s”写了两次", a.Item)
		}
		seen[a.Item] = true
	}
	return &p, nil
}

// Does is what a case of an item does to a company; false for nothing.
func (p *Plan) Does(item items.ID) (companies.Act, bool) {
	i := slices.IndexFunc(p.Acts, func(a ItemAct) bool { return a.Item == item })
	if i < 0 {
		return "", false
	}
	return p.Acts[i].Act, true
}

// ItemFor is the item by which an act is asked for; "" for none.
func (p *Plan) ItemFor(act companies.Act) items.ID {
	for _, a := range p.Acts {
		if a.Act == act {
			return a.Item
		}
	}
	return ""
}

// Service stands between cases and the register.
type Service struct {
	Plan         *Plan
	Companies    *companies.Service
	Cases        *cases.Service
	Parties      *parties.Service
	Certificates *certificates.Service
	Agency       func(ctx context.Context, id string) (string, error) // its name
}

var _ cases.Standing = (*Service)(nil)

// Concerns reports whether the item is one of a company's life.
func (s *Service) Concerns(item items.ID) bool {
	_, does := s.Plan.Does(item)
	return does
}

// MayApply refuses what the register forbids the company. One that the register
// does not know, as a company of another city, is not judged.
func (s *Service) MayApply(ctx context.Context, e *items.Edition, who cases.Applicant, answers forms.Answers, day calendar.Day) error {
	act, does := s.Plan.Does(e.Item)
	if !does || act == companies.Found {
		return nil
	}
	c, err := s.company(ctx, who.Party, e, answers)
	if err != nil || c == nil {
		return err
	}
	return c.May(act, want(e, answers), day)
}

// company is whose life a case is about: the applicant's own, or the one whose
// code the form gives.
func (s *Service) company(ctx context.Context, party string, e *items.Edition, answers forms.Answers) (*companies.Company, error) {
	c, err := s.Companies.Of(ctx, party)
	if err != nil || c != nil {
		return c, err
	}
	code := told(e, answers, "统一社会信用代码")
	if code == "" {
		return nil, nil
	}
	return s.Companies.Coded(ctx, code)
}

// told is the answer to the field of a data element, as people read it.
func told(e *items.Edition, answers forms.Answers, element string) string {
	for _, f := range e.Form.With(e.Questions).All() {
		if (f.Element == element || f.Label == element) && answers[f.ID] != "" {
			return f.Show(answers[f.ID])
		}
	}
	return ""
}

// raw is the same as it is kept: days, numbers.
func raw(e *items.Edition, answers forms.Answers, element string) string {
	for _, f := range e.Form.With(e.Questions).All() {
		if (f.Element == element || f.Label == element) && answers[f.ID] != "" {
			return answers[f.ID]
		}
	}
	return ""
}

// want is what the form asks of the register.
func want(e *items.Edition, answers forms.Answers) companies.Want {
	return companies.Want{
		Rest: companies.Rest{
			From: calendar.Parse(raw(e, answers, "歇业开始日期")), Until: calendar.Parse(raw(e, answers, "歇业结束日期")),
			Address: told(e, answers, "法律文书送达地址"), Why: told(e, answers, "歇业原因"),
		},
	}
}

// elements are the data elements that entries of the register are told by.
var elements = map[string]string{"名称": "法人和其他组织名称", "主体类型": "主体类型", "住所": "住所", "法定代表人": "法定代表人姓名", "注册资本": "注册资本", "经营范围": "经营范围"}

// entries are what the form of a founding tells.
func entries(e *items.Edition, answers forms.Answers) []companies.Line {
	var all []companies.Line
	for _, name := range companies.Entries() {
		if say := told(e, answers, elements[name]); say != "" {
			all = append(all, companies.Line{Name: name, Say: say})
		}
	}
	return all
}

// changes are what the form of a change says: fields that begin with 变更后.
func changes(e *items.Edition, answers forms.Answers) []companies.Line {
	var all []companies.Line
	for _, f := range e.Form.All() {
		name, ok := strings.CutPrefix(f.Label, "变更后的")
		if ok && answers[f.ID] != "" && slices.Contains(companies.Entries(), name) {
			all = append(all, companies.Line{Name: name, Say: f.Show(answers[f.ID])})
		}
	}
	return all
}

// document is the number by which the form knows the legal representative.
func document(e *items.Edition, answers forms.Answers) parties.Document {
	for _, f := range e.Form.All() {
		if f.Kind == forms.IDNumber && strings.Contains(f.Label, "法定代表人") && answers[f.ID] != "" {
			return parties.Document{Type: parties.ResidentCard, Number: answers[f.ID]}
		}
	}
	return parties.Document{}
}
