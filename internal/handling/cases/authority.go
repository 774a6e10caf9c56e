package cases

import (
	"slices"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
)

// by says who acts, in the part that the act asks for, or refuses. Authority is
// judged here for pages, API, imports and timers alike.
func (c *Case) by(act Act, by identity.Actor) (Doer, error) {
	roles := MoveOf(act).By
	if doer, ok := c.deputy(act, by); ok {
		return doer, nil
	}
	for _, role := range roles {
		if post, ok := c.post(role, by); ok {
			return Doer{Account: by.Account, Name: by.Name, Role: role, Title: post.Title, Agency: post.Agency}, nil
		}
	}
	return Doer{}, fault.New(fault.Forbidden, "cases."+string(act)+".role", "“%s”应由%s办理，您没有这个岗位的权限", MoveOf(act).Name, roleNames[roles[0]])
}

// judge says who acts, or why the act cannot be done to the case now.
func (c *Case) judge(act Act, by identity.Actor) (Doer, error) {
	doer, err := c.by(act, by)
	if err != nil {
		return doer, err
	}
	return doer, c.may(act)
}

var roleNames = map[identity.Role]string{
	identity.Applicant: "申请人", identity.Window: "综合窗口", identity.Reviewer: "审批部门",
	identity.Items: "事项管理员", identity.Approver: "审批部门决定岗", identity.Head: "行政机关负责人", identity.Supervisor: "效能监督岗", identity.System: "系统",
}

// post finds the post in which the actor may act on this case in role.
func (c *Case) post(role identity.Role, by identity.Actor) (identity.Post, bool) {
	if role == identity.Applicant {
		return identity.Post{}, by.Party == c.Applicant.Party && by.MayApply(string(c.Item))
	}
	for _, p := range by.Posts {
		if p.Role == role && c.within(p) {
			return p, true
		}
	}
	return identity.Post{}, false
}

// within reports whether the post's reach takes in this case: windows and
// supervisors reach their division and all below it; everyone else their agency.
func (c *Case) within(p identity.Post) bool {
	switch p.Role {
	case identity.System:
		return true
	case identity.Window, identity.Supervisor, identity.Items:
		return p.Agency == c.Agency || p.Serves(c.Region)
	}
	return p.Agency == c.Agency || c.works(p.Agency)
}

// works reports whether agency has, or had, work in the case's procedure.
func (c *Case) works(agency string) bool {
	for _, w := range c.Flow.Open {
		if w.Agency == agency {
			return true
		}
	}
	return slices.Contains(c.Involved, agency)
}

// holds reports whether the actor holds a post that may do a piece of work:
// its agency's, in its role. What the procedure calls the post is for people to
// read; agencies name their posts as they like.
func holds(w flow.Work, by identity.Actor) (identity.Post, bool) {
	for _, p := range by.Posts {
		if p.Agency == w.Agency && (w.Role == "" || p.Role == w.Role) {
			return p, true
		}
	}
	return identity.Post{}, false
}

// May returns the acts that the actor may do to the case now: the buttons that
// a page offers, from the table that judges. Acts on single pieces of work are
// in WorkFor.
func (c *Case) May(by identity.Actor) []Move {
	var open []Move
	for _, m := range Life {
		if m.OnWork() || c.may(m.Act) != nil {
			continue
		}
		if _, err := c.by(m.Act, by); err == nil {
			open = append(open, m)
		}
	}
	return open
}

// Visible reports whether the actor may know that the case exists.
func (c *Case) Visible(by identity.Actor) bool {
	if by.Party != "" && by.Party == c.Applicant.Party {
		return true
	}
	for _, p := range by.Posts {
		if c.within(p) && p.Role != identity.Items && p.Role != identity.Auditor && p.Role != identity.Admin {
			return true
		}
	}
	return false
}

// WorkFor lists the open work that the actor may take or is doing.
func (c *Case) WorkFor(by identity.Actor) []flow.Work {
	var mine []flow.Work
	for _, w := range c.Flow.Open {
		if _, _, ok := c.takes(w, by); ok && (w.Claimed == "" || Mine(w, by)) || Asked(w, by) {
			mine = append(mine, w)
		}
	}
	return mine
}
