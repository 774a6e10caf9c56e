package app_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/queue"
	"tongban/internal/register/archives"
)

// What was given out after a copy was made stays with whoever has it: once the copy is
// brought back no number is given a second time, of a series that the copy knows nor of
// one that began after it, on the same day nor on the next.
func TestNoNumberIsGivenOutTwiceAfterACopyWasBroughtBack(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		i, clock := stand(t), &hour{opening}
		i.settings = apptest.Of(t, apptest.Name, opening)
		i.settings.Now = clock.now
		i.open()
		i.gives("unemployment", "a")
		archive, master := i.copied()
		gone := slices.Concat(i.gives("unemployment", "b"), i.gives("id-card", "c"))
		clock.at = clock.at.Add(24 * time.Hour)
		gone = slices.Concat(gone, i.gives("unemployment", "d"), i.gives("id-card", "e"))

		i.lost(url, archive, master)
		again := slices.Concat(i.gives("id-card", "f"), i.gives("unemployment", "g"), i.gives("id-card", "h"))
		for _, number := range again {
			if slices.Contains(gone, number) {
				t.Errorf("%s is given out again", number)
			}
		}
		i.leavesNoGap()
		clock.at = clock.at.Add(24 * time.Hour)
		if next := i.gives("unemployment", "i"); next[0][len(next[0])-4:] != "0001" {
			t.Errorf("the day after, numbers begin with %s", next[0])
		}
	})
}

// A copy of what nothing happened to since goes on where it stopped.
func TestWhatLostNothingLeavesNoNumberOut(t *testing.T) {
	i, clock := stand(t), &hour{opening}
	i.settings = apptest.Of(t, apptest.Name, opening)
	i.settings.Now = clock.now
	i.open()
	i.gives("unemployment", "a")
	archive, master := i.copied()
	next := i.gives("unemployment", "b")
	i.lostBut(0, "", archive, master)
	if again := i.gives("unemployment", "b"); !slices.Equal(next, again) {
		t.Errorf("after %v comes %v", next, again)
	}
	i.leavesNoGap()
}

// gives has a number of every kind given out, and returns them.
func (i *installation) gives(item, about string) (all []string) {
	i.t.Helper()
	ctx, today := i.t.Context(), calendar.DayOf(i.Now())
	e, err := i.Items.Open(ctx, "unemployment", today)
	if item != "unemployment" {
		e, err = i.Items.Open(ctx, "id-card", today)
	}
	i.must(err)
	c, err := i.Cases.Submit(ctx, app.Example(e, cases.Applicant{Party: "p-sunyue", Name: "孙悦"}, nil, nil, today), identity.Actor{Account: "u-sunyue", Name: "孙悦", Party: "p-sunyue"})
	i.must(err)
	i.must(i.Post.DeliverAll(ctx))
	papers, err := sqldb.Column[string](ctx, i.DB, `SELECT agency || kind || year || '/' || serial FROM cases_papers WHERE case_id = $1 AND serial > 0`, string(c.ID))
	i.must(err)
	if len(papers) == 0 {
		i.t.Fatal("no paper has a number")
	}
	all = append(papers, i.allotted(ctx, today)...)
	return append([]string{c.Number}, append(all, i.packed(ctx, item+about))...)
}

// allotted are numbers of which one is enough.
func (i *installation) allotted(ctx context.Context, today calendar.Day) []string {
	joint, err := i.Joint.Store.Number(ctx, "LB320300"+today.String(), today)
	i.must(err)
	licence, err := i.Licences.Store.Number(ctx, "ZH320300"+today.String(), today)
	i.must(err)
	code, err := i.Companies.NextCode(ctx, "320300")
	i.must(err)
	ticket, err := i.Queue.Draw(ctx, queue.Want{Hall: "xz-centre", Line: "综合窗口", Item: "food-permit"}, identity.Actor{Channel: "kiosk"})
	i.must(err)
	return []string{joint, licence, code, today.String() + ticket.No()}
}

// packed is the number of a package that is put on the shelf.
func (i *installation) packed(ctx context.Context, about string) string {
	closed := opening.AddDate(-1, 0, 0)
	r, err := event.Next("package/"+about, event.Head{}, queue.Moved{}, closed)
	i.must(err)
	var b sqldb.Batch
	p, err := i.Archives.Begin().Take(ctx, &b, r.Stream, 0, archives.Content{About: about, Title: "一件", Author: "市场监管局", Agency: "yl-market", Item: "food-permit", Holder: "李敏",
		Opened: closed, Closed: closed, Result: "准予", Keep: archives.Thirty, Head: event.Head{Seq: 1, Hash: r.Hash}, Facts: []event.Record{r}})
	i.must(err)
	i.must(i.DB.Commit(ctx, &b))
	return p.Number
}

// leavesNoGap looks whether everything is as its facts say, and every number that is
// missing has a reason.
func (i *installation) leavesNoGap() {
	i.t.Helper()
	ctx := i.t.Context()
	proven(i.t, i.App)
	if _, err := i.Archives.Audit(ctx, func(say string) { i.t.Error(say) }); err != nil {
		i.t.Error(err)
	}
	i.must(i.Cases.CheckNumbers(ctx))
	all, err := i.Cases.Store.Series(ctx, calendar.DayOf(i.Now()).Year())
	i.must(err)
	count, papers := 0, 0
	for _, s := range all {
		if count += s.Count(); len(s.Gaps) > 0 {
			i.t.Errorf("%s: %v is missing without a reason", s.Name(), s.Gaps)
		}
	}
	i.must(i.DB.Row(ctx, `SELECT COUNT(*) FROM cases_papers WHERE serial > 0 AND year = $1`, calendar.DayOf(i.Now()).Year()).Scan(&papers))
	if count != papers {
		i.t.Errorf("%d papers have numbers, the series count %d", papers, count)
	}
	f, err := i.Archives.Figures(ctx, identity.Actor{Posts: []identity.Post{{Role: identity.Supervisor}}})
	i.must(err)
	packages, _ := f.Sum()
	i.must(i.DB.Row(ctx, `SELECT COUNT(*) FROM archives_packages`).Scan(&papers))
	if int(packages) != papers {
		i.t.Errorf("of %d packages the series count %d", papers, packages)
	}
}

func (i *installation) must(err error) {
	i.t.Helper()
	if err != nil {
		i.t.Fatal(fmt.Errorf("%s: %w", calendar.Moment(i.Now()), err))
	}
}
