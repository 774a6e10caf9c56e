package items

import (
	"slices"
	"strings"
)

// A State is where an edition stands in its own life.
type State string

// The states of an edition; the last three are the national 1 在用, 2 暂停, 3 取消.
const (
	Draft     State = "草稿"
	Published State = "在用"
	Paused    State = "暂停"
	Cancelled State = "取消"
)

// A Type is the legal nature of an item (事项类型, GB/T 39046-2020 A.1).
type Type string

// The types of items that people apply for; those ex officio are not here.
const (
	Licence       Type = "行政许可"
	Payment       Type = "行政给付"
	Confirmation  Type = "行政确认"
	Reward        Type = "行政奖励"
	Adjudication  Type = "行政裁决"
	OtherPower    Type = "其他行政权力"
	PublicService Type = "公共服务"
)

var typeCodes = map[Type]string{
	Licence: "01", Payment: "05", Confirmation: "07", Reward: "08", Adjudication: "09", OtherPower: "10", PublicService: "20",
}

// Types lists every type in the order of its code.
func Types() []Type {
	return []Type{Licence, Payment, Confirmation, Reward, Adjudication, OtherPower, PublicService}
}

// Code is the national two-digit code; empty for a type that is not known.
func (t Type) Code() string { return typeCodes[t] }

var refusals = map[Type]string{Licence: "不予许可", Payment: "不予给付", Confirmation: "不予确认", Reward: "不予奖励"}

// Refused is what a decision against the applicant is called; "不予办理" where the
// field has no word of its own.
func (t Type) Refused() string {
	if word := refusals[t]; word != "" {
		return word
	}
	return "不予办理"
}

// Decided is what a decision says and is called: the law has words of its own for licences
// (行政许可法第三十八条), the field for what else it refuses.
func (t Type) Decided(granted bool) string {
	switch {
	case t == Licence && granted:
		return "准予行政许可"
	case t == Licence:
		return "不予行政许可"
	case granted:
		return "准予办理"
	}
	return t.Refused()
}

// Rests is the source on which an act on an item of the type rests: an article of
// 行政许可法 is one for licences only (第二条), "" for others.
func (t Type) Rests(source string) string {
	if t != Licence && strings.HasPrefix(source, "行政许可法") {
		return ""
	}
	return source
}

// A Level is which tier of government carries the item out (行使层级, A.2).
type Level string

// The levels, province to village.
const (
	Province Level = "省级"
	City     Level = "市级"
	County   Level = "县级"
	Town     Level = "镇级" // 镇（乡、街道）级
	Village  Level = "村级" // 村（社区）级
)

var levelCodes = map[Level]string{Province: "2", City: "3", County: "4", Town: "5", Village: "6"}

// Code is the national one-digit code; empty for a level that is not known.
func (l Level) Code() string { return levelCodes[l] }

// An Object is who may apply (服务对象, list of the national platform).
type Object string

// The objects.
const (
	Person       Object = "自然人"
	Firm         Object = "企业法人"
	Institution  Object = "事业法人"
	Society      Object = "社会组织法人"
	Unlimited    Object = "非法人企业"
	Government   Object = "行政机关"
	Organisation Object = "其他组织"
)

// ForPersons reports whether a natural person may apply.
func (e *Edition) ForPersons() bool { return slices.Contains(e.Objects, Person) }

// ForFirms reports whether anyone but a natural person may apply.
func (e *Edition) ForFirms() bool {
	return slices.ContainsFunc(e.Objects, func(o Object) bool { return o != Person })
}

// A Kind says whether an item is decided while one waits (办件类型, A.6).
type Kind string

// The kinds.
const (
	Immediate Kind = "即办件"
	Promise   Kind = "承诺件"
)

// A ConditionKind tells what must be so from what must not.
type ConditionKind string

// The kinds of condition.
const (
	Eligibility ConditionKind = "准予条件"
	Prohibition ConditionKind = "禁止性要求"
)

// A SpecialKind says what a special procedure does (特别程序).
type SpecialKind string

// The kinds of special procedure; Extension is the national kind 1, all others 2.
const (
	Extension  SpecialKind = "延长审批"
	Inspection SpecialKind = "现场勘验"
	Experts    SpecialKind = "专家评审"
	Hearing    SpecialKind = "听证"
	Testing    SpecialKind = "检验检测"
	Appraisal  SpecialKind = "鉴定"
	Auction    SpecialKind = "招标拍卖"
	Exam       SpecialKind = "考试"
	Posting    SpecialKind = "公示"
)

// A ResultKind says what sort of thing the result is (审批结果类型).
type ResultKind string

// The kinds of result.
const (
	Certificate ResultKind = "证照"
	Document    ResultKind = "批文"
	OtherResult ResultKind = "其他"
	NoResult    ResultKind = "无"
)

// A Way is a way to apply (办理形式).
type Way string

// The ways to apply.
const (
	AtWindow Way = "窗口办理"
	Net      Way = "网上办理"
	Phone    Way = "移动端办理"
	ByMail   Way = "快递申请"
	Terminal Way = "自助终端"
)

// A Depth is one thing that can be done without going there (网上办理深度).
type Depth string

// The depths, from asking to the certificate on the phone.
const (
	AskNet     Depth = "互联网咨询"
	CollectNet Depth = "互联网收件"
	PreviewNet Depth = "互联网预审"
	AcceptNet  Depth = "互联网受理"
	HandleNet  Depth = "互联网办理"
	ReportNet  Depth = "办理结果信息反馈"
	LicenceNet Depth = "电子证照反馈"
)

// WholeOnline reports whether the item can be done from end to end without a
// visit (全程网办).
func (e *Edition) WholeOnline() bool { return slices.Contains(e.Online, HandleNet) }

// A Scope is how far from home one may apply (通办范围).
type Scope string

// The scopes.
const (
	Nation        Scope = "全国"
	WholeProvince Scope = "全省"
	WholeCity     Scope = "全市"
	WholeCounty   Scope = "全县"
	NotShared     Scope = "不通办"
)

// The kinds of review (审查类型).
const (
	ReviewFirst  = "前审后批"
	ReviewAtOnce = "即审即办"
)

// PowerSources are the ways in which an agency came by its power (权力来源).
var PowerSources = []string{"法定本级行使", "上级下放", "上级授权", "同级授权", "上级委托", "同级委托"}
