package revisions

import (
	"slices"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// Rules are what a city arranges about its revisions.
type Rules struct {
	// Superior is the region above this one: "" for none in this installation,
	// as above a city whose province keeps its own. Then the auditor of the
	// topmost region confirms, naming the superior's letter.
	Superior func(region string) string
	// Period is how many days a publicity lasts, at least LeastPeriod.
	Period int
	// Alone lets one auditor of the topmost region both review and confirm,
	// where there is only one.
	Alone bool
}

// LeastPeriod is the shortest publicity, in days.
const LeastPeriod = 7

func (rules Rules) period() int { return max(rules.Period, LeastPeriod) }

// above is the region whose auditor confirms, and whether the level above
// stands outside.
func (rules Rules) above(region string) (up string, outside bool) {
	if rules.Superior != nil {
		up = rules.Superior(region)
	}
	if up == "" {
		return region, true
	}
	return up, false
}

// Outside reports whether the level above the revision is not in this
// installation, so that its confirmation comes by letter.
func (rules Rules) Outside(r *Revision) bool {
	_, outside := rules.above(r.Region)
	return outside
}

// judge says who acts and in which part, or why the act cannot be done now.
func (r *Revision) judge(act Act, rules Rules, by identity.Actor) (Doer, Part, error) {
	for _, part := range MoveOf(act).By {
		if post, ok := r.plays(part, act, rules, by); ok {
			return Doer{by.Account, by.Name, post.Title, post.Agency}, part, r.may(act)
		}
	}
	if act == Comment {
		return Doer{}, "", fault.New(fault.SignIn, "revisions.comment.signin", "请先登录，再提出意见")
	}
	return Doer{}, "", fault.New(fault.Forbidden, "revisions."+string(act)+".part", "“%s”应由%s办理，您不能办理", MoveOf(act).Name, partNames[MoveOf(act).By[0]])
}

func (r *Revision) plays(part Part, act Act, rules Rules, by identity.Actor) (identity.Post, bool) {
	up, outside := rules.above(r.Region)
	switch part {
	case Editor:
		return postIn(by, identity.Items, r.Region)
	case Reviewer:
		post, ok := postIn(by, identity.Auditor, r.Region)
		return post, ok && r.State != Reviewed && !r.edited(by) && (act != Approve || rules.Alone || !r.reviewed(by))
	case Confirmer:
		post, ok := postIn(by, identity.Auditor, up)
		return post, ok && r.State != Submitted && !r.edited(by) && (act != Confirm || !outside || rules.Alone || !r.reviewedLast(by))
	case Program:
		return identity.Post{}, by.Plays(identity.System)
	}
	return identity.Post{}, by.Account != ""
}

// postIn finds the actor's post of role in exactly this region.
func postIn(by identity.Actor, role identity.Role, region string) (identity.Post, bool) {
	i := slices.IndexFunc(by.Posts, func(p identity.Post) bool { return p.Role == role && p.Region == region })
	if i < 0 {
		return identity.Post{}, false
	}
	return by.Posts[i], true
}

func (r *Revision) edited(by identity.Actor) bool { return among(r.Editors, by) }

func (r *Revision) reviewed(by identity.Actor) bool { return among(r.Reviewers, by) }

// reviewedLast reports whether the last review was theirs: of two reviewers the
// first may confirm.
func (r *Revision) reviewedLast(by identity.Actor) bool {
	return among(r.Reviewers[max(len(r.Reviewers)-1, 0):], by)
}

func among(doers []Doer, by identity.Actor) bool {
	return slices.ContainsFunc(doers, func(d Doer) bool { return d.Account == by.Account })
}

// Can lists what the actor may do to the revision as it stands, in the order of
// Life: the buttons of the page.
func (r *Revision) Can(rules Rules, by identity.Actor) []Move {
	var moves []Move
	for _, m := range Life {
		if _, _, err := r.judge(m.Act, rules, by); err == nil {
			moves = append(moves, m)
		}
	}
	return moves
}

// Visible reports whether someone of the desk may look at the revision: those
// who keep or audit items in its region, above it or below it, and during the
// publicity everybody.
func (r *Revision) Visible(by identity.Actor) bool {
	return r.State == Public || r.State == Published || by.In("", func(p identity.Post) bool {
		keeps := p.Role == identity.Items || p.Role == identity.Auditor || p.Role == identity.System
		return keeps && (p.Role == identity.System || p.Serves(r.Region))
	})
}

// Home is the region on whose desk the item of an edition is kept by this
// actor: the nearest in which they keep items. "" if they do not keep it.
func Home(region string, by identity.Actor) string {
	home := ""
	for _, p := range by.Posts {
		if p.Role == identity.Items && p.Serves(region) && len(identity.Stem(p.Region)) > len(identity.Stem(home)) {
			home = p.Region
		}
	}
	return home
}
