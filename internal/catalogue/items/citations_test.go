package items_test

import (
	"slices"
	"testing"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/laws"
)

// codex is the register that ships, and four laws of our own.
func codex(t testing.TB) *laws.Codex {
	t.Helper()
	all, err := laws.Cited(data.Laws + `《丙条例》第八条
《乙办法》第一条 2003-10-01至2025-05-10
《丁条例》第一条 2027-01-01
`)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []string{"第一条", "第二条", "第三条"} {
		all = append(all, laws.Article{Law: "甲法", Article: n, Text: "甲"})
	}
	return laws.NewCodex(all)
}

func TestCitationsAreHeldToTheDayOfEffect(t *testing.T) {
	e := fresh(t, "food-permit")
	e.Bases = []items.Basis{{Law: "乙办法", Article: "第一条"}, {Law: "未知法"}, {Law: "未知法", Article: "第一条"}}
	e.Effective = calendar.Parse("2025-01-01")
	for today, want := range map[string]string{"2025-05-09": "items.law.unknown", "2025-05-10": "items.law.abolished"} {
		found := e.Citations(codex(t), calendar.Parse(today))
		if len(found) == 0 || found[0].Rule != want {
			t.Errorf("on %s: %+v", today, found)
		}
		if n := len(slices.DeleteFunc(found, func(f items.Finding) bool { return f.Rule != "items.law.unknown" })); n != 1 {
			t.Errorf("an unknown law is told %d times", n)
		}
	}
	e.Retired = calendar.Parse("2025-06-01")
	if found := e.Citations(codex(t), calendar.Parse("2026-11-20")); rulesOf(found)["items.law.abolished"] {
		t.Errorf("an edition that has ended is held to the law of today: %+v", found)
	}
	if found := e.Citations(nil, calendar.Parse("2026-11-20")); len(found) != 0 {
		t.Errorf("without a register %+v", found)
	}
}
