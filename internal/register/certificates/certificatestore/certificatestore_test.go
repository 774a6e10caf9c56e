package certificatestore

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
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
		must(t, c.Seals.Disable(ctx, c.seal, "", admin))
		if _, err := c.Issue(ctx, order(), approver); fault.Of(err) != fault.Conflict {
			t.Errorf("issued under a disabled seal: %v", err)
		}
	})
}

// What is read from the row must be what was sealed, or no file is handed out.
func TestAlteredRecordGivesNoFile(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, c := context.Background(), found(t, db)
		one, err := c.Issue(ctx, order(), approver)
		must(t, err)
		changed := order()
		changed.Holder.Name = "别人"
		two, err := c.Issue(ctx, changed, approver)
		must(t, err)
		_, err = db.Exec(ctx, `UPDATE certificates_certificates SET body = (SELECT body FROM certificates_certificates WHERE identifier = $1) WHERE identifier = $2`, two.Identifier, one.Identifier)
		must(t, err)
		if _, _, err := c.OFD(ctx, one.Identifier, approver); fault.Code(err) != "certificates.file.drift" {
			t.Errorf("a file of an altered record: %v", err)
		}
		if r, err := c.Verify(ctx, one.Identifier); err != nil || r.Verdict() != seals.Forged {
			t.Errorf("%v %s", err, r.Say())
		}
	})
}

func TestAlteredFilesShow(t *testing.T) {
	db, err := sqldb.Open(context.Background(), t.TempDir()+"/a.db")
	must(t, err)
	defer db.Close()
	must(t, db.Migrate(context.Background(), schemas...))
	ctx, c := context.Background(), found(t, db)
	issued, err := c.Issue(ctx, order(), approver)
	must(t, err)
	file, _, err := c.OFD(ctx, issued.Identifier, holder)
	must(t, err)
	today := calendar.DayOf(*c.now)
	for _, tt := range []struct {
		name    string
		file    []byte
		verdict seals.Verdict
		say     string
	}{
		{"another name on the page", rezip(t, file, "Doc_0/Pages/Page_0/Content.xml", "李小敏", "李大敏", ""), seals.Forged, "部件摘要"},
		{"another name in the data", rezip(t, file, "OFD.xml", "李小敏", "李大敏", ""), seals.Forged, "部件摘要"},
		{"a code to scan that leads elsewhere", rezip(t, file, "Doc_0/Annots/Page_0/Annotation.xml", "M 0 0", "M 1 0", ""), seals.Untrusted, "Annotation.xml"},
		{"a part slipped in", rezip(t, file, "", "", "", "Doc_0/Attachs/x.txt"), seals.Untrusted, "x.txt"},
		{"a part twice", rezip(t, file, "", "", "", "OFD.xml"), seals.Forged, "同名"},
		{"the digests written anew", rezip(t, file, "Doc_0/Signs/Sign_0/Signature.xml", "CheckValue>", "CheckValue> ", ""), seals.Forged, "原文摘要"},
		{"the signature taken off", rezip(t, file, "OFD.xml", "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>", "", ""), seals.Unsigned, ""},
		{"cut off", file[:len(file)/2], seals.Forged, "打开文件"},
		{"not a file", []byte("hello"), seals.Forged, "打开文件"},
		{"nothing", nil, seals.Forged, "打开文件"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := certificates.VerifyFile(tt.file, c.Roots, today)
			if r.Verdict() != tt.verdict || !strings.Contains(r.Say(), tt.say) {
				t.Errorf("%s %s", r.Verdict(), r.Say())
			}
		})
	}
	portable, _, err := c.JSON(ctx, issued.Identifier, holder)
	must(t, err)
	for _, change := range [][2]string{{"李小敏", "李大敏"}, {`"layout":1`, `"layout":2`}, {"320301199001011234", "320301199001011235"}, {`"at":`, `"at":1`}} {
		r := certificates.VerifyFile(bytes.Replace(portable, []byte(change[0]), []byte(change[1]), 1), c.Roots, today)
		if r.Verdict() != seals.Forged {
			t.Errorf("%q in the JSON: %s", change[1], r.Say())
		}
	}
}

// An agency's seal on a paper that names another agency as its issuer.
func TestSealOfAnotherAgency(t *testing.T) {
	db, err := sqldb.Open(context.Background(), t.TempDir()+"/a.db")
	must(t, err)
	defer db.Close()
	must(t, db.Migrate(context.Background(), schemas...))
	ctx, c := context.Background(), found(t, db)
	foreign := seals.Agency{ID: "zrzy", Code: "11320300014051527J", Name: "徐州市自然资源和规划局"}
	seal, err := c.Seals.Make(ctx, foreign, seals.Certificate, calendar.Parse("2026-01-01"), calendar.Parse("2035-12-31"), admin)
	must(t, err)
	must(t, c.Seals.Enable(ctx, seal.ID, admin))
	o := order()
	o.Seal = seal.ID
	issued, err := c.Issue(ctx, o, approver)
	must(t, err)
	file, _, err := c.OFD(ctx, issued.Identifier, holder)
	must(t, err)
	if r := certificates.VerifyFile(file, c.Roots, calendar.DayOf(*c.now)); r.Verdict() != seals.Untrusted || !strings.Contains(r.Say(), "颁发机构") {
		t.Errorf("%s", r.Say())
	}
}

// rezip writes the file anew with one part changed, or one added.
func rezip(t *testing.T, file []byte, part, old, fresh, add string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		data, err := io.ReadAll(r)
		must(t, err)
		if f.Name == part {
			if !bytes.Contains(data, []byte(old)) {
				t.Fatalf("%s has no %q: %s", part, old, data)
			}
			data = bytes.Replace(data, []byte(old), []byte(fresh), 1)
		}
		p, err := w.Create(f.Name)
		must(t, err)
		_, err = p.Write(data)
		must(t, err)
	}
	if add != "" {
		p, err := w.Create(add)
		must(t, err)
		_, err = fmt.Fprint(p, "x")
		must(t, err)
	}
	must(t, w.Close())
	return out.Bytes()
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
