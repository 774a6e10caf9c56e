package signingstore_test

import (
	"context"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases/casestest"
	"tongban/internal/handling/signing"
	"tongban/internal/handling/signing/signingstore"
)

var (
	clerk   = identity.Actor{Account: "w1", Name: "任国", Session: "s1", Posts: []identity.Post{{Role: identity.Window, Window: "A01", Region: "320300000000"}}}
	another = identity.Actor{Account: "w2", Name: "吴静", Session: "s2", Posts: []identity.Post{{Role: identity.Window, Window: "A02", Region: "320300000000"}}}
)

func bundle(say string) signing.Bundle {
	return signing.Bundle{Signer: "李敏", Letters: []signing.Letter{{Title: "容缺受理承诺书", Text: []string{say}}}}
}

// The clerk's page asks one replica and the screen another: what stands in the
// database is all they share.
func TestTwoReplicasShareAScreen(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, signingstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		now := time.Date(2026, 9, 21, 9, 30, 0, 0, calendar.Zone)
		in := map[string]bool{"s1": true, "s2": true}
		replica := func() *signing.Service {
			clock := func() time.Time { return now }
			return &signing.Service{Store: &signingstore.Store{DB: db, Post: event.NewPost(db, clock), Vault: casestest.Vault{}}, NewID: sqldb.NewID, Now: clock,
				Live: func(_ context.Context, _, session string) (bool, error) { return in[session], nil }}
		}
		desk, front, ctx := replica(), replica(), t.Context()
		shown, key, err := front.Begin(ctx)
		if err != nil || len(shown.Code) != 6 {
			t.Fatalf("%+v %v", shown, err)
		}
		if _, err := desk.Send(ctx, bundle("一"), clerk); fault.Code(err) != "signing.screen.none" {
			t.Errorf("sent without a screen: %v", err)
		}
		if _, err := desk.Pair(ctx, "000 00", clerk); fault.Code(err) != "signing.pair.code" {
			t.Errorf("a wrong code: %v", err)
		}
		if _, err := desk.Pair(ctx, shown.Code, identity.Actor{Account: "limin", Session: "s9"}); fault.Of(err) != fault.Forbidden {
			t.Errorf("a citizen pairs: %v", err)
		}
		if _, err := desk.Pair(ctx, shown.Code[:3]+" "+shown.Code[3:], clerk); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Pair(ctx, shown.Code, another); err == nil {
			t.Error("a code is used twice")
		}
		first, err := desk.Send(ctx, bundle("一"), clerk)
		if err != nil {
			t.Fatal(err)
		}
		second, err := desk.Send(ctx, bundle("二"), clerk)
		if err != nil {
			t.Fatal(err)
		}
		if old, err := desk.Paper(ctx, first.ID, clerk); err != nil || old.State != signing.Taken {
			t.Errorf("the paper before is %v, %v", old.State, err)
		}
		screen, err := front.Screen(ctx, key)
		lies, ok, wrong := front.Showing(ctx, screen)
		if err != nil || wrong != nil || !ok || lies.ID != second.ID || lies.Bundle.Letters[0].Text[0] != "二" {
			t.Fatalf("on the screen lies %+v %v %v", lies, err, wrong)
		}
		if state, err := front.Became(ctx, screen); err != nil || state != "" {
			t.Errorf("what was taken back is thanked for: %q %v", state, err)
		}
		if _, err := front.Answer(ctx, screen, second.ID, signing.Answer{State: signing.Signed, Ink: ink.Signature{Name: "李敏"}}); fault.Code(err) != "signing.answer.read" {
			t.Errorf("signed unread: %v", err)
		}
		if _, err := desk.Signature(ctx, second.ID, bundle("二"), clerk); fault.Code(err) != "signing.signature.state" {
			t.Errorf("a signature before it was given: %v", err)
		}
		if _, err := front.Answer(ctx, screen, second.ID, signing.Answer{State: signing.Signed, Read: true, Ink: ink.Signature{Name: "李敏", Hash: "h"}}); err != nil {
			t.Fatal(err)
		}
		if _, err := front.Answer(ctx, screen, second.ID, signing.Answer{State: signing.Refused}); fault.Of(err) != fault.Conflict {
			t.Errorf("answered twice: %v", err)
		}
		s, err := desk.Signature(ctx, second.ID, bundle("二"), clerk)
		if err != nil || s.Hash != "h" || s.Where != "A01 号窗签署屏" || !s.At.Equal(now) {
			t.Errorf("%+v %v", s, err)
		}
		if _, err := desk.Signature(ctx, second.ID, bundle("三"), clerk); fault.Code(err) != "signing.signature.words" {
			t.Errorf("it counts for other words: %v", err)
		}
		if _, err := desk.Signature(ctx, second.ID, bundle("二"), another); fault.Of(err) != fault.NotFound {
			t.Errorf("another window takes it: %v", err)
		}
		if state, err := desk.Became(ctx, screen); err != nil || state != signing.Signed {
			t.Errorf("whoever signed is not told so: %q %v", state, err)
		}
		now = now.Add(signing.ThanksLast)
		if state, err := desk.Became(ctx, screen); err != nil || state != "" {
			t.Errorf("the next one at the counter reads %q, %v", state, err)
		}
		in["s1"] = false // the clerk signs out
		if screen, err = front.Screen(ctx, key); err != nil || screen.Bound() {
			t.Errorf("the screen stays bound: %+v %v", screen, err)
		}
		if _, ok, _ := desk.Mine(ctx, clerk); ok {
			t.Error("the window still has it")
		}
	})
}
