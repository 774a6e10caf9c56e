package cases

import (
	"slices"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
)

// TitleOfDeputy is the title in which an agency's chief representative acts.
const TitleOfDeputy = "首席代表"

// deputable are the roles in which a chief representative may stand: what the
// head decides in person stays with the head.
var deputable = []identity.Role{identity.Reviewer, identity.Approver}

// takes finds in which post the actor may do a piece of work: their own, or that
// of the agency's chief representative for this item, then with on whose word.
// The steps, who must be another, the guide and the clocks are the same for both.
func (c *Case) takes(w flow.Work, by identity.Actor) (identity.Post, string, bool) {
	if post, ok := holds(w, by); ok {
		return post, "", true
	}
	d, ok := by.Deputes(w.Agency, string(c.Item))
	if !ok || !slices.Contains(deputable, w.Role) {
		return identity.Post{}, "", false
	}
	return identity.Post{Agency: w.Agency, Region: c.Region, Role: w.Role, Title: TitleOfDeputy}, d.Say(), true
}

// deputy says as who a chief representative decides on the spot what is granted
// on the applicant's word.
func (c *Case) deputy(act Act, by identity.Actor) (Doer, bool) {
	d, ok := by.Deputes(c.Agency, string(c.Item))
	if act != Settle || !ok || by.Holds(identity.Approver, c.Agency) || by.Holds(identity.Head, c.Agency) {
		return Doer{}, false
	}
	return Doer{Account: by.Account, Name: by.Name, Role: identity.Approver, Title: TitleOfDeputy, Agency: c.Agency, Under: d.Say()}, true
}

// notTheirs says why a piece of work is not the actor's to do.
func (c *Case) notTheirs(act Act, w flow.Work, by identity.Actor) error {
	code := "cases." + string(act) + ".post"
	_, deputed := by.Deputes(w.Agency, string(c.Item))
	switch {
	case deputed:
		return fault.New(fault.Forbidden, code, "“%s”须由%s本人办理，不在首席代表的授权之内", w.Name, w.Post)
	case by.Plays(identity.Window):
		return fault.New(fault.Forbidden, code, "部门没有授权您作为首席代表办理“%s”，“%s”应由%s办理", c.ItemName, w.Name, w.Post)
	}
	return fault.New(fault.Forbidden, code, "“%s”应由%s办理，您没有这个岗位的权限", w.Name, w.Post)
}

// underWord is whom the agency deputed, and on whose word.
// "" when they act in their own post.
func (d Doer) underWord() string {
	if d.Under == "" {
		return ""
	}
	return d.Name + "（" + d.Under + "）"
}

// underWords are those of all who sign a decision, the last being doer.
func underWords(w flow.Work, doer Doer) string {
	var all []string
	for _, s := range w.Signed {
		if said := word(s, answerUnder); said != "" {
			all = append(all, said)
		}
	}
	if said := doer.underWord(); said != "" {
		all = append(all, said)
	}
	return strings.Join(all, "；")
}
