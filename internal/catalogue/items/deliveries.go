package items

import (
	"slices"
	"strings"
)

// deliveryRules look at how one applies, pays and gets the result.
var deliveryRules = []Rule{
	{"items.visits.reason", Error, "须到现场的要写明原因", "政务服务事项数据质量规则", visitsWithoutReason},
	{"items.visits.online", Error, "全程网办的不得要求到现场；不须到现场的要能网办或者邮寄", "政务服务事项数据质量规则", visitsAgainstOnline},
	{"items.fee.basis", Error, "收费须有项目、标准、依据", "行政许可法第五十九条", unfoundedFees},
	{"items.fee.online", Warning, "收费事项应支持网上支付", "政务服务事项数据质量规则", feesNotOnline},
	{"items.result.kind", Error, "结果名称与结果类型须一致", "政务服务事项数据质量规则", resultKinds},
	{"items.result.certificate", Warning, "证照类结果应写明电子证照类型和有效期", "行政许可事项实施规范（十）", certificateElements},
	{"items.mediator.basis", Error, "中介服务须有法定依据", "徐政发〔2022〕21号（九）", unfoundedMediators},
	{"items.special.basis", Warning, "特别程序须有依据", "行政许可法第四十五条", unfoundedSpecial},
	{"items.special.limit", Error, "特别程序须有时限", "徐政发〔2022〕21号（六）", unlimitedSpecial},
}

func visitsWithoutReason(e *Edition, say report) {
	switch {
	case e.Visits < 0:
		say("visits", "到办事现场次数不能小于0")
	case e.Visits > 0 && e.VisitReason == "":
		say("visitReason", "到办事现场次数为%d，请写明必须现场办理的原因", e.Visits)
	}
}

func visitsAgainstOnline(e *Edition, say report) {
	online := slices.Contains(e.Ways, Net) || slices.Contains(e.Ways, Phone)
	switch {
	case e.Visits > 0 && e.WholeOnline():
		say("visits", "全程网办的事项，到办事现场次数应为0")
	case e.Visits == 0 && !online && !slices.Contains(e.Ways, ByMail):
		say("ways", "到办事现场次数为0的事项，办理形式应包括网上办理或者快递申请")
	}
}

func unfoundedFees(e *Edition, say report) {
	for i, f := range e.Fees {
		if f.Name == "" || f.Standard == "" {
			say(at("fees", i), "请写明收费项目和标准；没有金额的收费不得公布")
		}
		if !founded(f.Basis) {
			say(at("fees", i)+".basis", "收费%s没有依据；没有法律、行政法规依据的不得收费", quoted(f.Name, i))
		}
	}
}

func feesNotOnline(e *Edition, say report) {
	if len(e.Fees) > 0 && !e.PayOnline {
		say("payOnline", "收费事项应支持网上支付，不能支持的请说明")
	}
}

func resultKinds(e *Edition, say report) {
	for i, r := range e.Results {
		switch {
		case r.Name == "" && r.Kind != NoResult:
			say(at("results", i)+".name", "请填写结果名称")
		case hasSuffix(r.Name, "证", "证书", "执照") && r.Kind != Certificate:
			say(at("results", i)+".kind", "“%s”是证照，结果类型应为证照", r.Name)
		case hasSuffix(r.Name, "批复", "批文", "决定书") && r.Kind != Document:
			say(at("results", i)+".kind", "“%s”是文书，结果类型应为批文", r.Name)
		}
	}
}

func certificateElements(e *Edition, say report) {
	for i, r := range e.Results {
		if r.Kind != Certificate {
			continue
		}
		if r.CertificateType == "" {
			say(at("results", i)+".certificateType", "请写明结果%s对应的电子证照类型", quoted(r.Name, i))
		}
		if r.Validity == "" {
			say(at("results", i)+".validity", "请写明结果%s的有效期，长期有效的写“长期”", quoted(r.Name, i))
		}
	}
}

func unfoundedMediators(e *Edition, say report) {
	for i, m := range e.Mediators {
		if !founded(m.Basis) {
			say(at("mediators", i)+".basis", "中介服务%s没有法律法规或者国务院决定依据，应当清理", quoted(m.Name, i))
		}
	}
}

func unfoundedSpecial(e *Edition, say report) {
	for i, s := range e.Special {
		if !founded(s.Basis) {
			say(at("special", i)+".basis", "请写明特别程序%s的依据", quoted(s.Name, i))
		}
	}
}

func unlimitedSpecial(e *Edition, say report) {
	for i, s := range e.Special {
		if s.Limit.N <= 0 {
			say(at("special", i)+".limit", "请写明特别程序%s的时限；辅助性程序应限时办结", quoted(s.Name, i))
		}
	}
}

func hasSuffix(s string, ends ...string) bool {
	return slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(s, end) })
}
