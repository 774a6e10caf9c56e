package identity

import (
	"slices"
	"strings"
)

// A Role is the part someone plays when they do something (岗位角色).
type Role string

// The roles that rules speak of. A citizen or firm is an Applicant only in
// their own affairs; everyone else holds their role through a Post.
const (
	Applicant  Role = "applicant"  // 申请人（自然人、法人及其经办人）
	Window     Role = "window"     // 综合窗口工作人员
	Reviewer   Role = "reviewer"   // 审批部门：审查岗
	Approver   Role = "approver"   // 审批部门：审批（决定）岗
	Head       Role = "head"       // 行政机关负责人：批准延期等
	Supervisor Role = "supervisor" // 效能监督人员
	Items      Role = "items"      // 事项管理员
	Auditor    Role = "auditor"    // 同级审核、上级确认事项变更的人
	Admin      Role = "admin"      // 系统管理员
	System     Role = "system"     // 程序自己（到期、自动决定）
)

// Serving are the roles of those who take, decide and watch over cases: who may
// need to know whose case it is.
var Serving = []Role{Window, Reviewer, Approver, Head, Supervisor}

// Deciding are the roles that speak for a department in a case: who reviews,
// decides and heads it.
var Deciding = []Role{Reviewer, Approver, Head}

// A Post is a place in an agency that someone holds: what they may do, for
// whom, and where.
type Post struct {
	Agency string `json:"agency"`           // agencies.ID
	Region string `json:"region"`           // 12-digit division code the post serves
	Role   Role   `json:"role"`             //
	Title  string `json:"title"`            // the post's name in procedures: "审查岗", "首席代表"
	Window string `json:"window,omitempty"` // window number at the hall, for Window posts
	Hall   string `json:"hall,omitempty"`   // halls.ID, for Window posts
	For    string `json:"for,omitempty"`    // the account stood in for (AB角), "" for one's own post
}

// Serves reports whether region lies within the region of the post: a city's
// post serves its counties, towns and villages, and never the other way round.
func (p Post) Serves(region string) bool { return Within(region, p.Region) }

// Within reports whether the 12-digit division code inner is outer or lies in it.
func Within(inner, outer string) bool {
	return len(inner) == 12 && len(outer) == 12 && strings.HasPrefix(inner, Stem(outer))
}

// Stem is the part of a division code that its inner divisions share: two
// digits for a province, then 4, 6, 9 and all 12 for a village.
func Stem(code string) string {
	for _, n := range []int{2, 4, 6, 9} {
		if n < len(code) && strings.Trim(code[n:], "0") == "" {
			return code[:n]
		}
	}
	return code
}

// An Actor is whoever makes a move: the signed-in account, the party it acts
// for, and the posts it holds. It is built once per request by the identity
// and staff rooms, and judged in the rules.
type Actor struct {
	Account string // identity account; "" for nobody, "system" for the program
	Name    string // as papers and histories show it
	Party   string // parties.ID the actor acts for: themselves, or a firm by mandate
	Posts   []Post
	Deputed []Deputation // what agencies let them decide at the window, as chief representative
	Channel string       // how they reached us: "pc", "mobile", "window", "kiosk", "api"
	Request string       // the caller's own name for this request: asked again, it does nothing again; "" for none
	Asked   string       // stands for what that request says, so that another one under its name is told from it; "" where no name is used twice
	Session string       // identity session, "" for nobody and for the program
	Scope   []string     // items a mandate allows when acting for a firm; nil: all
}

// MayApply reports whether the actor may apply for item: always in their own
// affairs, and for a firm as far as the mandate goes.
func (a Actor) MayApply(item string) bool {
	return a.Party != "" && (a.Scope == nil || slices.Contains(a.Scope, item))
}

// Administers reports whether the actor is an administrator of region.
func (a Actor) Administers(region string) bool {
	return slices.ContainsFunc(a.Posts, func(p Post) bool {
		return p.Role == System || p.Role == Admin && p.Serves(region)
	})
}

// TheSystem is the program acting by itself, as when a period runs out.
var TheSystem = Actor{Account: "system", Name: "系统", Posts: []Post{{Role: System}}}

// Plays reports whether the actor holds any post of role.
func (a Actor) Plays(role Role) bool {
	return slices.ContainsFunc(a.Posts, func(p Post) bool { return p.Role == role })
}

// Holds reports whether the actor holds a post of role in agency.
func (a Actor) Holds(role Role, agency string) bool {
	return slices.ContainsFunc(a.Posts, func(p Post) bool { return p.Role == role && p.Agency == agency })
}

// SpeaksFor reports whether the actor reviews, decides or heads in agency.
func (a Actor) SpeaksFor(agency string) bool {
	return slices.ContainsFunc(a.Posts, func(p Post) bool { return p.Agency == agency && slices.Contains(Deciding, p.Role) })
}

// OfBureaus gathers what is listed for each of the agencies for which the actor speaks.
func OfBureaus[T any](a Actor, list func(agency string) ([]T, error)) (all []T, err error) {
	for _, agency := range a.Bureaus() {
		own, err := list(agency)
		if err != nil {
			return nil, err
		}
		all = append(all, own...)
	}
	return all, nil
}

// Bureaus are the agencies for which the actor speaks, each once.
func (a Actor) Bureaus() (all []string) {
	for _, p := range a.Posts {
		if slices.Contains(Deciding, p.Role) && !slices.Contains(all, p.Agency) {
			all = append(all, p.Agency)
		}
	}
	return all
}

// Staff reports whether the actor holds any post at all.
func (a Actor) Staff() bool { return len(a.Posts) > 0 }

// In reports whether the actor holds a post, of role unless that is "", for
// which fits holds.
func (a Actor) In(role Role, fits func(Post) bool) bool {
	return slices.ContainsFunc(a.Posts, func(p Post) bool { return (role == "" || p.Role == role) && fits(p) })
}
