package intake_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/catalogue/items/itemsheet"
	"tongban/internal/catalogue/items/itemstest"
	"tongban/internal/catalogue/items/itemstore"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

var schemas = []sqldb.Schema{event.Schema, itemstore.Schema}

// city is a workbook in which n agencies carry out the items of the sample.
func city(t testing.TB, n int) *os.File {
	t.Helper()
	base := itemstest.Sample(t)
	w := itemsheet.NewWriter()
	for i := range n {
		body, err := json.Marshal(base[i%len(base)])
		if err != nil {
			t.Fatal(err)
		}
		var e items.Edition
		if err := json.Unmarshal(body, &e); err != nil {
			t.Fatal(err)
		}
		place := i / len(base)
		e.Item = items.ID(fmt.Sprintf("%s-%d", e.Item, place))
		e.Name += fmt.Sprintf("（第%d号）", place)
		e.Agency, e.AgencyName = fmt.Sprintf("agency-%d", place%500), fmt.Sprintf("第%d号%s", place%500, e.AgencyName)
		e.Procedure.ID, e.Procedure.Name = string(e.Item), e.Name
		w.Add(&e)
	}
	f, err := os.CreateTemp(t.TempDir(), "*.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if _, err := w.WriteTo(f); err != nil {
		t.Fatal(err)
	}
	return f
}

func importer(db *sqldb.DB) *intake.Import {
	now := func() time.Time { return calendar.Parse("2026-11-20").Start().Add(9 * time.Hour) }
	service := &items.Service{Store: &itemstore.Store{DB: db, Post: event.NewPost(db, now)}, Now: now}
	return &intake.Import{Items: service, Within: db.Within, By: identity.TheSystem}
}

func fileOf(t testing.TB, f *os.File) intake.File {
	t.Helper()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return intake.File{Name: "事项.xlsx", Size: info.Size(), ReaderAt: f}
}

// BenchmarkImport takes over a workbook of TONGBAN_ITEMS items (2 000 when it is
// not set; the promise is 100 000 in 180 s and 500 MB), check and all.
func BenchmarkImport(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("TONGBAN_ITEMS"))
	if err != nil {
		n = 2000
	}
	f := city(b, n)
	file := fileOf(b, f)
	sqldbtest.EachB(b, schemas, func(b *testing.B, db *sqldb.DB) {
		im := importer(db)
		var most atomic.Uint64
		im.Progress = func(string, int) {
			var mem runtime.MemStats
			runtime.ReadMemStats(&mem)
			most.Store(max(most.Load(), mem.Sys-mem.HeapReleased))
		}
		for b.Loop() {
			start := time.Now()
			r, err := im.Survey(b.Context(), []intake.File{file})
			if err != nil {
				b.Fatal(err)
			}
			surveyed := time.Since(start)
			published, err := im.Apply(b.Context(), []intake.File{file}, r, false)
			if err != nil {
				b.Fatal(err)
			}
			b.Logf("%d items in %d MB: surveyed %v, %d published %v, memory %d MB", r.Items, file.Size>>20, surveyed, published, time.Since(start)-surveyed, most.Load()>>20)
		}
		b.ReportMetric(float64(most.Load()>>20), "MB")
	})
}

func TestImportIsAllOrNothing(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		im := importer(db)
		good, bad := itemstest.Sample(t)[:3], itemstest.Sample(t)[3]
		bad.Materials = slices.Clone(bad.Materials)
		bad.Materials[0].Basis = nil
		w := itemsheet.NewWriter()
		for _, e := range append(good, bad) {
			w.Add(e)
		}
		var b bytes.Buffer
		if _, err := w.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		files := []intake.File{{Name: "事项.xlsx", Size: int64(b.Len()), ReaderAt: bytes.NewReader(b.Bytes())}}
		for _, tt := range []struct {
			name                       string
			good                       bool
			added, altered, same, bad_ int
			published                  int
			refused                    bool
		}{
			{"one error and nothing is taken over", false, 3, 0, 0, 1, 0, true},
			{"the good ones, if asked", true, 3, 0, 0, 1, 3, false},
			{"and nothing the second time", true, 0, 0, 3, 1, 0, false},
		} {
			r, err := im.Survey(t.Context(), files)
			if err != nil || r.Added != tt.added || r.Altered != tt.altered || r.Same != tt.same || r.Bad != tt.bad_ {
				t.Fatalf("%s: %+v %v", tt.name, r, err)
			}
			n, err := im.Apply(t.Context(), files, r, tt.good)
			if (err != nil) != tt.refused || n != tt.published {
				t.Errorf("%s: %d %v", tt.name, n, err)
			}
		}
	})
}
