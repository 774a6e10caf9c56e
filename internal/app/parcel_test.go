package app_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"tongban/internal/ground/witness"
	"tongban/internal/handling/cases"
	"tongban/internal/register/archives/eep"
	"tongban/internal/register/seals"
)

// An archived case is handed over as one file, which is checked without the platform:
// against the root of the city and that of the day. Whatever is changed in it shows.
func TestAnArchivedCaseIsHandedOverAndCheckedElsewhere(t *testing.T) {
	c := openCity(t)
	if err := c.Fill(t.Context(), 100); err != nil {
		t.Fatal(err)
	}
	shelvedAfter(t, c.App, 60)
	if err := c.ShelveCases(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.Witness.Seal(t.Context(), "2026-09-21"); err != nil {
		t.Fatal(err)
	}
	one := c.aShelvedGrant()
	supervisor := c.signedIn("supervisor")
	supervisor.get("/desk/cases/" + string(one.ID))
	supervisor.sees(http.StatusOK, "下载移交用的封装包")
	supervisor.get("/desk/cases/" + string(one.ID) + "/package.zip")
	if supervisor.code != http.StatusOK {
		t.Fatal(supervisor.code, supervisor.raw)
	}
	pem, err := c.Seals.Authority.RootPEM()
	if err != nil {
		t.Fatal(err)
	}
	roots, err := seals.ParseRoots(pem)
	if err != nil {
		t.Fatal(err)
	}
	by := eep.Anchors{Roots: roots, Published: func(r witness.Root) (witness.Root, error) { return c.Witness.Root(t.Context(), r.Day) }}
	file := supervisor.raw
	if report := eep.Verify(opened(t, file), by); !report.Genuine() {
		t.Fatal(report.Text())
	}
	if report := eep.Verify(opened(t, file), eep.Anchors{}); report.Verdict() != seals.Untrusted {
		t.Error("without anything to hold it against:", report.Text())
	}
	for _, f := range opened(t, file).File {
		if report := eep.Verify(opened(t, without(t, file, f.Name, nil)), by); report.Genuine() {
			t.Errorf("nobody misses %s", f.Name)
		}
		spoilt := func(text []byte) []byte { return bytes.Replace(text, []byte("20"), []byte("21"), 1) }
		if report := eep.Verify(opened(t, without(t, file, f.Name, spoilt)), by); report.Genuine() && !strings.HasSuffix(f.Name, ".dat") {
			t.Errorf("nobody sees that %s was changed", f.Name)
		}
	}
	other := by
	other.Published = func(r witness.Root) (witness.Root, error) { r.Hash = strings.Repeat("0", 64); return r, nil }
	if report := eep.Verify(opened(t, file), other); report.Genuine() {
		t.Error("another root proves it too")
	}
}

// aShelvedGrant is an archived case of the city.
func (c *city) aShelvedGrant() cases.Row {
	c.t.Helper()
	rows, err := c.Cases.Store.List(c.t.Context(), cases.Filter{Region: "320300000000", State: cases.Granted, Limit: 100})
	if err != nil {
		c.t.Fatal(err)
	}
	for _, r := range rows {
		if r.Archived {
			return r
		}
	}
	c.t.Fatal("none is archived")
	return cases.Row{}
}

func opened(t *testing.T, file string) *zip.Reader {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// without packs a file anew without one of its entries or, if change is given, with
// that entry changed.
func without(t *testing.T, file, name string, change func([]byte) []byte) string {
	t.Helper()
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range opened(t, file).File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == name && change == nil {
			continue
		}
		if f.Name == name {
			text = change(text)
		}
		into, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		into.Write(text) // into memory
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
