package library

import (
	"cmp"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
)

// An editTab is one tab of the editor.
type editTab struct {
	ID, Name string
	sheets   []sheet
	paths    []string // of the findings whose fields stand on it
}

// editTabs are the tabs of the editor, in order.
var editTabs = []editTab{
	{"basics", "基本要素", []sheet{basics}, []string{""}},
	{"whose", "编码和归属", []sheet{whose}, []string{"codes", "agency", "agencyName", "agencyKind", "level", "region", "regulator", "filing", "safety", "outsideHall", "retired", "item"}},
	{"topics", "主题和公开", []sheet{topics, openness, remedies, extras}, []string{"personTopics", "firmTopics", "lifeStages", "publicity", "remedies", "extras"}},
	{"conditions", "条件", []sheet{conditions, quantity}, []string{"conditions", "quantity"}},
	{"materials", "材料", []sheet{materials}, []string{"materials"}},
	{"questions", "情形", []sheet{questions}, []string{"questions"}},
	{"form", "表单", []sheet{groups, fields}, []string{"form", "groups", "fields"}},
	{"steps", "环节", []sheet{steps{}, firstReview}, []string{"procedure", "firstReview"}},
	{"flow", "流程图", nil, nil},
	{"automatic", "自动审查", []sheet{automatic, autoRules}, []string{"automatic"}},
	{"fees", "收费和特别程序", []sheet{paying, feesGrid, specials, mediators}, []string{"fees", "special", "mediators", "payOnline"}},
	{"results", "结果文书", []sheet{results}, []string{"results"}},
	{"guide", "白话版和指南", []sheet{guide, places, faq}, []string{"plain", "video", "places", "faq", "phone", "complaint", "rights", "duties"}},
}

func tabOf(id string) (editTab, bool) {
	i := slices.IndexFunc(editTabs, func(t editTab) bool { return t.ID == id })
	if i < 0 {
		return editTab{}, false
	}
	return editTabs[i], true
}

// tabOfPath is the tab on which the field of a finding stands.
func tabOfPath(path string) string {
	head, _, _ := strings.Cut(path, ".")
	head, _, _ = strings.Cut(head, "[")
	for _, t := range editTabs {
		if slices.Contains(t.paths, head) {
			return t.ID
		}
	}
	return "basics"
}

// selfOf is a sheet over the elements of the draft itself.
type selfOf[E any] struct {
	title, note string
	columns     []column[E]
}

// self is a sheet over the elements of the edition itself.
type self = selfOf[items.Edition]

