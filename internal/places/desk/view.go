package desk

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
)

// minute is a moment as people read it.
func minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(calendar.Zone).Format("2006年1月2日 15:04")
}

// second is a moment to the second, for the record.
func second(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(calendar.Zone).Format("2006-01-02 15:04:05")
}

var weekdays = []string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

// today is the line under a title: "11月20日 周五 10:42".
func today(now time.Time) string {
	now = now.In(calendar.Zone)
	return now.Format("1月2日 ") + weekdays[now.Weekday()] + now.Format(" 15:04")
}

// thousands writes a number with its commas.
func thousands(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// toneOf is the colour of a level.
func toneOf(l supervision.Level) frame.Tone {
	switch l {
	case supervision.RedCard:
		return frame.Red
	case supervision.YellowCard:
		return frame.Amber
	}
	return frame.Plain
}

// with is an address with some of its questions changed; "" takes one away.
func with(path string, q url.Values, pairs ...string) string {
	next := url.Values{}
	for k, v := range q {
		next[k] = v
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			next.Del(pairs[i])
			continue
		}
		next.Set(pairs[i], pairs[i+1])
	}
	if len(next) == 0 {
		return path
	}
	return path + "?" + next.Encode()
}

// gantt draws what supervision reckoned.
func gantt(c supervision.Chart) (lanes []frame.Lane, ticks []frame.Tick) {
	for _, l := range c.Lanes {
		lane := frame.Lane{Name: l.Name, Bad: l.Bad}
		for _, b := range l.Bars {
			lane.Bars = append(lane.Bars, frame.Bar{From: b.From, To: b.To, Kind: b.Kind, Note: b.Note})
		}
		lanes = append(lanes, lane)
	}
	for _, t := range c.Ticks {
		ticks = append(ticks, frame.Tick{At: t.At, Name: t.Name})
	}
	return lanes, ticks
}

// instant is a moment in an address, and atOf reads it.
func instant(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }

func atOf(text string) time.Time {
	ms, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{} // from the beginning
	}
	return time.UnixMilli(ms)
}
