package halls_test

import (
	"regexp"
	"testing"

	"tongban/data"
	"tongban/internal/catalogue/halls"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/regions"
	"tongban/internal/civic/staff"
)

// Whatever a file of the sample city names in another is there.
func TestTheSampleCityHangsTogether(t *testing.T) {
	f, err := data.Regions.Open("regions/xuzhou.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	places, err := regions.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	bodies, err := agencies.Parse(read(t, "sample/agencies.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	directory := agencies.NewDirectory(bodies)
	for _, a := range bodies {
		if _, ok := places.Find(a.Region); !ok {
			t.Errorf("agency %s: no region %s", a.ID, a.Region)
		}
	}
	all, err := halls.Parse(read(t, "sample/halls.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]halls.Hall{}
	for _, h := range all {
		by[h.ID] = h
		if _, err := directory.Find(h.Agency); err != nil {
			t.Errorf("hall %s: %v", h.ID, err)
		}
		if _, ok := places.Find(h.Region); !ok {
			t.Errorf("hall %s: no region %s", h.ID, h.Region)
		}
	}
	people, err := staff.ParseSample(read(t, "sample/people.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	plays := map[string]bool{}
	for _, p := range people.Staff {
		for _, post := range p.Posts {
			plays[post.Agency+" "+post.Role] = true
			if post.Hall == "" {
				continue
			}
			if _, err := by[post.Hall].Window(post.Window); err != nil {
				t.Errorf("%s: %v", p.Login, err)
			}
		}
	}
	for agency := range agenciesAtWork(t) {
		for _, role := range []string{"reviewer", "approver"} {
			if !plays[agency+" "+role] {
				t.Errorf("items name %s, where nobody is %s", agency, role)
			}
		}
	}
}

var agencyLine = regexp.MustCompile(`\bagency: *([a-z0-9-]+)`)

// agenciesAtWork are the agencies that the sample's items name.
func agenciesAtWork(t *testing.T) map[string]bool {
	t.Helper()
	files, err := data.Sample.ReadDir("sample/items")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, f := range files {
		for _, m := range agencyLine.FindAllSubmatch(read(t, "sample/items/"+f.Name()), -1) {
			named[string(m[1])] = true
		}
	}
	return named
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := data.Sample.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
