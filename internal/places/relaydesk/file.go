package relaydesk

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/page"
	"tongban/internal/handling/relay"
	"tongban/internal/places/frame"
)

// atOnce is how many slips of a file are read at a time.
const atOnce = 100

// file is the whole list as a table.
func (d *Relaydesk) file(w http.ResponseWriter, r *http.Request) error {
	dir, err := d.Agencies.Directory(r.Context())
	if err != nil {
		return err
	}
	today := calendar.DayOf(d.Now())
	heads := []string{"编号", "从", "移交人", "移交时间", "到", "件数", "办件编号", "原件", "应接收", "状态", "逾期", "接收人", "接收时间", "缺件", "情况"}
	slips := d.slips(r)
	return frame.SendCSV(w, r, d.Freight, frame.Cargo{Name: "relay-" + today.String(), Heads: heads, Next: func() (rows [][]string, err error) {
		some, err := slips()
		for _, s := range some {
			rows = append(rows, cells(s, dir, today))
		}
		return rows, err
	}})
}

// slips are those that the page shows, one part after the other until there are no more.
func (d *Relaydesk) slips(r *http.Request) func() ([]relay.Slip, error) {
	by, q, over := frame.Actor(r), page.Query(r), false
	f := relay.Filter{Over: q.Has("over"), Limit: atOnce}
	return func() (some []relay.Slip, err error) {
		switch find := q.Text("q"); {
		case over:
			return nil, nil
		case find != "":
			over = true
			return d.Relay.OfNumber(r.Context(), find, by)
		}
		some, err = d.Relay.List(r.Context(), f, by)
		if over = len(some) < atOnce; !over {
			f.After = some[len(some)-1].Cursor()
		}
		return some, err
	}
}

func cells(s relay.Slip, dir *agencies.Directory, today calendar.Day) []string {
	return []string{s.Number(), s.From, s.Giver.Name, minute(s.Given), dir.Name(s.Agency), strconv.Itoa(len(s.Pieces)), numbers(s.Pieces), names(s.Pieces),
		s.Due.String(), s.State.Han(), map[bool]string{true: "逾期"}[s.Late(today)], s.Taker.Name, minute(s.At), names(s.Missing()), s.Say}
}

// minute is a moment for a table; "" when it has not come.
func minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(calendar.Zone).Format("2006-01-02 15:04")
}

func names(all []relay.Piece) string {
	var out []string
	for _, p := range all {
		out = append(out, p.Name)
	}
	return strings.Join(out, "、")
}

// numbers are the cases that the pieces are of, each once.
func numbers(all []relay.Piece) string {
	var out []string
	for i, p := range all {
		if i == 0 || p.Number != all[i-1].Number {
			out = append(out, p.Number)
		}
	}
	return strings.Join(out, "、")
}
