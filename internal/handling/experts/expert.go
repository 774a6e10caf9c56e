package experts

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// ExpertID is the key of somebody in the register.
type ExpertID string

// An Expert is somebody in the register (专家库).
type Expert struct {
	ID        ExpertID     `json:"id" yaml:"id"`
	Name      string       `json:"name" yaml:"name"`
	Fields    []string     `json:"fields" yaml:"fields"` // 专业领域
	Employer  string       `json:"employer" yaml:"employer"`
	Title     string       `json:"title,omitempty" yaml:"title"`         // 职称
	Region    string       `json:"region" yaml:"region"`                 // of the register: the division whose reviews they may be drawn for, and all below it
	Account   string       `json:"account,omitempty" yaml:"account"`     // by which they answer themselves; "" the bureau takes down what they answer
	Interests []string     `json:"interests,omitempty" yaml:"interests"` // units with which they declared an interest
	Away      calendar.Day `json:"away,omitempty" yaml:"-"`              // not to be had until after this day
	Suspended string       `json:"suspended,omitempty" yaml:"-"`         // why they may not be drawn; "" they may

	Head event.Head `json:"-" yaml:"-"`
}

// Registered is told whenever an entry of the register is written.
type Registered struct {
	Expert Expert    `json:"expert"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// FactName is experts.registered.
func (Registered) FactName() string { return "experts.registered" }

// Check says what is wrong with an entry. Fault: experts.register.
func (e Expert) Check() error {
	bad := fault.New(fault.Invalid, "experts.register", "专家信息还有需要修改的地方")
	short := func(at, text, say string) {
		if n := utf8.RuneCountInString(strings.TrimSpace(text)); n == 0 || n > longestName {
			bad = bad.At(at, "required", "%s，最多%d个字", say, longestName)
		}
	}
	short("name", e.Name, "请填写姓名")
	short("employer", e.Employer, "请填写工作单位，没有单位的写“退休”或者“自由职业”")
	if len(e.Fields) == 0 || len(e.Fields) > mostFields || slices.ContainsFunc(e.Fields, tooLong) {
		bad = bad.At("fields", "required", "请填写专业领域，用顿号隔开，最多%d个", mostFields)
	}
	if len(e.Interests) > mostInterests || slices.ContainsFunc(e.Interests, tooLong) {
		bad = bad.At("interests", "long", "有利害关系的单位最多%d个，每个最多%d个字", mostInterests, longestName)
	}
	if tooLong(e.Title) {
		bad = bad.At("title", "long", "最多%d个字", longestName)
	}
	if utf8.RuneCountInString(e.Suspended) > longestSay {
		bad = bad.At("suspended", "long", "最多%d个字", longestSay)
	}
	if len(e.Region) != 12 {
		bad = bad.At("region", "region", "请选择所属区域")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

const (
	longestName   = 60
	longestSay    = 2000
	mostFields    = 20
	mostInterests = 50
)

func tooLong(text string) bool { return utf8.RuneCountInString(text) > longestName }

// keeps reports whether somebody keeps the register of a division: who manages
// the items of the place.
func keeps(by identity.Actor, region string) bool {
	return by.In("", func(p identity.Post) bool {
		return p.Role == identity.System || p.Role == identity.Items && p.Serves(region)
	})
}

// reads reports whether somebody may read the register.
func reads(by identity.Actor) bool {
	return slices.ContainsFunc([]identity.Role{identity.Items, identity.Auditor, identity.Supervisor, identity.System}, by.Plays)
}

// A Need is what is asked of candidates.
type Need struct {
	Region    string
	Fields    []string
	Applicant string       // name of the unit or person that applies
	Account   string       // of the reviewer who calls the review
	Agent     string       // who acts for the applicant
	On        calendar.Day // the day of the draw
	Before    []ExpertID   // took part in the case before, or were drawn for this review already
}

// Fits reports whether the expert is one of those who are asked for.
func (e Expert) Fits(n Need) bool {
	return identity.Within(n.Region, e.Region) && slices.ContainsFunc(e.Fields, func(f string) bool { return slices.Contains(n.Fields, f) })
}

// Avoids is why the expert may not be drawn (回避); "" if they may. Grounds: the
// same unit as the applicant, a declared interest, part taken before.
func (e Expert) Avoids(n Need) string {
	applicant := plain(n.Applicant)
	switch {
	case e.Suspended != "":
		return "暂停资格：" + e.Suspended
	case e.Away >= n.On:
		return e.Away.Han() + "前（含当日）不能参加评审"
	case plain(e.Employer) == applicant:
		return "与申请人同一单位"
	case plain(e.Name) == applicant || n.Agent != "" && plain(e.Name) == plain(n.Agent):
		return "是申请人或者经办人本人"
	case slices.ContainsFunc(e.Interests, func(unit string) bool { return plain(unit) == applicant }):
		return "申报过与申请人有利害关系"
	case e.Account != "" && e.Account == n.Account:
		return "是本办件的工作人员"
	case slices.Contains(n.Before, e.ID):
		return "以前参加过这个办件的评审或者抽取"
	}
	return ""
}

// plain is a name without what people write this way or that.
func plain(name string) string {
	return strings.NewReplacer("（", "(", "）", ")", " ", "", "　", "", "·", "").Replace(strings.ToLower(name))
}

// Choose parts those who fit into candidates and those who stand aside, each
// in the order of the register.
func Choose(register []Expert, n Need) (pool []Candidate, out []Excluded) {
	fit := slices.DeleteFunc(slices.Clone(register), func(e Expert) bool { return !e.Fits(n) })
	slices.SortFunc(fit, func(a, b Expert) int { return cmp.Compare(a.ID, b.ID) })
	for _, e := range fit {
		if why := e.Avoids(n); why != "" {
			out = append(out, Excluded{Expert: e.ID, Name: e.Name, Why: why})
			continue
		}
		pool = append(pool, Candidate{Expert: e.ID, Name: e.Name, Employer: e.Employer, Title: e.Title, Account: e.Account})
	}
	return pool, out
}

// Cursor is where the next page of the register begins after this entry.
func (e Expert) Cursor() string { return e.Name + "/" + string(e.ID) }
