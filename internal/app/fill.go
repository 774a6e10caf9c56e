package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestore"
)

// Fill gives the sample city n more cases of the past year, most of them closed
// and the latest at every step, for measuring how the platform behaves when it
// has long been in use. They are judged by the same rules as every case, so that
// an audit finds nothing, but nobody is told: they have no certificates.
func (a *App) Fill(ctx context.Context, n int) error {
	f := filler{App: a, people: map[string]identity.Actor{}, store: &casestore.Store{DB: a.DB, Post: a.Post, Days: a.Calendar}}
	if err := f.prepare(ctx); err != nil {
		return err
	}
	for done := 0; done < n; {
		var group []casestore.Past
		for range min(groupOfFill, n-done) {
			p, err := f.past(ctx, done+len(group), n)
			if err != nil {
				return fmt.Errorf("fill case %d: %w", done+len(group), err)
			}
			group = append(group, p)
		}
		if err := f.store.Load(ctx, group); err != nil {
			return fmt.Errorf("fill: %w", err)
		}
		done += len(group)
	}
	return nil
}

// groupOfFill is how many cases are kept in one commit.
const groupOfFill = 1000

type filler struct {
	*App
	store  *casestore.Store
	kinds  []*items.Edition
	people map[string]identity.Actor // who does the work of a post, by agency, role and turn
	window identity.Actor
}

// fillItems are the items that the cases are about, common ones more often.
var fillItems = []items.ID{"food-permit", "social-card", "individual-business", "residence-permit", "food-permit", "medical-resident", "unemployment", "elder-subsidy"}

func (f *filler) prepare(ctx context.Context) (err error) {
	for _, id := range fillItems {
		e, err := f.Items.Current(ctx, id)
		if err != nil {
			return err
		}
		f.kinds = append(f.kinds, e)
	}
	f.window, err = f.clerk(ctx)
	return err
}

// past is the i-th of n cases, filed on its day of the past year.
func (f *filler) past(ctx context.Context, i, n int) (casestore.Past, error) {
	today := calendar.DayOf(f.wall())
	day := today - calendar.Day(350-int64(i)*350/int64(n))
	p := casestore.Past{Case: &cases.Case{}, Opened: cases.Openings{}, Edition: f.kinds[i%len(f.kinds)]}
	who := cases.Applicant{Party: fmt.Sprintf("p-fill-%d", i/3), Name: surnames[i%len(surnames)] + given[i/7%len(given)]}
	l := &living{filler: f, Past: &p, at: day.Start().Add(9*time.Hour + time.Duration(i%480)*time.Minute)}
	if err := l.file(ctx, who); err != nil || day > today-3 {
		return p, err
	}
	steps := 100 // to the end
	if day > today-20 {
		steps = i % 5
	}
	if err := l.move(p.Case.Accept(p.Edition, nil, nil, f.Calendar, f.window, l.at)); err != nil {
		return p, err
	}
	return p, l.work(ctx, steps)
}

// living is a case of the fill on its way: a step a working day.
type living struct {
	*filler
	*casestore.Past
	frame cases.Frame
	at    time.Time
}

func (l *living) file(ctx context.Context, who cases.Applicant) (err error) {
	e := l.Edition
	if l.frame, err = l.Cases.Frame(ctx, &cases.Case{Item: e.Item, Edition: e.Number}); err != nil {
		return err
	}
	by := identity.Actor{Account: "u-fill", Name: who.Name, Party: who.Party, Channel: "mobile"}
	m, err := cases.Receive(cases.ID(sqldb.NewID()), Example(e, who, nil, nil, calendar.DayOf(l.at)), e, by, l.Cases.Received(l.at), l.at)
	if err != nil {
		return err
	}
	m.Answers, err = l.Cases.Sealed(m.Case, e.Form, m.Answers)
	return l.move(m, err)
}

// move makes a fact of what was judged, and lets a working day go by.
func (l *living) move(m cases.Moved, err error) error {
	if err != nil {
		return err
	}
	if err := l.Case.Apply(m, l.frame); err != nil {
		return err
	}
	l.Opened.Note(l.Case.Flow.Open, m.At)
	l.Case.Head.Seq = m.Seq
	l.Facts = append(l.Facts, m)
	if next := l.Calendar.Now().Add(calendar.DayOf(l.at), 1).Start().Add(10 * time.Hour); next.Before(l.wall()) {
		l.at = next
	}
	return nil
}

// work goes through the procedure, at most so many steps. One case in eight is
// refused.
func (l *living) work(ctx context.Context, steps int) error {
	for ; steps > 0 && l.Case.State == cases.Accepted && len(l.Case.Flow.Open) > 0; steps-- {
		w := l.Case.Flow.Open[0]
		who, err := l.doer(ctx, w)
		if err != nil {
			return err
		}
		if w.Decides {
			r := cases.Ruling{Grant: len(l.Case.Applicant.Party)%8 != 0, Reason: "不符合规定的条件", Basis: "行政许可法第三十八条"}
			err = l.move(l.Case.Decide(l.frame, w.ID, r, who, l.at))
		} else {
			err = l.move(l.Case.Review(w.ID, "同意", "", who, l.at))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// doer is somebody who holds the post, another one for every signature.
func (l *living) doer(ctx context.Context, w flow.Work) (identity.Actor, error) {
	key := fmt.Sprint(w.Agency, w.Role, len(w.Signed))
	if who, ok := l.people[key]; ok && !signed(w, who.Account) {
		return who, nil
	}
	who, err := l.holder(ctx, w)
	l.people[key] = who
	return who, err
}

func signed(w flow.Work, account string) bool {
	return slices.ContainsFunc(w.Signed, func(s flow.Sign) bool { return s.By == account })
}

var (
	surnames = []string{"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗"}
	given    = []string{"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀兰", "霞", "平", "刚", "桂英"}
)
