package items_test

import (
	"slices"
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
)

// rich is a superior's record in which every element is at its best for the
// applicant, so that each can be made worse.
func rich(t *testing.T) *items.Edition {
	e := fresh(t, "food-permit")
	m := &e.Materials[0]
	m.Kind, m.Form, m.Copies, m.Channel, m.Certificate, m.Deferrable, m.Promisable, m.When = items.OriginalOrCopy, items.PaperOrElectronic, 1, items.ByApplicant, "营业执照", true, true, `首次申请 == "是"`
	e.Questions = append(e.Questions, forms.Question{ID: "首次申请", Text: "是否首次申请？", Options: []forms.Option{{Value: "是", Label: "是"}, {Value: "否", Label: "否"}}})
	e.Conditions[0].When = `首次申请 == "是"`
	e.Special = []items.Special{{Name: "现场核查", Kind: items.Inspection, Limit: clock.Limit{N: 5, Unit: clock.WorkingDays}, Counted: true}}
	e.Mediators = []items.Mediator{{Name: "检测报告", Payer: "审批部门"}}
	e.Fees = []items.Fee{{Name: "工本费", Standard: "每证10元", Relief: "残疾人免收"}}
	e.PayOnline, e.Kind, e.Review, e.Filing, e.Promisable, e.Pledge = true, items.Immediate, items.ReviewAtOnce, true, true, items.PledgeRules{AtOnce: true}
	e.Results[0].ValidYears, e.Results[0].RenewBefore = 5, clock.Limit{N: 30, Unit: clock.WorkingDays}
	e.Objects, e.Ways, e.Online = []items.Object{items.Person, items.Firm}, []items.Way{items.AtWindow, items.Net}, []items.Depth{items.AskNet, items.HandleNet}
	e.Mail, e.Scope, e.Appointment, e.Kiosk = items.Mail{Materials: true, Result: true}, items.WholeCity, true, true
	e.Rights, e.Duties, e.Publicity = []string{"知情", "申诉"}, []string{"如实申报"}, items.Publicity{Progress: true, Result: true}
	e.Places = e.Places[:1]
	e.Places[0].Hours = "周一至周五 9:00—12:00，13:30—17:30"
	e.Quota = ""
	same := e.Materials[0] // the same paper, asked for otherwise in another situation
	same.ID, same.When, same.Kind, same.Copies = "m-other", `首次申请 == "补正"`, items.OriginalAndCopy, 2
	e.Materials = append(e.Materials, same)
	return e
}

