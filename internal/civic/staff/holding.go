package staff

import (
	"slices"
	"unicode/utf8"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// A Holding is one post held by one person (任职).
type Holding struct {
	ID      string
	Account string // identity account
	Name    string // of the person
	Post    identity.Post
	Since   calendar.Day
	Through calendar.Day // the last day; 0 while it lasts
}

// Holds reports whether the post is held on day.
func (h Holding) Holds(day calendar.Day) bool {
	return h.Since <= day && (h.Through == 0 || day <= h.Through)
}

// A RoleName is a role that officials can be appointed to, as pages call it.
type RoleName struct {
	Role identity.Role
	Name string
}

// Roles are the roles that officials can be appointed to.
var Roles = []RoleName{
	{identity.Window, "综合窗口"}, {identity.Reviewer, "审查岗"}, {identity.Approver, "审批岗"}, {identity.Head, "行政机关负责人"},
	{identity.Supervisor, "效能监督岗"}, {identity.Items, "事项管理岗"}, {identity.Auditor, "事项审核岗"}, {identity.Admin, "系统管理员"},
}

// RoleOf finds a role by its own name or by what pages call it.
func RoleOf(s string) (identity.Role, bool) {
	i := slices.IndexFunc(Roles, func(r RoleName) bool { return string(r.Role) == s || r.Name == s })
	if i < 0 {
		return "", false
	}
	return Roles[i].Role, true
}

// RoleCalled is what pages call the role.
func RoleCalled(role identity.Role) string {
	if i := slices.IndexFunc(Roles, func(r RoleName) bool { return r.Role == role }); i >= 0 {
		return Roles[i].Name
	}
	return string(role)
}

// CheckPost judges whether by may fill the post: an administrator of its region,
// in an agency that stands there or above, in a role that can be held.
func CheckPost(p identity.Post, a agencies.Agency, by identity.Actor) error {
	if !by.Administers(p.Region) || !by.Administers(a.Region) {
		return fault.New(fault.Forbidden, "staff.appoint.authority", "只有本级或上级的系统管理员可以任免这个岗位")
	}
	return fault.Together(checkTitle(p),
		invalidWhen(a.Closed, "agency", "该部门已撤销，不能再设岗位"),
		invalidWhen(!identity.Within(p.Region, a.Region), "region", "岗位的服务区域须在部门所在区域之内"))
}

// checkTitle refuses a post in no role, and one without a name.
func checkTitle(p identity.Post) error {
	_, known := RoleOf(string(p.Role))
	untitled := p.Title == "" || utf8.RuneCountInString(p.Title) > 30 || !identity.Printable(p.Title+p.Window+p.Hall)
	return fault.Together(invalidWhen(!known, "role", "请选择岗位角色"), invalidWhen(untitled, "title", "请填写岗位名称（30字以内）"))
}

func invalidWhen(wrong bool, path, say string) error {
	if wrong {
		return invalid(path, say)
	}
	return nil
}

func invalid(path, say string) error {
	return fault.New(fault.Invalid, "staff.post."+path, "%s", say).At(path, "form", "%s", say)
}

// A StandIn has one official do another's work while they are away (AB岗).
type StandIn struct {
	ID         string
	Absent     string // account
	AbsentName string
	By         string // account of the one who stands in
	ByName     string
	From       calendar.Day
	Through    calendar.Day
}

// longestAbsence is the longest that one record may cover, in days.
const longestAbsence = 186

// Arranges reports whether by says who does the work of the absent, given their own
// posts: they themselves, the head of their agency, or their administrator.
func Arranges(absent string, posts []identity.Post, by identity.Actor) bool {
	return by.Account == absent || slices.ContainsFunc(posts, func(p identity.Post) bool {
		return by.Administers(p.Region) || by.Holds(identity.Head, p.Agency)
	})
}

// CheckStandIn judges, over the own posts of both, whether by arranges it, and whether
// the stand-in works in the same agency.
func CheckStandIn(s StandIn, absent, other []identity.Post, by identity.Actor) error {
	same := func(p identity.Post) bool {
		return slices.ContainsFunc(other, func(o identity.Post) bool { return o.Agency == p.Agency })
	}
	switch {
	case len(absent) == 0:
	case !Arranges(s.Absent, absent, by):
		return fault.New(fault.Forbidden, "staff.standin.authority", "只有本人、本部门负责人或系统管理员可以安排代岗")
	}
	term := s.From != 0 && s.Through >= s.From && s.Through-s.From <= longestAbsence
	return fault.Together(
		invalidWhen(s.Absent == "", "absent", "请选择谁不在岗"),
		invalidWhen(len(absent) == 0, "absent", "该人员没有岗位，不用代岗"),
		invalidWhen(s.By == "", "by", "请选择由谁代岗"),
		invalidWhen(s.Absent == s.By, "by", "不能由本人代自己的岗"),
		invalidWhen(len(absent) > 0 && !slices.ContainsFunc(absent, same), "by", "代岗人须是同一部门的工作人员"),
		invalidWhen(!term, "through", "请填写代岗的起止日期，最长半年"))
}
