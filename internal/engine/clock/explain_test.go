package clock_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
)

func TestExplainSaysEveryInterval(t *testing.T) {
	c := held(t, start(t, twenty, "2025-09-22"), "专家评审", "2025-10-13", "2025-10-24")
	e := c.Explain(shipped, on("2025-10-27"))
	want := "应于2025年11月7日（含当日）前办结，因为自2025年9月22日起算，当日不计，期限20个工作日，不计入的有周末6天，国庆节、中秋节放假8天，专家评审12天。"
	if e.Sentence != want {
		t.Errorf("%s\nwant %s", e.Sentence, want)
	}
	var got []string
	for _, v := range e.Intervals {
		sign := "-"
		if v.Counted {
			sign = "+"
		}
		got = append(got, fmt.Sprintf("%s%d %s..%s %s", sign, v.Days, v.From.String()[5:], v.Until.String()[5:], v.Why))
	}
	if diff := cmp.Diff(strings.Split(`-1 09-22..09-22 起算当日
+4 09-23..09-26 工作日
-1 09-27..09-27 周末
+1 09-28..09-28 国庆节、中秋节调休上班
+2 09-29..09-30 工作日
-8 10-01..10-08 国庆节、中秋节放假
+2 10-09..10-10 工作日
+1 10-11..10-11 国庆节、中秋节调休上班
-1 10-12..10-12 周末
-12 10-13..10-24 专家评审
-2 10-25..10-26 周末
+5 10-27..10-31 工作日
-2 11-01..11-02 周末
+5 11-03..11-07 工作日`, "\n"), got); diff != "" {
		t.Error(diff)
	}
}

