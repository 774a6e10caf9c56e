package window

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// line is a case in the queue.
type line struct {
	cases.Row
	Last calendar.Day // the last day to tell the applicant anything; after it silence accepts
	Tone frame.Tone
	Say  string
}

// shortDay is a day in a narrow column: 11-21.
func shortDay(d calendar.Day) string { return d.String()[5:] }

func (l line) href() string { return caseHref(l.ID) }

func caseHref(id cases.ID) string { return "/window/cases/" + string(id) }

// lines are rows with what must be done by when (行政许可法第三十二条).
func (p *Window) lines(rows []cases.Row) []line {
	all := make([]line, len(rows))
	for i, r := range rows {
		all[i] = p.line(r)
	}
	return all
}

func (p *Window) line(r cases.Row) line {
	l := line{Row: r}
	if r.State != cases.Received {
		l.Say = "等申请人补正"
		return l
	}
	l.Last = clock.DeemedAcceptance(r.Received, p.Days) - 1
	switch left := workingDays(p.today(), l.Last, p.Days); {
	case left <= 0:
		l.Tone, l.Say = frame.Red, "今天到期"
	case left == 1:
		l.Tone, l.Say = frame.Amber, "明天到期"
	default:
		l.Say = l.Last.Han() + "前"
	}
	return l
}

// workingDays counts the working days after from, up to and with to.
func workingDays(from, to calendar.Day, days clock.Days) int {
	n := 0
	for d := from + 1; d <= to && n < 30; d++ {
		if days.Works(d) {
			n++
		}
	}
	return n
}

// benchKeys are the keys of every page of the place.
var benchKeys = []frame.Key{{Keys: "F2", Does: "录入证件"}, {Keys: "F9", Does: "下一件"}, {Keys: "Ctrl K", Does: "找事项、办件"}}

// rowKeys are the keys of a table of materials.
var rowKeys = []frame.Key{{Keys: "J K", Does: "上下"}, {Keys: "空格", Does: "齐全"}, {Keys: "R", Does: "容缺"}, {Keys: "M", Does: "缺失"}, {Keys: "B", Does: "不符合"}, {Keys: "E", Does: "免提交"}, {Keys: "N", Does: "告知内容"}, {Keys: "V", Does: "看图"}, {Keys: "Esc", Does: "离开输入框"}}

// bench is the workbench around a page: left may be nil for the queue itself.
func (p *Window) bench(r *http.Request, left, right templ.Component, keys ...frame.Key) frame.Bench {
	return frame.Bench{
		Place: placeName(post(frame.Actor(r))), Home: "/window", Find: find(r), Hint: "事项首字母、证件号、办件编号或申请人",
		Act: headActs(p.toldCount(r)), Left: left, Right: right, Keys: slices.Concat(keys, benchKeys),
		LeftName: "当前办事人与待办", RightName: "预检与文书",
	}
}

// find keeps the person at the counter while the clerk looks for their item.
func find(r *http.Request) string {
	if party := r.URL.Query().Get("party"); party != "" {
		return "/window/find?party=" + party
	}
	return "/window/find"
}

func placeName(p identity.Post) string {
	if p.Window == "" {
		return "综合窗口"
	}
	return p.Window + " 号窗"
}

// waiting is the beginning of the queue, for the left pane.
func (p *Window) waiting(r *http.Request) ([]line, error) {
	by := frame.Actor(r)
	rows, err := p.Cases.List(r.Context(), cases.Filter{Queue: post(by).Region, State: cases.Received, Limit: 8}, by)
	return p.lines(rows), err
}
