package forms

import (
	"fmt"
	"slices"

	"tongban/internal/civic/calendar"
)

// Both is one field in place of two that ask the same thing: it takes what both
// take, so that whoever answers it need not be asked again (一表申请, 苏协调小组〔2021〕1号).
// Label, hint and conditions are those of f. Where no answer could suit both, or
// so few that it is no question any more, clash says why and the fields must
// stay apart. Days counted from today are compared as of today.
//
// One thing is left to the fields themselves, which judge the answer again: of
// two patterns only the first is kept.
func (f Field) Both(g Field, today calendar.Day) (both Field, clash string) {
	both = f
	kind, ok := narrower(f.Kind, g.Kind)
	if !ok {
		return f, fmt.Sprintf("一处要%s，一处要%s", f.Kind.Han(), g.Kind.Han())
	}
	both.Kind = kind
	both.Required = f.Required || g.Required
	both.Sensitive = f.Sensitive || g.Sensitive
	both.MaxLen = least(f.MaxLen, g.MaxLen)
	both.Pattern, both.Prefill, both.Unit = either(f.Pattern, g.Pattern), either(f.Prefill, g.Prefill), either(f.Unit, g.Unit)
	if f.Unit != "" && g.Unit != "" && f.Unit != g.Unit {
		return f, fmt.Sprintf("一处单位是%s，一处单位是%s", f.Unit, g.Unit)
	}
	if both.Options, ok = shared(f.Options, g.Options); !ok {
		return f, "选项不同，没有两个以上共同的选项"
	}
	if f.Kind == Choices && g.Kind == Choices && len(both.Options) < max(len(f.Options), len(g.Options)) {
		return f, "多选的选项不同"
	}
	both.Min, both.Max = both.tighter(f.Min, g.Min, today, 1), both.tighter(f.Max, g.Max, today, -1)
	if low, high, ok := both.reach(today); ok && low > high {
		return f, fmt.Sprintf("一处最小%s，一处最大%s", both.Min, both.Max)
	}
	return both, ""
}

// narrowing are the kinds whose every answer is also an answer of a wider one.
var narrowing = map[Kind][]Kind{
	Text:     {Mobile, IDNumber, USCC, Email, Bank, Date, Birth, Address, Number, Money},
	LongText: {Text, Address, Mobile, IDNumber, USCC, Email, Bank, Date, Birth, Number, Money},
	Address:  {Text}, // both are one line; whoever wants an address gets one
	Number:   {Money},
	Date:     {Birth},
}

func narrower(a, b Kind) (Kind, bool) {
	switch {
	case a == b:
		return a, true
	case a == Text && b == Address, a == Address && b == Text:
		return Address, true
	case slices.Contains(narrowing[a], b):
		return b, true
	case slices.Contains(narrowing[b], a):
		return a, true
	}
	return a, false
}

// Han is the kind as people call it.
func (k Kind) Han() string {
	if name := kindNames[k]; name != "" {
		return name
	}
	return string(k)
}

var kindNames = map[Kind]string{
	Text: "文字", LongText: "多行文字", Number: "数字", Money: "金额", Date: "日期", Birth: "出生日期", Mobile: "手机号码", IDNumber: "公民身份号码",
	USCC: "统一社会信用代码", Choice: "单选", Choices: "多选", YesNo: "是否", Region: "行政区划", Address: "地址", File: "附件", Email: "电子邮箱", Bank: "银行账号",
}

// shared are the options that both offer; none need be offered where neither does.
func shared(a, b []Option) ([]Option, bool) {
	if len(a) == 0 && len(b) == 0 {
		return nil, true
	}
	common := slices.DeleteFunc(slices.Clone(a), func(o Option) bool {
		return !slices.ContainsFunc(b, func(p Option) bool { return p.Value == o.Value })
	})
	return common, len(common) >= 2
}

// tighter is the stricter of two bounds: the larger least (way 1), the smaller most (way -1).
func (f Field) tighter(a, b string, today calendar.Day, way float64) string {
	x, okA := f.bounding(a, today)
	y, okB := f.bounding(b, today)
	switch {
	case !okB:
		return a
	case !okA || (y-x)*way > 0:
		return b
	}
	return a
}

// reach is the least and the most the field takes, if it has both.
func (f Field) reach(today calendar.Day) (low, high float64, ok bool) {
	low, okLow := f.bounding(f.Min, today)
	high, okHigh := f.bounding(f.Max, today)
	return low, high, okLow && okHigh
}

func (f Field) bounding(s string, today calendar.Day) (float64, bool) {
	if f.Kind == Date || f.Kind == Birth {
		day, ok := bound(s, today)
		return float64(day), ok && s != ""
	}
	read := f.Kind.bound()
	if read == nil || s == "" {
		return 0, false
	}
	return read(s)
}

// least is the smaller of two that are set.
func least(a, b int) int {
	if a == 0 || b > 0 && b < a {
		return b
	}
	return a
}

func either(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// Judge says what is wrong with one answer to the field, as Check would; an
// empty code is a good answer.
func (f Field) Judge(v string, today calendar.Day) (code, say string) {
	return f.check(f.normal(v), today)
}