func TestSentences(t *testing.T) {
	running := start(t, twenty, "2025-09-22")
	paused := held(t, held(t, running, "专家评审", "2025-10-13", ""), "检验", "2025-10-14", "")
	extended, err := running.Extend(extension(10, "2025-10-10"), clock.OrdinaryExtension, shipped)
	if err != nil {
		t.Fatal(err)
	}
	stopped, err := running.Stop(on("2025-10-20"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		clock clock.Clock
		now   string
		want  string
	}{
		{"no limit", start(t, clock.Limit{}, "2025-09-22"), "2025-09-23", "没有规定办理时限。"},
		{"not started", clock.Clock{Limit: twenty}, "2025-09-23", "尚未开始计时，期限为20个工作日。"},
		{"at once", start(t, clock.Immediate, "2025-09-22"), "2025-09-22", "应于2025年9月22日（含当日）前办结，因为2025年9月22日起即时办结。"},
		{"late", running, "2025-10-28", "应于2025年10月24日（含当日）前办结，因为自2025年9月22日起算，当日不计，期限20个工作日，不计入的有周末4天，国庆节、中秋节放假8天；已超期2个工作日。"},
		{"extended", extended, "2025-10-28", "应于2025年11月7日（含当日）前办结，因为自2025年9月22日起算，当日不计，期限20个工作日，经局长批准延长10个工作日（案情复杂），不计入的有周末8天，国庆节、中秋节放假8天。"},
		{"paused twice over", paused, "2025-10-15", "因专家评审、检验中止计时，恢复后还有10个工作日，届时确定办结日期：自2025年9月22日起算，当日不计，期限20个工作日，不计入的有周末2天，国庆节、中秋节放假8天，专家评审1天，专家评审、检验2天。"},
		{"stopped", stopped, "2026-03-02", "已于2025年10月20日停止计时；应于2025年10月24日（含当日）前办结，因为自2025年9月22日起算，当日不计，期限20个工作日，不计入的有周末4天，国庆节、中秋节放假8天。"},
		{"provisional", start(t, clock.Limit{N: 10, Unit: clock.WorkingDays}, "2026-12-24"), "2026-12-25", "应于2027年1月7日（含当日）前办结，因为自2026年12月24日起算，当日不计，期限10个工作日，不计入的有周末4天；2027年放假安排尚未载入，日期暂定。"},
		{"calendar days pushed by a holiday", start(t, clock.Limit{N: 15, Unit: clock.CalendarDays}, "2026-09-21"), "2026-09-22", "应于2026年10月8日（含当日）前办结，因为自2026年9月21日起算，当日不计，期限15个自然日，届满日逢休息顺延2天。"},
		{"hours", start(t, clock.Limit{N: 4, Unit: clock.WorkingHours}, "2026-09-21"), "2026-09-21", "应于2026年9月21日14:30前办结，因为自2026年9月21日09:00起算，期限4个工作小时，不计入的有非办公时间。"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.clock.Explain(shipped, on(tt.now)).Sentence; got != tt.want {
				t.Errorf("%s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestColours(t *testing.T) {
	running := start(t, twenty, "2025-09-22") // due on Friday 2025-10-24
	stop := func(day string) clock.Clock {
		c, err := running.Stop(on(day))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	for _, tt := range []struct {
		name  string
		clock clock.Clock
		now   string
		want  clock.Colour
		left  string
	}{
		{"not started", clock.Clock{Limit: twenty}, "2025-09-22", clock.Grey, "尚未计时"},
		{"without limit", start(t, clock.Limit{}, "2025-09-22"), "2025-09-22", clock.Grey, "无时限"},
		{"just begun", running, "2025-09-22", clock.Green, "还剩20个工作日"},
		{"five days left", running, "2025-10-17", clock.Green, "还剩5个工作日"},
		{"a fifth left", running, "2025-10-20", clock.Yellow, "还剩4个工作日"},
		{"the last day", running, "2025-10-24", clock.Yellow, "今日到期"},
		{"the weekend after", running, "2025-10-25", clock.Red, "已超期"},
		{"the Monday after", running, "2025-10-27", clock.Red, "已超期1个工作日"},
		{"paused", held(t, running, "听证", "2025-10-20", ""), "2026-01-05", clock.Grey, "听证中，还剩5个工作日"},
		{"paused too late", held(t, running, "听证", "2025-10-28", ""), "2026-01-05", clock.Red, "已超期1个工作日"},
		{"done in time, looked at later", stop("2025-10-24"), "2026-01-05", clock.Green, "按时办结"},
		{"done late, looked at later", stop("2025-10-28"), "2026-01-05", clock.Red, "已超期2个工作日"},
		{"fifteen calendar days ended on a day off", start(t, clock.Limit{N: 15, Unit: clock.CalendarDays}, "2026-09-21"), "2026-10-06", clock.Yellow, "2026年10月8日到期"},
		{"calendar days that will end on a day off", start(t, clock.Limit{N: 5, Unit: clock.CalendarDays}, "2025-09-22"), "2025-09-23", clock.Green, "2025年9月28日到期"},
		{"calendar days that will end on a working day", start(t, clock.Limit{N: 4, Unit: clock.CalendarDays}, "2025-09-22"), "2025-09-23", clock.Green, "还剩3天"},
		{"at once", start(t, clock.Immediate, "2025-09-22"), "2025-09-22", clock.Yellow, "今日到期"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.clock.Colour(on(tt.now), shipped, clock.Usual); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			if got := tt.clock.Say(on(tt.now), shipped); got != tt.left {
				t.Errorf("%s, want %s", got, tt.left)
			}
		})
	}
}

func TestMovedNamesTheRunningClocksAChangeMoves(t *testing.T) {
	early := start(t, clock.Limit{N: 3, Unit: clock.WorkingDays}, "2026-09-14")
	late := start(t, clock.Limit{N: 20, Unit: clock.WorkingDays}, "2026-09-14")
	done, err := late.Stop(on("2026-09-18"))
	if err != nil {
		t.Fatal(err)
	}
	after := shipped.Local(calendar.Entry{Name: "台风停工", Date: calendar.Parse("2026-09-24"), Off: true})
	got := clock.Moved(shipped, after, map[string]clock.Clock{
		"甲": early, "乙": late, "丙": done, "丁": held(t, late, "听证", "2026-09-21", ""), "戊": {},
	})
	if len(got) != 1 || got[0].Key != "乙" || got[0].From.Day.String() != "2026-10-16" || got[0].To.Day.String() != "2026-10-19" {
		t.Errorf("moved %+v", got)
	}
}

func TestHoursAreToldByTheMinute(t *testing.T) {
	c := start(t, clock.Limit{N: 4, Unit: clock.WorkingHours}, "2026-09-21")
	want := `应于2026年9月21日14:30前办结，因为自2026年9月21日09:00起算，期限4个工作小时，不计入的有非办公时间。
2026-09-21 09:00 至 2026-09-21 12:00  计入3小时0分  累计3小时0分  办公时间
2026-09-21 12:00 至 2026-09-21 13:30  不计1小时30分  累计3小时0分  非办公时间
2026-09-21 13:30 至 2026-09-21 14:30  计入1小时0分  累计4小时0分  办公时间`
	if diff := cmp.Diff(want, c.Explain(shipped, on("2026-09-21")).String()); diff != "" {
		t.Error(diff)
	}
	if got := c.Remaining(on("2026-09-22").Add(time.Hour), shipped).String(); got != "-4小时0分" { // three of Monday, one of Tuesday
		t.Errorf("four hours past due it says %s", got)
	}
	if got := start(t, clock.Limit{}, "2026-09-21").Remaining(on("2026-09-22"), shipped); got != (clock.Amount{}) {
		t.Errorf("without limit %v is left", got)
	}
}

func TestAYearIsNotToldWeekByWeek(t *testing.T) {
	e := start(t, clock.Limit{N: 1, Unit: clock.Years}, "2025-03-03").Explain(shipped, on("2025-03-03"))
	if len(e.Intervals) != 2 || e.Intervals[1].Why != "自然日" || e.Intervals[1].Days != 365 {
		t.Errorf("told as %+v", e.Intervals)
	}
}