var basics = self{"基本要素", "名称、类型、业务指导部门和设定依据以上级目录为准；时限和次数只能更短、更少。", []column[items.Edition]{
	textColumn("name", "事项名称", "", func(e *items.Edition) *string { return &e.Name }),
	listColumn("synonyms", "大白话", "群众会怎么说，用顿号隔开", func(e *items.Edition) *[]string { return &e.Synonyms }),
	listColumn("formerNames", "曾用名", "", func(e *items.Edition) *[]string { return &e.FormerNames }),
	chooseColumn("type", "事项类型", items.Types(), func(e *items.Edition) *items.Type { return &e.Type }),
	textColumn("guidance", "业务指导部门", "", func(e *items.Edition) *string { return &e.Guidance }),
	basesColumn("bases", "设定和实施依据", "也可以从下面的条文中选", func(e *items.Edition) *[]items.Basis { return &e.Bases }),
	chooseColumn("powerSource", "权力来源", items.PowerSources, func(e *items.Edition) *string { return &e.PowerSource }),
	listColumn("partners", "联办机构", "部门编号，用顿号隔开", func(e *items.Edition) *[]string { return &e.Partners }),
	severalColumn("objects", "服务对象", texts(items.Person, items.Firm, items.Institution, items.Society, items.Unlimited, items.Government, items.Organisation), func(e *items.Edition) *[]items.Object { return &e.Objects }),
	chooseColumn("kind", "办件类型", []items.Kind{items.Promise, items.Immediate}, func(e *items.Edition) *items.Kind { return &e.Kind }),
	chooseColumn("review", "审查类型", []string{items.ReviewFirst, items.ReviewAtOnce}, func(e *items.Edition) *string { return &e.Review }),
	limitColumn("statutory", "法定时限", func(e *items.Edition) *clock.Limit { return &e.Statutory }),
	textColumn("statutoryNote", "法定时限说明", "", func(e *items.Edition) *string { return &e.StatutoryNote }),
	limitColumn("promised", "承诺时限", func(e *items.Edition) *clock.Limit { return &e.Promised }),
	textColumn("promisedNote", "承诺时限说明", "", func(e *items.Edition) *string { return &e.PromisedNote }),
	limitColumn("acceptLimit", "受理时限", func(e *items.Edition) *clock.Limit { return &e.AcceptLimit }),
	textColumn("quota", "数量限制", "没有留空", func(e *items.Edition) *string { return &e.Quota }),
	numberColumn("visits", "到办事现场次数", func(e *items.Edition) *int { return &e.Visits }),
	textColumn("visitReason", "必须现场办理的原因", "次数大于零时填写", func(e *items.Edition) *string { return &e.VisitReason }),
	severalColumn("ways", "办理形式", texts(items.AtWindow, items.Net, items.Phone, items.ByMail, items.Terminal), func(e *items.Edition) *[]items.Way { return &e.Ways }),
	severalColumn("online", "网上办理深度", texts(items.AskNet, items.CollectNet, items.PreviewNet, items.AcceptNet, items.HandleNet, items.ReportNet, items.LicenceNet), func(e *items.Edition) *[]items.Depth { return &e.Online }),
	chooseColumn("scope", "通办范围", []items.Scope{"", items.NotShared, items.WholeCounty, items.WholeCity, items.WholeProvince, items.Nation}, func(e *items.Edition) *items.Scope { return &e.Scope }),
	tickColumn("mail.materials", "材料可以邮寄", func(e *items.Edition) *bool { return &e.Mail.Materials }),
	tickColumn("mail.result", "结果可以邮寄", func(e *items.Edition) *bool { return &e.Mail.Result }),
	tickColumn("kiosk", "可以在自助终端办理", func(e *items.Edition) *bool { return &e.Kiosk }),
	tickColumn("appointment", "支持预约", func(e *items.Edition) *bool { return &e.Appointment }),
	tickColumn("promisable", "可以告知承诺办理", func(e *items.Edition) *bool { return &e.Promisable }),
	tickColumn("pledge.atOnce", "全部条件承诺后当场决定", func(e *items.Edition) *bool { return &e.Pledge.AtOnce }),
	chooseColumn("pledge.check", "承诺的核查方式", []items.CheckWay{"", items.NoCheck, items.OnlineCheck, items.SiteCheck}, func(e *items.Edition) *items.CheckWay { return &e.Pledge.Check }),
	limitColumn("pledge.within", "承诺的核查时限", func(e *items.Edition) *clock.Limit { return &e.Pledge.Within }),
	limitColumn("pledge.mend", "承诺的整改期限", func(e *items.Edition) *clock.Limit { return &e.Pledge.Mend }),
	longColumn("pledge.standard", "承诺的核查标准", "核查时看什么、怎样才算符合承诺", func(e *items.Edition) *string { return &e.Pledge.Standard }),
	numberColumn("pledge.sample", "免予核查的承诺，每千件抽查几件", func(e *items.Edition) *int { return &e.Pledge.Sample }),
	limitColumn("pledge.later", "承诺后多久以内达到条件（不填：承诺时须已经达到）", func(e *items.Edition) *clock.Limit { return &e.Pledge.Later }),
	tickColumn("pledge.undo", "逾期没有达到条件的，系统提出撤销", func(e *items.Edition) *bool { return &e.Pledge.Undo }),
	limitColumn("pledge.public", "承诺书公开多久", func(e *items.Edition) *clock.Limit { return &e.Pledge.Public }),
	textColumn("pledge.excluded", "不适用告知承诺的理由", "写明属于哪一种："+strings.Join(items.RiskClasses, "；"), func(e *items.Edition) *string { return &e.Pledge.Excluded }),
	chooseColumn("reform", "证照分离改革方式", append([]string{""}, items.Reforms...), func(e *items.Edition) *string { return &e.Reform }),
	linesColumn("assumed", "推定的要素", "来源没有给出、由示范数据推定的；核实一项删去一行", func(e *items.Edition) *[]string { return &e.Assumed }),
	dayColumn("effective", "生效日期", "发布以后从这一天起执行；早于发布之日的，自发布之日起执行", effectiveOf),
}}

