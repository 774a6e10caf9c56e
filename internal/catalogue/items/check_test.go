package items_test

import (
	"encoding/json"
	"slices"
	"testing"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

// fresh is a sound edition of its own that a test may spoil.
func fresh(t testing.TB, id items.ID) *items.Edition {
	t.Helper()
	text, err := data.Sample.ReadFile("sample/items/" + string(id) + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	e, err := items.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// spoiled is one way to break each rule, and where the check must point.
var spoiled = []struct {
	name  string
	rule  string
	path  string
	spoil func(*items.Edition)
}{
	{"a law that nobody has passed", "items.law.unknown", "bases[0]", func(e *items.Edition) { e.Bases[0].Law = "开店法" }},
	{"an article that nobody has entered", "items.law.unlisted", "materials[0].basis[0]", func(e *items.Edition) { e.Materials[0].Basis = []items.Basis{{Law: "丙条例", Article: "第九条"}} }},
	{"an article that the law has not", "items.law.missing", "conditions[0].basis[0]", func(e *items.Edition) {
		e.Conditions[0].Basis = []items.Basis{{Law: "甲法", Article: "第三条、第四条"}}
	}},
	{"a law that has ended", "items.law.abolished", "special[0].basis[0]", func(e *items.Edition) {
		e.Special = []items.Special{{Name: "听证", Basis: []items.Basis{{Law: "乙办法", Article: "第一条"}}}}
	}},
	{"a law that has not begun", "items.law.early", "fees[0].basis[0]", func(e *items.Edition) {
		e.Fees = []items.Fee{{Name: "工本费", Basis: []items.Basis{{Law: "丁条例", Article: "第一条"}}}}
	}},
	{"no name", "items.element.missing", "name", func(e *items.Edition) { e.Name = "" }},
	{"no place to go", "items.element.missing", "places", func(e *items.Edition) { e.Places = nil }},
	{"a place without hours", "items.element.missing", "places[0]", func(e *items.Edition) { e.Places[0].Hours = "" }},
	{"a type that is no type", "items.element.unknown", "type", func(e *items.Edition) { e.Type = "行政处罚" }},
	{"a certificate of nobody the form asks for", "items.material.holder", "materials[0].holder", func(e *items.Edition) {
		e.Materials[0].Certificate, e.Materials[0].Holder = "居民身份证", "外婆号码"
	}},
	{"an unknown necessity", "items.element.unknown", "materials[1].necessity", func(e *items.Edition) { e.Materials[1].Necessity = "大概" }},
	{"a name of a book", "items.name.long", "name", func(e *items.Edition) { e.Name = string(make([]byte, 1001)) }},
	{"no basis", "items.basis.missing", "bases", func(e *items.Edition) { e.Bases = nil }},
	{"a law without its article", "items.basis.article", "bases[0].article", func(e *items.Edition) { e.Bases[0].Article = "" }},
	{"retired before it began", "items.dates", "retired", func(e *items.Edition) { e.Retired = e.Effective }},
	{"an element that is in no table", "items.extra.name", "extras[0].name", func(e *items.Edition) { e.Extras = []items.Extra{{Name: "心情", Value: "好"}} }},
	{"an element written twice", "items.extra.name", "extras[1].name", func(e *items.Edition) {
		e.Extras = []items.Extra{{Name: "委托部门", Value: "甲"}, {Name: "委托部门", Value: "乙"}}
	}},
	{"an element assumed", "items.assumed", "assumed[0]", func(*items.Edition) {}},
	{"no basic code", "items.code.shape", "codes.catalogue", func(e *items.Edition) { e.Codes.Catalogue = "" }},
	{"a code one character short", "items.code.shape", "codes.catalogue", func(e *items.Edition) { e.Codes.Catalogue = e.Codes.Catalogue[1:] }},
	{"an agency number mistyped", "items.code.shape", "codes.implementation", func(e *items.Edition) { e.Codes.Implementation = "1" + e.Codes.Implementation }},
	{"a full-width digit in a code", "items.code.doubtful", "codes.catalogue", func(e *items.Edition) { e.Codes.Catalogue = "00013102５000" }},
	{"codes of two items", "items.code.agree", "codes.implementation", func(e *items.Edition) { e.Codes.Catalogue = "000131025001" }},
	{"a handling code of another item", "items.code.agree", "codes.handling", func(e *items.Edition) {
		e.Codes.Handling = e.Codes.Handling[:30] + "9" + e.Codes.Handling[31:]
	}},
	{"the code says permit, the element does not", "items.code.type", "codes.catalogue", func(e *items.Edition) { e.Type = items.PublicService }},
	{"the code says city, the element does not", "items.code.type", "codes.implementation", func(e *items.Edition) { e.Level = items.County }},
	{"a topic nobody knows", "items.topic", "personTopics[0]", func(e *items.Edition) { e.PersonTopics = []string{"777"} }},
	{"a word taken on what is too dangerous", "items.pledge.excluded", "promisable", func(e *items.Edition) { e.Pledge.Excluded = "直接涉及公共安全" }},
	{"a proof pledged on what is too dangerous", "items.pledge.excluded", "materials[6].promisable", func(e *items.Edition) { e.Promisable, e.Pledge.Excluded = false, "直接涉及公共安全" }},
	{"decided at once on no word", "items.pledge.at-once", "pledge.atOnce", func(e *items.Edition) { e.Promisable, e.Pledge.AtOnce = false, true }},
	{"kept off the lists for no risk", "items.pledge.class", "pledge.excluded", func(e *items.Edition) { e.Pledge.Excluded = "不方便" }},
	{"a licence on a word where life is at stake", "items.pledge.safety", "promisable", func(e *items.Edition) { e.Safety, e.Promisable = true, true }},
	{"drawn, though every one is checked", "items.pledge.sample", "pledge.sample", func(e *items.Edition) { e.Pledge.Sample = 10 }},
	{"drawn more often than given", "items.pledge.sample", "pledge.sample", func(e *items.Edition) { e.Pledge.Check, e.Pledge.Sample = items.NoCheck, 1001 }},
	{"met later, where nothing is pledged", "items.pledge.later", "pledge.later", func(e *items.Edition) { e.Promisable, e.Pledge.Later = false, clock.Limit{N: 6, Unit: clock.Months} }},
	{"too late for what has no time", "items.pledge.later", "pledge.undo", func(e *items.Edition) { e.Pledge.Undo = true }},
	{"public for less than nothing", "items.limit.shape", "pledge.public", func(e *items.Edition) { e.Pledge.Public = clock.Limit{N: -1, Unit: clock.Months} }},
	{"a check nobody knows", "items.pledge.check", "pledge.check", func(e *items.Edition) { e.Pledge.Check = "随便看看" }},
	{"an inspection tested by standards", "items.technical.kind", "special[1].technical", func(e *items.Edition) {
		e.Special = append(e.Special, items.Special{Name: "看看", Kind: items.Inspection, Technical: true, Basis: e.Bases})
	}},
	{"a test by no standard", "items.technical.basis", "special[1].basis", func(e *items.Edition) {
		e.Special = append(e.Special, items.Special{Name: "检测", Kind: items.Testing, Technical: true})
	}},
	{"granted on one's word before the test", "items.technical.atOnce", "pledge.atOnce", func(e *items.Edition) {
		e.Special = append(e.Special, items.Special{Name: "检测", Kind: items.Testing, Technical: true, Basis: e.Bases})
		e.Pledge.AtOnce = true
	}},
	{"a lower agency's review that is no step", "items.firstReview.step", "firstReview.step", func(e *items.Edition) { e.FirstReview.Step = "nowhere" }},
	{"a lower agency without a name", "items.firstReview.agency", "firstReview.agencyName", func(e *items.Edition) { e.FirstReview.Step = "w1" }},
	{"a lower agency against which one can turn nowhere", "items.firstReview.remedies", "firstReview.remedies.suit.body", func(e *items.Edition) {
		e.FirstReview.Step, e.FirstReview.Remedies.Review.Body = "w1", "徐州市云龙区人民政府"
	}},
	{"a lower agency that is passed over", "items.firstReview.atOnce", "pledge.atOnce", func(e *items.Edition) { e.FirstReview.Step, e.Pledge.AtOnce = "w1", true }},
	{"a lower agency's thirty days", "items.firstReview.limit", "firstReview.limit", func(e *items.Edition) {
		e.FirstReview.Limit = clock.Limit{N: 30, Unit: clock.WorkingDays}
	}},
	{"a number without a unit", "items.limit.shape", "promised", func(e *items.Edition) { e.Promised.Unit = "" }},
	{"a negative limit", "items.limit.shape", "statutory", func(e *items.Edition) { e.Statutory.N = -1 }},
	{"at once, but in eight days", "items.limit.immediate", "promised", func(e *items.Edition) { e.Kind = items.Immediate }},
	{"in no time, but by promise", "items.limit.immediate", "kind", func(e *items.Edition) { e.Promised = clock.Immediate }},
	{"longer than the law allows", "items.limit.promise", "promised", func(e *items.Edition) { e.Promised.N = e.Statutory.N + 1 }},
	{"longer in another unit", "items.limit.promise", "promised", func(e *items.Edition) { e.Promised = clock.Limit{N: 3, Unit: clock.Months} }},
	{"calendar days against working days", "items.limit.units", "promised", func(e *items.Edition) { e.Promised.Unit = clock.CalendarDays }},
	{"a number without a unit", "items.quantity.shape", "quantity.unit", func(e *items.Edition) { e.Quantity = items.Quantity{N: 3, Period: items.EachYear} }},
	{"a unit without a number", "items.quantity.shape", "quantity.n", func(e *items.Edition) { e.Quantity = items.Quantity{Unit: "户"} }},
	{"places for each answer nobody is asked for", "items.quantity.per", "quantity.per", func(e *items.Edition) {
		e.Quantity = items.Quantity{N: 3, Unit: "户", Period: items.EachYear, Per: "县区"}
	}},
	{"places by tender, on nobody's word", "items.quantity.order", "quantity.basis", func(e *items.Edition) {
		e.Quantity = items.Quantity{N: 3, Unit: "户", Period: items.EachYear, Order: items.ByTender}
	}},
	{"places in an order nobody knows", "items.quantity.order", "quantity.order", func(e *items.Edition) {
		e.Quantity = items.Quantity{N: 3, Unit: "户", Period: items.EachYear, Order: "先到先得"}
	}},
	{"a filing for three", "items.quantity.filing", "quantity.n", func(e *items.Edition) {
		e.Filing, e.Quantity = true, items.Quantity{N: 3, Unit: "户", Period: items.EachYear}
	}},
	{"a way of joint handling nobody knows", "items.joint.way", "joint", func(e *items.Edition) { e.Joint = "一起办" }},
	{"joint handling by one agency", "items.joint.partners", "partners", func(e *items.Edition) { e.Joint, e.Partners = items.Together, nil }},
	{"joint handling in forty-six days", "items.joint.limit", "statutory", func(e *items.Edition) { e.Joint, e.Statutory.N = items.Together, 46 }},
	{"a filing that is reviewed", "items.filing.review", "procedure", func(e *items.Edition) { e.Filing = true }},
	{"no limit at all", "items.limit.none", "promised", func(e *items.Edition) { e.Promised, e.Statutory = clock.Limit{}, clock.Limit{} }},
	{"no legal limit and not a word about it", "items.limit.none", "statutoryNote", func(e *items.Edition) { e.Statutory, e.StatutoryNote = clock.Limit{}, "" }},
	{"reviewed at once, promised for later", "items.limit.review", "review", func(e *items.Edition) { e.Review = items.ReviewAtOnce }},
	{"two conditions of one name", "items.condition.shape", "conditions[1].id", func(e *items.Edition) { e.Conditions[1].ID = e.Conditions[0].ID }},
	{"a permit without conditions", "items.condition.none", "conditions", func(e *items.Edition) { e.Conditions = nil }},
	{"a condition that is a paper", "items.condition.papers", "conditions[0].text", func(e *items.Edition) { e.Conditions[0].Text = "提供营业执照" }},
	{"an open-ended condition", "items.condition.catchall", "conditions[0].text", func(e *items.Edition) { e.Conditions[0].Text = "市县人民政府规定的其他条件" }},
	{"a proof hidden in a condition", "items.condition.proof", "conditions[0].text", func(e *items.Edition) { e.Conditions[0].Text = "经营者提供无犯罪记录证明" }},
	{"a record called a permit", "items.type.filing", "type", func(e *items.Edition) { e.Name = "消防验收（备案）" }},
	{"a heading in the place of a law", "items.basis.doubtful", "materials[1].basis[0]", func(e *items.Edition) { e.Materials[1].Basis = []items.Basis{{Law: "姓名 有效日期"}} }},
	{"an order of acts among the conditions", "items.condition.order", "conditions[0].text", func(e *items.Edition) { e.Conditions[0].Text = "在核发规划许可证之前办理" }},
	{"a condition that leads elsewhere", "items.condition.exclusive", "conditions[0].text", func(e *items.Edition) {
		e.Conditions[0].Text, e.Conditions[0].When = "仅销售预包装食品的不需要取得许可", ""
	}},
	{"what is left over", "items.condition.situational", "conditions[1].when", func(e *items.Edition) {
		e.Conditions[1].Text, e.Conditions[1].When, e.Conditions[1].Kind = "其他工程验收后抽查", "", items.Eligibility
	}},
	{"a review longer than the law allows for all", "items.special.long", "special[0].limit", func(e *items.Edition) {
		e.Special = []items.Special{{Name: "评审", Kind: items.Experts, Limit: clock.Limit{N: 300, Unit: e.Statutory.Unit}}}
	}},
	{"a hearing later than the law allows", "items.special.hearing", "special[0].limit", func(e *items.Edition) {
		e.Special = []items.Special{{Name: "听证", Kind: items.Hearing, Limit: clock.Limit{N: clock.Hearing.Limit.N + 1, Unit: clock.WorkingDays}}}
	}},
	{"a paper by size", "items.material.tiers", "materials[0].when", func(e *items.Edition) {
		e.Materials[0].Note, e.Materials[0].When = "年取水量100万立方米以下的可填论证表", ""
	}},
	{"papers of three businesses", "items.material.business", "materials[2].when", func(e *items.Edition) {
		e.Name = "货运经营许可（含普通货运、专用运输、网络货运）"
		for i := range e.Materials {
			e.Materials[i].When = ""
		}
	}},
	{"one paper under two names", "items.material.alias", "materials[1].name", func(e *items.Edition) {
		e.Materials[0].Name, e.Materials[0].When = "中华人民共和国居民身份证", ""
		e.Materials[1].Name, e.Materials[1].When = "申请人身份证", ""
	}},
	{"a promise that may follow", "items.material.pledge", "materials[0].deferrable", func(e *items.Edition) { e.Materials[0].Name, e.Materials[0].Deferrable = "食品安全承诺书", true }},
	{"no rights at all", "items.rights.none", "rights[0]", func(e *items.Edition) { e.Rights = []string{"暂无申请人权力"} }},
	{"a proof called a permit", "items.type.proof", "type", func(e *items.Edition) { e.Name = "居住证明开具" }},
	{"four businesses in one item", "items.name.several", "name", func(e *items.Edition) { e.Name = "道路运输许可（含普货、专用、大件、网络）" }},
	{"a deadline for the applicant", "items.lead", "conditions[0].text", func(e *items.Edition) { e.Conditions[0].Text = "许可事项发生变更30日前提出申请" }},
	{"a deadline counted from an event", "items.lead", "conditions[0].text", func(e *items.Edition) { e.Conditions[0].Text = "单位自设立之日起30日内办理登记" }},
	{"three tiers in a remark", "items.limit.tiers", "promised", func(e *items.Edition) { e.PromisedNote = "重大复杂10个工作日、一般8个、简单2个" }},
	{"a limit that may be extended", "items.limit.tiers", "statutory", func(e *items.Edition) { e.StatutoryNote = "可延长5" }},
	{"a legal limit that no law sets", "items.limit.unfounded", "statutory", func(e *items.Edition) { e.StatutoryNote = "法律法规未规定时限" }},
	{"time left out of the limit", "items.limit.excluded", "promisedNote", func(e *items.Edition) { e.PromisedNote, e.Special = "不含邮寄时间", nil }},
	{"a condition of one case", "items.condition.situational", "conditions[0].when", func(e *items.Edition) { e.Conditions[0].Text = "划拨：经批准后申请" }},
	{"one of several is enough", "items.condition.choice", "conditions[0].when", func(e *items.Edition) {
		e.Questions, e.Conditions[0].Text = nil, "有稳定就业、稳定住所条件之一"
	}},
	{"a paper of which one is enough", "items.condition.choice", "materials[0].when", func(e *items.Edition) { e.Materials[0].When, e.Materials[0].Note = "", "三者之一" }},
	{"ten copies", "items.material.copies", "materials[0].copies", func(e *items.Edition) { e.Materials[0].Copies = 10 }},
	{"one copy, but three sheets", "items.material.copies", "materials[0].copies", func(e *items.Edition) { e.Materials[0].Note = "一寸三张" }},
	{"pixels in a remark", "items.material.limits", "materials[0].note", func(e *items.Edition) { e.Materials[0].Note = "358×441像素、350dpi" }},
	{"a day in a remark", "items.material.dated", "materials[0].note", func(e *items.Edition) { e.Materials[0].Note = "2025-04-01起不再适用" }},
	{"an identity card of one's own", "items.material.source", "materials[0].channel", func(e *items.Edition) {
		e.Materials[0].Name, e.Materials[0].Channel = "居民户口簿", items.ByApplicant
	}},
	{"nobody needs to ask", "items.unasked", "procedure.papers", func(e *items.Edition) {
		e.Procedure.Nodes[2].ID, e.Procedure.Nodes[2].Name = "papers", "通知本人报到并打卡发放"
	}},
	{"a paper for one group only", "items.material.situational", "materials[0].when", func(e *items.Edition) { e.Materials[0].When, e.Materials[0].Note = "", "新就业职工" }},
	{"a material without copies", "items.material.shape", "materials[0].copies", func(e *items.Edition) { e.Materials[0].Copies = 0 }},
	{"其他材料", "items.material.catchall", "materials[0].name", func(e *items.Edition) { e.Materials[0].Name = "其他材料" }},
	{"a catch-all in the small print", "items.material.catchall", "materials[0].note", func(e *items.Edition) { e.Materials[0].Note = "以及审批机关认为需要的其他文件" }},
	{"a material without a basis", "items.material.basis", "materials[2].basis", func(e *items.Edition) { e.Materials[2].Basis = nil }},
	{"a basis that names no law", "items.material.basis", "materials[2].basis", func(e *items.Edition) { e.Materials[2].Basis = []items.Basis{{Article: "第一条"}} }},
	{"a material that serves nothing", "items.material.unused", "materials[0].proves", func(e *items.Edition) { e.Materials[0].Proves, e.Materials[0].Standard = nil, "" }},
	{"a proof of a condition that is not there", "items.material.proves", "materials[0].proves[0]", func(e *items.Edition) { e.Materials[0].Proves = []string{"c99"} }},
	{"a material twice", "items.material.repeated", "materials[1].name", func(e *items.Edition) { e.Materials[1].Name = e.Materials[0].Name }},
	{"three papers in one", "items.material.bundle", "materials[0].name", func(e *items.Edition) { e.Materials[0].Name = "检测报告、核查表、承诺书" }},
	{"asked of all, meant for some", "items.material.situational", "materials[0].when", func(e *items.Edition) { e.Materials[0].Note = "仅在设定抵押时提供" }},
	{"to follow, yet not deferrable", "items.material.defer", "materials[0].deferrable", func(e *items.Edition) { e.Materials[0].Necessity = items.LaterOK }},
	{"deferrable, yet optional", "items.material.defer", "materials[0].deferrable", func(e *items.Edition) { e.Materials[0].Necessity, e.Materials[0].Deferrable = items.Optional, true }},
	{"issued by us, asked from them", "items.material.fetch", "materials[1].certificate", func(e *items.Edition) { e.Materials[1].Certificate = "" }},
	{"online, on paper only", "items.material.paper", "materials[0].form", func(e *items.Edition) { e.Materials[0].Form = items.Paper }},
	{"an original, electronically", "items.material.original", "materials[1].kind", func(e *items.Edition) { e.Materials[1].Form, e.Materials[1].Kind = items.Electronic, items.Original }},
	{"our own paperwork", "items.material.internal", "materials[0].name", func(e *items.Edition) { e.Materials[0].Name = "行政许可审批表" }},
	{"a condition over a question that is gone", "items.when", "materials[2].when", func(e *items.Edition) { e.Questions = e.Questions[:1] }},
	{"a condition that cannot be read", "items.when", "materials[2].when", func(e *items.Edition) { e.Materials[2].When = "自有房产 ==" }},
	{"an answer nobody can give", "items.when.value", "conditions[4].when", func(e *items.Edition) { e.Conditions[4].When = `经营类别 == "网吧"` }},
	{"a question for nothing", "items.question.unused", "questions[3]", func(e *items.Edition) {
		e.Questions = append(e.Questions, forms.Question{ID: "闲聊", Text: "今天好吗？"})
	}},
	{"an inspection nobody declared", "items.procedure.special", "procedure.papers", func(e *items.Edition) { node(e, "papers").Name, e.Special = "现场核查", nil }},
	{"an inspection without a limit", "items.special.limit", "special[0].limit", func(e *items.Edition) { e.Special[0].Limit = clock.Limit{} }},
	{"an inspection without a basis", "items.special.basis", "special[0].basis", func(e *items.Edition) { e.Special[0].Basis = nil }},
	{"one person reviews and decides", "items.procedure.apart", "procedure.decide", func(e *items.Edition) { node(e, "decide").Apart = nil }},
	{"a step at an agency that is no partner", "items.procedure.partner", "procedure.fire", func(e *items.Edition) { e.Partners = nil }},
	{"a procedure asks what nobody told", "items.procedure.names", "procedure.review", func(e *items.Edition) { node(e, "review").Kind, node(e, "review").Rule = flow.Rule, `天气 == "晴"` }},
	{"steps shorter than the promise", "items.procedure.short", "promised", func(e *items.Edition) { node(e, "decide").Limit.N = 1 }},
	{"two automatic rules of one name", "items.automatic.shape", "automatic.rules[1].id", ruled(items.AutoRule{ID: "r1"}, items.AutoRule{ID: "r1"})},
	{"an automatic rule over what nobody asks", "items.automatic.when", "automatic.rules[0].when", ruled(items.AutoRule{ID: "r1", When: `天气 == "晴"`})},
	{"an automatic rule over a private answer", "items.automatic.private", "automatic.rules[0].when", ruled(items.AutoRule{ID: "r1", When: `经办人手机 startsWith "199"`})},
	{"an automatic rule without an article", "items.automatic.basis", "automatic.rules[0].basis", ruled(items.AutoRule{ID: "r1", When: "材料.m1", Basis: []items.Basis{{Law: "食品安全法"}}})},
	{"deciding by no rule", "items.automatic.rules", "automatic.rules", func(e *items.Edition) { e.Automatic.Decides = true }},
	{"deciding by rules what two people look into", "items.automatic.substantive", "automatic.decides", func(e *items.Edition) { e.Automatic.Decides = true }},
	{"more checked than all", "items.automatic.sample", "automatic.sample", func(e *items.Edition) { e.Automatic.Sample = 1001 }},
	{"deciding and nobody ever checks", "items.automatic.unsampled", "automatic.sample", func(e *items.Edition) { e.Automatic.Decides = true }},
	{"a visit without a reason", "items.visits.reason", "visitReason", func(e *items.Edition) { e.Visits, e.Online = 1, nil }},
	{"all online, but come by", "items.visits.online", "visits", func(e *items.Edition) { e.Visits = 1 }},
	{"no visit, no way", "items.visits.online", "ways", func(e *items.Edition) { e.Ways = []items.Way{items.AtWindow} }},
	{"a fee without a basis", "items.fee.basis", "fees[0].basis", func(e *items.Edition) { e.Fees = []items.Fee{{Name: "工本费", Standard: "10元"}} }},
	{"a fee without an amount", "items.fee.basis", "fees[0]", func(e *items.Edition) { e.Fees = []items.Fee{{Name: "工本费"}} }},
	{"a fee only in cash", "items.fee.online", "payOnline", func(e *items.Edition) { e.Fees = []items.Fee{{Name: "工本费"}} }},
	{"a certificate that is called a document", "items.result.kind", "results[0].kind", func(e *items.Edition) { e.Results[0].Kind = items.Document }},
	{"a decision that is called a certificate", "items.result.kind", "results[0].kind", func(e *items.Edition) { e.Results[0].Name = "准予许可决定书" }},
	{"a certificate of no type", "items.result.certificate", "results[0].certificateType", func(e *items.Edition) { e.Results[0].CertificateType = "" }},
	{"an opinion to be bought for no reason", "items.mediator.basis", "mediators[0].basis", func(e *items.Edition) { e.Mediators = []items.Mediator{{Name: "评估"}} }},
	{"a form field twice", "forms.id.twice", "form.groups[1].fields[0].id", func(e *items.Edition) { e.Form.Groups[1].Fields[0].ID = "单位名称" }},
	{"a person has no code of an organisation", "items.form.organisation", "form.groups[0].fields[0].required", func(e *items.Edition) {
		e.Objects = append(e.Objects, items.Person)
		e.Form.Groups[0].Fields[0].Kind, e.Form.Groups[0].Fields[0].Required, e.Form.Groups[0].Fields[0].Prefill = forms.USCC, true, "org.uscc"
	}},
	{"a field without a data element", "items.form.element", "form.groups[1].fields[0].element", func(e *items.Edition) { e.Form.Groups[1].Fields[0].Element = "" }},
	{"a step lengthened", "flow.limit.promise", "procedure", func(e *items.Edition) { node(e, "review").Limit.N += 3 }},
	{"a join deleted", "flow.improper", "", func(e *items.Edition) {
		e.Procedure.Nodes = slices.DeleteFunc(e.Procedure.Nodes, func(n flow.Node) bool { return n.ID == join(e) })
	}},
	{"a step nobody is there for", "flow.staff", "procedure.review", func(e *items.Edition) { node(e, "review").Post, node(e, "review").Role = "", "" }},
}

// ruled gives the edition automatic rules.
func ruled(rules ...items.AutoRule) func(*items.Edition) {
	return func(e *items.Edition) { e.Automatic.Rules = rules }
}

func node(e *items.Edition, id string) *flow.Node {
	for i := range e.Procedure.Nodes {
		if e.Procedure.Nodes[i].ID == id {
			return &e.Procedure.Nodes[i]
		}
	}
	panic("no node " + id)
}

// join is the second gateway of the procedure.
func join(e *items.Edition) string {
	var last string
	for _, n := range e.Procedure.Nodes {
		if n.Kind == flow.Parallel {
			last = n.ID
		}
	}
	return last
}

func TestEachFaultIsFoundAtItsField(t *testing.T) {
	before := rulesOf(fresh(t, "food-permit").Check())
	for _, tt := range spoiled {
		t.Run(tt.name, func(t *testing.T) {
			e := fresh(t, "food-permit")
			tt.spoil(e)
			found := append(e.Check(), e.Citations(codex(t), calendar.Parse("2026-11-20"))...)
			if tt.name == "a join deleted" { // the faults depend on where the loose ends lead
				if items.Refusal(found) == nil {
					t.Error("a diagram with loose ends is let through")
				}
				return
			}
			if !slices.ContainsFunc(found, func(f items.Finding) bool { return f.Rule == tt.rule && f.Path == tt.path }) {
				t.Errorf("want %s at %s, found %+v", tt.rule, tt.path, fewer(found, before))
			}
		})
	}
}

// fewer leaves out what was found before.
func fewer(found []items.Finding, before map[string]bool) []items.Finding {
	return slices.DeleteFunc(found, func(f items.Finding) bool { return before[f.Rule] })
}

func rulesOf(found []items.Finding) map[string]bool {
	rules := map[string]bool{}
	for _, f := range found {
		rules[f.Rule] = true
	}
	return rules
}

func TestEveryRuleIsBrokenOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range items.Rules() {
		if seen[r.ID] || r.Title == "" || r.Because == "" || r.Severity != items.Error && r.Severity != items.Warning {
			t.Errorf("rule %+v is not whole", r)
		}
		seen[r.ID] = true
		if !slices.ContainsFunc(spoiled, func(s struct {
			name  string
			rule  string
			path  string
			spoil func(*items.Edition)
		}) bool {
			return s.rule == r.ID
		}) {
			t.Errorf("no test breaks %s (%s)", r.ID, r.Title)
		}
	}
}

func TestAnEmptyEditionIsRefusedWithoutHarm(t *testing.T) {
	var e items.Edition
	if items.Refusal(e.Check()) == nil {
		t.Error("an empty edition is let through")
	}
	if e.Days() != 0 || e.InForce(calendar.Parse("2026-01-01")) || len(e.MaterialsFor(nil)) != 0 {
		t.Error("an empty edition promises something")
	}
}

func TestRefusalNamesEveryField(t *testing.T) {
	e := fresh(t, "food-permit")
	e.Materials[0].Basis, e.Materials[1].Basis = nil, nil
	err := items.Refusal(e.Check())
	if fault.Code(err) != "items.check" || len(fault.Fields(err)) != 2 || fault.Fields(err)[1].Path != "materials[1].basis" {
		t.Errorf("%v: %+v", err, fault.Fields(err))
	}
}

func TestFindingsAreStableJSON(t *testing.T) {
	e := fresh(t, "food-permit")
	e.Materials[0].Basis = nil
	first, err := json.Marshal(e.Check())
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if again, _ := json.Marshal(e.Check()); string(again) != string(first) {
			t.Error("two checks of one edition differ")
		}
	}
}
