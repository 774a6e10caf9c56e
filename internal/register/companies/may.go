package companies

import (
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// Periods of the law. A rest lasts three years at the most, in all
// (市场主体登记管理条例第三十条); it is prolonged within the thirty days before its
// end (实施细则第四十一条); a simple ending is announced for twenty days and
// applied for within twenty days after (第四十九条).
const (
	restMonths   = 36
	restDays     = 3 * 365
	prolongDays  = 30
	simpleDays   = 20
	simpleWithin = 20
)

// A Want is what is asked for with an act.
type Want struct {
	Rest Rest   // of TakeRest
	Say  string // why, or what is objected
}

func refused(act Act, what, say string, args ...any) error {
	return fault.New(fault.Conflict, "companies."+string(act)+"."+what, say, args...)
}

// May refuses an act that the state of the company, or the law, forbids on a
// day; the fault says why and what may be done instead. A nil company is one
// that the register does not know: it may only be founded or entered.
func (c *Company) May(act Act, w Want, day calendar.Day) error {
	row := RowOf(act)
	if row.Act == "" {
		return refused(act, "unknown", "登记簿里没有这种办理")
	}
	if !slices.Contains(row.From, c.State) {
		return c.wrongState(row)
	}
	switch act {
	case TakeRest:
		return c.mayRest(w.Rest, day)
	case CloseSimply:
		return c.mayCloseSimply(day)
	case Close:
		return c.mayClose(day)
	case Object:
		return c.mayObject(day)
	}
	return nil
}

// wrongState says why the state does not admit the act.
func (c *Company) wrongState(row Row) error {
	hint := map[State]string{
		Gone:    "公司已于" + c.Ended.Han() + "注销登记，主体资格已经消灭",
		Struck:  "营业执照已被吊销，只能清算后办理注销登记",
		Closing: "公司已公告拟注销，不得从事与注销无关的活动；要继续经营的，请先撤销注销公示",
		Resting: "公司正在歇业，要办这件事请先公示终止歇业",
		Running: "公司正在营业，没有歇业或者公示拟注销",
	}[c.State]
	switch {
	case row.Act == CloseSimply && c.State == Struck:
		hint = "被吊销营业执照的，不适用简易注销，请清算后按一般程序办理"
	case row.Act == CloseSimply && c.State != Gone:
		hint = "请先在公司页面办理简易注销公示，公示20日无异议的再申请"
	case row.Act == Close && c.State != Gone:
		hint = "请先成立清算组并公告债权人，公告满45日后再申请"
	}
	return refused(row.Act, "state", "不能办理“%s”：%s", row.Han, hint)
}

func (c *Company) mayRest(r Rest, day calendar.Day) error {
	from, used := r.From, c.RestDays(day)
	if c.Rest != nil { // the rest goes on: prolonged
		if day < c.Rest.Until-prolongDays {
			return refused(TakeRest, "early", "延长歇业应当在期限届满前30日内办理，即%s起", (c.Rest.Until - prolongDays).Han())
		}
		from, used = c.Rest.Until+1, c.RestDays(c.Rest.Until+1)
	}
	switch {
	case r.Until == 0: // not yet said: only whether there is time left
		if used >= restDays {
			return refused(TakeRest, "spent", "累计歇业已满3年，不能再歇业；不再经营的，请办理注销登记")
		}
		return nil
	case c.Rest == nil && r.From < day:
		return refused(TakeRest, "late", "应当在歇业前备案，歇业开始日期不能早于今天")
	case r.Until < from:
		return refused(TakeRest, "order", "歇业结束日期不能早于开始日期")
	case r.Until >= from.AddMonths(restMonths) || used+int(r.Until-from)+1 > restDays+1:
		return refused(TakeRest, "long", "歇业期限累计最长不得超过3年，本次最晚可以到%s", (from + calendar.Day(restDays-used)).Han())
	}
	return nil
}

func (c *Company) mayCloseSimply(day calendar.Day) error {
	n := c.Notice
	switch {
	case n == nil || !n.Simple:
		return refused(CloseSimply, "notice", "公司公告的是一般清算，请按一般程序申请注销登记；要改走简易注销，请先撤销公告")
	case len(n.Objections) > 0:
		return refused(CloseSimply, "objected", "公示期内有异议（%s：%s），不能按简易程序注销。请解决后重新公示，或者清算后按一般程序办理", n.Objections[0].By, n.Objections[0].Say)
	case day <= n.Until:
		return refused(CloseSimply, "early", "公示期到%s，期满无异议的，从%s起可以申请", n.Until.Han(), (n.Until + 1).Han())
	case day > n.Last():
		return refused(CloseSimply, "late", "应当在公示期满之日起20日内（%s前）申请，期限已过，请重新公示", n.Last().Han())
	}
	return nil
}

func (c *Company) mayClose(day calendar.Day) error {
	n := c.Notice
	switch {
	case n == nil || n.Simple:
		return refused(Close, "notice", "公司公示的是简易注销，请按简易程序申请；要走一般程序，请先撤销公示，成立清算组并公告债权人")
	case day <= n.Until:
		return refused(Close, "early", "债权人申报债权的期限到%s，期满后再申请注销登记", n.Until.Han())
	}
	return nil
}

func (c *Company) mayObject(day calendar.Day) error {
	switch n := c.Notice; {
	case n == nil || !n.Simple:
		return refused(Object, "notice", "这家公司没有在公示简易注销；债权请向清算组申报")
	case day > n.Until:
		return refused(Object, "late", "公示期已于%s届满，异议请直接向登记机关提出", n.Until.Han())
	}
	return nil
}

// An Offer is one act as the company may be shown it on a day: open, or
// refused and why.
type Offer struct {
	Row  Row
	Done bool   // it has been done already and is not done again
	Why  string // why it is refused; "" it may be done
}

// once are the acts that a life has once.
var once = []Act{Found, Enter, Seal, Tax, Social, Fund, Bank}

// Offers lists what the company itself may bring about, each open or with the
// reason why not, in the order of a life.
func (c *Company) Offers(day calendar.Day) []Offer {
	var all []Offer
	for _, row := range Life {
		switch row.Act {
		case Found, Enter, Object, Ask, Unask, Awake, Lapse, Strike:
			continue
		}
		o := Offer{Row: row}
		if _, did := c.Did(row.Act); did && slices.Contains(once, row.Act) {
			o.Done = true
		} else if err := c.May(row.Act, Want{}, day); err != nil {
			o.Why = fault.Say(err)
		}
		all = append(all, o)
	}
	return all
}
