package revisions

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/staff"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
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

func limit(l clock.Limit) string {
	if l.None() {
		return ""
	}
	return l.String()
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
	{"statutory", "法定时限", func(e items.Edition) string { return limit(e.Statutory) }},
	{"statutoryNote", "法定时限说明", func(e items.Edition) string { return e.StatutoryNote }},
	{"promised", "承诺时限", func(e items.Edition) string { return limit(e.Promised) }},
	{"promisedNote", "承诺时限说明", func(e items.Edition) string { return e.PromisedNote }},
	{"acceptLimit", "受理时限", func(e items.Edition) string { return limit(e.AcceptLimit) }},
	{"quota", "数量限制", func(e items.Edition) string { return e.Quota }},
	{"payOnline", "网上支付", func(e items.Edition) string { return yes(e.PayOnline) }},
	{"promisable", "告知承诺办理", func(e items.Edition) string { return yes(e.Promisable) }},
	{"pledge.atOnce", "承诺后当场决定", func(e items.Edition) string { return yes(e.Pledge.AtOnce) }},
	{"pledge.check", "承诺的核查方式", func(e items.Edition) string { return string(e.Pledge.Check) }},
	{"pledge.within", "承诺的核查时限", func(e items.Edition) string { return limit(e.Pledge.Within) }},
	{"pledge.mend", "承诺的整改期限", func(e items.Edition) string { return limit(e.Pledge.Mend) }},
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
	nodes.compare(d, old.Procedure.Nodes, new.Procedure.Nodes)
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

func options(all []forms.Option) string {
	var words []string
	for _, o := range all {
		w := o.Value
		if o.Label != o.Value {
			w += "（" + o.Label + "）"
		}
		words = append(words, w)
	}
	return strings.Join(words, "、")
}

var questions = listing[forms.Question]{
	"questions", "情形问题", func(q forms.Question) string { return q.ID }, func(q forms.Question) string { return cmp.Or(q.Text, q.ID) },
	[]aspect[forms.Question]{
		{"text", "问法", func(q forms.Question) string { return q.Text }},
		{"hint", "提示", func(q forms.Question) string { return q.Hint }},
		{"options", "选项", func(q forms.Question) string { return options(q.Options) }},
		{"many", "可多选", func(q forms.Question) string { return yes(q.Many) }},
		{"when", "何时提问", func(q forms.Question) string { return q.When }},
	},
}

var groups = listing[forms.Group]{
	"form.groups", "表单分组", func(g forms.Group) string { return g.ID }, func(g forms.Group) string { return cmp.Or(g.Title, g.ID) },
	[]aspect[forms.Group]{
		{"title", "标题", func(g forms.Group) string { return g.Title }},
		{"hint", "提示", func(g forms.Group) string { return g.Hint }},
		{"when", "何时填写", func(g forms.Group) string { return g.When }},
	},
}

// A placedField is a field with the group it stands in.
type placedField struct {
	forms.Field
	group string
}

func placed(f forms.Form) []placedField {
	var all []placedField
	for g, field := range f.All() {
		all = append(all, placedField{*field, cmp.Or(g.Title, g.ID)})
	}
	return all
}

var fields = listing[placedField]{
	"form.fields", "表单字段", func(f placedField) string { return f.ID }, func(f placedField) string { return cmp.Or(f.Label, f.ID) },
	[]aspect[placedField]{
		{"label", "名称", func(f placedField) string { return f.Label }},
		{"group", "所在分组", func(f placedField) string { return f.group }},
		{"hint", "提示", func(f placedField) string { return f.Hint }},
		{"kind", "类型", func(f placedField) string { return f.Kind.Han() }},
		{"element", "数据元", func(f placedField) string { return f.Element }},
		{"required", "必填", func(f placedField) string { return yes(f.Required) }},
		{"when", "何时填写", func(f placedField) string { return f.When }},
		{"options", "选项", func(f placedField) string { return options(f.Options) }},
		{"min", "最小", func(f placedField) string { return f.Min }},
		{"max", "最大", func(f placedField) string { return f.Max }},
		{"maxLen", "最多字数", func(f placedField) string { return number(f.MaxLen) }},
		{"pattern", "格式", func(f placedField) string { return f.Pattern }},
		{"unit", "单位", func(f placedField) string { return f.Unit }},
		{"prefill", "预填来源", func(f placedField) string { return f.Prefill }},
		{"sensitive", "敏感信息", func(f placedField) string { return yes(f.Sensitive) }},
	},
}

// kindNames are the kinds of node as people call them.
var kindNames = map[flow.Kind]string{
	flow.Start: "开始", flow.End: "结束", flow.Terminate: "终止", flow.Task: "人工环节", flow.Rule: "自动环节", flow.Exclusive: "选择", flow.Inclusive: "多选",
	flow.Parallel: "并行", flow.Multi: "会签", flow.Sub: "子流程", flow.Timer: "定时", flow.Message: "等候消息",
}

func called(n flow.Node) string { return cmp.Or(n.Name, kindNames[n.Kind]+n.ID) }

var nodes = listing[flow.Node]{
	"procedure", "环节", func(n flow.Node) string { return n.ID }, called,
	[]aspect[flow.Node]{
		{"name", "名称", func(n flow.Node) string { return n.Name }},
		{"kind", "种类", func(n flow.Node) string { return kindNames[n.Kind] }},
		{"in", "所属子流程", func(n flow.Node) string { return n.In }},
		{"post", "岗位", func(n flow.Node) string { return n.Post }},
		{"role", "角色", func(n flow.Node) string { return staff.RoleCalled(n.Role) }},
		{"agency", "办理部门", func(n flow.Node) string { return n.Agency }},
		{"limit", "时限", func(n flow.Node) string { return limit(n.Limit) }},
		{"authority", "权限", func(n flow.Node) string { return n.Authority }},
		{"standard", "审查标准", func(n flow.Node) string { return n.Standard }},
		{"substantive", "实质审查（两人）", func(n flow.Node) string { return yes(n.Substantive) }},
		{"decides", "作出决定", func(n flow.Node) string { return yes(n.Decides) }},
		{"apart", "须由不同的人办理", func(n flow.Node) string { return list(n.Apart) }},
		{"rule", "规则", func(n flow.Node) string { return slots("条件", n.Rule, "结论", n.Result, "自动", n.Automatic) }},
		{"among", "会签人", func(n flow.Node) string {
			var seats []string
			for _, s := range n.Among {
				seats = append(seats, strings.TrimSpace(s.Agency+" "+s.Post+" "+staff.RoleCalled(s.Role)))
			}
			return slots("人员", list(seats), "名单", n.Over)
		}},
		{"quorum", "会签规则", func(n flow.Node) string { return fmt.Sprint(string(n.Quorum), number(n.Count), n.Agree) }},
		{"on", "附着于", func(n flow.Node) string {
			return slots("环节", n.On, "等候", n.Awaits) + map[bool]string{true: "，不中断"}[n.Beside]
		}},
	},
}

// routes is where a procedure leads, an arrow a line; where it is drawn is not
// told.
func routes(d flow.Definition) string {
	var b strings.Builder
	for _, e := range d.Edges {
		from, _ := d.Node(e.From)
		to, _ := d.Node(e.To)
		fmt.Fprintf(&b, "%s → %s", called(from), called(to))
		if e.When != "" {
			b.WriteString("，当" + e.When)
		}
		if e.Default {
			b.WriteString("，其他情况")
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

var specials = listing[items.Special]{
	"special", "特别程序", func(s items.Special) string { return s.Name }, func(s items.Special) string { return s.Name },
	[]aspect[items.Special]{
		{"kind", "种类", func(s items.Special) string { return string(s.Kind) }},
		{"limit", "时限", func(s items.Special) string { return limit(s.Limit) }},
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
		{"renewBefore", "申请延续的提前时间", func(r items.Result) string { return limit(r.RenewBefore) }},
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