var guide = self{"白话版和联系方式", "", []column[items.Edition]{
	longColumn("plain", "白话版", "像对邻居说话那样，三五句讲清怎么办", func(e *items.Edition) *string { return &e.Plain }),
	textColumn("video", "视频版地址", "", func(e *items.Edition) *string { return &e.Video }),
	textColumn("phone", "咨询电话", "", func(e *items.Edition) *string { return &e.Phone }),
	textColumn("complaint", "监督投诉电话", "", func(e *items.Edition) *string { return &e.Complaint }),
	linesColumn("rights", "申请人权利", "一行一条", func(e *items.Edition) *[]string { return &e.Rights }),
	linesColumn("duties", "申请人义务", "一行一条", func(e *items.Edition) *[]string { return &e.Duties }),
}}

var conditions = grid[items.Condition]{
	path: "conditions", title: "准予条件和禁止性要求", noun: "条条件", note: "条件要写当事人看得懂的事实，不能只罗列材料；要证明的，材料里注明。",
	list: func(e *items.Edition) *[]items.Condition { return &e.Conditions }, sum: func(c *items.Condition) string { return facts(c.ID, string(c.Kind), c.When) },
	key: func(c *items.Condition) string { return c.ID }, name: func(c *items.Condition) string { return cmp.Or(c.Text, c.ID) },
	fresh: func(e *items.Edition, n int) items.Condition {
		return items.Condition{Kind: items.Eligibility, ID: freshID("c", n, e.Conditions, func(c *items.Condition) string { return c.ID })}
	},
	columns: func(*items.Edition) []column[items.Condition] {
		return []column[items.Condition]{
			longColumn("text", "内容", "", func(c *items.Condition) *string { return &c.Text }),
			textColumn("id", "标识", "材料用它说明证明哪一条", func(c *items.Condition) *string { return &c.ID }),
			chooseColumn("kind", "类别", []items.ConditionKind{items.Eligibility, items.Prohibition}, func(c *items.Condition) *items.ConditionKind { return &c.Kind }),
			textColumn("when", "适用情形", "例如：经营类别 == \"餐饮服务\"；人人适用留空", func(c *items.Condition) *string { return &c.When }),
			basisColumn(func(c *items.Condition) *[]items.Basis { return &c.Basis }),
		}
	},
}

var materials = grid[items.Material]{
	path: "materials", title: "申请材料", noun: "份材料", note: "没有依据的材料不能要，“其他材料”一类的兜底条款通不过体检。",
	list: func(e *items.Edition) *[]items.Material { return &e.Materials }, sum: materialLine,
	key: func(m *items.Material) string { return m.ID }, name: func(m *items.Material) string { return cmp.Or(m.Name, m.ID) },
	fresh: func(e *items.Edition, n int) items.Material {
		return items.Material{
			ID: freshID("m", n, e.Materials, func(m *items.Material) string { return m.ID }), Necessity: items.Must, Kind: items.Original,
			Form: items.PaperOrElectronic, Copies: 1, Channel: items.ByApplicant,
		}
	},
	columns: func(*items.Edition) []column[items.Material] {
		return []column[items.Material]{
			textColumn("name", "名称", "", func(m *items.Material) *string { return &m.Name }),
			basisColumn(func(m *items.Material) *[]items.Basis { return &m.Basis }),
			chooseColumn("channel", "来源", []items.Channel{items.ByApplicant, items.ByGovernment, items.ByMediator, items.ByOther}, func(m *items.Material) *items.Channel { return &m.Channel }),
			chooseColumn("necessity", "必要性", []items.Necessity{items.Must, items.Optional, items.LaterOK}, func(m *items.Material) *items.Necessity { return &m.Necessity }),
			tickColumn("deferrable", "可以容缺：承诺后补", func(m *items.Material) *bool { return &m.Deferrable }),
			tickColumn("promisable", "可以告知承诺代替", func(m *items.Material) *bool { return &m.Promisable }),
			chooseColumn("kind", "类型", []items.Copy{items.Original, items.Duplicate, items.OriginalOrCopy, items.OriginalAndCopy}, func(m *items.Material) *items.Copy { return &m.Kind }),
			chooseColumn("form", "形式", []items.PaperForm{items.PaperOrElectronic, items.Paper, items.Electronic}, func(m *items.Material) *items.PaperForm { return &m.Form }),
			numberColumn("copies", "份数", func(m *items.Material) *int { return &m.Copies }),
			textColumn("certificate", "电子证照", "填写证照类型后由系统调取，不再让人提交", func(m *items.Material) *string { return &m.Certificate }),
			textColumn("holder", "证照持有人", "表单里填写持有人号码的问题，例如：母亲公民身份号码；是申请人本人的才调取，名称已说明是申请人的留空", func(m *items.Material) *string { return &m.Holder }),
			textColumn("issuer", "出具机构", "", func(m *items.Material) *string { return &m.Issuer }),
			textColumn("when", "适用情形", "例如：自有房产 == \"否\"；人人都交留空", func(m *items.Material) *string { return &m.When }),
			listColumn("proves", "证明的条件", "条件的标识，用顿号隔开", func(m *items.Material) *[]string { return &m.Proves }),
			textColumn("standard", "受理标准", "", func(m *items.Material) *string { return &m.Standard }),
			textColumn("template", "空白表格", "", func(m *items.Material) *string { return &m.Template }),
			textColumn("sample", "示例样表", "", func(m *items.Material) *string { return &m.Sample }),
			textColumn("note", "填报须知", "", func(m *items.Material) *string { return &m.Note }),
			textColumn("paper", "规格", "例如：A4", func(m *items.Material) *string { return &m.Paper }),
			textColumn("dated", "出具时间要求", "例如：三个月内", func(m *items.Material) *string { return &m.Dated }),
			numberColumn("maxMB", "文件大小上限（MB，0 为平台统一上限）", func(m *items.Material) *int { return &m.MaxMB }),
		}
	},
}

