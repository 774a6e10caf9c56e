package publicity

import (
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
)

// A Result is a decision as everybody may read it.
type Result struct {
	Case       cases.ID     `json:"-"`
	Item       items.ID     `json:"item"`
	ItemName   string       `json:"itemName"`
	Type       items.Type   `json:"type"`
	Agency     string       `json:"agency"`
	AgencyName string       `json:"agencyName"`
	Region     string       `json:"region"`
	Name       string       `json:"name"` // of a firm in full, of a person masked
	InTime     bool         `json:"inTime"`
	Decided    calendar.Day `json:"decided"`
	Shown      calendar.Day `json:"shown"`              // since when it is public
	Undone     string       `json:"undone,omitempty"`   // 撤销、撤回、吊销、注销: it no longer stands
	UndoneOn   calendar.Day `json:"undoneOn,omitempty"` // since when
	Cursor     string       `json:"-"`
}

// Within is how many working days after the decision it must be public (双公示).
const Within = 7

// Of is the decision of a case as the public may read it; false if the item
// keeps its results to those concerned, or nothing was granted.
func Of(c *cases.Case, e *items.Edition, days clock.Days, shown calendar.Day) (Result, bool) {
	if c.Decision == nil || !c.Decision.Granted || !e.Publicity.Result {
		return Result{}, false
	}
	r := Result{Case: c.ID, Item: c.Item, ItemName: c.ItemName, Type: e.Type, Agency: c.Agency, AgencyName: e.AgencyName, Region: c.Region,
		Name: c.Applicant.Shown(), InTime: !c.Clock().Late(c.Decision.At, days), Decided: calendar.DayOf(c.Decision.At), Shown: shown}
	if kind, gone := c.Gone(); gone {
		r.Undone, r.UndoneOn = kind.Han(), calendar.DayOf(c.Later.At)
	}
	return r, true
}
