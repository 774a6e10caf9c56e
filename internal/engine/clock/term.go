package clock

import "tongban/internal/civic/calendar"

// A Term is a period that a law fixes, whatever the item says (法定期间).
type Term struct {
	ID          string // its number in the table of clocks, "C5"
	Name        string
	Starts      string // the event on which it starts, or before which it ends
	Limit       Limit
	Way         Way
	Extension   Limit  // the most it may be extended by; none: not at all
	Approver    string // who approves the extension
	Consequence string // what follows when it passes, or what else must be kept
	Article     string
	Seen        bool // read in a named source; otherwise from knowledge of the field, to be checked before it is relied on
}

// A Way says how a term is counted from its day.
type Way uint8

// The ways of counting.
const (
	Onward Way = iota // forward, like a clock
	Back              // the last day that is that far before
	Flat              // forward and ending on its day, day off or not: a ban, not a deadline
)

// By returns the last day of the term counted from day; 0 if the term has no
// length of its own.
func (t Term) By(day calendar.Day, days Days) calendar.Day {
	switch {
	case day == 0 || t.Limit.None():
		return 0
	case t.Way == Back:
		return before(day, t.Limit, days)
	case t.Way == Flat:
		return day + calendar.Day(Clock{Limit: t.Limit, Started: midnight(day)}.total())
	}
	return Clock{Limit: t.Limit, Started: midnight(day)}.Due(days).Day
}

// before returns the last day that is limit before day: an act on that day or
// earlier is in time.
func before(day calendar.Day, limit Limit, days Days) calendar.Day {
	switch limit.Unit {
	case Months:
		return day.AddMonths(-limit.N)
	case Years:
		return day.AddMonths(-12 * limit.N)
	case CalendarDays:
		return day - calendar.Day(limit.N)
	}
	for left := limit.N; left > 0; {
		if day--; days.Works(day) {
			left--
		}
	}
	return day
}

