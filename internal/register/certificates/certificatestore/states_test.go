package certificatestore

import (
	"context"
	"strings"
	"testing"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/register/certificates"
	"tongban/internal/register/seals"
)

func TestVersions(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, c := context.Background(), found(t, db)
		one, err := c.Issue(ctx, order(), approver)
		must(t, err)
		*c.now = c.now.Add(time.Hour)
		two, err := c.Renew(ctx, one.Identifier, certificates.Order{Face: []certificates.Entry{{Label: "经营场所", Text: "新址"}}, Case: "C2"}, approver)
		must(t, err)
		if two.Version != 2 || two.Previous != one.Identifier || two.Number != one.Number || two.Holder != one.Holder || two.Face[0].Text != "新址" || !strings.Contains(two.Identifier, ".002.") {
			t.Errorf("%+v", two.Record)
		}
		old, err := c.Certificate(ctx, one.Identifier, holder)
		if err != nil || old.State != certificates.Superseded {
			t.Errorf("the old version is %s, %v", old.State, err)
		}
		if _, err := c.Renew(ctx, one.Identifier, certificates.Order{}, approver); fault.Code(err) != "certificates.move.state" {
			t.Errorf("the old version is renewed again: %v", err)
		}
		list, err := c.OfHolder(ctx, "p1", nil, 1, holder)
		if err != nil || len(list) != 1 || list[0].Identifier != two.Identifier {
			t.Fatalf("first page: %v", err)
		}
		if list, err = c.OfHolder(ctx, "p1", list[0], 5, holder); err != nil || len(list) != 1 || list[0].Identifier != one.Identifier {
			t.Errorf("second page: %v", err)
		}
		held, err := c.Held(ctx, "320301199001011234", food.Code, approver)
		if err != nil || len(held) != 1 || held[0].Identifier != two.Identifier {
			t.Errorf("held: %v %v", held, err)
		}
		for by, want := range map[string]int{"p1": 1, "p2": 0} {
			if held, err := c.Held(ctx, "320301199001011234", food.Code, identity.Actor{Account: "a", Party: by}); err != nil || len(held) != want {
				t.Errorf("%s is shown %d: %v", by, len(held), err)
			}
		}
		file, _, err := c.OFD(ctx, one.Identifier, holder)
		must(t, err)
		if r, _ := c.Service.VerifyFile(ctx, file); r.Verdict() != seals.Untrusted || !strings.Contains(r.Say(), "新版本") {
			t.Errorf("the old file: %s", r.Say())
		}
		*c.now = c.now.AddDate(6, 0, 0)
		if _, err := c.Renew(ctx, two.Identifier, certificates.Order{}, approver); fault.Code(err) != "certificates.renew.expired" {
			t.Errorf("renewed after its end: %v", err)
		}
	})
}

func TestStatesAndTheirFacts(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, c := context.Background(), found(t, db)
		issued, err := c.Issue(ctx, order(), approver)
		must(t, err)
		must(t, c.Suspend(ctx, issued.Identifier, "立案调查", approver))
		if held, _ := c.Held(ctx, "320301199001011234", food.Code, approver); len(held) != 0 {
			t.Error("a suspended certificate stands for a material")
		}
		must(t, c.Resume(ctx, issued.Identifier, "调查结束", approver))
		stale, err := c.Certificate(ctx, issued.Identifier, approver)
		must(t, err)
		must(t, c.Revoke(ctx, issued.Identifier, "情节严重", approver))
		var b sqldb.Batch
		changed, err := stale.Move(certificates.Cancel, "申请注销", *c.now, approver)
		must(t, err)
		must(t, c.Store.Save(&b, stale, changed))
		if err := c.Store.Commit(ctx, &b); fault.Code(err) != "certificates.stale" {
			t.Errorf("a lost update: %v", err)
		}
		facts, err := c.post.Stream(ctx, "certificate/"+issued.Identifier)
		must(t, err)
		if _, err := event.Verify(facts); err != nil || len(facts) != 4 || facts[0].Name != "certificates.issued" {
			t.Errorf("%d facts, %v", len(facts), err)
		}
		if r, err := c.Verify(ctx, issued.Identifier); err != nil || r.Verdict() != seals.Untrusted || !strings.Contains(r.Say(), "吊销") {
			t.Errorf("%v %s", err, r.Say())
		}
		if err := c.Move(ctx, issued.Identifier, certificates.Supersede, "", approver); fault.Code(err) != "certificates.move.act" {
			t.Error(err)
		}
	})
}

func TestDecisionAndCertificateAreOneCommit(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, c := context.Background(), found(t, db)
		var b sqldb.Batch
		issued, err := c.IssueInto(ctx, &b, order(), approver)
		must(t, err)
		b.Exec(`INSERT INTO no_such_table (x) VALUES (1)`)
		if err := c.Store.Commit(ctx, &b); err == nil {
			t.Fatal("a broken batch was kept")
		}
		if _, err := c.Certificate(ctx, issued.Identifier, approver); fault.Of(err) != fault.NotFound {
			t.Errorf("the certificate of a decision that failed: %v", err)
		}
		if uses, _ := c.Seals.Uses(ctx, c.seal, seals.Use{}, 10); len(uses) != 0 {
			t.Error("the seal's log has a use that never was")
		}
		if _, err := c.IssueInto(ctx, &b, certificates.Order{Type: "none"}, approver); fault.Code(err) != "certificates.type" {
			t.Error(err)
		}
		must(t, c.Seals.Disable(ctx, c.seal, "换章", admin))
		if _, err := c.Issue(ctx, order(), approver); fault.Of(err) != fault.Conflict {
			t.Errorf("issued under a disabled seal: %v", err)
		}
	})
}
