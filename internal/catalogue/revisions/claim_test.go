package revisions

import (
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/agencies"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

var (
	cityMarket     = agencies.Agency{ID: "xz-market", Name: "徐州市市场监督管理局", USCC: "11320300YB00002351", Region: city}
	districtMarket = agencies.Agency{ID: "yl-market", Name: "徐州市云龙区市场监督管理局", USCC: "11320303YB0000403E", Region: district}
)

func TestWhoMayClaimWhat(t *testing.T) {
	permit := sample(t, "food-permit")
	for _, tt := range []struct {
		name string
		who  agencies.Agency
		code string
	}{
		{"an agency of the district below", districtMarket, ""},
		{"the city's own agency", cityMarket, "revisions.claim.level"},
		{"an agency of another city", agencies.Agency{ID: "nj", Name: "南京市某局", Region: "320102000000"}, "revisions.claim.level"},
		{"nobody", agencies.Agency{}, "revisions.claim.agency"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := Claimable(permit, tt.who); codeOf(err) != tt.code {
				t.Errorf("%v, want %s", err, tt.code)
			}
		})
	}
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.Code(err)
}

// What is claimed goes beyond the superior in nothing, and is coded by its own
// agency and level.
func TestAClaimIsNoWorseThanWhatItClaims(t *testing.T) {
	all, err := library()
	if err != nil {
		t.Fatal(err)
	}
	for _, superior := range all {
		if superior.Region != city {
			continue
		}
		text, err := Claim{Agency: districtMarket}.text(superior, 0)
		if err != nil {
			t.Fatal(superior.Item, err)
		}
		for _, f := range text.Exceeds(superior) {
			t.Errorf("%s: %+v", superior.Item, f)
		}
		if text.Level != items.County || text.Codes.Implementation[:18] != districtMarket.USCC || text.Codes.Catalogue != superior.Codes.Catalogue {
			t.Errorf("%s: %s %+v", superior.Item, text.Level, text.Codes)
		}
	}
}

// A text that was no worse when it was confirmed is not published once the
// superior has become stricter with itself.
func TestNothingBeyondTheSuperiorIsPublished(t *testing.T) {
	g := opened(t, "food-permit", Start{}, keeper)
	for _, step := range []struct {
		act Act
		by  string
	}{{Save, "keeper"}, {Submit, "keeper"}, {Approve, "auditor"}, {Confirm, "auditor2"}} {
		by := map[string]func() string{
			"keeper": func() string { return g.does(step.act, keeper) }, "auditor": func() string { return g.does(step.act, auditor) }, "auditor2": func() string { return g.does(step.act, auditor2) },
		}[step.by]
		if code := by(); code != "" {
			t.Fatal(step.act, code)
		}
	}
	superior := Clone(g.r.Text)
	superior.Promised = clock.Limit{N: 5, Unit: clock.WorkingDays}
	_, err := g.r.publish(g.base.Number, superior, rules, keeper, nine.AddDate(0, 0, 9))
	if codeOf(err) != "revisions.publish.superior" || len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Say != "承诺时限（8个工作日）长于或者多于上级目录（5个工作日）" {
		t.Fatal(err, fault.Fields(err))
	}
	if _, err := g.r.publish(g.base.Number, Clone(g.r.Text), rules, keeper, nine.AddDate(0, 0, 9)); err != nil {
		t.Fatal(err)
	}
}
