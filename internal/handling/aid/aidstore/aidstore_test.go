package aidstore_test

import (
	"strings"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/aid"
	"tongban/internal/handling/aid/aidstore"
	"tongban/internal/handling/cases/casestest"
)

type always struct{}

func (always) Works(calendar.Day) bool            { return true }
func (always) Known(int) bool                     { return true }
func (always) Why(calendar.Day) string            { return "" }
func (always) Hours(calendar.Day) []calendar.Span { return nil }

var (
	limin = identity.Actor{Account: "limin", Name: "李敏", Party: "p1", Channel: "mobile"}
	clerk = identity.Actor{Account: "w1", Name: "吴静", Channel: "window", Posts: []identity.Post{{Role: identity.Window, Region: "320300000000"}}}
	other = identity.Actor{Account: "w2", Posts: []identity.Post{{Role: identity.Window, Region: "320303000000"}}}
	watch = identity.Actor{Account: "s1", Posts: []identity.Post{{Role: identity.Supervisor, Region: "320300000000"}}}
)

func TestMattersAreKeptListedAndCounted(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, aidstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		now := time.Date(2026, 9, 21, 9, 30, 0, 0, calendar.Zone)
		clock := func() time.Time { return now }
		text, err := data.Aid.ReadFile("aid.yaml")
		if err != nil {
			t.Fatal(err)
		}
		limits, err := aid.ReadLimits(text)
		if err != nil {
			t.Fatal(err)
		}
		s := &aid.Service{Limits: limits, Store: &aidstore.Store{DB: db, Post: event.NewPost(db, clock)}, Vault: casestest.Vault{}, Days: always{}, NewID: sqldb.NewID, Now: clock}
		ctx := t.Context()
		mine, err := s.Register(ctx, aid.Matter{Kind: aid.Stuck, Text: "跑了三次", Case: "320300-gg26-000123", Region: "320300000000", Phone: "13900000000"}, limin)
		if err != nil || mine.Phone != "" || mine.Name != "李敏" {
			t.Fatalf("%+v %v", mine, err)
		}
		time.Sleep(2 * time.Millisecond) // their numbers tell milliseconds apart
		theirs, err := s.Register(ctx, aid.Matter{Kind: aid.Agent, Name: "王大爷", Phone: "13900000000", Text: "走不动", Region: "320303000000"}, other)
		if err != nil || strings.Contains(theirs.Phone, "139") {
			t.Fatalf("%+v %v", theirs, err)
		}
		if phone, err := s.Phone(theirs, clerk); err != nil || phone != "13900000000" {
			t.Errorf("the clerk reads %q, %v", phone, err)
		}
		if _, err := s.Matter(ctx, theirs.ID, limin); fault.Of(err) != fault.NotFound {
			t.Errorf("somebody else's matter: %v", err)
		}
		list := func(by identity.Actor, f aid.Filter) int {
			t.Helper()
			all, err := s.List(ctx, f, by)
			if err != nil {
				t.Fatal(err)
			}
			return len(all)
		}
		if a, b := list(clerk, aid.Filter{}), list(other, aid.Filter{}); a != 2 || b != 1 {
			t.Errorf("the city sees %d, the county %d", a, b)
		}
		first, err := s.List(ctx, aid.Filter{Limit: 1}, clerk)
		if err != nil || list(clerk, aid.Filter{After: first[0].Cursor()}) != 1 {
			t.Errorf("after the first page: %v", err)
		}
		for text, want := range map[string]int{mine.Number(): 1, strings.ToLower(mine.Tail()): 1, "320300-GG26-000123": 1, "王": 1, "李敏": 1, "敏": 0} {
			if n := list(clerk, aid.Filter{Over: true}.Find(text)); n != want {
				t.Errorf("%q finds %d, want %d", text, n, want)
			}
		}
		if n := list(other, aid.Filter{}.Find(mine.Number())); n != 0 {
			t.Errorf("another county finds it")
		}
		if _, err := db.Exec(ctx, `UPDATE aid_matters SET name = '', case_number = ''`); err != nil { // as a city of before has them
			t.Fatal(err)
		}
		if err := s.Store.(*aidstore.Store).Fill(ctx); err != nil || list(clerk, aid.Filter{}.Find("李敏")) != 1 || list(clerk, aid.Filter{}.Find("320300-GG26-000123")) != 1 {
			t.Errorf("what was there before is not found (%v)", err)
		}
		stale := mine
		if mine, err = s.Do(ctx, mine.ID, aid.Take, aid.Done{Class: aid.Hard}, clerk); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Store.Put(ctx, stale, aid.Moved{Matter: mine.ID, At: now}); fault.Of(err) != fault.Conflict {
			t.Errorf("kept over somebody else's act: %v", err)
		}
		if _, err = s.Do(ctx, mine.ID, aid.Answer, aid.Done{Say: "已办好", Cause: aid.Causes[1]}, clerk); err != nil {
			t.Fatal(err)
		}
		if _, err = s.Do(ctx, mine.ID, aid.Confirm, aid.Done{Solved: true}, limin); err != nil {
			t.Fatal(err)
		}
		counts, err := s.Causes(ctx, calendar.DayOf(now), watch)
		if err != nil || counts[aid.Causes[1]] != 1 || list(clerk, aid.Filter{Over: true}) != 1 {
			t.Errorf("causes %v, %v", counts, err)
		}
	})
}
