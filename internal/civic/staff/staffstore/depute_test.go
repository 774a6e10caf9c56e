package staffstore_test

import (
	"context"
	"testing"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
)

// What a head gives a chief representative holds from its first day through its
// last, until it is recalled, in both databases.
func TestADeputationHoldsForItsDays(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.staff.Offers = func(context.Context, string) ([]staff.Offer, error) {
			return []staff.Offer{{Item: "food-permit", Name: "食品经营许可"}, {Item: "drug-retail", Name: "药品零售"}}, nil
		}
		today := calendar.DayOf(c.now)
		_, err := c.staff.Appoint(ctx, "u-window2", identity.Post{Agency: "xz-market", Region: "320300000000", Role: identity.Window, Title: "首席代表"}, today, identity.TheSystem)
		c.want(err, "")
		head := c.as("market-h")
		c.want(c.staff.Depute(ctx, "xz-market", "u-window2", []string{"food-permit", "drug-retail"}, today+1, today+10, head), "")
		c.want(c.staff.Depute(ctx, "xz-market", "u-window2", []string{"food-permit"}, today+5, today+20, head), "staff.post.items")
		given := func(day calendar.Day, want int) {
			t.Helper()
			all, err := c.staff.Deputed(ctx, "u-window2", day)
			if err != nil || len(all) != want {
				t.Errorf("on %s: %+v, %v", day, all, err)
			}
		}
		given(today, 0)
		given(today+1, 2)
		given(today+10, 2)
		given(today+11, 0)
		all, err := c.staff.Deputations(ctx, "xz-market", head)
		c.want(err, "")
		if len(all) != 2 || all[0].Holder != "夏然" || all[0].Giver == "" {
			t.Fatalf("given: %+v", all)
		}
		c.want(c.staff.Recall(ctx, all[0].ID, head), "")
		given(today+1, 1)
		c.want(c.staff.Recall(ctx, all[1].ID, c.as("market-a")), "staff.depute.authority")
	})
}
