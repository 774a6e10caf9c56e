package sealstore

import (
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/register/seals"
)

// The root is replaced: every seal passes to the new one, with never a moment in which
// an agency has none; what was sealed before is as good as ever, online and by the
// published file; and whoever has the old root's key makes nothing with it that passes.
func TestTheRootIsReplaced(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, Schema}, func(t *testing.T, db *sqldb.DB) {
		ctx, dir := t.Context(), t.TempDir()
		now := time.Date(2026, 9, 21, 12, 0, 0, 0, calendar.Zone)
		open := func() (*seals.Service, *secret.Ring) {
			ring, err := secret.Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			clock := func() time.Time { now = now.Add(time.Millisecond); return now }
			return &seals.Service{Store: &Store{db, event.NewPost(db, clock)}, Now: clock,
				Authority: &seals.Authority{City: "徐州市", Keys: ring, Founded: now.AddDate(-6, 0, 0), Now: clock}}, ring
		}
		s, ring := open()
		for _, kind := range []seals.Kind{seals.Approval, seals.Intake} {
			made, err := s.Make(ctx, agency, kind, calendar.Parse("2026-01-01"), calendar.Parse("2030-12-31"), admin)
			if err != nil {
				t.Fatal(err)
			}
			if kind == seals.Approval && s.Enable(ctx, made.ID, admin) != nil {
				t.Fatal("not enabled")
			}
		}
		sum := sm3.Sum([]byte("决定书"))
		stamp := func(s *seals.Service, id string) []byte {
			t.Helper()
			var b sqldb.Batch
			sealing, err := s.Stamp(ctx, &b, id, sum[:], "/x", seals.Use{At: s.Now()}, admin)
			if err != nil {
				t.Fatal(err)
			}
			seal, err := s.Seal(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			der, err := sealing.Bytes(seal)
			if err != nil {
				t.Fatal(err)
			}
			return der
		}
		verdict := func(roots *seals.Roots, der []byte) seals.Verdict {
			var r seals.Report
			roots.Verify(der, sum[:], &r)
			return r.Verdict()
		}
		usable := func() seals.Seal {
			t.Helper()
			seal, err := s.Usable(ctx, agency.ID, seals.Approval)
			if err != nil {
				t.Fatal("there is a moment without a seal:", err)
			}
			return seal
		}
		roots, first := s.Authority.Roots(), usable()
		before := stamp(s, first.ID)
		thief, stolen := open()
		if err := stolen.Use(secret.Root, 1); err != nil {
			t.Fatal(err)
		}
		if _, err := ring.Rotate(secret.Root); err != nil {
			t.Fatal(err)
		}
		for range 8 {
			if err := s.Renew(ctx); err != nil {
				t.Fatal(err)
			}
			if verdict(roots, stamp(s, usable().ID)) != seals.Genuine || verdict(roots, before) != seals.Genuine {
				t.Fatal("a seal is not good while the root is replaced")
			}
			now = now.Add(25 * time.Second)
		}
		next := usable()
		all, err := s.Of(ctx, agency.ID)
		if err != nil || len(all) != 4 || next.ID == first.ID || !strings.HasPrefix(next.ID, first.ID) {
			t.Errorf("%d seals, now %s, %v", len(all), next.ID, err)
		}
		if r, err := s.Renewal(ctx); r.Left != 0 || r.Generation != 2 || err != nil {
			t.Errorf("%+v %v", r, err)
		}
		now = now.Add(time.Hour)
		forged, err := thief.Make(ctx, agency, seals.Official, calendar.Parse("2026-01-01"), calendar.Parse("2030-12-31"), admin)
		if err != nil || thief.Enable(ctx, forged.ID, admin) != nil {
			t.Fatal(err)
		}
		late := stamp(thief, forged.ID)
		if gone, err := ring.Retire(secret.Root, 2); gone != 1 || err != nil {
			t.Fatal(gone, err)
		}
		pem, err := s.Authority.RootPEM()
		if err != nil || strings.Count(string(pem), "BEGIN CERTIFICATE") != 2 || strings.Count(string(pem), "Replaced: 2026-09-21T") != 1 {
			t.Fatalf("%v\n%s", err, pem)
		}
		offline, err := seals.ParseRoots(pem)
		if err != nil {
			t.Fatal(err)
		}
		after := stamp(s, next.ID)
		for name, roots := range map[string]*seals.Roots{"online": roots, "by the file": offline} {
			if verdict(roots, before) != seals.Genuine || verdict(roots, after) != seals.Genuine {
				t.Error(name, "what was sealed does not verify")
			}
			if got := verdict(roots, late); got != seals.Untrusted {
				t.Error(name, "what the old root's key made afterwards is", got)
			}
		}
	})
}
