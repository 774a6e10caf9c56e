package certificatestore

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/register/certificates"
	"tongban/internal/register/seals"
	"tongban/internal/register/seals/sealstore"
)

var (
	agency   = seals.Agency{ID: "scjg", Code: "11320300014051500H", Name: "徐州市市场监督管理局"}
	food     = certificates.Type{Code: "11100000MB0143028R038", Name: "食品经营许可证", Definer: "国家市场监督管理总局", Years: 5}
	admin    = identity.Actor{Account: "admin", Posts: []identity.Post{{Role: identity.Admin}}}
	approver = identity.Actor{Account: "zhang", Name: "张三", Posts: []identity.Post{{Role: identity.Approver, Agency: "scjg"}}}
	holder   = identity.Actor{Account: "li", Party: "p1"}
	other    = identity.Actor{Account: "wu", Party: "p2"}
	schemas  = []sqldb.Schema{event.Schema, sealstore.Schema, Schema}
)

type city struct {
	*certificates.Service
	db   *sqldb.DB
	post *event.Post
	now  *time.Time
	seal string
}

func found(t testing.TB, db *sqldb.DB) city {
	t.Helper()
	ring, err := secret.Open(t.TempDir())
	must(t, err)
	now := time.Date(2026, 9, 21, 12, 0, 0, 0, calendar.Zone)
	clock := func() time.Time { return now }
	post := event.NewPost(db, clock)
	authority := &seals.Authority{City: "徐州市", Keys: ring, Founded: now.AddDate(-6, 0, 0)}
	pem, err := authority.RootPEM()
	must(t, err)
	roots, err := seals.ParseRoots(pem)
	must(t, err)
	sealing := &seals.Service{Store: &sealstore.Store{DB: db, Post: post}, Authority: authority, Now: clock}
	c := city{&certificates.Service{Store: &Store{db, post, ring, ring}, Seals: sealing, Roots: roots, Now: clock, Address: "https://xz.example.org/v/"}, db, post, &now, ""}
	ctx := context.Background()
	seal, err := sealing.Make(ctx, agency, seals.Certificate, calendar.Parse("2026-01-01"), calendar.Parse("2035-12-31"), admin)
	must(t, err)
	must(t, sealing.Enable(ctx, seal.ID, admin))
	must(t, c.Define(ctx, food, admin))
	c.seal = seal.ID
	return c
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func order() certificates.Order {
	return certificates.Order{Type: food.Code, Issuer: agency, Area: "320300", Holder: certificates.Holder{Party: "p1", Name: "李小敏", Code: "320301199001011234", Kind: "111"},
		Face: []certificates.Entry{{Label: "经营场所", Text: "徐州市云龙区某路1号，<一楼>&\"二楼\""}}, Item: "A1", ItemName: "食品经营许可", Case: "C1"}
}

func TestIssuedCertificateVerifiesWithoutUs(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, c := context.Background(), found(t, db)
		issued, err := c.Issue(ctx, order(), approver)
		must(t, err)
		today := calendar.DayOf(*c.now)
		for _, get := range []func(context.Context, string, identity.Actor) ([]byte, string, error){c.OFD, c.JSON} {
			file, name, err := get(ctx, issued.Identifier, holder)
			must(t, err)
			again, _, err := get(ctx, issued.Identifier, approver)
			must(t, err)
			if !bytes.Equal(file, again) || !strings.HasPrefix(name, issued.Identifier) {
				t.Errorf("%s: two downloads differ", name)
			}
			report := certificates.VerifyFile(file, c.Roots, today)
			if !report.Genuine() {
				t.Errorf("%s: %s %+v", name, report.Say(), report.Steps)
			}
			if late := certificates.VerifyFile(file, c.Roots, today+3650); late.Verdict() != seals.Untrusted || !strings.Contains(late.Say(), "届满") {
				t.Errorf("%s: in ten years: %s", name, late.Say())
			}
			if nobody := certificates.VerifyFile(file, nil, today); nobody.Verdict() != seals.Untrusted {
				t.Errorf("%s: without a root: %s", name, nobody.Say())
			}
			online, err := c.Service.VerifyFile(ctx, file)
			if err != nil || !online.Genuine() || len(online.Steps) != len(report.Steps)+1 {
				t.Errorf("%s: asked the register: %v %s", name, err, online.Say())
			}
			t.Logf("%s is %d bytes", name, len(file))
		}
		if r, err := c.Verify(ctx, issued.Identifier); err != nil || !r.Genuine() {
			t.Errorf("by identifier: %v %s", err, r.Say())
		}
		if uses, err := c.Seals.Uses(ctx, c.seal, seals.Use{}, 10); err != nil || len(uses) != 1 || uses[0].Document != issued.Identifier || uses[0].Case != "C1" {
			t.Errorf("the seal's log: %v %+v", err, uses)
		}
	})
}

