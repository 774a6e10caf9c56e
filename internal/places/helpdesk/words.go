package helpdesk

import (
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/handling/aid"
	"tongban/internal/oversight/rating"
	"tongban/internal/places/frame"
)

// of is what a matter is about, after its kind.
func of(m aid.Matter) string {
	if m.ItemName == "" {
		return ""
	}
	return "：" + m.ItemName
}

// brief is the beginning of a text.
func brief(text string) string {
	if utf8.RuneCountInString(text) <= 60 {
		return text
	}
	return string([]rune(text)[:60]) + "…"
}

// standing says where a matter stands and what comes next.
func standing(m aid.Matter) string {
	switch m.State {
	case aid.Open:
		return "已经登记，" + m.Due.Han() + "前有人接办。"
	case aid.Taken:
		if m.Again > 0 {
			return "本人说没有解决，已重新办理，" + m.Due.Han() + "前再答复。"
		}
		return m.Assignee.Name + "正在办，" + m.Due.Han() + "前答复。"
	case aid.Closed:
		if !m.Solved {
			return "两次答复都没有解决，已转监督部门留存。还可以打 12345，或者依法申请行政复议。"
		}
		return "已经解决。"
	}
	return m.Reply
}

// fileNote says in whose name the window files.
func fileNote(m aid.Matter) string {
	if m.Kind == aid.Agent {
		return "凭委托，由" + m.Mandate.To.Name + "作为经办人"
	}
	return "本人在场，陪同填表"
}

// moments are the lines of the log as a time line.
func moments(m aid.Matter) []frame.Moment {
	all := make([]frame.Moment, 0, len(m.Log))
	for _, e := range m.Log {
		all = append(all, frame.Moment{When: e.At.In(calendar.Zone).Format("2006-01-02 15:04"), What: e.Act, Who: e.By.Name, Note: e.Say})
	}
	return all
}

// calendarDay is the day of a rating, under its item.
func calendarDay(r rating.Rating) string { return calendar.DayOf(r.At).Han() }
