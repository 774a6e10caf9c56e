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
		if post, ok := c.post(act, role, by); ok {
			return inPost(by, role, post), nil
		}
	}
	if slices.ContainsFunc(by.Posts, func(p identity.Post) bool { return slices.Contains(roles, p.Role) && c.within(p) }) {
		return Doer{}, fault.New(fault.Forbidden, "cases."+string(act)+".agency", "“%s”由承办部门办理，参与审查、会签的部门只办本部门的环节", MoveOf(act).Name)
	}
	return Doer{}, fault.New(fault.Forbidden, "cases."+string(act)+".role", "“%s”应由%s办理，您没有这个岗位的权限", MoveOf(act).Name, roleNames[roles[0]])
}

// joined are the acts on the case as a whole that are open to an agency which
// only has a part in it: it looks into what it reviews, and answers for its own
// steps. All else is done in the name of the agency that decides, and by it alone
// (行政许可法第二十六条、第三十八条).
var joined = []Act{OpenSpecial, CloseSpecial, AnswerUrge}

// inPost is the actor as who acts in a post.
func inPost(by identity.Actor, role identity.Role, post identity.Post) Doer {
	return Doer{Account: by.Account, Name: by.Name, Role: role, Title: post.Title, Agency: post.Agency}
}

// answerable is the agency in whose name an act on the case as a whole is done: the one
// that decides. What a regulator was told is for that one to receive.
func (c *Case) answerable(act Act) string {
	if l := c.Linkage; act == ReceiveLink && l != nil && l.Agency != "" {
		return l.Agency
	}
	return c.Agency
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

// post finds the post in which the actor may do act to this case in role.
func (c *Case) post(act Act, role identity.Role, by identity.Actor) (identity.Post, bool) {
	if role == identity.Applicant {
		return identity.Post{}, by.Party == c.Applicant.Party && by.MayApply(string(c.Item))
	}
	for _, p := range by.Posts {
		if p.Role == role && c.within(p) && (!slices.Contains(identity.Deciding, role) || p.Agency == c.answerable(act) || slices.Contains(joined, act)) {
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

// WorkFor lists the open work that the actor may take or is doing; what they have
// signed waits for others.
func (c *Case) WorkFor(by identity.Actor) []flow.Work {
	var mine []flow.Work
	for _, w := range c.Flow.Open {
		if _, _, ok := c.takes(w, by); ok && (w.Claimed == "" || Mine(w, by)) && !w.SignedBy(by.Account) || Asked(w, by) {
			mine = append(mine, w)
		}
	}
	return mine
}
