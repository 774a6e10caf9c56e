package supervision

import (
	"time"

	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
)

// A Level is how urgently a case wants a supervisor (督办等级).
type Level string

// The levels.
const (
	RedCard    Level = "红牌" // past its promise
	YellowCard Level = "黄牌" // little time left
	Watch      Level = "关注" // listed, and in time
)

// LevelOf is the level of a case now: past due is 红牌; the last fifth of the
// time, and at least the last working day, is 黄牌 (clock.Usual).
func LevelOf(c *cases.Case, days clock.Days, now time.Time) Level {
	switch c.Clock().Colour(now, days, clock.Usual) {
	case clock.Red:
		return RedCard
	case clock.Yellow:
		return YellowCard
	}
	return Watch
}

// A Time is how much of its time a case has used.
type Time struct {
	Used, Total int64  // in the same unit
	Say         string // "超1个工作日", "剩3个工作日"
	Level       Level
}

// TimeOf tells the binding clock of a case.
func TimeOf(c *cases.Case, days clock.Days, now time.Time) Time {
	k := c.Clock()
	used, left := k.Used(now, days), k.Remaining(now, days)
	t := Time{Used: measure(used), Total: measure(used) + measure(left), Level: LevelOf(c, days, now)}
	switch {
	case k.Started == 0 || k.Limit.None():
		t.Say = "未计时"
	case k.Paused():
		t.Say = "停表"
	case measure(left) < 0:
		left.Days, left.Hours = -left.Days, -left.Hours
		t.Say = "超" + amount(left)
	case measure(left) == 0:
		t.Say = "今天到期"
	default:
		t.Say = "剩" + amount(left)
	}
	return t
}

func measure(a clock.Amount) int64 {
	if a.Hours != 0 {
		return int64(a.Hours / time.Minute)
	}
	return int64(a.Days)
}

func amount(a clock.Amount) string {
	if a.Unit == clock.WorkingHours {
		return Spell(a.Hours)
	}
	return clock.Limit{N: a.Days, Unit: a.Unit}.String()
}
