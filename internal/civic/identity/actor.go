package identity

import "slices"

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

// A Post is a place in an agency that someone holds: what they may do, for
// whom, and where.
type Post struct {
	Agency string `json:"agency"`           // agencies.ID
	Region string `json:"region"`           // 12-digit division code the post serves
	Role   Role   `json:"role"`             //
	Title  string `json:"title"`            // the post's name in procedures: "审查岗", "首席代表"
	Window string `json:"window,omitempty"` // window number at the hall, for Window posts
	Hall   string `json:"hall,omitempty"`   // halls.ID, for Window posts
}

// An Actor is whoever makes a move: the signed-in account, the party it acts
// for, and the posts it holds. It is built once per request by the identity
// and staff rooms, and judged in the rules.
type Actor struct {
	Account string // identity account; "" for nobody, "system" for the program
	Name    string // as papers and histories show it
	Party   string // parties.ID the actor acts for: themselves, or a firm by mandate
	Posts   []Post
	Channel string // how they reached us: "pc", "mobile", "window", "kiosk", "api"
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

// Staff reports whether the actor holds any post at all.
func (a Actor) Staff() bool { return len(a.Posts) > 0 }
