package portal

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/forms"
	"tongban/internal/handling/cases"
)

// outcome is what a case came to, why, and what its applicant can do next.
func outcome(c *cases.Case, e *items.Edition, told forms.Answers, events []cases.Event) string {
	if said := laterOutcome(c); said != "" {
		return said
	}
	switch c.State {
	case cases.Granted:
		return granted(c, e, told)
	case cases.Denied:
		return whyOf(c, events) + against("这个决定", "决定书")
	case cases.Refused:
		return whyOf(c, events) + against("不予受理", "不予受理通知书") + "补齐条件后也可以重新申请。"
	case cases.NotNeeded, cases.Terminated:
		return whyOf(c, events) + "具体见下面“文书”里的文书。"
	case cases.Withdrawn:
		return "这个办件到此结束，交来的材料原件会退还。以后需要时可以重新申请。"
	}
	return ""
}

// granted is what one gets and how, unless a certificate says it by itself.
func granted(c *cases.Case, e *items.Edition, told forms.Answers) string {
	if c.Decision == nil || c.Certificate != "" && c.Decision.Conditions == "" {
		return ""
	}
	said := ""
	if c.Decision.Conditions != "" {
		said = "附带条件：" + sentence(c.Decision.Conditions)
	}
	var gets []string
	for _, r := range e.ResultsFor(told) {
		gets = append(gets, r.Name)
	}
	if c.Certificate != "" || len(gets) == 0 {
		return said
	}
	return said + "您拿到的是：" + strings.Join(gets, "、") + "。" + waysHome[c.Delivery.Way]
}

// waysHome is how a result reaches its applicant, by the way they chose.
var waysHome = map[string]string{
	"electronic": "电子版在下面的“文书”里，可以查看、下载和打印。",
	"post":       "会寄到您填的地址。",
	"window":     "请带身份证件到窗口领取。",
}

// whyOf is the reason of the act that ended the case.
func whyOf(c *cases.Case, events []cases.Event) string {
	if c.Decision != nil && c.Decision.Reason != "" {
		return "理由：" + sentence(c.Decision.Reason)
	}
	for _, e := range slices.Backward(events) {
		if e.To == c.State && e.From != e.To && e.Reason != "" {
			return "理由：" + sentence(e.Reason)
		}
	}
	return ""
}

// against is where one may turn; the day until which and the bodies stand in the paper.
func against(what, paper string) string {
	return "不同意" + what + "的，可以申请行政复议或者提起行政诉讼，期限和受理机关见下面“文书”里的" + paper + "。"
}

// sentence is text with one full stop at its end.
func sentence(text string) string { return strings.TrimRight(text, "。；;. ") + "。" }
