package app_test

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

// The case page of a bureau, with 400 facts and 100 materials on file, through
// every door: session, rules, replay of the course, HTML.
func BenchmarkCasePage(b *testing.B) {
	now := time.Date(2026, 9, 21, 9, 30, 0, 0, calendar.Zone)
	a, err := app.Open(b.Context(), app.Settings{Data: b.TempDir(), City: "徐州市", Now: func() time.Time { return now }})
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	if _, _, err := a.LoadSample(b.Context()); err != nil {
		b.Fatal(err)
	}
	doors, err := a.Doors()
	if err != nil {
		b.Fatal(err)
	}
	address := "http://example.com/bureau/cases/" + string(longCase(b, a, now))
	form := url.Values{"login": {"market-r"}, "password": {"Tongban-2026"}}
	in := httptest.NewRequest("POST", "http://example.com/signin", strings.NewReader(form.Encode()))
	in.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	doors.ServeHTTP(w, in)
	cookie := w.Result().Cookies()[0]
	for b.Loop() {
		r := httptest.NewRequest("GET", address, nil)
		r.AddCookie(cookie)
		w := httptest.NewRecorder()
		if doors.ServeHTTP(w, r); w.Code != 200 || strings.Count(w.Body.String(), "长清单材料") < 100 {
			b.Fatalf("%d, %d bytes", w.Code, w.Body.Len())
		}
	}
}

// longCase is an accepted case with 400 facts and 100 materials.
func longCase(b *testing.B, a *app.App, now time.Time) cases.ID {
	ctx, today := b.Context(), calendar.DayOf(now)
	e, err := a.Items.Open(ctx, "food-permit", today)
	if err != nil {
		b.Fatal(err)
	}
	long := revisions.Clone(e)
	for i := len(long.Materials); i < 100; i++ {
		m := long.Materials[0]
		m.ID, m.Name, m.When = fmt.Sprintf("x%d", i), fmt.Sprintf("长清单材料%d", i), ""
		long.Materials = append(long.Materials, m)
	}
	for i := range long.Materials {
		long.Materials[i].When = ""
		long.Materials[i].Name = fmt.Sprintf("长清单材料%d", i)
	}
	if _, err := a.Items.PublishAll(ctx, []*items.Edition{long}, identity.TheSystem); err != nil {
		b.Fatal(err)
	}
	c, err := a.Cases.Submit(ctx, app.Example(long, cases.Applicant{Party: limin.Party, Name: limin.Name}, nil, nil, today), limin)
	if err == nil {
		c, err = a.Cases.Accept(ctx, c.ID, nil, nil, window1)
	}
	supervisor := identity.Actor{Account: "u-supervisor", Name: "秦康", Posts: []identity.Post{{Agency: "xz-gso", Region: "320300000000", Role: identity.Supervisor}}}
	for err == nil && c.Head.Seq < 400 {
		c, err = a.Cases.Urge(ctx, c.ID, "请抓紧", supervisor)
	}
	if err != nil {
		b.Fatal(err)
	}
	return c.ID
}