func TestNoElementMayGetWorseBelow(t *testing.T) {
	type lower = func(*items.Edition)
	for _, tt := range []struct {
		name, path   string
		mine, theirs string // both values, in the words of the finding
		lower        lower
	}{
		{"the original where a copy would do", "materials[0].kind", "原件", "原件或复印件", func(e *items.Edition) { e.Materials[0].Kind = items.Original }},
		{"paper only", "materials[0].form", "纸质", "纸质或电子", func(e *items.Edition) { e.Materials[0].Form = items.Paper }},
		{"more copies", "materials[0].copies", "3", "1", func(e *items.Edition) { e.Materials[0].Copies = 3 }},
		{"a paper to buy", "materials[0].channel", "中介机构出具", "申请人自备", func(e *items.Edition) { e.Materials[0].Channel = items.ByMediator }},
		{"a certificate to bring", "materials[0].certificate", "申请人提交", "免予提交", func(e *items.Edition) { e.Materials[0].Certificate = "" }},
		{"no promise of a material", "materials[0].deferrable", "不能", "容缺", func(e *items.Edition) { e.Materials[0].Deferrable = false }},
		{"no pledge for a material", "materials[0].promisable", "不能", "告知承诺", func(e *items.Edition) { e.Materials[0].Promisable = false }},
		{"smaller files", "materials[0].maxMB", "2MB", "不另设上限", func(e *items.Edition) { e.Materials[0].MaxMB = 2 }},
		{"a paper that may not be old", "materials[0].dated", "一个月内", "无", func(e *items.Edition) { e.Materials[0].Dated = "一个月内" }},
		{"a paper of one size", "materials[0].paper", "A3", "无", func(e *items.Edition) { e.Materials[0].Paper = "A3" }},
		{"a material asked of everyone", "materials[0].when", "所有申请人", "首次申请", func(e *items.Edition) { e.Materials[0].When = "" }},
		{"a material asked of others", "materials[0].when", "否", "是", func(e *items.Edition) { e.Materials[0].When = `首次申请 == "否"` }},
		{"a condition for everyone", "conditions[0].when", "所有申请人", "首次申请", func(e *items.Edition) { e.Conditions[0].When = "" }},
		{"a situation nobody serves", "questions[", "没有“否”", "否", func(e *items.Edition) {
			q := &e.Questions[len(e.Questions)-1]
			q.Options = q.Options[:1]
		}},
		{"a longer inspection", "special[0].limit", "9个工作日", "5个工作日", func(e *items.Edition) { e.Special[0].Limit.N = 9 }},
		{"an inspection to pay for", "special[0].charged", "收费", "不收费", func(e *items.Edition) { e.Special[0].Charged = true }},
		{"an inspection besides the limit", "special[0].counted", "不计入", "计入", func(e *items.Edition) { e.Special[0].Counted = false }},
		{"an opinion to pay for", "mediators[0].payer", "申请人", "审批部门", func(e *items.Edition) { e.Mediators[0].Payer = "申请人" }},
		{"a higher fee", "fees[0].standard", "每证12元", "每证10元", func(e *items.Edition) { e.Fees[0].Standard = "每证12元" }},
		{"no relief", "fees[0].relief", "无", "残疾人免收", func(e *items.Edition) { e.Fees[0].Relief = "" }},
		{"no paying online", "payOnline", "不能", "支持", func(e *items.Edition) { e.PayOnline = false }},
		{"a result of fewer years", "results[0].validYears", "3年", "5年", func(e *items.Edition) { e.Results[0].ValidYears = 3 }},
		{"a renewal asked for earlier", "results[0].renewBefore", "60个工作日", "30个工作日", func(e *items.Edition) { e.Results[0].RenewBefore.N = 60 }},
		{"one more field to fill in", "form.groups[0].fields[", "必填", "没有这一项", func(e *items.Edition) {
			e.Form.Groups[0].Fields = append(e.Form.Groups[0].Fields, forms.Field{ID: "座右铭", Label: "座右铭", Required: true})
		}},
		{"fewer who may apply", "objects", "没有“自然人”", "自然人", func(e *items.Edition) { e.Objects = e.Objects[1:] }},
		{"no way by net", "ways", "没有“网上办理”", "网上办理", func(e *items.Edition) { e.Ways = e.Ways[:1] }},
		{"less depth", "online", "没有“互联网办理”", "互联网办理", func(e *items.Edition) { e.Online = e.Online[:1] }},
		{"one duty more", "duties", "配合检查", "没有这一项", func(e *items.Edition) { e.Duties = append(e.Duties, "配合检查") }},
		{"one right less", "rights", "没有“申诉”", "申诉", func(e *items.Edition) { e.Rights = e.Rights[:1] }},
		{"nearer home only", "scope", "不通办", "全市", func(e *items.Edition) { e.Scope = items.NotShared }},
		{"not while one waits", "kind", "承诺件", "即办件", func(e *items.Edition) { e.Kind = items.Promise }},
		{"a review first", "review", "前审后批", "即审即办", func(e *items.Edition) { e.Review = items.ReviewFirst }},
		{"a quota", "quota", "每年十个", "无", func(e *items.Edition) { e.Quota = "每年十个" }},
		{"a permit where a filing does", "filing", "不能", "只需备案", func(e *items.Edition) { e.Filing = false }},
		{"no pledge", "promisable", "不能", "告知承诺", func(e *items.Edition) { e.Promisable = false }},
		{"no decision at once", "pledge.atOnce", "不能", "当场决定", func(e *items.Edition) { e.Pledge.AtOnce = false }},
		{"a reason against pledges", "pledge.excluded", "风险大", "无", func(e *items.Edition) { e.Pledge.Excluded = "风险大" }},
		{"no papers by post", "mail.materials", "不能", "可以邮寄", func(e *items.Edition) { e.Mail.Materials = false }},
		{"no result by post", "mail.result", "不能", "可以邮寄", func(e *items.Edition) { e.Mail.Result = false }},
		{"no appointment", "appointment", "不能", "支持预约", func(e *items.Edition) { e.Appointment = false }},
		{"no kiosk", "kiosk", "不能", "可以自助", func(e *items.Edition) { e.Kiosk = false }},
		{"no progress to look at", "publicity.progress", "不能", "可以查询", func(e *items.Edition) { e.Publicity.Progress = false }},
		{"no result to look at", "publicity.result", "不能", "公开", func(e *items.Edition) { e.Publicity.Result = false }},
		{"shorter hours at the window", "places[0].hours", "周一至周四", "周一至周五", func(e *items.Edition) { e.Places[0].Hours = "周一至周四 9:00—12:00，13:30—17:30" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			superior, mine := rich(t), rich(t)
			tt.lower(mine)
			found := mine.Exceeds(superior)
			if len(found) != 1 || !strings.HasPrefix(found[0].Path, tt.path) || found[0].Severity != items.Error {
				t.Fatalf("%+v, want one at %s", found, tt.path)
			}
			own, above, _ := strings.Cut(found[0].Say, "上级为")
			if !strings.Contains(own, tt.mine) || !strings.Contains(above, tt.theirs) {
				t.Errorf("%s does not tell both %q and %q", found[0].Say, tt.mine, tt.theirs)
			}
			if back := superior.Exceeds(mine); slices.ContainsFunc(back, func(f items.Finding) bool { return f.Path == found[0].Path }) && tt.path != "materials[0].when" {
				t.Errorf("the better one is refused as well: %+v", back)
			}
		})
	}
}