var questions = grid[forms.Question]{
	path: "questions", title: "情形问题", noun: "个问题", note: "问得越少越好；每个问题的回答都要影响条件、材料、表单或者流程。",
	list: func(e *items.Edition) *[]forms.Question { return &e.Questions }, sum: func(q *forms.Question) string { return facts(q.ID, q.When) },
	key: func(q *forms.Question) string { return q.ID }, name: func(q *forms.Question) string { return cmp.Or(q.Text, q.ID) },
	fresh:   func(*items.Edition, int) forms.Question { return forms.Question{} },
	columns: func(*items.Edition) []column[forms.Question] { return questionColumns },
}

var questionColumns = []column[forms.Question]{
	textColumn("text", "怎么问", "", func(q *forms.Question) *string { return &q.Text }),
	textColumn("id", "名字", "情形条件里用的名字，例如：自有房产", func(q *forms.Question) *string { return &q.ID }),
	optionsColumn(func(q *forms.Question) *[]forms.Option { return &q.Options }),
	tickColumn("many", "可以多选", func(q *forms.Question) *bool { return &q.Many }),
	textColumn("when", "何时才问", "对前面问题的条件；人人都问留空", func(q *forms.Question) *string { return &q.When }),
	textColumn("hint", "提示", "", func(q *forms.Question) *string { return &q.Hint }),
}

var groups = grid[forms.Group]{
	path: "groups", title: "表单分组", noun: "个分组", note: "要删除一个分组，先把其中的字段移走或者删除。",
	list: func(e *items.Edition) *[]forms.Group { return &e.Form.Groups },
	key:  func(g *forms.Group) string { return g.ID }, name: func(g *forms.Group) string { return cmp.Or(g.Title, g.ID) },
	fresh: func(e *items.Edition, n int) forms.Group {
		return forms.Group{ID: freshID("g", n, e.Form.Groups, func(g *forms.Group) string { return g.ID })}
	},
	columns: func(*items.Edition) []column[forms.Group] {
		return []column[forms.Group]{
			textColumn("title", "标题", "", func(g *forms.Group) *string { return &g.Title }),
			textColumn("id", "标识", "", func(g *forms.Group) *string { return &g.ID }),
			textColumn("hint", "提示", "", func(g *forms.Group) *string { return &g.Hint }),
			textColumn("when", "何时填写", "条件；人人都填留空", func(g *forms.Group) *string { return &g.When }),
		}
	},
}

var feesGrid = grid[items.Fee]{
	path: "fees", title: "收费项目", noun: "项收费", note: "没有项目即不收费。",
	list: func(e *items.Edition) *[]items.Fee { return &e.Fees },
	key:  func(f *items.Fee) string { return f.Name }, name: func(f *items.Fee) string { return f.Name },
	fresh: func(*items.Edition, int) items.Fee { return items.Fee{} },
	columns: func(*items.Edition) []column[items.Fee] {
		return []column[items.Fee]{
			textColumn("name", "名称", "", func(f *items.Fee) *string { return &f.Name }),
			textColumn("standard", "标准", "", func(f *items.Fee) *string { return &f.Standard }),
			basisColumn(func(f *items.Fee) *[]items.Basis { return &f.Basis }),
			textColumn("relief", "减免情形", "", func(f *items.Fee) *string { return &f.Relief }),
		}
	},
}

