package supervisionstore_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
	"tongban/internal/oversight/supervision"
	"tongban/internal/oversight/supervision/supervisionstore"
)

func shippedAlarms(t testing.TB) []byte {
	t.Helper()
	text, err := data.Alarms.ReadFile("alarms.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// alarmed is the desk with the alarm rules that ship with the program.
func alarmed(t *testing.T, db *sqldb.DB) *desk {
	d := open(t, db)
	rules, err := supervision.ReadAlarms(shippedAlarms(t))
	if err != nil {
		t.Fatal(err)
	}
	d.Alarms = rules
	return d
}

// sweep tells the news and looks at what is due, and says which rules stand.
func (d *desk) sweep(id cases.ID) string {
	d.t.Helper()
	for told := 1; told > 0; {
		var err error
		if told, err = d.post.Deliver(d.t.Context()); err != nil {
			d.t.Fatal(err)
		}
	}
	if err := d.Refresh(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	if err := d.Sweep(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	standing, err := d.AlarmStore.Standing(d.t.Context(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	var rules []string
	for _, r := range standing {
		rules = append(rules, r.Rule)
	}
	slices.Sort(rules)
	return strings.Join(slices.Compact(rules), " ")
}

// Whatever is done to a case on the way, an alarm stands if and only if its cause
// does (徐政发〔2022〕21号（十九）). The permit promises five working days, each
// review two; it is accepted on Monday 2026-09-21, and 25 September is a holiday
// while the 20th was worked.
func TestAlarmsSurviveEveryRework(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		for _, tt := range []struct {
			name string
			do   func(d *desk, c *cases.Case) *cases.Case
			days int // from Monday, then what stands
			want string
		}{
			{"nothing happens: the reviews are late", nil, 3, "step.red"},
			{"nothing happens: the last day is yellow", nil, 8, "clock.promised.yellow step.red"},
			{"nothing happens: the promise is broken", nil, 9, "clock.promised.red step.red"},
			{"handed to a colleague it is as late as before", func(d *desk, c *cases.Case) *cases.Case {
				return d.must(d.cases.Transfer(d.t.Context(), c.ID, c.Flow.Open[0].ID, casestest.LiQian, "请假", casestest.ZhouHai))
			}, 9, "clock.promised.red step.red"},
			{"sent back to a step, the promise does not begin anew", func(d *desk, c *cases.Case) *cases.Case {
				for _, w := range c.Flow.Open {
					c = d.must(d.cases.Review(d.t.Context(), c.ID, w.ID, "同意", "", casestest.ZhouHai))
				}
				d.must(d.cases.Cure(d.t.Context(), c.ID, []cases.Handed{{Material: "plan", Paper: true}}, nil, casestest.LiMin))
				return d.must(d.cases.SendBack(d.t.Context(), c.ID, c.Flow.Open[0].ID, "选址审查", "重看", casestest.ZhaoGang))
			}, 9, "clock.promised.red step.red"},
			{"a special procedure stops the clock, and its own term is watched", func(d *desk, c *cases.Case) *cases.Case {
				return d.must(d.cases.OpenSpecial(d.t.Context(), c.ID, "现场核查", "看现场", casestest.ZhouHai))
			}, 9, ""},
			{"a special procedure that takes too long", func(d *desk, c *cases.Case) *cases.Case {
				return d.must(d.cases.OpenSpecial(d.t.Context(), c.ID, "现场核查", "看现场", casestest.ZhouHai))
			}, 25, "special.red"},
			{"extended, the promise is later", func(d *desk, c *cases.Case) *cases.Case {
				x := cases.Extension{Limit: clock.Limit{N: 5, Unit: clock.WorkingDays}, Reason: "复杂"}
				return d.must(d.cases.Extend(d.t.Context(), c.ID, x, casestest.SunLi))
			}, 9, "step.red"},
			{"a letter that nobody answers", func(d *desk, c *cases.Case) *cases.Case {
				return d.must(d.cases.Urge(d.t.Context(), c.ID, "请抓紧", casestest.ZhangMing))
			}, 2, "urge.unanswered"},
			{"a letter that was answered", func(d *desk, c *cases.Case) *cases.Case {
				d.must(d.cases.Urge(d.t.Context(), c.ID, "请抓紧", casestest.ZhangMing))
				return d.must(d.cases.AnswerUrge(d.t.Context(), c.ID, "正在看", casestest.ZhouHai))
			}, 2, ""},
			{"withdrawn, nothing is watched any more", func(d *desk, c *cases.Case) *cases.Case {
				return d.must(d.cases.Withdraw(d.t.Context(), c.ID, "不办了", casestest.LiMin))
			}, 9, ""},
		} {
			t.Run(tt.name, func(t *testing.T) {
				d := alarmed(t, db)
				c := d.accept(d.file())
				if tt.do != nil {
					c = tt.do(d, c)
				}
				d.now = d.now.AddDate(0, 0, tt.days)
				if got := d.sweep(c.ID); got != tt.want {
					t.Errorf("stand %q, want %q", got, tt.want)
				}
				if tt.do == nil && tt.days == 9 { // late, and then put right
					d.must(d.cases.Withdraw(t.Context(), c.ID, "不办了", casestest.LiMin))
					if got := d.sweep(c.ID); got != "" {
						t.Errorf("still stand %q", got)
					}
				}
			})
		}
	})
}

// Who is told climbs with time, each once, and nobody is told of what is settled.
func TestAnAlarmClimbs(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		d, ctx := alarmed(t, db), t.Context()
		c := d.accept(d.file())
		count := func(who identity.Actor, rule string) (n int) {
			list, err := d.Notices(ctx, who)
			if err != nil {
				t.Fatal(err)
			}
			if n, err := d.CountNotices(ctx, who); err != nil || n != len(list) {
				t.Errorf("%d are counted of %d: %v", n, len(list), err)
			}
			for _, one := range list {
				if one.Case == c.ID && one.Rule == rule {
					n++
				}
			}
			return n
		}
		told := func(when string, reviewer, head, supervisor int) {
			t.Helper()
			d.sweep(c.ID)
			d.sweep(c.ID) // a second look tells nobody twice
			const rule = "clock.promised.red"
			if a, b, s := count(casestest.ZhouHai, rule), count(casestest.SunLi, rule), count(casestest.ZhangMing, rule); a != reviewer || b != head || s != supervisor {
				t.Errorf("%s: told reviewer %d, head %d, supervisor %d", when, a, b, s)
			}
		}
		d.now = d.now.AddDate(0, 0, 8)
		told("on the last day", 0, 0, 0)
		d.now = d.now.AddDate(0, 0, 1)
		told("late", 1, 0, 0)
		d.now = d.now.AddDate(0, 0, 14) // over the holiday
		told("long after", 1, 1, 1)
		twice := casestest.ZhangMing
		twice.Posts = slices.Concat(twice.Posts, twice.Posts)
		if n := count(twice, "clock.promised.red"); n != 1 {
			t.Errorf("who holds two such posts is told %d times", n)
		}
		list, err := d.Notices(ctx, casestest.SunLi)
		if err != nil || len(list) == 0 {
			t.Fatal(list, err)
		}
		if err := d.PutAway(ctx, list[0].ID, casestest.ZhouHai); fault.Code(err) != "supervision.notice.none" {
			t.Errorf("put away by another: %v", err)
		}
		d.must(d.cases.Withdraw(ctx, c.ID, "不办了", casestest.LiMin))
		told("withdrawn", 0, 0, 0)
		alarms, err := d.Alarmed(ctx, supervision.Scope{Region: casestest.Region}, "", casestest.ZhangMing)
		if err != nil || slices.ContainsFunc(alarms, func(r supervision.Raised) bool { return r.Case == c.ID }) {
			t.Errorf("still listed: %v %v", alarms, err)
		}
	})
}

func TestAlarmRulesAreRead(t *testing.T) {
	for _, tt := range []struct{ name, text, code string }{
		{"the shipped rules", string(shippedAlarms(t)), ""},
		{"nothing watched", `- {id: a, level: 红牌, watch: weather, tell: [{to: head}]}`, "supervision.alarm.watch"},
		{"nobody told", `- {id: a, level: 红牌, watch: promised-late}`, "supervision.alarm.tell"},
		{"a stranger told", `- {id: a, level: 红牌, watch: promised-late, tell: [{to: mayor}]}`, "supervision.alarm.tell"},
		{"no level", `- {id: a, watch: promised-late, tell: [{to: head}]}`, "supervision.alarm.level"},
		{"twice the same", `[{id: a, level: 红牌, watch: promised-late, tell: [{to: head}]}, {id: a, level: 红牌, watch: step-late, tell: [{to: head}]}]`, "supervision.alarm.id"},
		{"a limit that is none", `- {id: a, level: 红牌, watch: promised-late, tell: [{to: head, after: 不久}]}`, "clock.limit.text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := supervision.ReadAlarms([]byte(tt.text)); (err != nil || tt.code != "") && fault.Code(err) != tt.code {
				t.Errorf("%v", err)
			}
		})
	}
}

