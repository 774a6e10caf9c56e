package helpdesk

import (
	"net/http"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/page"
	"tongban/internal/handling/aid"
	"tongban/internal/places/frame"
)

// atOnce is how many matters of a file are read at a time.
const atOnce = 200

// file is the whole list as a table.
func (h *Helpdesk) file(w http.ResponseWriter, r *http.Request) error {
	f, by, over := chosen(page.Query(r)), frame.Actor(r), false
	f.After, f.Limit = "", atOnce
	heads := []string{"编号", "种类", "什么事", "谁", "办件编号", "登记", "首问责任人", "由谁办", "状态", "最迟", "原因", "解决了没有"}
	return frame.SendCSV(w, r, h.Freight, frame.Cargo{Name: "aid-" + calendar.DayOf(h.Now()).String(), Heads: heads, Next: func() (rows [][]string, err error) {
		if over {
			return nil, nil
		}
		some, err := h.Aid.List(r.Context(), f, by)
		if over = len(some) < atOnce; !over {
			f.After = cursor(f, some[len(some)-1])
		}
		for _, m := range some {
			rows = append(rows, cells(m))
		}
		return rows, err
	}})
}

func cells(m aid.Matter) []string {
	due, solved := "", ""
	switch {
	case !m.State.Over():
		due = m.Due.String()
	case m.State == aid.Closed:
		solved = map[bool]string{true: "解决了", false: "没有"}[m.Solved]
	}
	return []string{m.Number(), m.Kind.Han(), m.ItemName, m.Name, m.Case, calendar.DayOf(m.At).String(), m.First.Name, m.Assignee.Name, m.State.Han(), due, m.Cause, solved}
}
