package main

import (
	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/catalogue/themes"
	"tongban/internal/catalogue/themes/scheme"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// schemes look over what a file says of themes (一件事): by the rules by which
// they are read, put together and published. Items of which the scheme tells no
// more than a name are taken as it tells them.
func (c *check) schemes(o *intake.Other) []items.Finding {
	all, err := scheme.Read(o.Text)
	if err != nil {
		return []items.Finding{{Rule: fault.Code(err), Severity: items.Error, Say: fault.Say(err)}}
	}
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		return []items.Finding{{Rule: "calendar", Severity: items.Error, Say: fault.Say(err)}}
	}
	var found []items.Finding
	for _, s := range all {
		made := themes.Compose(s.Theme, s.Editions, days, c.today)
		for _, list := range [][]themes.Finding{s.Findings, s.Compare(made), made.Findings} {
			for _, f := range list {
				say := f.Say
				if len(all) > 1 {
					say = s.Theme.Name + "：" + say
				}
				found = append(found, items.Finding{Rule: f.Rule, Severity: f.Severity, Path: f.Path, Say: say})
			}
		}
	}
	return found
}
