package app_test

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/secret"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
)

// installation is one of two that exchange matters.
type installation struct {
	*app.App
	t        *testing.T
	settings app.Settings
	site     *httptest.Server
	doors    atomic.Pointer[http.Handler] // nil: the installation is down
}

// hour is what both clocks show.
type hour struct{ at time.Time }

func (h *hour) now() time.Time { return h.at }

// pair are two installations that know each other, as their administrators
// have entered one another.
func pair(t *testing.T) (a, b *installation, clock *hour) {
	t.Helper()
	return pairOf(t, apptest.Of(t, neighbour, opening))
}

// neighbour is the city that takes in what the other decides.
const neighbour = "宿州市"

// pairOf is pair where the one that takes in is of these settings.
func pairOf(t *testing.T, here app.Settings) (a, b *installation, clock *hour) {
	t.Helper()
	clock = &hour{opening}
	a, b = stand(t), stand(t)
	a.settings, b.settings = here, apptest.Of(t, apptest.Name, opening)
	meet(a, b, clock)
	a.knows(b, "徐州市一体化政务服务平台", elsewhere.Region{Code: "320303000000", Name: "徐州市云龙区"})
	b.knows(a, "宿州市一体化政务服务平台", elsewhere.Region{Code: "341300000000", Name: "宿州市"})
	return a, b, clock
}

// meet opens two installations that may call each other.
func meet(a, b *installation, clock *hour) {
	a.settings.Now, a.settings.Partners = clock.now, []string{b.site.URL}
	b.settings.Now, b.settings.Partners = clock.now, []string{a.site.URL}
	a.open()
	b.open()
}

func stand(t *testing.T) *installation {
	i := &installation{t: t}
	i.site = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if doors := i.doors.Load(); doors != nil {
			(*doors).ServeHTTP(w, r)
			return
		}
		panic(http.ErrAbortHandler) // the connection is cut
	}))
	t.Cleanup(i.site.Close)
	return i
}

// open starts the installation on what it kept.
func (i *installation) open() {
	i.t.Helper()
	a, doors := apptest.OpenDoors(i.t, i.settings)
	i.App = a
	i.doors.Store(&doors)
}

// fall stops the installation.
func (i *installation) fall() {
	i.doors.Store(nil)
	if err := i.App.Close(); err != nil {
		i.t.Fatal(err)
	}
}

func (i *installation) card() elsewhere.Card {
	card, err := i.Elsewhere.Own()
	if err != nil {
		i.t.Fatal(err)
	}
	return card
}

func (i *installation) knows(other *installation, name string, region elsewhere.Region) {
	i.t.Helper()
	admin := identity.Actor{Account: "u-admin", Posts: []identity.Post{{Role: identity.Admin, Region: "320300000000"}}}
	_, err := i.Elsewhere.PutPartner(i.t.Context(), elsewhere.Partner{Name: name, Address: other.site.URL, Key: other.card().Key, Regions: []elsewhere.Region{region}}, admin)
	if err != nil {
		i.t.Fatal(err)
	}
}

// replaced replaces the key by which an installation signs, and retires the old one.
func replaced(t *testing.T, clock *hour, i *installation) {
	t.Helper()
	if _, err := i.Keys.Rotate(secret.Partners); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := i.Rekey.Work(t.Context()); err != nil {
			t.Fatal(err)
		}
		clock.at = clock.at.Add(20 * time.Second)
	}
	if gone, err := i.RetireKeys(t.Context(), secret.Partners); gone != 1 || err != nil {
		t.Fatal(gone, err)
	}
}

// settle lets news and messages run until nothing moves any more.
func settle(t *testing.T, all ...*installation) {
	t.Helper()
	for range 4 {
		for _, i := range all {
			(&city{App: i.App, t: t}).deliver()
			if err := i.Elsewhere.DoHeld(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := i.Elsewhere.Send(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// take has the window here take an identity card in for the other installation.
func (i *installation) take(to *installation) *elsewhere.Parcel {
	i.t.Helper()
	e, err := i.Items.Open(i.t.Context(), "id-card", calendar.DayOf(i.Now()))
	if err != nil {
		i.t.Fatal(err)
	}
	taking := elsewhere.Taking{Application: app.Example(e, cases.Applicant{Party: "p-limin", Name: "李敏"}, nil, nil, calendar.DayOf(i.Now())),
		Partner: to.card().ID, Region: "320303000000"}
	taking.Application.Delivery = cases.Delivery{Way: "window"}
	p, err := i.Elsewhere.Take(i.t.Context(), taking, window1)
	if err == nil {
		p, err = i.Elsewhere.Forward(i.t.Context(), p.ID, window1)
	}
	if err != nil {
		i.t.Fatal(err)
	}
	return p
}

func (i *installation) parcel(id string) *elsewhere.Parcel {
	i.t.Helper()
	p, err := i.Elsewhere.Parcel(i.t.Context(), id, window1)
	if err != nil {
		i.t.Fatal(err)
	}
	return p
}

// madeOf is the case that a parcel of the other installation became.
func (i *installation) madeOf(from *installation, parcel string) *cases.Case {
	i.t.Helper()
	f, err := i.Elsewhere.Store.ForeignParcel(i.t.Context(), from.card().ID, parcel)
	if err != nil || f.Case == "" {
		i.t.Fatalf("parcel %s is no case: %v", parcel, err)
	}
	c, err := i.Cases.Store.Case(i.t.Context(), f.Case)
	if err != nil {
		i.t.Fatal(err)
	}
	return c
}

// decide has whoever holds the posts work through a case.
func (i *installation) decide(id cases.ID) {
	i.t.Helper()
	for {
		c, err := i.Cases.Store.Case(i.t.Context(), id)
		if err != nil {
			i.t.Fatal(err)
		}
		if c.State != cases.Accepted {
			return
		}
		w := c.Flow.Open[0]
		by := identity.Actor{Account: "u-" + w.ID, Name: "某人", Posts: []identity.Post{{Agency: w.Agency, Role: w.Role, Title: w.Post, Region: c.Region}}}
		if w.Decides {
			_, err = i.Cases.Decide(i.t.Context(), id, w.ID, cases.Ruling{Grant: true}, by)
		} else {
			_, err = i.Cases.Review(i.t.Context(), id, w.ID, "同意", "", by)
		}
		if err != nil {
			i.t.Fatal(err)
		}
	}
}
func (i *installation) partnerID() string {
	all, err := i.Elsewhere.Store.Partners(i.t.Context())
	if err != nil {
		i.t.Fatal(err)
	}
	return all[0].ID
}
