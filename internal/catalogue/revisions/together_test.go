package revisions

import (
	"strings"
	"testing"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

func TestTwoPeopleEditingOneDraft(t *testing.T) {
	g := opened(t, "food-permit", Start{}, keeper)
	seen := g.r.Version()
	g.must(Save, colleague)
	_, err := g.r.save(Clone(g.r.Text), seen, rules, keeper, nine)
	if fault.Of(err) != fault.Conflict || !strings.Contains(fault.Say(err), "没有丢失") {
		t.Errorf("%v", err)
	}
}

func TestPublishingOverSomebodyElsesEditionIsRefused(t *testing.T) {
	g := opened(t, "food-permit", Start{}, keeper)
	for _, step := range []struct {
		act Act
		by  identity.Actor
	}{{Save, keeper}, {Submit, keeper}, {Approve, auditor}, {Confirm, auditor2}} {
		g.must(step.act, step.by)
	}
	if _, err := g.r.publish(g.base.Number+1, nil, rules, keeper, nine.AddDate(0, 0, 9)); fault.Code(err) != "revisions.base" {
		t.Errorf("%v", err)
	}
}
