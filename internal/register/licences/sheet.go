package licences

import (
	"strconv"
	"unicode/utf8"

	"tongban/internal/register/certificates"
)

// TypeName is what the paper is called among the types of certificates.
const TypeName = "行业综合许可证"

// longestScope is how much of a scope the paper shows, in characters; the page
// behind the code shows all of it.
const longestScope = 60

// OwnPeriods is what the paper says of its validity.
const OwnPeriods = "各项许可各自计算"

// Order says what the paper of the licence's edition shows: every part with its
// number, agency, scope, own validity and state, for whoever looks at the paper
// alone. It is good without an end, since each part has its own.
func Order(l *Licence, t certificates.Type, holder certificates.Holder) certificates.Order {
	o := certificates.Order{Type: t.Code, Issuer: l.Lead, Area: l.Area, Holder: holder, Number: l.Number}
	o.Face = []certificates.Entry{{Label: "行业", Text: l.Name}, {Label: "版次", Text: "第" + strconv.Itoa(l.Edition) + "版"}, {Label: "各项有效期", Text: OwnPeriods}}
	for i, p := range l.Parts {
		text := p.Permit + "，编号" + p.Number + "，" + p.Agency.Name
		if p.Scope != "" {
			text += "，范围：" + cut(p.Scope)
		}
		text += "，" + p.Validity() + "，" + p.State.String()
		o.Face = append(o.Face, certificates.Entry{Label: "许可" + strconv.Itoa(i+1), Text: text})
	}
	return o
}

func cut(s string) string {
	if utf8.RuneCountInString(s) <= longestScope {
		return s
	}
	return string([]rune(s)[:longestScope]) + "…（全部内容扫码查看）"
}
