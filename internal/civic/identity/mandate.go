package identity

import (
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// A Mandate lets a person act for a firm (企业授权): granted by its legal
// representative, for the items named or for all, from one day through another.
type Mandate struct {
	ID      string
	Firm    string   // parties.ID
	Person  string   // parties.ID
	Items   []string // items.ID; nil: all
	From    calendar.Day
	Through calendar.Day
	Granted string // account of the legal representative
	Made    time.Time
	Revoked time.Time // zero while it stands
}

// longestMandate keeps forgotten mandates from living for ever.
const longestMandate = 3 * 366

// Stands reports whether the mandate may be used on day.
func (m Mandate) Stands(day calendar.Day) bool {
	return m.Revoked.IsZero() && m.From <= day && day <= m.Through
}

// Check refuses a mandate whose days make no sense, or that names no item.
func (m Mandate) Check(today calendar.Day) error {
	switch {
	case m.Firm == "" || m.Person == "" || m.Firm == m.Person:
		return at("identity.mandate.parties", "person", "required", "请指明企业和被授权人")
	case m.From == 0 || m.Through < m.From || m.Through < today:
		return at("identity.mandate.days", "through", "range", "授权截止日期不得早于开始日期，也不得早于今天")
	case m.Through-m.From > longestMandate:
		return at("identity.mandate.long", "through", "range", "授权期限最长三年，请缩短")
	case m.Items != nil && len(m.Items) == 0:
		return at("identity.mandate.items", "items", "required", "请选择授权办理的事项，或选择全部事项")
	}
	return nil
}

func notYours() error {
	return fault.New(fault.Forbidden, "identity.mandate.authority", "只有企业的法定代表人可以授权或撤销授权，请由法定代表人登录办理")
}