var specials = grid[items.Special]{
	path: "special", title: "特别程序", noun: "项程序", note: "现场勘验、专家评审、听证等，须写明时限；法律没有规定的不能要。",
	list: func(e *items.Edition) *[]items.Special { return &e.Special },
	key:  func(s *items.Special) string { return s.Name }, name: func(s *items.Special) string { return s.Name },
	fresh: func(*items.Edition, int) items.Special { return items.Special{Kind: items.Inspection} },
	columns: func(*items.Edition) []column[items.Special] {
		return []column[items.Special]{
			textColumn("name", "名称", "", func(s *items.Special) *string { return &s.Name }),
			chooseColumn("kind", "种类", []items.SpecialKind{items.Inspection, items.Experts, items.Hearing, items.Testing, items.Appraisal, items.Auction, items.Exam, items.Posting, items.Extension}, func(s *items.Special) *items.SpecialKind { return &s.Kind }),
			limitColumn("limit", "时限", func(s *items.Special) *clock.Limit { return &s.Limit }),
			tickColumn("counted", "计入办理时限", func(s *items.Special) *bool { return &s.Counted }),
			tickColumn("technical", "按技术标准检验、检测、检疫：受理之日起5个工作日内指派两名以上工作人员", func(s *items.Special) *bool { return &s.Technical }),
			tickColumn("charged", "收费", func(s *items.Special) *bool { return &s.Charged }),
			basisColumn(func(s *items.Special) *[]items.Basis { return &s.Basis }),
		}
	},
}

var mediators = grid[items.Mediator]{
	path: "mediators", title: "中介服务", noun: "项中介服务",
	list: func(e *items.Edition) *[]items.Mediator { return &e.Mediators },
	key:  func(m *items.Mediator) string { return m.Name }, name: func(m *items.Mediator) string { return m.Name },
	fresh: func(*items.Edition, int) items.Mediator { return items.Mediator{} },
	columns: func(*items.Edition) []column[items.Mediator] {
		return []column[items.Mediator]{
			textColumn("name", "名称", "", func(m *items.Mediator) *string { return &m.Name }),
			textColumn("provider", "提供机构", "", func(m *items.Mediator) *string { return &m.Provider }),
			textColumn("payer", "付费方", "", func(m *items.Mediator) *string { return &m.Payer }),
			basisColumn(func(m *items.Mediator) *[]items.Basis { return &m.Basis }),
		}
	},
}

var results = grid[items.Result]{
	path: "results", title: "办理结果", noun: "项结果",
	list: func(e *items.Edition) *[]items.Result { return &e.Results },
	key:  func(r *items.Result) string { return r.Name }, name: func(r *items.Result) string { return r.Name },
	fresh: func(*items.Edition, int) items.Result { return items.Result{Kind: items.Certificate} },
	columns: func(*items.Edition) []column[items.Result] {
		return []column[items.Result]{
			textColumn("name", "名称", "", func(r *items.Result) *string { return &r.Name }),
			chooseColumn("kind", "类型", []items.ResultKind{items.Certificate, items.Document, items.OtherResult, items.NoResult}, func(r *items.Result) *items.ResultKind { return &r.Kind }),
			textColumn("certificateType", "电子证照类型", "填写后准予时自动制发", func(r *items.Result) *string { return &r.CertificateType }),
			textColumn("when", "适用情形", "只在这种情形下办出；人人都办出留空", func(r *items.Result) *string { return &r.When }),
			textColumn("validity", "有效期", "", func(r *items.Result) *string { return &r.Validity }),
			numberColumn("validYears", "有效年数（0 为长期）", func(r *items.Result) *int { return &r.ValidYears }),
			limitColumn("renewBefore", "有效期届满前多久申请延续", func(r *items.Result) *clock.Limit { return &r.RenewBefore }),
			textColumn("sample", "样本", "", func(r *items.Result) *string { return &r.Sample }),
		}
	},
}

