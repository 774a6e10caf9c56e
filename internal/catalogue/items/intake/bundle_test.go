package intake_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"tongban/internal/catalogue/items/intake"
	"tongban/internal/catalogue/items/itemstest"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/flow/bpmn"
	"tongban/internal/ground/fault"
)

// packed is a bundle of files, by name and content in turn.
func packed(t testing.TB, files ...string) intake.File {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		how := zip.Store
		if len(files[i+1]) > 1000 {
			how = zip.Deflate
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: how})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return fileWith("全市.zip", out.String())
}

func TestABundleCarriesItemsAndTheirDrawings(t *testing.T) {
	a, b := itemstest.Sample(t)[0], itemstest.Sample(t)[1]
	drawn := flow.FromSteps("x", "x", []flow.Step{{ID: "only", Name: "一步办完", Post: "审批岗", Decides: true}})
	all, err := looked(packed(t, "事项/"+string(a.Item)+".yaml", asJSON(t, a), "事项/"+string(a.Item)+".bpmn", string(bpmn.Export(drawn)),
		"b.jsonl", asJSON(t, b)+"\n", "坏的.yaml", "item: [", "没有事项.bpmn", string(bpmn.Export(drawn))))
	if err != nil || len(all) != 4 {
		t.Fatal(len(all), err)
	}
	if e := all[0]; e.Edition.Item != a.Item || len(e.Edition.Procedure.Nodes) != 3 || e.Edition.Procedure.ID != string(a.Item) {
		t.Errorf("%s: %+v", e.Place, e.Edition.Procedure)
	}
	if e := all[1]; e.Edition.Item != b.Item || e.Place != "b.jsonl 第1行" || !e.Sound() {
		t.Errorf("%+v", e)
	}
	if e := all[2]; e.Edition != nil || e.Clean() || e.Place != "坏的.yaml" {
		t.Errorf("%+v", e)
	}
	if e := all[3]; e.Drawing == nil || e.Of[0] != "没有事项" {
		t.Errorf("%+v", e)
	}
}

func TestBundlesThatAreBombsAreRefused(t *testing.T) {
	nought := strings.Repeat("0", 4<<20)
	for _, tt := range []struct {
		name string
		file intake.File
		code string
	}{
		{"tightly packed", packed(t, "a.yaml", nought), "intake.bundle.bomb"},
		{"a bundle in a bundle", packed(t, "inner.zip", packedText(packed(t, "a.yaml", "name: 甲"))), "intake.bundle.nested"},
		{"too many files", packed(t, manyFiles(20_001)...), "intake.bundle.many"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := looked(tt.file); fault.Code(err) != tt.code {
				t.Errorf("%v, want %s", err, tt.code)
			}
		})
	}
}

func packedText(f intake.File) string {
	body, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size))
	if err != nil {
		return ""
	}
	return string(body)
}

func manyFiles(n int) []string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("%d.yaml", i), "name: 甲")
	}
	return all
}