func TestBetterIsNeverRefused(t *testing.T) {
	for name, better := range map[string]func(*items.Edition){
		"the same":             func(*items.Edition) {},
		"a copy instead":       func(e *items.Edition) { e.Materials[1].Kind = items.OriginalOrCopy },
		"a material for fewer": func(e *items.Edition) { e.Materials[0].When = `首次申请 == "是" && 面积 == "大"` },
		"a lower fee":          func(e *items.Edition) { e.Fees[0].Standard = "每证8元" },
		"more relief":          func(e *items.Edition) { e.Fees[0].Relief = "残疾人免收，老年人减半" },
		"free of charge":       func(e *items.Edition) { e.Fees, e.PayOnline = nil, false },
		"open on saturday":     func(e *items.Edition) { e.Places[0].Hours = "周一至周六 9:00—12:00，13:30—17:30" },
		"hours in words":       func(e *items.Edition) { e.Places[0].Hours = "与大厅一致" },
		"an answer more": func(e *items.Edition) {
			e.Questions[len(e.Questions)-1].Options = append(e.Questions[len(e.Questions)-1].Options, forms.Option{Value: "不清楚", Label: "不清楚"})
		},
		"a field that may be empty": func(e *items.Edition) {
			e.Form.Groups[0].Fields = append(e.Form.Groups[0].Fields, forms.Field{ID: "备注", Label: "备注"})
		},
		"one of two papers of a name": func(e *items.Edition) { e.Materials = e.Materials[:len(e.Materials)-1] },
		"the other for fewer": func(e *items.Edition) {
			e.Materials[len(e.Materials)-1].When = `首次申请 == "补正" && 面积 == "大"`
		},
		"a wider scope": func(e *items.Edition) { e.Scope = items.WholeProvince },
	} {
		superior, mine := rich(t), rich(t)
		better(mine)
		if found := mine.Exceeds(superior); len(found) > 0 {
			t.Errorf("%s: %+v", name, found)
		}
	}
}
