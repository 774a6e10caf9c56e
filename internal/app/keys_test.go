package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
)

// keptAsWritten are sealed columns that are not sealed anew, and why.
var keptAsWritten = map[string]string{
	"elsewhere_out.body": "a message is emptied when it has been delivered",
	"elsewhere_in.body":  "a message is emptied when its turn has come",
}

// After the field key was replaced no row of any table is sealed with the old
// one but what is held by facts, people's answers open as before, and the
// program never stopped. A room that seals a new column and does not say so is
// found here.
func TestNoColumnIsForgottenWhenTheKeyIsReplaced(t *testing.T) {
	now := calendar.Parse("2026-03-02").Start().Add(10 * time.Hour)
	dir, _ := apptest.Data(t, now)
	open := func() *app.App {
		a, err := app.Open(t.Context(), app.Settings{Data: dir, Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { a.Close() })
		return a
	}
	a := open()
	if err := a.PlayScenes(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.Post.DeliverAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	now = now.AddDate(0, 0, 70)
	shelvedAfter(t, a, 60)
	if err := a.ShelveCases(t.Context()); err != nil {
		t.Fatal(err)
	}
	if c := (&city{t: t, App: a}); c.rows("cases_archived") == 0 {
		t.Error("no case is on the shelf, whose answers were to be opened too")
	}
	before := answersOf(t, a, identity.TheSystem)
	if err := a.Keys.Rotate(); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Minute)
	if err := a.Rekey.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Minute)
	if err := a.Rekey.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	if old := sealedWith(t, a, "k1."); len(old) > 0 {
		t.Error("sealed with the old key:", old)
	}
	if fresh := sealedWith(t, a, "k2."); len(fresh) < 3 {
		t.Error("the sample city has too few sealed columns to show anything:", fresh)
	}
	for _, one := range []*app.App{a, open()} {
		if after := answersOf(t, one, identity.TheSystem); !slices.Equal(before, after) {
			t.Errorf("answers were %s, are %s", before, after)
		}
		if _, err := one.Parties.View(t.Context(), "p-limin", identity.TheSystem); err != nil {
			t.Error(err)
		}
	}
}

// sealedWith lists the columns with values that the key of that mark sealed.
func sealedWith(t *testing.T, a *app.App, mark string) []string {
	t.Helper()
	tables, err := a.DB.Tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, table := range tables {
		err := a.DB.Dump(t.Context(), table, func(row []any) error {
			for i, v := range row {
				name := table.Name + "." + table.Columns[i]
				text, ok := v.(string)
				if ok && strings.HasPrefix(text, mark) && keptAsWritten[name] == "" && !slices.Contains(found, name) {
					found = append(found, name)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// answersOf are all cases' answers as somebody sees them, opened.
func answersOf(t *testing.T, a *app.App, by identity.Actor) []string {
	t.Helper()
	var all []string
	ids, err := a.Cases.Store.IDs(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		c, err := a.Cases.Store.Case(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		answers, err := a.Cases.Answers(t.Context(), c, by)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprint(answers))
	}
	if len(all) == 0 {
		t.Fatal("no cases to compare")
	}
	return all
}
