package items_test

import (
	"strings"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/staff"
)

func sample(t testing.TB) []*items.Edition {
	t.Helper()
	all, err := items.ReadAll(data.Sample, "sample/items")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestSampleCityHasThirtyItemsThatPassTheCheck(t *testing.T) {
	start := time.Now()
	all := sample(t)
	t.Log(len(all), time.Since(start))
	if len(all) < 30 {
		t.Errorf("%d items, want at least 30", len(all))
	}
	for _, e := range all {
		if e.Safety && !strings.Contains(strings.Join(e.Assumed, "；"), "直接关系公共安全") {
			t.Errorf("%s: no source says that it touches safety, and it is not marked as assumed", e.Item)
		}
		for _, f := range e.Check() {
			if f.Severity == items.Error {
				t.Errorf("%s: %s %s: %s", e.Item, f.Rule, f.Path, f.Say)
			} else if f.Rule != "items.assumed" {
				t.Logf("%s: %s %s: %s", e.Item, f.Rule, f.Path, f.Say)
			}
		}
	}
}

func BenchmarkReadSample(b *testing.B) {
	for b.Loop() {
		sample(b)
	}
}

func BenchmarkCheck(b *testing.B) {
	e := sample(b)[0]
	for b.Loop() {
		e.Check()
	}
}

func TestEveryStepOfTheSampleIsStaffed(t *testing.T) {
	text, err := data.Sample.ReadFile("sample/people.yaml")
	if err != nil {
		t.Fatal(err)
	}
	people, err := staff.ParseSample(text)
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for _, member := range people.Staff {
		for _, p := range member.Posts {
			at[p.Agency+" "+string(p.Role)+" "+p.Title]++
		}
	}
	for _, e := range sample(t) {
		for _, n := range e.Procedure.Nodes {
			agency := n.Agency
			if agency == "" {
				agency = e.Agency
			}
			need := 1
			if n.Substantive {
				need = 2
			}
			if n.Kind.Staffed() && at[agency+" "+string(n.Role)+" "+n.Post] < need {
				t.Errorf("%s: nobody for %s: %s %s", e.Item, n.Name, agency, n.Post)
			}
		}
	}
}

func TestEveryCertificateOfTheSampleHasItsType(t *testing.T) {
	text, err := data.Sample.ReadFile("sample/certificates.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range sample(t) {
		for _, r := range e.Results {
			if r.CertificateType != "" && !strings.Contains(string(text), "name: "+r.CertificateType+",") {
				t.Errorf("%s gives a %s, which is no type of certificate", e.Item, r.CertificateType)
			}
		}
	}
}
