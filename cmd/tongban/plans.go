package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/publicity"
	"tongban/internal/oversight/rating"
	"tongban/internal/oversight/supervision"
)

// A question is what people, or the program itself, ask of the tables all day.
type question struct {
	name string
	ask  func(context.Context) error
}

// The offices that have most of the filled city's cases.
const (
	wholeCity   = "320300000000"
	quietCounty = "320311000000" // none of its
	busyAgency  = "xz-hr"
	busyReviews = "yl-market"
	quietAgency = "xz-market" // its newest cases lie behind many of others
)

// questions are the most frequent ones, with answers in a filled city.
func questions(ctx context.Context, a *app.App) ([]question, error) {
	s := a.Cases.Store
	newest, err := s.List(ctx, cases.Filter{Agency: busyAgency, Limit: 50})
	if err != nil {
		return nil, fmt.Errorf("look for a case to ask for: %w", err)
	}
	if len(newest) == 0 {
		return nil, errors.New("the city has no cases to ask for; fill it first")
	}
	one, today := newest[len(newest)/2], calendar.DayOf(a.Now())
	list := func(name string, f cases.Filter) question {
		f.Limit = 50
		return question{name, func(ctx context.Context) error { _, err := s.List(ctx, f); return err }}
	}
	return []question{
		list("窗口待办清单（50行）", cases.Filter{Queue: wholeCity}),
		list("窗口待出证清单（50行）", cases.Filter{Issue: wholeCity}),
		list("部门办件（50行）", cases.Filter{Agency: busyAgency}),
		list("部门办件，只看待补正", cases.Filter{Agency: busyAgency, State: cases.Correcting}),
		{"岗位收件箱（50行）", func(ctx context.Context) error {
			_, err := s.Inbox(ctx, cases.Tray{Agency: busyReviews, Role: "reviewer", Limit: 50})
			return err
		}},
		list("按申请人姓名找（部门内，50行）", cases.Filter{Agency: busyAgency, Name: one.Applicant}),
		list("按姓氏找（全市，50行）", cases.Filter{Region: wholeCity, Name: string([]rune(one.Applicant)[:1])}),
		{"按编号找", func(ctx context.Context) error { _, err := s.ByNumber(ctx, one.Number); return err }},
		{"办件页", func(ctx context.Context) error { _, err := s.Case(ctx, one.ID); return err }},
		{"办件历史", func(ctx context.Context) error { _, err := s.History(ctx, one.ID); return err }},
		list("我的办件（30行）", cases.Filter{Party: "p-limin"}),
		list("督查在办清单（50行）", cases.Filter{Watch: wholeCity}),
		list("督查查全市，只看待补正", cases.Filter{Region: wholeCity, State: cases.Correcting}),
		list("部门办件，近来少有的部门", cases.Filter{Agency: quietAgency}),
		list("督查查没有办件的区", cases.Filter{Region: quietCounty}),
		list("督查在办清单，没有办件的区", cases.Filter{Watch: quietCounty}),
		list("督查在办清单，只看一个部门", cases.Filter{Watch: wholeCity, Of: quietAgency}),
		{"效能看板", func(ctx context.Context) error {
			_, err := a.Supervision.Board(ctx, supervision.Scope{Region: wholeCity}, identity.TheSystem)
			return err
		}},
		{"预警清单", func(ctx context.Context) error {
			_, err := a.Supervision.AlarmStore.List(ctx, supervision.Scope{Region: wholeCity}, "", 50)
			return err
		}},
		{"到时该看的办件（预警扫描）", func(ctx context.Context) error {
			_, err := a.Supervision.AlarmStore.Looks(ctx, a.Now(), 200)
			return err
		}},
		{"到时自动办的办件", func(ctx context.Context) error { _, err := s.Sleeping(ctx, a.Now(), 500); return err }},
		{"结果公示（20行）", func(ctx context.Context) error {
			_, err := a.Publicity.List(ctx, publicity.Filter{Limit: 20})
			return err
		}},
		{"公示的近30天合计", func(ctx context.Context) error { _, err := a.Publicity.Store.Count(ctx, today-30); return err }},
		{"公布的评价合计", func(ctx context.Context) error {
			_, err := a.Ratings.Tally(ctx, rating.Filter{Region: wholeCity})
			return err
		}},
		{"逾期未评价", func(ctx context.Context) error { _, err := a.Ratings.Store.Lapsed(ctx, today, 500); return err }},
		{"文号台账", func(ctx context.Context) error { _, err := s.Series(ctx, today.Year()); return err }},
	}, nil
}

// asks is how often each question is asked.
const asks = 40

// plans times every question and, with explain, writes how the database answers
// it. What is due is swept at the end, which changes the city.
func plans(ctx context.Context, a *app.App, explain bool, out io.Writer) error {
	all, err := questions(ctx, a)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%-40s %9s %9s\n", "question to the tables", "p50 ms", "p95 ms")
	for _, q := range all {
		taken := make([]time.Duration, asks)
		for i := range taken {
			started := time.Now()
			if err := q.ask(ctx); err != nil {
				return fmt.Errorf("%s: %w", q.name, err)
			}
			taken[i] = time.Since(started)
		}
		slices.Sort(taken)
		fmt.Fprintf(out, "%-40s %9.2f %9.2f\n", q.name, float64(taken[asks/2])/1e6, float64(taken[asks*95/100])/1e6)
	}
	if explain {
		for _, q := range all {
			if err := explained(ctx, a.DB, q, out); err != nil {
				return err
			}
		}
	}
	return sweep(ctx, a, out)
}

// explained writes the plan of everything that a question asks.
func explained(ctx context.Context, db *sqldb.DB, q question, out io.Writer) error {
	var asked []sqldb.Asked
	if err := q.ask(sqldb.Tracing(ctx, func(one sqldb.Asked) { asked = append(asked, one) })); err != nil {
		return err
	}
	fmt.Fprintf(out, "\n== %s\n", q.name)
	for _, one := range asked {
		lines, err := db.Plan(ctx, one.Query, one.Args...)
		if err != nil {
			return fmt.Errorf("plan of %s: %w", q.name, err)
		}
		fmt.Fprintf(out, "-- %s\n   %s\n", strings.Join(strings.Fields(one.Query), " "), strings.Join(lines, "\n   "))
	}
	return nil
}

// sweep times a look at the alarms when nothing is due, and when a thousand cases are.
func sweep(ctx context.Context, a *app.App, out io.Writer) error {
	started := time.Now()
	if err := a.Supervision.Sweep(ctx); err != nil {
		return err
	}
	idle := time.Since(started)
	ids, err := a.Cases.Store.List(ctx, cases.Filter{Watch: wholeCity, Limit: 1000})
	if err != nil {
		return err
	}
	var b sqldb.Batch
	for _, r := range ids {
		a.Supervision.AlarmStore.LookAt(&b, r.ID, clock.At(a.Now().Add(-time.Second)))
	}
	if err := a.DB.Commit(ctx, &b); err != nil {
		return err
	}
	started = time.Now()
	err = a.Supervision.Sweep(ctx)
	fmt.Fprintf(out, "\nsweep of alarms: nothing due %.1f ms; %d cases due %.0f ms\n", float64(idle)/1e6, len(ids), float64(time.Since(started))/1e6)
	return err
}
