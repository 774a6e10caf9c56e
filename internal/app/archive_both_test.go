package app_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

// The shelf does the same on each database, also when two runs meet.
func TestTheShelfOnEachDatabase(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		now := time.Date(2026, 9, 21, 9, 30, 0, 0, calendar.Zone)
		open := func() *app.App {
			a, err := app.Open(t.Context(), app.Settings{Data: t.TempDir(), DB: url, City: apptest.Name, Now: func() time.Time { return now }})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { a.Close() })
			return a
		}
		a, other := open(), open()
		if _, _, err := a.LoadSample(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := a.Fill(t.Context(), 300); err != nil {
			t.Fatal(err)
		}
		shelvedAfter(t, a, 60)
		done := make(chan error)
		go func() { done <- other.ShelveCases(t.Context()) }()
		one, two := a.ShelveCases(t.Context()), <-done
		if err := a.ShelveCases(t.Context()); err != nil { // whatever the two left to each other
			t.Fatal(err, one, two)
		}
		c := &city{t: t, App: a}
		shelved := c.rows("cases_archived")
		if shelved < 150 || shelved != c.rows("archives_packages") || c.rows("cases")+shelved < 300 {
			t.Errorf("%d on the shelf, %d packages, %d left; %v, %v", shelved, c.rows("archives_packages"), c.rows("cases"), one, two)
		}
		rows, err := a.Cases.Store.List(t.Context(), cases.Filter{Agency: "yl-market", State: cases.Granted, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if !r.Archived {
				continue
			}
			was, err := other.Cases.ByNumber(t.Context(), r.Number, identity.TheSystem)
			if err != nil || was.Archived == nil {
				t.Fatal(was, err)
			}
			holder := identity.Actor{Account: "u-fill", Name: was.Applicant.Name, Party: was.Applicant.Party, Channel: "mobile"}
			if _, err := a.Cases.Ask(t.Context(), r.ID, cases.Later{Kind: cases.Cancelling, Reason: "不再经营"}, holder); err != nil {
				t.Fatal(err)
			}
			break
		}
		c.audited()
		c.shelfFollowsTheCalendar()
		broughtBackWithItsShelf(c)
	})
}

// A copy of the city has the shelf in it, and is found right wherever it is brought back.
func broughtBackWithItsShelf(c *city) {
	var copied bytes.Buffer
	if _, err := app.Backup(c.t.Context(), app.Settings{Data: c.Data, DB: c.Settings.DB}, "", &copied); err != nil {
		c.t.Fatal(err)
	}
	back := &city{t: c.t, App: broughtBack(c.t, c.App, "", copied.Bytes())}
	for _, table := range []string{"cases", "cases_archived", "archives_packages", "archives_series", "event_facts"} {
		was, is := c.rows(table), back.rows(table)
		if table == "event_facts" {
			was++ // that it was brought back
		}
		if was != is {
			c.t.Errorf("%s had %d rows, has %d", table, was, is)
		}
	}
	proven(c.t, back.App)
	back.audited()
}

// A notice newly in force moves the days of what is on the shelf too; what was due
// before any day that it may speak of is not even opened.
func (c *city) shelfFollowsTheCalendar() {
	c.t.Helper()
	var id, last, content string
	if err := c.DB.Row(c.t.Context(), `SELECT id, due FROM cases_archived WHERE due < '9999' ORDER BY due DESC, id LIMIT 1`).Scan(&id, &last); err != nil {
		c.t.Fatal(err)
	}
	due := calendar.Parse(last)
	years := c.Calendar.Now().Years()
	y := years[slices.IndexFunc(years, func(y calendar.Year) bool { return y.Year == due.Year() })]
	y.Days = append(slices.Clone(y.Days), calendar.Entry{Name: "防汛", Date: due, Off: true})
	if err := c.Book.Put(c.t.Context(), calendar.Kept{ID: sqldb.NewID(), Year: y, By: "管理员", At: c.Now()}); err != nil {
		c.t.Fatal(err)
	}
	_, since, err := c.Book.Behind(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	if _, moved, err := c.Cases.Store.Redue(c.t.Context(), since, "", 1000); err != nil || moved == 0 || c.rows("cases_archived WHERE due = '"+last+"'") != 0 {
		c.t.Errorf("%d moved: %v", moved, err)
	}
	if _, err := c.Supervision.Audit(c.t.Context(), true, func(supervision.Difference) {}); err != nil { // sums follow, as when the program does it
		c.t.Fatal(err)
	}
	c.audited()
	parcel := `archives_packages WHERE id = '` + cases.ID(id).Stream() + `'`
	if err := c.DB.Row(c.t.Context(), `SELECT content FROM `+parcel).Scan(&content); err != nil {
		c.t.Fatal(err)
	}
	for _, spoilt := range []bool{true, false} {
		text := content
		if spoilt {
			text = "x"
		}
		if _, err := c.DB.Exec(c.t.Context(), `UPDATE archives_packages SET content = $1 WHERE id = $2`, text, cases.ID(id).Stream()); err != nil {
			c.t.Fatal(err)
		}
		if _, _, err := c.Cases.Store.Redue(c.t.Context(), since, "", 1000); (err != nil) != spoilt {
			c.t.Error("from the first day:", err)
		}
		if _, moved, err := c.Cases.Store.Redue(c.t.Context(), due+400, "", 1000); err != nil || moved > 0 {
			c.t.Errorf("from a later day a package was opened: %d moved, %v", moved, err)
		}
	}
}
