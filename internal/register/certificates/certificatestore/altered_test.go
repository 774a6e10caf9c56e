package certificatestore

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/register/certificates"
	"tongban/internal/register/seals"
)

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
