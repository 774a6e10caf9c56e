package desk

import (
	"fmt"
	"net/http"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
)

// alarmsPage is what the alarm rules find now (预警纠错), and the rules.
type alarmsPage struct {
	frame.View
	Bar      frame.DeskBar
	Region   string
	Regions  []frame.Choice
	Agency   string
	Agencies []frame.Choice
	Rows     []alarmRow
	Rules    []ruleRow
	Next     string
}

type alarmRow struct {
	Item, Number, Href, Say, Rule, Where, Since, Serial, Level string
	Tone                                                       frame.Tone
}

type ruleRow struct {
	Name, ID, Level, Tell string
	Tone                  frame.Tone
}

func (d *Desk) alarmsPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	ctx, q := r.Context(), page.Query(r)
	dir, err := d.Agencies.Directory(ctx)
	if err != nil {
		return err
	}
	v := alarmsPage{View: frame.Of(r).Named("预警"), Bar: watchBar(by)}
	v.Region, v.Regions = d.within(q.Text("region"), by, identity.Supervisor)
	v.Agency, v.Agencies = d.departments(q.Text("agency"), v.Region, dir)
	all, err := d.Supervision.Alarmed(ctx, supervision.Scope{Region: v.Region, Agency: v.Agency}, q.Text("after"), by)
	if err != nil {
		return err
	}
	call := frame.Apart(all, func(a supervision.Raised) string { return a.Number })
	for _, a := range all {
		rule, _ := d.Supervision.Alarms.Rule(a.Rule) // one that was taken away since has no name
		row := alarmRow{a.ItemName, call[a.Number], alarmURL(a.Case), a.Say, rule.Name, dir.Name(a.Agency), a.Raised.In(calendar.Zone).Format("1月2日15:04"), a.Serial(), string(a.Level), toneOf(a.Level)}
		if a.Agency == "" {
			row.Where = "还没有转交部门"
		}
		v.Rows = append(v.Rows, row)
	}
	for _, rule := range d.Supervision.Alarms {
		v.Rules = append(v.Rules, ruleRow{rule.Name, rule.ID, string(rule.Level), ladder(rule), toneOf(rule.Level)})
	}
	if n := len(all); n == supervision.AlarmPage {
		v.Next = with("/desk/alarms", q.Values(), "after", fmt.Sprintf("%d-%s", all[n-1].Raised.UnixMilli(), all[n-1].Case))
	}
	page.Show(w, r, alarmsView(v))
	return nil
}

// alarmURL is where a supervisor sees what an alarm is about; credit records stand
// at their own desk.
func alarmURL(id cases.ID) string {
	if room, key, of := supervision.TicketOf(id); of && room == "credit" {
		return "/desk/credit/" + key
	}
	return frame.AlarmURL(id, func(id cases.ID) string { return "/desk/cases/" + string(id) })
}

var whom = map[supervision.Whom]string{supervision.ToHolder: "经办人", supervision.ToWindow: "综合窗口", supervision.ToHead: "部门负责人", supervision.ToSupervisor: "效能监督岗"}

// ladder says who is told and when.
func ladder(r supervision.AlarmRule) string {
	var all []string
	for _, t := range r.Tell {
		when := "当时"
		if !t.After.None() {
			when = t.After.String() + "后"
		}
		all = append(all, when+"告知"+whom[t.To])
	}
	return strings.Join(all, "，")
}
