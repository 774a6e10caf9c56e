package revisions

import (
	"testing"
	"time"
)

func TestThePublicityLastsToTheEndOfItsLastDay(t *testing.T) {
	g := opened(t, "food-permit", Start{}, keeper)
	g.must(Save, keeper)
	g.must(Submit, keeper)
	g.must(Approve, auditor)
	g.must(Confirm, auditor2)
	if g.r.PublicUntil-g.r.PublicFrom != LeastPeriod {
		t.Fatalf("from %s to %s", g.r.PublicFrom, g.r.PublicUntil)
	}
	g.at = g.r.PublicUntil.Start().Add(23 * time.Hour)
	if code := g.does(Publish, keeper); code != "revisions.publish.early" {
		t.Errorf("published on the last day: %q", code)
	}
	g.must(Comment, citizen)
	g.must(Answer, keeper)
	g.at = g.at.Add(time.Hour)
	g.must(Publish, keeper)
}
