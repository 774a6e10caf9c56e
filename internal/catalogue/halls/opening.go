package halls

import (
	"regexp"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
)

// An Opening is when a hall is open, as far as its hours can be read (办公时间).
type Opening struct {
	Days  [7]bool // from Sunday; of use unless Works
	Works bool    // on working days, make-up days included, and on no other
	Spans []calendar.Span
}

// Days is what the hours of a hall ask of the calendar.
type Days interface{ Works(calendar.Day) bool }

var (
	fromTo   = regexp.MustCompile(`(?:周|星期)([一二三四五六日天])(?:至|到|—|-|~)(?:周|星期)?([一二三四五六日天])`)
	oneDay   = regexp.MustCompile(`(?:周|星期)([一二三四五六日天])`)
	stretch  = regexp.MustCompile(`([0-2]?\d)[:：]([0-5]\d)\s*(?:—|–|-|~|至|到)+\s*([0-2]?\d)[:：]([0-5]\d)`)
	weekdays = "日一二三四五六"
)

// Opening reads the hours of the hall as people write them: 法定工作日
// 9:00—12:00，13:30—17:30; 周一至周六 8:30-17:00; 每天 24小时. Where the words
// name no day it is the working days, where they name no time the usual office
// hours.
func (h Hall) Opening() Opening {
	o := Opening{Spans: spansOf(h.Hours)}
	switch {
	case strings.Contains(h.Hours, "每天") || strings.Contains(h.Hours, "每日") || strings.Contains(h.Hours, "全年"):
		o.Days = [7]bool{true, true, true, true, true, true, true}
	case strings.Contains(h.Hours, "工作日") || !oneDay.MatchString(h.Hours):
		o.Works = true
	default:
		o.Days = daysOf(h.Hours)
	}
	return o
}

// On are the hours of a day, none when the hall is closed.
func (o Opening) On(d calendar.Day, days Days) []calendar.Span {
	if o.Works && !days.Works(d) || !o.Works && !o.Days[d.Weekday()] {
		return nil
	}
	return o.Spans
}

func daysOf(text string) (days [7]bool) {
	for _, m := range fromTo.FindAllStringSubmatch(text, -1) {
		for d := weekday(m[1]); ; d = (d + 1) % 7 {
			days[d] = true
			if d == weekday(m[2]) {
				break
			}
		}
	}
	for _, m := range oneDay.FindAllStringSubmatch(text, -1) {
		days[weekday(m[1])] = true
	}
	return days
}

func weekday(han string) int {
	if han == "天" {
		return 0
	}
	return strings.Index(weekdays, han) / len("日")
}

func spansOf(text string) []calendar.Span {
	if strings.Contains(text, "24小时") || strings.Contains(text, "24 小时") {
		return []calendar.Span{{From: 0, Until: 24 * time.Hour}}
	}
	var parts []string
	for _, m := range stretch.FindAllStringSubmatch(text, -1) {
		parts = append(parts, pad(m[1])+":"+m[2]+"-"+pad(m[3])+":"+m[4])
	}
	spans, err := calendar.ParseHours(strings.Join(parts, ","))
	if err != nil { // words that name no time
		return calendar.DefaultHours()
	}
	return spans
}

func pad(hour string) string {
	if len(hour) == 1 {
		return "0" + hour
	}
	return hour
}
