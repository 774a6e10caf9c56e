package aidstore_test

import (
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/aid"
	"tongban/internal/handling/aid/aidstore"
	"tongban/internal/handling/cases/casestest"
)

// Keys of one millisecond, made by two processes, and one of the next.
var oneMoment = []string{"38g58szaa001rj5s", "38g58szaa001zzzz", "38g58szaa002zzzz", "38g58szab001zzzz"}

func TestNoTwoMattersHaveOneNumber(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, aidstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		now := func() time.Time { return time.Date(2026, 9, 21, 9, 30, 0, 0, calendar.Zone) }
		text, err := data.Aid.ReadFile("aid.yaml")
		if err != nil {
			t.Fatal(err)
		}
		limits, err := aid.ReadLimits(text)
		if err != nil {
			t.Fatal(err)
		}
		left := oneMoment
		next := func() string {
			id := left[0]
			if len(left) > 1 {
				left = left[1:]
			}
			return id
		}
		s := &aid.Service{Limits: limits, Store: &aidstore.Store{DB: db, Post: event.NewPost(db, now)}, Vault: casestest.Vault{}, Days: always{}, NewID: next, Now: now}
		told := aid.Matter{Kind: aid.Agent, Name: "王大爷", Phone: "13900000000", Text: "走不动", Region: "320303000000"}
		a, err := s.Register(t.Context(), told, clerk)
		if err != nil {
			t.Fatal(err)
		}
		b, err := s.Register(t.Context(), told, other)
		if err != nil || a.Number() == b.Number() {
			t.Fatalf("%s and %s, %v", a.Number(), b.Number(), err)
		}
		if phone, err := s.Phone(b, other); err != nil || phone != "13900000000" {
			t.Errorf("the telephone of the second reads %q, %v", phone, err)
		}
		if _, err := s.Do(t.Context(), b.ID, aid.Take, aid.Done{}, other); err != nil {
			t.Errorf("an act upon it: %v", err)
		}
		if _, err := s.Register(t.Context(), told, clerk); fault.Code(err) != "aid.register.number" {
			t.Errorf("no number is left: %v", err)
		}
	})
}
