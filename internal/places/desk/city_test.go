package desk_test

import (
	"testing"
	"time"

	"tongban/internal/app/apptest"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

func TestMain(m *testing.M) { apptest.Main(m) }

// city is the sample city, at ten o'clock on a Monday.
type city struct{ *apptest.City }

// monday is when the city opens.
var monday = time.Date(2026, 9, 21, 10, 0, 0, 0, calendar.Zone)

func open(t *testing.T) *city {
	t.Helper()
	return &city{apptest.Open(t, monday)}
}

// apply files an application of Li Min: a right answer to everything, and every
// material on paper.
func (c *city) apply(item items.ID) *cases.Case {
	c.T.Helper()
	ctx, today := c.T.Context(), calendar.DayOf(c.At)
	e, err := c.Items.Open(ctx, item, today)
	if err != nil {
		c.T.Fatal(err)
	}
	a := cases.Application{Item: item, Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"}, Answers: casestest.RightAnswers(e, today), Delivery: cases.Delivery{Way: "window"}}
	for _, m := range e.MaterialsFor(a.Answers) {
		a.Materials = append(a.Materials, cases.Handed{Material: m.ID, Paper: true})
	}
	by := c.SignIn("limin").Actor
	by.Channel = "window"
	filed, err := c.Cases.Submit(ctx, a, by)
	if err != nil {
		c.T.Fatal(err)
	}
	return filed
}

// accepted is an application that the window has accepted.
func (c *city) accepted(item items.ID) *cases.Case {
	c.T.Helper()
	got, err := c.Cases.Accept(c.T.Context(), c.apply(item).ID, nil, nil, c.SignIn("window1").Actor)
	if err != nil {
		c.T.Fatal(err)
	}
	return got
}

// heard delivers the news and brings the sums up to date.
func (c *city) heard() {
	c.T.Helper()
	c.Deliver()
	if err := c.Supervision.Refresh(c.T.Context()); err != nil {
		c.T.Fatal(err)
	}
}
