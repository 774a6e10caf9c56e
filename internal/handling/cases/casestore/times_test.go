package casestore_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

func TestEveryClockOfACaseIsToldAsItStood(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		filed := o.now
		c := o.file()
		o.now = o.now.Add(time.Hour)
		o.must(o.Accept(ctx, c.ID, nil, promise("2026-09-29"), casestest.WangFang))
		o.now = o.now.AddDate(0, 0, 1)
		o.must(o.OpenSpecial(ctx, c.ID, "现场核查", "看现场", casestest.ZhouHai))
		o.now = o.now.AddDate(0, 0, 2)
		o.must(o.CloseSpecial(ctx, c.ID, "s1", cases.SpecialEnd{Result: "合格"}, casestest.ZhouHai))
		c = o.must(o.Service.Case(ctx, c.ID, casestest.ZhouHai))
		for _, tt := range []struct {
			name string
			at   time.Time
			want []cases.TimeKind
			say  string // in some sentence
		}{
			{"just filed: only the time for accepting runs", filed, []cases.TimeKind{cases.NoticeTime}, "应于2026年9月29日（含当日）前办结"},
			{"while the inspection lasts the days stand still", o.now.AddDate(0, 0, -1), []cases.TimeKind{cases.StatutoryTime, cases.PromisedTime, cases.ProcedureTime, cases.StepTime, cases.StepTime, cases.StepTime}, "因现场核查中止计时"},
			{"after it three days were left out", o.now, nil, "现场核查3天"},
			{"in time to come it is late", o.now.AddDate(0, 1, 0), nil, "已超期"},
		} {
			t.Run(tt.name, func(t *testing.T) {
				times, err := o.Times(ctx, c, tt.at, casestest.ZhouHai)
				if err != nil {
					t.Fatal(err)
				}
				var kinds []cases.TimeKind
				for _, k := range times.Clocks {
					kinds = append(kinds, k.Kind)
				}
				if tt.want != nil && !slices.Equal(kinds, tt.want) {
					t.Errorf("clocks %v", kinds)
				}
				if !strings.Contains(times.String(), tt.say) {
					t.Errorf("nobody says %s:\n%s", tt.say, times)
				}
			})
		}
		_, err := o.Times(ctx, c, filed.Add(-time.Hour), casestest.ZhouHai)
		o.refused("cases.times.early")(nil, err)
		_, err = o.Times(ctx, c, o.now, casestest.ZhangSan)
		o.refused("cases.none")(nil, err)
	})
}
