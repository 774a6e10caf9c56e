package archives_test

import (
	"maps"
	"testing"
	"time"

	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/register/archives"
)

type happened struct{ N int }

func (happened) FactName() string { return "test.happened" }

// facts are a chain of two.
func facts(t *testing.T) []event.Record {
	t.Helper()
	var head event.Head
	var all []event.Record
	for n := range 2 {
		r, err := event.Next("case/a", head, happened{n}, time.Date(2026, 9, 21, 9, n, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		all, head = append(all, r), event.Head{Seq: r.Seq, Hash: r.Hash}
	}
	return all
}

func TestTheFourProperties(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(*archives.Content)
		bad   string // the property that is missing; empty: taken in
	}{
		{"as it was", func(*archives.Content) {}, ""},
		{"a fact reworded", func(c *archives.Content) { c.Facts[0].Body = `{"N":9}` }, "真实性"},
		{"the last fact missing", func(c *archives.Content) { c.Facts = c.Facts[:1] }, "真实性"},
		{"no one who answers for it", func(c *archives.Content) { c.Author = "" }, "完整性"},
		{"over before it began", func(c *archives.Content) { c.Closed = c.Opened.Add(-time.Hour) }, "完整性"},
		{"a paper that no fact gave", func(c *archives.Content) { c.Papers = []archives.Paper{{Title: "决定书", Seq: 3}} }, "完整性"},
		{"a file that is gone", func(c *archives.Content) { c.Files[0].Hash = "gone" }, "完整性"},
		{"a word document is kept as it came", func(c *archives.Content) { c.Files[0].Type = "doc" }, ""},
		{"a program", func(c *archives.Content) { c.Files[0].Type = "exe" }, "安全性"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all, at := facts(t), time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC)
			c := archives.Content{About: "3203", Title: "x", Author: "x", Agency: "x", Item: "x", Holder: "x", Opened: at, Closed: at.Add(time.Hour), Result: "准予",
				Keep: archives.Ten, Head: event.Head{Seq: 2, Hash: all[1].Hash}, Facts: all, Files: []archives.File{{Of: "身份证明", Name: "a.pdf", Type: "pdf", Hash: "there"}}}
			tt.spoil(&c)
			for _, f := range c.Check(func(hash string) bool { return hash == "there" }) {
				if f.Good == (f.Property == tt.bad) {
					t.Errorf("%s: %v, %s", f.Property, f.Good, f.Say)
				}
			}
		})
	}
}

func TestTermsAreReadAsTheyAreWritten(t *testing.T) {
	all, err := archives.ReadKeeps("food-permit 永久\n\n x　D10 \n")
	if err != nil || len(all) != 2 || all["food-permit"] != archives.Forever || all["x"] != archives.Ten {
		t.Fatal(all, err)
	}
	again, err := archives.ReadKeeps(archives.WriteKeeps(all))
	if err != nil || !maps.Equal(all, again) {
		t.Error(again, err)
	}
	for _, bad := range []string{"food-permit", "food-permit 二十年", "food permit 永久"} {
		if _, err := archives.ReadKeeps(bad); fault.Code(err) != "archives.terms" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
