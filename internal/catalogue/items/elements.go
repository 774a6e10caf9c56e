package items

import "slices"

// elementRules ask for the elements without which there is no guide
// (实施清单必填要素, GB/T 36114-2018 and the national exchange tables).
var elementRules = []Rule{
	{"items.element.missing", Error, "必填要素不得为空", "政务服务事项实施清单必填要素", missingElements},
	{"items.element.unknown", Error, "代码表以外的取值不得使用", "GB/T 39046-2020 附录A", unknownValues},
	{"items.name.long", Error, "事项名称不得超过1000字节", "国家政务服务平台交换表", longName},
	{"items.basis.missing", Error, "事项须有设定依据", "徐政发〔2022〕21号（一）", missingBases},
	{"items.basis.article", Warning, "依据法律、法规的应写明条款", "行政许可法第三十条", missingArticles},
	{"items.dates", Error, "施行日期须早于停用日期", "实施清单计划生效、取消日期", crossedDates},
	{"items.assumed", Warning, "示范数据中推定的要素须核实", "示范数据不得充作真实数据", assumedElements},
}

func missingElements(e *Edition, say report) {
	for _, need := range []struct {
		path, name string
		has        bool
	}{
		{"item", "事项标识", e.Item != ""},
		{"name", "事项名称", e.Name != ""},
		{"type", "事项类型", e.Type != ""},
		{"level", "行使层级", e.Level != ""},
		{"region", "行政区划", e.Region != ""},
		{"agency", "实施主体", e.Agency != ""},
		{"agencyName", "实施主体名称", e.AgencyName != ""},
		{"objects", "服务对象", len(e.Objects) > 0},
		{"kind", "办件类型", e.Kind != ""},
		{"powerSource", "权力来源", e.PowerSource != "" || e.Type == PublicService},
		{"ways", "办理形式", len(e.Ways) > 0},
		{"places", "办理地点和时间", len(e.Places) > 0},
		{"phone", "咨询电话", e.Phone != ""},
		{"complaint", "监督投诉电话", e.Complaint != ""},
		{"results", "办理结果（没有结果文书的也要写明“无”）", len(e.Results) > 0},
		{"form", "申请表单", !e.Form.Empty()},
		{"procedure", "办理流程", len(e.Procedure.Nodes) > 0},
		{"remedies.review.body", "行政复议机关", e.Remedies.Review.Body != "" || e.Type == PublicService},
		{"remedies.suit.body", "行政诉讼管辖法院", e.Remedies.Suit.Body != "" || e.Type == PublicService},
		{"effective", "施行日期", e.Effective != 0},
	} {
		if !need.has {
			say(need.path, "请填写%s", need.name)
		}
	}
	for i, p := range e.Places {
		if p.Name == "" || p.Address == "" || p.Hours == "" {
			say(at("places", i), "请把办理地点的名称、地址、办公时间填写完整")
		}
	}
}

func longName(e *Edition, say report) {
	if len(e.Name) > 1000 {
		say("name", "事项名称过长，请控制在1000字节以内")
	}
}

func missingBases(e *Edition, say report) {
	if len(e.Bases) == 0 {
		say("bases", "请写明设定依据；没有法律、法规、规章依据的事项不得设立")
	}
	for i, b := range e.Bases {
		if b.Law == "" {
			say(at("bases", i), "请写明依据的名称")
		}
	}
}

func missingArticles(e *Edition, say report) {
	for i, b := range e.Bases {
		if isStatute(b.Law) && b.Article == "" {
			say(at("bases", i)+".article", "请写明《%s》的条款号", b.Law)
		}
	}
}

func crossedDates(e *Edition, say report) {
	if e.Retired != 0 && e.Retired <= e.Effective {
		say("retired", "停用日期（%s）应在施行日期（%s）之后", e.Retired.Han(), e.Effective.Han())
	}
}

func assumedElements(e *Edition, say report) {
	for i, a := range e.Assumed {
		say(at("assumed", i), "“%s”来源没有给出，系示范数据中的推定，使用前请核实", a)
	}
}

func unknownValues(e *Edition, say report) {
	known(say, "state", e.State, Draft, Published, Paused, Cancelled)
	known(say, "type", e.Type, Types()...)
	known(say, "level", e.Level, Province, City, County, Town, Village)
	known(say, "kind", e.Kind, Immediate, Promise)
	known(say, "scope", e.Scope, Nation, WholeProvince, WholeCity, WholeCounty, NotShared)
	known(say, "powerSource", e.PowerSource, PowerSources...)
	for i, o := range e.Objects {
		known(say, at("objects", i), o, Person, Firm, Institution, Society, Unlimited, Government, Organisation)
	}
	for i, w := range e.Ways {
		known(say, at("ways", i), w, AtWindow, Net, Phone, ByMail, Terminal)
	}
	for i, d := range e.Online {
		known(say, at("online", i), d, AskNet, CollectNet, PreviewNet, AcceptNet, HandleNet, ReportNet, LicenceNet)
	}
	for i, c := range e.Conditions {
		known(say, at("conditions", i)+".kind", c.Kind, Eligibility, Prohibition)
	}
	for i, s := range e.Special {
		known(say, at("special", i)+".kind", s.Kind, Extension, Inspection, Experts, Hearing, Testing, Appraisal, Auction, Exam, Posting)
	}
	for i, r := range e.Results {
		known(say, at("results", i)+".kind", r.Kind, Certificate, Document, OtherResult, NoResult)
	}
	for i, m := range e.Materials {
		path := at("materials", i)
		known(say, path+".necessity", m.Necessity, Must, Optional, LaterOK)
		known(say, path+".kind", m.Kind, Original, Duplicate, OriginalOrCopy, OriginalAndCopy)
		known(say, path+".form", m.Form, Paper, Electronic, PaperOrElectronic)
		known(say, path+".channel", m.Channel, ByApplicant, ByGovernment, ByMediator, ByOther)
	}
}

// known says so when a value is not one of its list; an empty value is the
// business of items.element.missing.
func known[T ~string](say report, path string, value T, list ...T) {
	if value != "" && !slices.Contains(list, value) {
		say(path, "不认识的取值“%.20s”，请从代码表中选择", string(value))
	}
}
