package intake_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/catalogue/items/itemsheet"
	"tongban/internal/catalogue/items/itemstest"
	"tongban/internal/engine/flow/bpmn"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

func fileWith(name, text string) intake.File {
	return intake.File{Name: name, Size: int64(len(text)), ReaderAt: strings.NewReader(text)}
}

func asJSON(t testing.TB, e *items.Edition) string {
	t.Helper()
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// looked is what is in a file.
func looked(f intake.File) (all []intake.Entry, err error) {
	err = intake.Look(f, func(e intake.Entry) error {
		e.Check(nil, 0)
		all = append(all, e)
		return nil
	}, func() { all = nil })
	return all, err
}

func TestFilesOfEveryKind(t *testing.T) {
	a, b := itemstest.Sample(t)[0], itemstest.Sample(t)[1]
	one := asJSON(t, a)
	for _, tt := range []struct {
		name, file, text string
		entries          int
		foreign, sound   bool
	}{
		{"an edition in JSON", "a.json", one, 1, false, true},
		{"editions in lines", "a.jsonl", one + "\n\n" + asJSON(t, b) + "\n", 2, false, true},
		{"editions in lines, under another name", "a.txt", one + "\n" + asJSON(t, b), 2, false, true},
		{"documents of YAML", "a.yaml", "---\n" + one + "\n---\n" + asJSON(t, b) + "\n", 2, false, true},
		{"a guide", "g.yaml", "name: 取水许可\norg: 水务局\n", 1, true, false},
		{"a catalogue", "c.jsonl", `{"name": "甲", "dept": "某局"}` + "\n" + `{"name": "乙", "dept": "某局"}`, 2, true, false},
		{"a drawing", "p.bpmn", string(bpmn.Export(a.Procedure)), 1, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all, err := looked(fileWith(tt.file, tt.text))
			if err != nil || len(all) != tt.entries {
				t.Fatalf("%d, %v", len(all), err)
			}
			for _, e := range all {
				if e.Foreign != tt.foreign || e.Sound() != tt.sound {
					t.Errorf("%+v", e)
				}
			}
		})
	}
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	for text, code := range map[string]string{
		"": "intake.empty", "item: [": "items.read", "PK\x03\x04": "sheet.format",
		`<!DOCTYPE x [<!ENTITY a "b">]><definitions>&a;</definitions>`: "bpmn.",
	} {
		if _, err := looked(fileWith("x", text)); !strings.HasPrefix(fault.Code(err), code) {
			t.Errorf("%.30q: %v, want %s", text, err, code)
		}
	}
	all, err := looked(fileWith("x.jsonl", "{\"name\": \"甲\"}\n{\n"))
	if err != nil || len(all) != 2 || all[1].Findings[0].Rule != "foreign.line" || all[1].Place != "第2行" {
		t.Errorf("%+v %v", all, err)
	}
}

func TestQuestionsThatGoRoundInACircleAreRefused(t *testing.T) {
	e := itemstest.Sample(t)[0]
	e.Questions = append(e.Questions, forms.Question{ID: "甲问", Text: "甲？", When: `乙问 == "是"`}, forms.Question{ID: "乙问", Text: "乙？", When: `甲问 == "是"`})
	all, err := looked(fileWith("a.json", asJSON(t, e)))
	if err != nil || all[0].Sound() {
		t.Errorf("%+v %v", all, err)
	}
}

func TestJSONAndYAMLAreReadAsTheyWereWritten(t *testing.T) {
	for _, e := range itemstest.Sample(t) {
		all, err := looked(fileWith("a.json", asJSON(t, e)))
		if err != nil || asJSON(t, all[0].Edition) != asJSON(t, e) {
			t.Errorf("%s: %v", e.Item, err)
		}
	}
}

// A workbook whose sheets are in no order is read whole, and no item is taken
// over with a part of its rows.
func TestRowsInNoOrder(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		all := itemstest.Sample(t)
		w := itemsheet.NewWriter()
		for i := range all { // the rows of the first item's materials come last
			e := *all[i]
			if i == 0 {
				e.Materials = nil
			}
			w.Add(&e)
		}
		late := items.Edition{Item: all[0].Item, Materials: all[0].Materials}
		w.AddRows(&late)
		var b bytes.Buffer
		if _, err := w.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		files := []intake.File{{Name: "x.xlsx", Size: int64(b.Len()), ReaderAt: bytes.NewReader(b.Bytes())}}
		im := importer(db)
		r, err := im.Survey(t.Context(), files)
		if err != nil || r.Added != len(all) || r.Bad != 0 {
			t.Fatalf("%+v %v", r, err)
		}
		if n, err := im.Apply(t.Context(), files, r, false); err != nil || n != len(all) {
			t.Fatalf("%d %v", n, err)
		}
		got, err := im.Items.Edition(t.Context(), all[0].Item, 1)
		if err != nil || len(got.Materials) != len(all[0].Materials) {
			t.Errorf("%v %v", got, err)
		}
	})
}

func FuzzLook(f *testing.F) {
	f.Add("a.yaml", "name: 甲\n---\nitem: b\n")
	f.Add("a.jsonl", `{"name":"甲","item":1}`)
	f.Add("a.bpmn", `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><startEvent id="s"/></process></definitions>`)
	f.Fuzz(func(t *testing.T, name, text string) {
		if _, err := looked(fileWith(name, text)); err != nil && fault.Of(err) == fault.Internal {
			t.Fatal(err)
		}
	})
}
