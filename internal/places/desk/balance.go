package desk

import (
	"context"
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

	Breaks []lineBreak
	Undone []elsewhere.Arrived
	Fault  error
}

// A lineBreak is where the numbers of a line do not go on, with what mends it. They are
// mended one after the other.
type lineBreak struct {
	Title, Say, Before string
	Href, Do           string
	Why                frame.Field
}

// breaks are those of a partner's line: what one side has forgotten since the copy was
// made from which it was brought back.
func breaks(p elsewhere.Partner, l elsewhere.Line, why string, wrong error) (all []lineBreak) {
	field := frame.Field{Name: "why", Label: "理由", Hint: "如哪一天从哪份备份恢复、与对方谁核对过；会一直留在这一页", Value: why, Max: 200}.Faulty(wrong)
	if l.Outrun() {
		all = append(all, lineBreak{"对方收到的比本平台写过的多", fmt.Sprintf("对方已经收到第%d号，本平台只写到第%d号，接下去的号对方不再收：本平台是从较早的备份恢复的。", l.Ahead-1, l.Kept),
			"请先查明原来的那套程序已经停用、不会再发。备份以后发出过的不会再发，对方知道而本平台没有的代收件，下一次对账会逐件列出。",
			"/desk/admin/partners/" + p.ID + "/continue", "接着对方收到的号发", field})
	}
	if l.Gapped() {
		all = append(all, lineBreak{"前面的报文还没有到", l.GapSay() + "，到齐了再办。",
			"对方会自动补发30天以内的，通常几分钟就到。对方补不了的，先与对方逐件核对这几份说的是什么，再跳过。",
			"/desk/admin/partners/" + p.ID + "/forgo", "不再等这些号", field})
	}
	return all
}

// balanceDays is how many days the page shows; mostUndone how many messages that could
// not be done.
const balanceDays, mostUndone = 31, 30

func (d *Desk) balancePage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	return d.showBalance(w, r, by, "", nil)
}

func (d *Desk) showBalance(w http.ResponseWriter, r *http.Request, by identity.Actor, why string, wrong error) error {
	ctx := r.Context()
	v := balancePage{View: frame.Of(r).Named("对账"), Bar: adminBar(by), Ask: sqldb.NewID(), Done: page.Query(r).Has("done"), Fault: wrong}
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
	if v.Undone, err = d.Elsewhere.Store.Undone(ctx, v.Who.ID, mostUndone); err != nil {
		return err
	}
	v.Breaks = breaks(v.Who, v.Line, why, wrong)
	if wrong != nil {
		v.View = v.View.Faulty(wrong)
		page.ShowFault(w, r, wrong, balanceView(v))
		return nil
	}
	page.Show(w, r, balanceView(v))
	return nil
}

// mendLine has a line go on by one of the two acts that mend it.
func (d *Desk) mendLine(mend func(ctx context.Context, partner, why string, by identity.Actor) error) frame.Act {
	return func(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
		f, err := page.ReadForm(w, r)
		if err != nil {
			return err
		}
		if err := mend(r.Context(), r.PathValue("partner"), f.Text("why"), by); err != nil {
			return d.showBalance(w, r, by, f.Text("why"), err)
		}
		page.SeeOther(w, r, balanceHref(r.PathValue("partner")))
		return nil
	}
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

// lineFacts is how far a line has come, in words.
func lineFacts(l elsewhere.Line) []frame.Row {
	all := []frame.Row{
		{Key: "写给对方", Value: fmt.Sprintf("到第%d号，对方已收到第%d号", l.Sent, l.Kept)},
		{Key: "从对方收到", Value: fmt.Sprintf("到第%d号，暂存%d份", l.Taken, l.Held)},
	}
	if l.Continued != "" {
		all = append(all, frame.Row{Key: "最近一次接续", Value: l.Continued})
	}
	return all
}
