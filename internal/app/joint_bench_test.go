package app_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
)

// together is a city with a theme of ten items that wait for nobody.
func together(b *testing.B) (*app.App, []items.ID) {
	now := calendar.Parse("2026-03-02").Start().Add(10 * time.Hour)
	a, err := app.Open(b.Context(), app.Settings{Data: b.TempDir(), Now: func() time.Time { return now }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { a.Close() })
	if _, _, err := a.LoadSample(b.Context()); err != nil {
		b.Fatal(err)
	}
	ids := []items.ID{"birth-registration", "medical-payout", "pension-end", "disabled-cancel", "fund-retire", "estate-transfer", "household-marital", "deed-tax", "legal-aid", "retirement-review"}
	t := &themes.Theme{ID: "ten", Name: "十件", Class: themes.Local, Region: "320300000000", Promised: clock.Limit{N: 40, Unit: clock.WorkingDays}}
	for _, id := range ids {
		t.Components = append(t.Components, themes.Component{Item: id})
	}
	if err := a.Themes.Load(b.Context(), identity.TheSystem, t); err != nil {
		b.Fatal(err)
	}
	return a, ids
}

var mother = identity.Actor{Account: "u-limin", Name: "李敏", Party: "p-limin", Channel: "pc"}

func submitTogether(ctx context.Context, b testing.TB, a *app.App, e *items.Edition, filled cases.Application) *joint.Joint {
	d, err := a.Joint.Begin(ctx, e.Item, filled.Applicant, mother)
	if err != nil {
		b.Fatal(err)
	}
	_, err = a.Cases.Saved(ctx, d.ID, mother, func(d *cases.Draft) error {
		form := cases.Handed{Material: joint.FormMaterial, Files: []cases.File{{Hash: "h", Name: "f.pdf", Type: "pdf", Size: 9}}}
		d.Answers, d.Materials, d.Delivery = filled.Answers, append(filled.Materials, form), cases.Delivery{Way: "electronic"}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	j, err := a.Joint.SubmitDraft(ctx, d.ID, mother)
	if err != nil {
		b.Fatal(err)
	}
	return j
}

// A joint case of ten components costs no more than ten cases.
func BenchmarkTenTogether(b *testing.B) {
	a, _ := together(b)
	e, err := a.Joint.Offer(b.Context(), "theme.ten", nil)
	if err != nil {
		b.Fatal(err)
	}
	filled := app.Example(e, cases.Applicant{Party: "p-limin", Name: "李敏"}, nil, nil, calendar.Parse("2026-03-02"))
	if e, err = a.Joint.Offer(b.Context(), "theme.ten", filled.Answers); err != nil {
		b.Fatal(err)
	}
	filled = app.Example(e, filled.Applicant, nil, nil, calendar.Parse("2026-03-02"))
	for b.Loop() {
		submitTogether(b.Context(), b, a, e, filled)
	}
}

func BenchmarkTenApart(b *testing.B) {
	a, ids := together(b)
	var all []cases.Application
	for _, id := range ids {
		e, err := a.Items.Current(b.Context(), id)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, app.Example(e, cases.Applicant{Party: "p-limin", Name: "李敏"}, nil, nil, calendar.Parse("2026-03-02")))
	}
	for b.Loop() {
		for _, one := range all {
			if _, err := a.Cases.Submit(b.Context(), one, mother); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// The progress page of ten parts takes less than 20 ms.
func BenchmarkProgressOfTen(b *testing.B) {
	a, _ := together(b)
	e, err := a.Joint.Offer(b.Context(), "theme.ten", nil)
	if err != nil {
		b.Fatal(err)
	}
	filled := app.Example(e, cases.Applicant{Party: "p-limin", Name: "李敏"}, nil, nil, calendar.Parse("2026-03-02"))
	if e, err = a.Joint.Offer(b.Context(), "theme.ten", filled.Answers); err != nil {
		b.Fatal(err)
	}
	j := submitTogether(b.Context(), b, a, e, app.Example(e, filled.Applicant, nil, nil, calendar.Parse("2026-03-02")))
	doors, err := a.Doors()
	if err != nil {
		b.Fatal(err)
	}
	session, err := a.Identity.SignIn(b.Context(), "limin", "Tongban-2026", "", identity.Client{Channel: "pc"}, "")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r := httptest.NewRequest(http.MethodGet, "http://example.com/my/joint/"+j.Number, nil)
		r.AddCookie(&http.Cookie{Name: "session", Value: session.Token})
		w := httptest.NewRecorder()
		doors.ServeHTTP(w, r)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "办到哪一步了") {
			b.Fatal(w.Code, w.Body.String()[:200])
		}
	}
}
