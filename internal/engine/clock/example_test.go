package clock_test

import (
	"fmt"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
)

// A case accepted before the National Day holiday of 2025, with an expert
// review of two weeks.
func Example() {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		fmt.Println(err)
		return
	}
	at := func(day string) time.Time { return calendar.Parse(day).Start().Add(9 * time.Hour) }

	c, _ := clock.Clock{}.Start(clock.Limit{N: 20, Unit: clock.WorkingDays}, at("2025-09-22"))
	c, _ = c.Pause(clock.Pause{Key: "1", Kind: "专家评审", From: clock.At(at("2025-10-13"))})
	fmt.Println(c.Say(at("2025-10-14"), days))
	c, _ = c.Resume("1", at("2025-10-24"))
	fmt.Println(c.Say(at("2025-10-27"), days))
	fmt.Println(c.Explain(days, at("2025-10-27")))
	// Output:
	// 专家评审中，还剩10个工作日
	// 还剩9个工作日
	// 应于2025年11月7日（含当日）前办结，因为自2025年9月22日起算，当日不计，期限20个工作日，不计入的有周末6天，国庆节、中秋节放假8天，专家评审12天。
	// 2025-09-22 至 2025-09-22  不计  1天  累计  0天  起算当日
	// 2025-09-23 至 2025-09-26  计入  4天  累计  4天  工作日
	// 2025-09-27 至 2025-09-27  不计  1天  累计  4天  周末
	// 2025-09-28 至 2025-09-28  计入  1天  累计  5天  国庆节、中秋节调休上班
	// 2025-09-29 至 2025-09-30  计入  2天  累计  7天  工作日
	// 2025-10-01 至 2025-10-08  不计  8天  累计  7天  国庆节、中秋节放假
	// 2025-10-09 至 2025-10-10  计入  2天  累计  9天  工作日
	// 2025-10-11 至 2025-10-11  计入  1天  累计 10天  国庆节、中秋节调休上班
	// 2025-10-12 至 2025-10-12  不计  1天  累计 10天  周末
	// 2025-10-13 至 2025-10-24  不计 12天  累计 10天  专家评审
	// 2025-10-25 至 2025-10-26  不计  2天  累计 10天  周末
	// 2025-10-27 至 2025-10-31  计入  5天  累计 15天  工作日
	// 2025-11-01 至 2025-11-02  不计  2天  累计 15天  周末
	// 2025-11-03 至 2025-11-07  计入  5天  累计 20天  工作日
}