var places = grid[items.Place]{
	path: "places", title: "办理地点", noun: "个地点",
	list: func(e *items.Edition) *[]items.Place { return &e.Places },
	key:  func(p *items.Place) string { return p.Name }, name: func(p *items.Place) string { return p.Name },
	fresh: func(*items.Edition, int) items.Place { return items.Place{} },
	columns: func(*items.Edition) []column[items.Place] {
		return []column[items.Place]{
			textColumn("name", "名称", "", func(p *items.Place) *string { return &p.Name }),
			textColumn("address", "地址", "", func(p *items.Place) *string { return &p.Address }),
			textColumn("hall", "大厅标识", "进驻政务服务中心的填写大厅标识，例如 xz-centre", func(p *items.Place) *string { return &p.Hall }),
			textColumn("windows", "窗口", "", func(p *items.Place) *string { return &p.Windows }),
			textColumn("hours", "时间", "", func(p *items.Place) *string { return &p.Hours }),
			textColumn("phone", "电话", "", func(p *items.Place) *string { return &p.Phone }),
		}
	},
}

var faq = grid[items.QA]{
	path: "faq", title: "常见问题", noun: "个问题",
	list: func(e *items.Edition) *[]items.QA { return &e.FAQ },
	key:  func(q *items.QA) string { return q.Q }, name: func(q *items.QA) string { return q.Q },
	fresh: func(*items.Edition, int) items.QA { return items.QA{} },
	columns: func(*items.Edition) []column[items.QA] {
		return []column[items.QA]{
			textColumn("q", "问", "", func(q *items.QA) *string { return &q.Q }),
			longColumn("a", "答", "", func(q *items.QA) *string { return &q.A }),
		}
	},
}

// stepGrid is the table face of a procedure.
var stepGrid = grid[flow.Step]{
	path: "steps", title: "环节", noun: "个环节", note: "同一并行组的相邻环节同时办理；同一分支的依次办理。流程图由这张表画出。",
	key: func(s *flow.Step) string { return s.ID }, name: func(s *flow.Step) string { return cmp.Or(s.Name, s.ID) }, sum: stepLine,
	columns: func(*items.Edition) []column[flow.Step] {
		return []column[flow.Step]{
			textColumn("name", "环节名称", "", func(s *flow.Step) *string { return &s.Name }),
			textColumn("post", "岗位", "例如：审查岗、审批岗", func(s *flow.Step) *string { return &s.Post }),
			wordColumn("role", "由谁办", stepRoles, func(s *flow.Step) *identity.Role { return &s.Role }),
			textColumn("agency", "办理部门", "部门编号；本部门留空", func(s *flow.Step) *string { return &s.Agency }),
			limitColumn("limit", "时限", func(s *flow.Step) *clock.Limit { return &s.Limit }),
			textColumn("standard", "审查标准", "", func(s *flow.Step) *string { return &s.Standard }),
			textColumn("authority", "权限", "", func(s *flow.Step) *string { return &s.Authority }),
			textColumn("group", "并行组", "", func(s *flow.Step) *string { return &s.Group }),
			textColumn("branch", "分支", "", func(s *flow.Step) *string { return &s.Branch }),
			textColumn("when", "何时才办", "条件；都办留空", func(s *flow.Step) *string { return &s.When }),
			tickColumn("substantive", "实质审查：两人办理", func(s *flow.Step) *bool { return &s.Substantive }),
			tickColumn("decides", "作出决定", func(s *flow.Step) *bool { return &s.Decides }),
			listColumn("apart", "不得与这些环节同一人", "环节标识，用顿号隔开", func(s *flow.Step) *[]string { return &s.Apart }),
			wordColumn("kind", "方式", stepKinds, func(s *flow.Step) *flow.Kind { return &s.Kind }),
			textColumn("rule", "自动判断的条件", "自动环节填写", func(s *flow.Step) *string { return &s.Rule }),
			textColumn("result", "结论的名字", "自动和会签环节的结论，后面的条件里用", func(s *flow.Step) *string { return &s.Result }),
			seatsColumn(func(s *flow.Step) *[]flow.Seat { return &s.Among }),
			textColumn("over", "会签部门名单", "由前面环节确定会签部门的，填写名单的名字", func(s *flow.Step) *string { return &s.Over }),
			wordColumn("quorum", "会签规则", stepQuorums, func(s *flow.Step) *flow.Quorum { return &s.Quorum }),
			numberColumn("count", "会签须同意的人数", func(s *flow.Step) *int { return &s.Count }),
			textColumn("agree", "怎样算同意", `会签意见的条件，例如 意见 == "同意"；只征求意见、不计票的留空`, func(s *flow.Step) *string { return &s.Agree }),
			textColumn("id", "标识", "", func(s *flow.Step) *string { return &s.ID }),
		}
	},
}
