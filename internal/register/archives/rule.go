package archives

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// A Rule is when what is over goes to the shelf (归档规则), and the fact that it was
// laid down. 电子文件按照档案管理要求及时以电子形式归档 (国务院令第716号第十二条): how soon
// that is the city decides, and whether it goes on at all.
type Rule struct {
	On      bool      `json:"on"`
	Days    int       `json:"days"` // how long a case has been over, and left alone
	Reason  string    `json:"reason"`
	Account string    `json:"account"`
	Name    string    `json:"name"`
	At      time.Time `json:"at"`
}

// FactName is the name listeners ask for.
func (Rule) FactName() string { return "archives.ruled" }

// Shipped is the rule before anybody laid one down.
var Shipped = Rule{On: true, Days: 365, Reason: "程序自带"}

// A rule may not put away what may still be asked to be reviewed (自知道该行政行为之日起
// 六十日, 行政复议法第二十条), nor leave it for longer than the shortest term of keeping.
const (
	FewestDays = 60
	MostDays   = 3650
)

// longestReason is how much may be said, in characters.
const longestReason = 200

// Before is the moment before which something must have been over, and left alone,
// to be put on the shelf at now.
func (r Rule) Before(now time.Time) time.Time { return now.AddDate(0, 0, -r.Days) }

// Say is the rule in a sentence.
func (r Rule) Say() string {
	if !r.On {
		return "已停止归档"
	}
	return fmt.Sprintf("办结满%d天、其间没有再办理过的，归档", r.Days)
}

func (r Rule) check() error {
	bad := fault.New(fault.Invalid, "archives.rule", "归档规则没有保存，请改正后再提交")
	if r.Days < FewestDays || r.Days > MostDays {
		bad = bad.At("days", "range", "请填写%d至%d天：申请行政复议的六十日没有过去，不归档", FewestDays, MostDays)
	}
	switch n := utf8.RuneCountInString(r.Reason); {
	case n == 0:
		bad = bad.At("reason", "required", "请写明理由")
	case n > longestReason:
		bad = bad.At("reason", "long", "理由不超过%d字，请缩短", longestReason)
	}
	if len(fault.Fields(bad)) > 0 {
		return bad
	}
	return nil
}

// Rule is the one in force.
func (s *Service) Rule(ctx context.Context) (Rule, error) {
	all, err := s.Store.Rules(ctx)
	if err != nil || len(all) == 0 {
		return Shipped, err
	}
	return all[len(all)-1], nil
}

// Lay lays down a rule, which holds from the next run on. Only administrators
// of the city may, and they say why.
func (s *Service) Lay(ctx context.Context, r Rule, by identity.Actor) error {
	if !by.AdministersCity() {
		return fault.New(fault.Forbidden, "archives.rule.role", "归档规则由市级系统管理员制定")
	}
	if err := r.check(); err != nil {
		return err
	}
	all, err := s.Store.Rules(ctx)
	if err != nil {
		return err
	}
	r.Account, r.Name, r.At = by.Account, by.Name, event.Moment(s.Now())
	return s.Store.AddRule(ctx, r, len(all))
}
