package apptest

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/identity"
)

// A City is the whole program with its doors open, for one test.
type City struct {
	*app.App
	T        testing.TB
	At       time.Time // of its clock; moves when the test moves it
	site     *httptest.Server
	password string
}

// Open opens the sample city, furnished at a moment and standing at it.
func Open(t testing.TB, at time.Time) *City {
	t.Helper()
	data, password := Data(t, at)
	c := In(t, data, at)
	c.password = password
	return c
}

// In opens the city that a data directory holds.
func In(t testing.TB, data string, at time.Time) *City {
	t.Helper()
	c := &City{T: t, At: at}
	a, doors := OpenDoors(t, app.Settings{Data: data, City: Name, Now: func() time.Time { return c.At }})
	c.App, c.site = a, httptest.NewServer(doors)
	t.Cleanup(c.site.Close)
	return c
}

// OpenDoors opens the program that the settings describe, for one test.
func OpenDoors(t testing.TB, s app.Settings) (*app.App, http.Handler) {
	t.Helper()
	a := Start(t, s)
	doors, err := a.Doors()
	if err != nil {
		t.Fatal(err)
	}
	return a, doors
}

// Deliver tells the news, and the news that comes of it.
func (c *City) Deliver() {
	c.T.Helper()
	if err := c.Post.DeliverAll(c.T.Context()); err != nil {
		c.T.Fatal(err)
	}
}

// SignIn is somebody of the sample city at a desk.
func (c *City) SignIn(login string) *Person {
	c.T.Helper()
	return c.SignInWith(login, c.password)
}

// SignInWith is somebody with a password of their own.
func (c *City) SignInWith(login, password string) *Person {
	c.T.Helper()
	s, err := c.Identity.SignIn(c.T.Context(), login, password, "", identity.Client{Channel: "pc"}, "")
	if err != nil {
		c.T.Fatal(err)
	}
	return &Person{Actor: s.Actor, city: c, cookies: map[string]string{"session": s.Token}}
}

// Nobody is somebody who has not signed in.
func (c *City) Nobody() *Person { return &Person{city: c, cookies: map[string]string{}} }
