package frame

import (
	"slices"

	"tongban/internal/civic/identity"
)

// homes is where the holders of each role begin their day.
var homes = map[identity.Role]Link{
	identity.Window:     {Text: "综合窗口", Href: "/window"},
	identity.Reviewer:   {Text: "部门审批", Href: "/bureau"},
	identity.Approver:   {Text: "部门审批", Href: "/bureau"},
	identity.Head:       {Text: "部门审批", Href: "/bureau"},
	identity.Supervisor: {Text: "效能监督", Href: "/desk"},
	identity.Items:      {Text: "事项库", Href: "/desk/items"},
	identity.Auditor:    {Text: "事项库", Href: "/desk/items"},
	identity.Admin:      {Text: "系统管理", Href: "/desk/admin"},
}

// PersonOf is the actor as every page shows them; nil is nobody.
func PersonOf(by identity.Actor) *Person {
	if by.Account == "" {
		return nil
	}
	p := &Person{Name: by.Name, Home: "/my"}
	for _, post := range by.Posts {
		if !slices.Contains(p.Roles, post.Title) { // who stands in may hold the same twice
			p.Roles = append(p.Roles, post.Title)
		}
	}
	if by.Staff() {
		p.Home = homes[by.Posts[0].Role].Href
	}
	return p
}

// WayBack leads to where somebody works, from a place that several share.
func WayBack(by identity.Actor) []Link {
	if !by.Staff() {
		return nil
	}
	return []Link{homes[by.Posts[0].Role]}
}