// The terms that rules reckon with.
var (
	Refusal            = Term{ID: "C1", Name: "告知不受理、决定不予受理", Starts: "收到申请", Limit: Immediate, Consequence: "不需要许可的告知不受理；不属本机关职权的决定不予受理并告知向何机关申请", Article: "行政许可法第三十二条第一款第一项、第二项", Seen: true}
	SpotCorrection     = Term{ID: "C2", Name: "当场更正", Starts: "收到申请", Limit: Immediate, Consequence: "应当允许申请人当场更正", Article: "行政许可法第三十二条第一款第三项", Seen: true}
	Notice             = Term{ID: "C3", Name: "一次性告知补正", Starts: "收到申请材料", Limit: Limit{5, WorkingDays}, Consequence: "逾期不告知的，自收到申请材料之日起即为受理", Article: "行政许可法第三十二条第一款第四项", Seen: true}
	Acceptance         = Term{ID: "C4", Name: "受理", Starts: "材料齐全或者补正齐全", Limit: Immediate, Consequence: "出具加盖专用印章和注明日期的书面凭证", Article: "行政许可法第三十二条第一款第五项、第二款", Seen: true}
	Decision           = Term{ID: "C5", Name: "作出决定", Starts: "受理", Limit: Limit{20, WorkingDays}, Extension: OrdinaryExtension, Approver: "本行政机关负责人", Consequence: "延长的理由应当告知申请人；法律、法规另有规定的依照其规定", Article: "行政许可法第四十二条第一款", Seen: true}
	JointDecision      = Term{ID: "C6", Name: "统一办理、联合办理、集中办理", Starts: "受理", Limit: Limit{45, WorkingDays}, Extension: JointExtension, Approver: "本级人民政府负责人", Consequence: "延长的理由应当告知申请人", Article: "行政许可法第四十二条第二款", Seen: true}
	FirstReview        = Term{ID: "C7", Name: "下级机关审查", Starts: "下级机关受理", Limit: Limit{20, WorkingDays}, Consequence: "审查意见和全部材料报送上级机关，上级机关不得要求重复提供", Article: "行政许可法第四十三条", Seen: true}
	Certificate        = Term{ID: "C8", Name: "颁发、送达证件，加贴标签，加盖印章", Starts: "决定准予", Limit: Limit{10, WorkingDays}, Consequence: "不占用作出决定的期限", Article: "行政许可法第四十四条", Seen: true}
	Excluded           = Term{ID: "C9", Name: "听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审", Starts: "程序开始", Consequence: "所需时间不计入期限，应当将所需时间书面告知申请人", Article: "行政许可法第四十五条", Seen: true}
	HearingRequest     = Term{ID: "C10", Name: "要求听证", Starts: "被告知听证权利", Limit: Limit{5, WorkingDays}, Consequence: "逾期未提出的，视为不要求听证", Article: "行政许可法第四十七条"}
	Hearing            = Term{ID: "C10", Name: "组织听证", Starts: "收到听证申请", Limit: Limit{20, WorkingDays}, Consequence: "根据听证笔录作出决定", Article: "行政许可法第四十七条、第四十八条"}
	HearingNotice      = Term{ID: "C10", Name: "通知听证时间、地点", Starts: "举行听证", Limit: Limit{7, WorkingDays}, Way: Back, Consequence: "必要时予以公告", Article: "行政许可法第四十八条"}
	Renewal            = Term{ID: "C11", Name: "申请延续", Starts: "有效期届满", Limit: Limit{30, CalendarDays}, Way: Back, Consequence: "行政机关在有效期届满前决定，逾期未作决定的，视为准予延续；法律、法规、规章另有规定的依照其规定", Article: "行政许可法第五十条"}
	Inspection         = Term{ID: "C12", Name: "指派两名以上工作人员检验、检测、检疫", Starts: "受理", Limit: Limit{5, WorkingDays}, Consequence: "能够当场判断是否合格的当场作出决定", Article: "行政许可法第五十五条"}
	Quantity           = Term{ID: "C13", Name: "有数量限制的许可", Starts: "受理", Consequence: "条件均符合的，按受理的先后顺序决定；法律、行政法规另有规定的依照其规定", Article: "行政许可法第五十七条"}
	FalseMaterialBan   = Term{ID: "C14", Name: "隐瞒情况、提供虚假材料后不得再次申请", Starts: "不予受理、不予许可", Limit: Limit{1, Years}, Way: Flat, Consequence: "适用于直接关系公共安全、人身健康、生命财产安全的事项，并给予警告", Article: "行政许可法第七十八条"}
	FraudBan           = Term{ID: "C14", Name: "以欺骗、贿赂等手段取得许可后不得再次申请", Starts: "撤销许可", Limit: Limit{3, Years}, Way: Flat, Consequence: "适用于直接关系公共安全、人身健康、生命财产安全的事项", Article: "行政许可法第七十九条"}
	Reconsideration    = Term{ID: "C15", Name: "申请行政复议", Starts: "收到决定", Limit: Limit{60, CalendarDays}, Consequence: "不予许可等决定应当说明理由并告知救济途径", Article: "行政复议法第二十条、行政许可法第三十八条第二款"}
	Lawsuit            = Term{ID: "C15", Name: "提起行政诉讼", Starts: "收到决定", Limit: Limit{6, Months}, Consequence: "不予许可等决定应当说明理由并告知救济途径", Article: "行政诉讼法第四十六条、行政许可法第三十八条第二款"}
	LawsuitAfterReview = Term{ID: "C15", Name: "不服复议决定提起行政诉讼", Starts: "收到复议决定", Limit: Limit{15, CalendarDays}, Consequence: "复议机关逾期不作决定的，自复议期满之日起计算", Article: "行政诉讼法第四十五条"}
)

// Table is every clock of the licensing law, in the order of its life.
var Table = []Term{
	Refusal, SpotCorrection, Notice, Acceptance, Decision, JointDecision, FirstReview, Certificate, Excluded,
	HearingRequest, Hearing, HearingNotice, Renewal, Inspection, Quantity,
	FalseMaterialBan, FraudBan, Reconsideration, Lawsuit, LawsuitAfterReview,
}

// DeemedAcceptance returns the day from which silence has become acceptance
// (逾期视为受理): the day after the last on which a notice of what is missing
// could be given. The case then counts as accepted on the day its material was
// received (行政许可法第三十二条第一款第四项).
func DeemedAcceptance(received calendar.Day, days Days) calendar.Day {
	return Notice.By(received, days) + 1
}