// What is past its limit is a red card; what comes near it, or wants to be looked
// at, a yellow one.
func TestAShippedRuleAboutALimitThatPassedIsARedCard(t *testing.T) {
	rules, err := supervision.ReadAlarms(shippedAlarms(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		passed := strings.ContainsAny(r.Name, "超逾") || r.Watch == supervision.UrgeUnanswered || r.Watch == supervision.AutomaticWrong
		if passed != (r.Level == supervision.RedCard) {
			t.Errorf("%s, %s: %s", r.ID, r.Name, r.Level)
		}
	}
}

// million is how many cases run while the sweep looks at those that are due.
const million = 1_000_000

// still answers every question about a case with one that is late.
type still struct{ supervision.Cases }

func (still) Case(_ context.Context, id cases.ID, _ identity.Actor) (*cases.Case, error) {
	return &cases.Case{ID: id, Number: string(id), State: cases.Accepted, Region: casestest.Region, Agency: casestest.Agency,
		Promised: clock.Clock{Limit: clock.Limit{N: 5, Unit: clock.WorkingDays}, Started: clock.At(time.Date(2026, 3, 2, 10, 0, 0, 0, calendar.Zone))}}, nil
}

func (still) Ahead(ctx context.Context, _ []cases.ID) context.Context { return ctx }

// The sweep over a million running cases of which a thousand are due.
func BenchmarkSweep(b *testing.B) {
	db, err := sqldb.Open(b.Context(), b.TempDir()+"/sweep.db")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(b.Context(), supervisionstore.Schema); err != nil {
		b.Fatal(err)
	}
	built, err := calendar.Load(data.Calendars)
	if err != nil {
		b.Fatal(err)
	}
	rules, err := supervision.ReadAlarms(shippedAlarms(b))
	if err != nil {
		b.Fatal(err)
	}
	now := time.Date(2026, 3, 16, 10, 0, 0, 0, calendar.Zone)
	store := &supervisionstore.Store{DB: db}
	later := clock.At(now.AddDate(0, 1, 0))
	for from := 0; from < million; from += 20_000 {
		var batch sqldb.Batch
		for i := from; i < from+20_000; i++ {
			store.LookAt(&batch, cases.ID(fmt.Sprintf("c%07d", i)), later+clock.Moment(i))
		}
		if err := db.Commit(b.Context(), &batch); err != nil {
			b.Fatal(err)
		}
	}
	s := &supervision.Service{Cases: still{}, Days: calendar.NewLive(built), Now: func() time.Time { return now }, Alarms: rules, AlarmStore: store}
	for b.Loop() {
		b.StopTimer()
		var batch sqldb.Batch
		for i := range 1000 {
			store.LookAt(&batch, cases.ID(fmt.Sprintf("c%07d", i*1000)), clock.At(now)-clock.Moment(i))
		}
		if err := db.Commit(b.Context(), &batch); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if err := s.Sweep(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
