package window_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"slices"
	"testing"
	"time"

	"tongban/internal/app/apptest"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/blob"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

func TestMain(m *testing.M) { apptest.Main(m) }

// city is the sample city, at ten o'clock on a Monday.
type city struct{ *apptest.City }

func open(t *testing.T) *city {
	t.Helper()
	return &city{apptest.Open(t, time.Date(2026, 9, 21, 10, 0, 0, 0, calendar.Zone))}
}

// who is someone at the counter, on either side.
type who struct {
	*apptest.Person
	c *city
}

func (c *city) signIn(login string) *who {
	c.T.Helper()
	return &who{c.SignIn(login), c}
}

// apply files an application of this person: a right answer to everything, and
// a picture for each material but those left out.
func (w *who) apply(item items.ID, party cases.Applicant, without ...string) *cases.Case {
	w.c.T.Helper()
	ctx := w.c.T.Context()
	e, err := w.c.Items.Open(ctx, item, calendar.DayOf(w.c.At))
	if err != nil {
		w.c.T.Fatal(err)
	}
	a := cases.Application{Item: item, Applicant: party, Answers: casestest.RightAnswers(e, calendar.DayOf(w.c.At)), Delivery: cases.Delivery{Way: "window"}}
	file := w.c.picture()
	for _, m := range e.MaterialsFor(a.Answers) {
		if !slices.Contains(without, m.Name) {
			a.Materials = append(a.Materials, cases.Handed{Material: m.ID, Files: []cases.File{file}})
		}
	}
	got, err := w.c.Cases.Submit(ctx, a, w.Actor)
	if err != nil {
		w.c.T.Fatal(err)
	}
	return got
}

// picture keeps a small picture and returns its file.
func (c *city) picture() cases.File {
	c.T.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 640, 360))); err != nil {
		c.T.Fatal(err)
	}
	ref, err := c.Files.Put(context.Background(), &b, blob.Limit{Name: "图.png"})
	if err != nil {
		c.T.Fatal(err)
	}
	return cases.File{Hash: ref.Hash, Name: "图.png", Type: string(ref.Type), Size: ref.Size}
}

func (c *city) liMin() *who { return c.signIn("limin") }

var limin = cases.Applicant{Party: "p-limin", Name: "李敏"}
