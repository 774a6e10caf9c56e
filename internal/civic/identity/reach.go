package identity

import "slices"

// local are the roles that take part in whatever is done in the divisions that
// their posts serve.
var local = []Role{Window, Supervisor}

// Covers reports whether the actor holds a window's or a supervisor's post that
// serves region.
func (a Actor) Covers(region string) bool {
	return slices.ContainsFunc(a.Posts, func(p Post) bool { return slices.Contains(local, p.Role) && p.Serves(region) })
}

// Reach says whose work the actor's lists show: all of the division that their
// window's or supervisor's post serves, else that of the agency for which they
// speak. Both are "" for anybody else.
func (a Actor) Reach() (region, agency string) {
	if i := slices.IndexFunc(a.Posts, func(p Post) bool { return slices.Contains(local, p.Role) }); i >= 0 {
		return a.Posts[i].Region, ""
	}
	if all := a.Bureaus(); len(all) > 0 {
		return "", all[0]
	}
	return "", ""
}
