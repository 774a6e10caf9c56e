package licencestore

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/register/certificates"
	"tongban/internal/register/licences"
	"tongban/internal/register/seals"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, calendar.Zone).UTC()

func identifier(n, version int) string {
	return codes.CertificateID{Type: "11320300YB00002351005", Issuer: "11320300YB00002351", Serial: fmt.Sprintf("S%02d", n), Version: version}.String()
}

func part(n, version int, state certificates.State) licences.Part {
	return licences.Part{Certificate: identifier(n, version), Permit: fmt.Sprint("许可证", n), Number: fmt.Sprint("N", n), From: calendar.DayOf(noon), State: state}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// begun puts the first edition of a licence into a batch.
func begun(t *testing.T, s *Store, id licences.ID, matter string) (*licences.Licence, *sqldb.Batch) {
	number, err := s.Number(t.Context(), "ZH32030020260302", calendar.DayOf(noon))
	must(t, err)
	c, err := licences.Compose(licences.Opening{ID: id, Number: number, Matter: matter, Party: "p", Industry: "store", Name: "便利店", Lead: seals.Agency{ID: "a", Name: "甲局"}, Area: "320300"}, part(1, 1, certificates.Valid), noon)
	must(t, err)
	c.Sheet = identifier(90, 1)
	l, b := &licences.Licence{}, &sqldb.Batch{}
	l.Apply(c)
	must(t, s.Put(b, l, c))
	return l, b
}

func TestALicenceComesBackAsItWasKept(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, Schema}, func(t *testing.T, db *sqldb.DB) {
		s := &Store{DB: db, Post: event.NewPost(db, func() time.Time { return noon })}
		ctx := t.Context()
		l, b := begun(t, s, "l1", "m1")
		must(t, db.Commit(ctx, b))
		c, moved, err := l.Change(part(2, 1, certificates.Valid), noon)
		if err != nil || !moved {
			t.Fatal(moved, err)
		}
		c.Sheet = identifier(90, 2)
		next := *l
		next.Apply(c)
		b = &sqldb.Batch{}
		must(t, s.Put(b, &next, c))
		must(t, db.Commit(ctx, b))
		for name, find := range map[string]func() (*licences.Licence, error){
			"by key":                   func() (*licences.Licence, error) { return s.Licence(ctx, "l1") },
			"by matter":                func() (*licences.Licence, error) { return s.OfMatter(ctx, "m1") },
			"by its number":            func() (*licences.Licence, error) { return s.Numbered(ctx, l.Number) },
			"by a later version of it": func() (*licences.Licence, error) { return s.OfPart(ctx, licences.Root(identifier(2, 7))) },
			"by a paper long replaced": func() (*licences.Licence, error) { return s.OfSheet(ctx, licences.Root(identifier(90, 1))) },
		} {
			if got, err := find(); err != nil || cmp.Diff(&next, got) != "" {
				t.Errorf("%s: %v %s", name, err, cmp.Diff(&next, got))
			}
		}
		for name, find := range map[string]func() (*licences.Licence, error){
			"none":             func() (*licences.Licence, error) { return s.Licence(ctx, "l2") },
			"a paper, no part": func() (*licences.Licence, error) { return s.OfPart(ctx, licences.Root(identifier(90, 1))) },
			"a part, no paper": func() (*licences.Licence, error) { return s.OfSheet(ctx, licences.Root(identifier(1, 1))) },
		} {
			if got, err := find(); fault.Of(err) != fault.NotFound {
				t.Errorf("%s: %v %v", name, got, err)
			}
		}
		if mine, err := s.OfParty(ctx, "p", 10); err != nil || len(mine) != 1 {
			t.Errorf("of the party: %v %v", mine, err)
		}
		for _, tt := range []struct {
			code   string
			before licences.ID
			want   int
		}{{"11320300YB00002351", "", 1}, {"11320300YB00002351", "l2", 1}, {"11320300YB00002351", "l1", 0}, {"11320300YB00002276", "", 0}} {
			if all, err := s.OfIssuer(ctx, tt.code, tt.before, 10); err != nil || len(all) != tt.want {
				t.Errorf("with a part of %s before %q: %v %v", tt.code, tt.before, all, err)
			}
		}
		records, err := s.History(ctx, "l1")
		must(t, err)
		if head, err := event.Verify(records); err != nil || head != next.Head {
			t.Errorf("the chain: %v %v", head, err)
		}
	})
}

// Two permits of one shop granted in the same moment: one begins the licence,
// and the other is undone and told again; so is one of two next editions.
func TestTwoAtOnceMakeOneLicence(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, Schema}, func(t *testing.T, db *sqldb.DB) {
		s := &Store{DB: db, Post: event.NewPost(db, func() time.Time { return noon })}
		ctx := t.Context()
		l, first := begun(t, s, "l1", "m1")
		_, second := begun(t, s, "l2", "m1")
		must(t, db.Commit(ctx, first))
		if err := db.Commit(ctx, second); !sqldb.IsDuplicate(err) {
			t.Fatalf("the second licence of a matter: %v", err)
		}
		var batches [2]sqldb.Batch
		for i := range batches {
			c, _, err := l.Change(part(2+i, 1, certificates.Valid), noon)
			must(t, err)
			next := *l
			next.Apply(c)
			must(t, s.Put(&batches[i], &next, c))
		}
		must(t, db.Commit(ctx, &batches[0]))
		if err := db.Commit(ctx, &batches[1]); !sqldb.IsDuplicate(err) {
			t.Fatalf("the second of two next editions: %v", err)
		}
		kept, err := s.Licence(ctx, "l1")
		if err != nil || kept.Edition != 2 || len(kept.Parts) != 2 {
			t.Errorf("%+v %v", kept, err)
		}
	})
}
