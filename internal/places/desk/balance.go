package desk

import (
	"fmt"
	"net/http"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/places/frame"
)

// balancePage is 对账: what a partner says went between us, held against what we
// know, day by day.
type balancePage struct {
	frame.View
	Bar  frame.DeskBar
	Who  elsewhere.Partner
	Line elsewhere.Line
	Rows []elsewhere.Balance
	Ask  string
	Done bool
}

// balanceDays is how many days the page shows.
const balanceDays = 31

func (d *Desk) balancePage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	ctx := r.Context()
	v := balancePage{View: frame.Of(r).Named("对账"), Bar: adminBar(by), Ask: sqldb.NewID(), Done: page.Query(r).Has("done")}
	var err error
	if v.Who, err = d.Elsewhere.Store.Partner(ctx, r.PathValue("partner")); err != nil {
		return err
	}
	lines, err := d.Elsewhere.Store.Lines(ctx)
	if err != nil {
		return err
	}
	v.Line = lines[v.Who.ID]
	if v.Rows, err = d.Elsewhere.Balances(ctx, v.Who.ID, balanceDays); err != nil {
		return err
	}
	page.Show(w, r, balanceView(v))
	return nil
}

// reconcile sends the partner a statement now; theirs arrives by itself.
func (d *Desk) reconcile(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by.Request = f.Text("request")
	if err := d.Elsewhere.ReconcileNow(r.Context(), r.PathValue("partner"), by); err != nil {
		return err
	}
	page.SeeOther(w, r, balanceHref(r.PathValue("partner"))+"?done=1")
	return nil
}

func balanceHref(partner string) string { return "/desk/admin/partners/" + partner + "/balance" }

// balanceWord is the latest balance with a partner in a word.
func balanceWord(b elsewhere.Balance) (frame.Tone, string) {
	switch {
	case b.Day == 0:
		return frame.Plain, "还没有对过账"
	case b.Even():
		return frame.Green, b.Day.Han() + " 相符"
	}
	return frame.Red, fmt.Sprintf("%s %d处不符", b.Day.Han(), len(b.Differences))
}

// added is a sum in words: numbers, count and gaps.
func added(theirs, ours elsewhere.Sum) string {
	if theirs.Upto == theirs.After {
		return fmt.Sprintf("第%d号以后没有新的", theirs.After)
	}
	return fmt.Sprintf("第%d—%d号，对方%d份，本平台%d份", theirs.After+1, theirs.Upto, theirs.Count, ours.Count)
}

// kinds are the messages of a sum by kind, in words.
func kinds(s elsewhere.Sum) string {
	var parts []string
	for _, k := range elsewhere.Kinds {
		if n := s.Kinds[k]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s%d", k.Han(), n))
		}
	}
	return strings.Join(parts, "、")
}