func TestWhoSeesACertificate(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, c := context.Background(), found(t, db)
		issued, err := c.Issue(ctx, order(), approver)
		must(t, err)
		for by, code := range map[string]struct {
			actor identity.Actor
			code  string
		}{"the holder": {holder, ""}, "staff": {approver, ""}, "another": {other, "certificates.unknown"}, "nobody": {identity.Actor{}, "certificates.unknown"}} {
			if _, err := c.Certificate(ctx, issued.Identifier, code.actor); (err == nil) != (code.code == "") || err != nil && fault.Code(err) != code.code {
				t.Errorf("%s: %v", by, err)
			}
			if _, _, err := c.OFD(ctx, issued.Identifier, code.actor); (err == nil) != (code.code == "") {
				t.Errorf("%s downloads: %v", by, err)
			}
		}
		p, err := c.Look(ctx, strings.ToLower(issued.Identifier))
		if err != nil || p.Holder != "李**" || p.State != certificates.Valid {
			t.Errorf("a stranger sees %+v, %v", p, err)
		}
		if _, err := c.Look(ctx, issued.Identifier[:len(issued.Identifier)-1]+"?"); fault.Of(err) != fault.Invalid {
			t.Errorf("a typing error: %v", err)
		}
		if _, err := c.OfHolder(ctx, "p1", nil, 10, other); fault.Of(err) != fault.Forbidden {
			t.Errorf("another's list: %v", err)
		}
		var raw string
		must(t, db.Row(ctx, `SELECT body FROM certificates_certificates WHERE identifier = $1`, issued.Identifier).Scan(&raw))
		if strings.Contains(raw, "李小敏") || strings.Contains(raw, "320301199001011234") {
			t.Error("the column can be read")
		}
	})
}

func TestHolderSeesEveryUse(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, c := context.Background(), found(t, db)
		issued, err := c.Issue(ctx, order(), approver)
		must(t, err)
		var b sqldb.Batch
		for range 3 {
			_, err = c.Present(ctx, &b, issued.Identifier, "办理餐饮许可核验资格", "A2", "C9", approver)
			must(t, err)
		}
		for code, by := range map[string]identity.Actor{"certificates.unknown": other, "certificates.use.purpose": approver} {
			purpose := map[string]string{"certificates.unknown": "x"}[code]
			if _, err := c.Present(ctx, &b, issued.Identifier, purpose, "A2", "C9", by); fault.Code(err) != code {
				t.Errorf("got %v, want %s", err, code)
			}
		}
		must(t, c.Store.Commit(ctx, &b))
		uses, err := c.Uses(ctx, issued.Identifier, certificates.Use{}, 2, holder)
		if err != nil || len(uses) != 2 || uses[0].Name != "张三" || uses[0].Case != "C9" {
			t.Fatalf("%v %+v", err, uses)
		}
		if uses, err = c.Uses(ctx, issued.Identifier, uses[1], 2, holder); err != nil || len(uses) != 1 {
			t.Errorf("second page: %v %+v", err, uses)
		}
		must(t, c.Suspend(ctx, issued.Identifier, "立案调查", approver))
		if _, err := c.Present(ctx, &b, issued.Identifier, "x", "A2", "C9", approver); fault.Code(err) != "certificates.use.state" {
			t.Errorf("a suspended certificate stands for a material: %v", err)
		}
	})
}

func BenchmarkIssueInto(b *testing.B) {
	sqldbtest.EachB(b, schemas, func(b *testing.B, db *sqldb.DB) {
		ctx, c := context.Background(), found(b, db)
		for b.Loop() {
			var batch sqldb.Batch
			if _, err := c.IssueInto(ctx, &batch, order(), approver); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkOFD(b *testing.B) {
	sqldbtest.EachB(b, schemas, func(b *testing.B, db *sqldb.DB) {
		ctx, c := context.Background(), found(b, db)
		issued, err := c.Issue(ctx, order(), approver)
		must(b, err)
		for b.Loop() {
			if _, _, err := c.OFD(ctx, issued.Identifier, approver); err != nil {
				b.Fatal(err)
			}
		}
	})
}
