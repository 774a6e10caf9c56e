package revisions

import (
	"cmp"
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
)

func list[T ~string](words []T) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = string(w)
	}
	return strings.Join(all, "、")
}

// slots names the parts of an element that are filled in: 标题 甲；页码 三.
func slots(pairs ...string) string {
	var all []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			all = append(all, pairs[i]+" "+pairs[i+1])
		}
	}
	return strings.Join(all, "；")
}

func bases(all []items.Basis) string {
	var words []string
	for _, b := range all {
		words = append(words, b.String()+b.Text)
	}
	return strings.Join(words, "、")
}

func yes(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// basics are the elements of an edition that stand by themselves.
var basics = []aspect[items.Edition]{
	{"name", "事项名称", func(e items.Edition) string { return e.Name }},
	{"codes", "编码", func(e items.Edition) string {
		return slots("基本编码", e.Codes.Catalogue, "实施编码", e.Codes.Implementation, "业务办理项编码", e.Codes.Handling, "地方基本编码", e.Codes.LocalCatalogue, "地方编码", e.Codes.Local)
	}},
	{"formerNames", "曾用名", func(e items.Edition) string { return list(e.FormerNames) }},
	{"formerCodes", "曾用编码", func(e items.Edition) string { return list(e.FormerCodes) }},
	{"handover", "机构调整", func(e items.Edition) string {
		if e.Handover.From == "" {
			return ""
		}
		going := "在办件留在原部门"
		if e.Handover.Cases {
			going = "在办件随事项移交"
		}
		return "由" + e.Handover.FromName + "划转，" + going + "：" + e.Handover.Why
	}},
	{"synonyms", "大白话", func(e items.Edition) string { return list(e.Synonyms) }},
	{"type", "事项类型", func(e items.Edition) string { return string(e.Type) }},
	{"level", "行使层级", func(e items.Edition) string { return string(e.Level) }},
	{"region", "实施区域", func(e items.Edition) string { return e.Region }},
	{"agency", "实施主体", func(e items.Edition) string { return e.Agency }},
	{"agencyName", "实施主体名称", func(e items.Edition) string { return e.AgencyName }},
	{"agencyKind", "实施主体性质", func(e items.Edition) string { return e.AgencyKind }},
	{"guidance", "业务指导部门", func(e items.Edition) string { return e.Guidance }},
	{"partners", "联办机构", func(e items.Edition) string { return list(e.Partners) }},
	{"powerSource", "权力来源", func(e items.Edition) string { return e.PowerSource }},
	{"objects", "服务对象", func(e items.Edition) string { return list(e.Objects) }},
	{"kind", "办件类型", func(e items.Edition) string { return string(e.Kind) }},
	{"review", "审查类型", func(e items.Edition) string { return e.Review }},
	{"filing", "备案事项", func(e items.Edition) string { return yes(e.Filing) }},
	{"bases", "设定和实施依据", func(e items.Edition) string { return bases(e.Bases) }},
	{"statutory", "法定时限", func(e items.Edition) string { return e.Statutory.Written() }},
	{"statutoryNote", "法定时限说明", func(e items.Edition) string { return e.StatutoryNote }},
	{"promised", "承诺时限", func(e items.Edition) string { return e.Promised.Written() }},
	{"promisedNote", "承诺时限说明", func(e items.Edition) string { return e.PromisedNote }},
	{"acceptLimit", "受理时限", func(e items.Edition) string { return e.AcceptLimit.Written() }},
	{"quota", "数量限制", func(e items.Edition) string { return e.Quota }},
	{"firstReview", "先经下级机关审查", func(e items.Edition) string {
		if e.FirstReview.Step == "" {
			return ""
		}
		return slots("环节", e.FirstReview.Step, "下级机关", e.FirstReview.AgencyName, "期限", e.FirstReview.Limit.Written(), "依据", bases(e.FirstReview.Basis),
			"咨询电话", e.FirstReview.Phone, "复议机关", e.FirstReview.Remedies.Review.Body, "管辖法院", e.FirstReview.Remedies.Suit.Body)
	}},
	{"quantity", "名额", func(e items.Edition) string {
		if !e.Quantity.Counted() {
			return ""
		}
		return slots("名额", e.Quantity.String(), "分别计算", e.Quantity.Per, "顺序", string(e.Quantity.First()), "依据", bases(e.Quantity.Basis))
	}},
	{"payOnline", "网上支付", func(e items.Edition) string { return yes(e.PayOnline) }},
	{"promisable", "告知承诺办理", func(e items.Edition) string { return yes(e.Promisable) }},
	{"pledge.atOnce", "承诺后当场决定", func(e items.Edition) string { return yes(e.Pledge.AtOnce) }},
	{"pledge.check", "承诺的核查方式", func(e items.Edition) string { return string(e.Pledge.Check) }},
	{"pledge.within", "承诺的核查时限", func(e items.Edition) string { return e.Pledge.Within.Written() }},
	{"pledge.mend", "承诺的整改期限", func(e items.Edition) string { return e.Pledge.Mend.Written() }},
	{"pledge.standard", "承诺的核查标准", func(e items.Edition) string { return e.Pledge.Standard }},
	{"pledge.sample", "免予核查的承诺，每千件抽查", func(e items.Edition) string { return number(e.Pledge.Sample) }},
	{"pledge.later", "承诺后达到条件的期限", func(e items.Edition) string { return e.Pledge.Later.Written() }},
	{"pledge.undo", "逾期没有达到条件的，提出撤销", func(e items.Edition) string { return yes(e.Pledge.Undo) }},
	{"pledge.public", "承诺书公开期限", func(e items.Edition) string { return e.Pledge.Public.Written() }},
	{"pledge.excluded", "不适用告知承诺的理由", func(e items.Edition) string { return e.Pledge.Excluded }},
	{"automatic.decides", "自动办理", func(e items.Edition) string { return yes(e.Automatic.Decides) }},
	{"automatic.sample", "自动办理每千件抽查", func(e items.Edition) string { return number(e.Automatic.Sample) }},
	{"ways", "办理形式", func(e items.Edition) string { return list(e.Ways) }},
	{"online", "网上办理深度", func(e items.Edition) string { return list(e.Online) }},
	{"visits", "到办事现场次数", func(e items.Edition) string { return strconv.Itoa(e.Visits) + "次" }},
	{"visitReason", "必须现场办理的原因", func(e items.Edition) string { return e.VisitReason }},
	{"mail", "邮寄", func(e items.Edition) string {
		return "材料" + yes(e.Mail.Materials) + "，结果" + yes(e.Mail.Result)
	}},
	{"scope", "通办范围", func(e items.Edition) string { return string(e.Scope) }},
	{"appointment", "预约办理", func(e items.Edition) string { return yes(e.Appointment) }},
	{"kiosk", "自助终端办理", func(e items.Edition) string { return yes(e.Kiosk) }},
	{"outsideHall", "未进驻大厅的原因", func(e items.Edition) string { return e.OutsideHall }},
	{"reform", "证照分离改革方式", func(e items.Edition) string { return e.Reform }},
	{"personTopics", "面向自然人主题", func(e items.Edition) string { return list(e.PersonTopics) }},
	{"firmTopics", "面向法人主题", func(e items.Edition) string { return list(e.FirmTopics) }},
	{"lifeStages", "人生阶段", func(e items.Edition) string { return list(e.LifeStages) }},
	{"phone", "咨询电话", func(e items.Edition) string { return e.Phone }},
	{"complaint", "监督投诉电话", func(e items.Edition) string { return e.Complaint }},
	{"remedies", "复议和诉讼", func(e items.Edition) string {
		review, suit := e.Remedies.Review, e.Remedies.Suit
		return slots("行政复议机关", review.Body, "地址", review.Address, "电话", review.Phone, "行政诉讼法院", suit.Body, "法院地址", suit.Address, "法院电话", suit.Phone)
	}},
	{"rights", "申请人权利", func(e items.Edition) string { return list(e.Rights) }},
	{"duties", "申请人义务", func(e items.Edition) string { return list(e.Duties) }},
	{"plain", "白话版", func(e items.Edition) string { return e.Plain }},
	{"video", "视频版", func(e items.Edition) string { return e.Video }},
	{"regulator", "监管部门", func(e items.Edition) string { return e.Regulator }},
	{"publicity", "办理公开", func(e items.Edition) string {
		return "进程" + yes(e.Publicity.Progress) + "，结果" + yes(e.Publicity.Result) + "，决定前公示" + yes(e.Publicity.Notice)
	}},
	{"assumed", "推定的要素", func(e items.Edition) string { return list(e.Assumed) }},
	{"source", "资料来源", func(e items.Edition) string { return e.Source }},
	{"effective", "生效日期", func(e items.Edition) string { return e.Effective.Han() }},
	{"retired", "停止受理日期", func(e items.Edition) string {
		if e.Retired == 0 {
			return ""
		}
		return e.Retired.Han()
	}},
}

// parts compares the lists of an edition.
func (d *differ) parts(old, new *items.Edition) {
	conditions.compare(d, old.Conditions, new.Conditions)
	materials.compare(d, old.Materials, new.Materials)
	questions.compare(d, old.Questions, new.Questions)
	groups.compare(d, old.Form.Groups, new.Form.Groups)
	fields.compare(d, placed(old.Form), placed(new.Form))
	nodes(old.Procedure, new.Procedure).compare(d, old.Procedure.Nodes, new.Procedure.Nodes)
	d.add("procedure.edges", "流程走向", routes(old.Procedure), routes(new.Procedure))
	autoRules.compare(d, old.Automatic.Rules, new.Automatic.Rules)
	specials.compare(d, old.Special, new.Special)
	mediators.compare(d, old.Mediators, new.Mediators)
	fees.compare(d, old.Fees, new.Fees)
	results.compare(d, old.Results, new.Results)
	places.compare(d, old.Places, new.Places)
	extras.compare(d, old.Extras, new.Extras)
	faq.compare(d, old.FAQ, new.FAQ)
}

var conditions = listing[items.Condition]{
	"conditions", "条件", func(c items.Condition) string { return c.ID }, func(c items.Condition) string { return cmp.Or(c.Text, c.ID) },
	[]aspect[items.Condition]{
		{"text", "内容", func(c items.Condition) string { return c.Text }},
		{"kind", "类别", func(c items.Condition) string { return string(c.Kind) }},
		{"when", "适用情形", func(c items.Condition) string { return c.When }},
		{"basis", "依据", func(c items.Condition) string { return bases(c.Basis) }},
	},
}

var autoRules = listing[items.AutoRule]{
	"automatic.rules", "自动审查规则", func(r items.AutoRule) string { return r.ID }, func(r items.AutoRule) string { return cmp.Or(r.Name, r.ID) },
	[]aspect[items.AutoRule]{
		{"name", "名称", func(r items.AutoRule) string { return r.Name }},
		{"when", "成立的条件", func(r items.AutoRule) string { return r.When }},
		{"basis", "依据", func(r items.AutoRule) string { return bases(r.Basis) }},
	},
}

var materials = listing[items.Material]{
	"materials", "材料", func(m items.Material) string { return m.ID }, func(m items.Material) string { return cmp.Or(m.Name, m.ID) },
	[]aspect[items.Material]{
		{"name", "名称", func(m items.Material) string { return m.Name }},
		{"necessity", "必要性", func(m items.Material) string { return string(m.Necessity) }},
		{"kind", "类型", func(m items.Material) string { return string(m.Kind) }},
		{"form", "形式", func(m items.Material) string { return string(m.Form) }},
		{"copies", "份数", func(m items.Material) string { return number(m.Copies) }},
		{"channel", "来源", func(m items.Material) string { return string(m.Channel) }},
		{"issuer", "出具机构", func(m items.Material) string { return m.Issuer }},
		{"certificate", "电子证照", func(m items.Material) string { return m.Certificate }},
		{"holder", "证照持有人", func(m items.Material) string { return m.Holder }},
		{"basis", "设定依据", func(m items.Material) string { return bases(m.Basis) }},
		{"proves", "证明的条件", func(m items.Material) string { return list(m.Proves) }},
		{"when", "适用情形", func(m items.Material) string { return m.When }},
		{"standard", "受理标准", func(m items.Material) string { return m.Standard }},
		{"template", "空白表格", func(m items.Material) string { return m.Template }},
		{"sample", "示例样表", func(m items.Material) string { return m.Sample }},
		{"deferrable", "可容缺", func(m items.Material) string { return yes(m.Deferrable) }},
		{"promisable", "可告知承诺", func(m items.Material) string { return yes(m.Promisable) }},
		{"maxMB", "文件大小上限（MB）", func(m items.Material) string { return number(m.MaxMB) }},
		{"note", "填报须知", func(m items.Material) string { return m.Note }},
		{"paper", "规格", func(m items.Material) string { return m.Paper }},
		{"dated", "出具时间要求", func(m items.Material) string { return m.Dated }},
	},
}

var specials = listing[items.Special]{
	"special", "特别程序", func(s items.Special) string { return s.Name }, func(s items.Special) string { return s.Name },
	[]aspect[items.Special]{
		{"kind", "种类", func(s items.Special) string { return string(s.Kind) }},
		{"limit", "时限", func(s items.Special) string { return s.Limit.Written() }},
		{"counted", "计入时限", func(s items.Special) string { return yes(s.Counted) }},
		{"charged", "收费", func(s items.Special) string { return yes(s.Charged) }},
		{"basis", "依据", func(s items.Special) string { return bases(s.Basis) }},
	},
}

var extras = listing[items.Extra]{
	"extras", "其他要素", func(x items.Extra) string { return x.Name }, func(x items.Extra) string { return x.Name },
	[]aspect[items.Extra]{{"value", "内容", func(x items.Extra) string { return x.Value }}},
}

var mediators = listing[items.Mediator]{
	"mediators", "中介服务", func(m items.Mediator) string { return m.Name }, func(m items.Mediator) string { return m.Name },
	[]aspect[items.Mediator]{
		{"provider", "提供机构", func(m items.Mediator) string { return m.Provider }},
		{"payer", "付费方", func(m items.Mediator) string { return m.Payer }},
		{"basis", "依据", func(m items.Mediator) string { return bases(m.Basis) }},
	},
}

var fees = listing[items.Fee]{
	"fees", "收费项目", func(f items.Fee) string { return f.Name }, func(f items.Fee) string { return f.Name },
	[]aspect[items.Fee]{
		{"standard", "标准", func(f items.Fee) string { return f.Standard }},
		{"basis", "依据", func(f items.Fee) string { return bases(f.Basis) }},
		{"relief", "减免", func(f items.Fee) string { return f.Relief }},
	},
}

var results = listing[items.Result]{
	"results", "办理结果", func(r items.Result) string { return r.Name }, func(r items.Result) string { return r.Name },
	[]aspect[items.Result]{
		{"kind", "类型", func(r items.Result) string { return string(r.Kind) }},
		{"certificateType", "电子证照", func(r items.Result) string { return r.CertificateType }},
		{"validity", "有效期", func(r items.Result) string { return r.Validity }},
		{"validYears", "有效年数", func(r items.Result) string { return number(r.ValidYears) }},
		{"renewBefore", "申请延续的提前时间", func(r items.Result) string { return r.RenewBefore.Written() }},
		{"sample", "样本", func(r items.Result) string { return r.Sample }},
		{"when", "适用情形", func(r items.Result) string { return r.When }},
	},
}

var places = listing[items.Place]{
	"places", "办理地点", func(p items.Place) string { return cmp.Or(p.Hall, p.Name) }, func(p items.Place) string { return p.Name },
	[]aspect[items.Place]{
		{"name", "名称", func(p items.Place) string { return p.Name }},
		{"address", "地址", func(p items.Place) string { return p.Address }},
		{"windows", "窗口", func(p items.Place) string { return p.Windows }},
		{"hours", "时间", func(p items.Place) string { return p.Hours }},
		{"phone", "电话", func(p items.Place) string { return p.Phone }},
	},
}

var faq = listing[items.QA]{
	"faq", "常见问题", func(q items.QA) string { return q.Q }, func(q items.QA) string { return q.Q },
	[]aspect[items.QA]{{"a", "回答", func(q items.QA) string { return q.A }}},
}
