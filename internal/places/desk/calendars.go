package desk

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
)

// calendarsPage shows which years are in force, and what a new one would move.
type calendarsPage struct {
	frame.View
	Bar     frame.DeskBar
	Years   []yearRow
	Kept    []keptRow
	Fault   error
	Done    string
	Outlook *outlook
}

// yearRow is a year in force.
type yearRow struct {
	Year, Off, Worked string
	Notices           []frame.Link
}

// keptRow is a notice that somebody put in force.
type keptRow struct {
	Year, By, At string
}

// outlook is what a calendar that is not in force yet would do.
type outlook struct {
	Year   int
	Say    string
	Off    string
	Doubts []string // to be compared with the notice
	Rows   []movedRow
	Rest   int
	Body   string // the year itself, to be put in force
	Change bool   // it replaces a year that is in force
}

// movedRow is a limit of a running case that would end on another day.
type movedRow struct {
	Case, Item, Sub, Limit, From, To string
}

// shownMoved is how many moved limits a page shows.
const shownMoved = 50

func (d *Desk) calendarsPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := d.calendars(r, by)
	if err != nil {
		return err
	}
	if page.Query(r).Has("done") {
		v.Done = "日历已生效，在办件的到期日正在逐件重算，一般一分钟内完成。"
	}
	page.Show(w, r, calendarsView(v))
	return nil
}

func (d *Desk) calendars(r *http.Request, by identity.Actor) (calendarsPage, error) {
	v := calendarsPage{View: frame.Of(r).Named("工作日历"), Bar: adminBar(by)}
	for _, y := range d.Book.Live.Now().Years() {
		off, worked := daysOf(y)
		row := yearRow{Year: fmt.Sprint(y.Year), Off: fmt.Sprint(off), Worked: fmt.Sprint(worked)}
		for i, paper := range y.Papers {
			row.Notices = append(row.Notices, noticeOf(paper, i))
		}
		v.Years = append(v.Years, row)
	}
	kept, err := d.Book.Store.All(r.Context())
	if err != nil {
		return v, err
	}
	for i := len(kept) - 1; i >= 0; i-- {
		v.Kept = append(v.Kept, keptRow{fmt.Sprintf("%d 年", kept[i].Year.Year), kept[i].By, minute(kept[i].At)})
	}
	return v, nil
}

// noticeOf is where a notice was published, or its number.
func noticeOf(paper string, i int) frame.Link {
	if strings.HasPrefix(paper, "http://") || strings.HasPrefix(paper, "https://") {
		return frame.Link{Text: fmt.Sprintf("国务院办公厅通知 %d", i+1), Href: paper}
	}
	return frame.Link{Text: paper}
}

func daysOf(y calendar.Year) (off, worked int) {
	for _, e := range y.Days {
		if e.Off {
			off++
		} else {
			worked++
		}
	}
	return off, worked
}

// foreseeCalendar reads a file and asks before it is put in force.
func (d *Desk) foreseeCalendar(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	year, err := yearOf(w, r)
	var o supervision.Outlook
	if err == nil {
		o, err = d.Supervision.Foresee(r.Context(), d.Book, year, by)
	}
	v, e := d.calendars(r, by)
	if e != nil {
		return e
	}
	if err != nil {
		v.Fault, v.View = err, v.View.Faulty(err)
		page.ShowFault(w, r, err, calendarsView(v))
		return nil
	}
	if v.Outlook, err = outlookOf(o); err != nil {
		return err
	}
	page.Show(w, r, calendarsView(v))
	return nil
}

func yearOf(w http.ResponseWriter, r *http.Request) (calendar.Year, error) {
	f, err := page.ReadUpload(w, r, 2<<20)
	if err != nil {
		return calendar.Year{}, err
	}
	files := f.Files("file")
	if len(files) == 0 {
		return calendar.Year{}, fault.New(fault.Invalid, "desk.calendar.file", "请选择日历文件").At("file", "required", "请选择放假安排的 JSON 文件")
	}
	text, err := files[0].Read()
	if err != nil {
		return calendar.Year{}, err
	}
	return calendar.Read(bytes.NewReader(text))
}

func outlookOf(o supervision.Outlook) (*outlook, error) {
	body, err := json.Marshal(o.Year)
	if err != nil {
		return nil, err
	}
	off, worked := daysOf(o.Year)
	out := &outlook{Year: o.Year.Year, Body: string(body), Change: o.Known, Doubts: o.Year.Doubts(), Off: fmt.Sprintf("放假 %d 天，调休上班 %d 天", off, worked)}
	out.Say = fmt.Sprintf("看过 %d 件在办件，其中 %d 件的到期日会变。", o.Looked, o.Cases)
	if o.More {
		out.Say = fmt.Sprintf("在办件较多，先看了最早到期的 %d 件，其中 %d 件的到期日会变；其余的生效后一并重算。", o.Looked, o.Cases)
	}
	shown := o.Moved[:min(len(o.Moved), shownMoved)]
	call := frame.Apart(shown, func(m supervision.Moved) string { return m.Row.Number })
	for _, m := range shown {
		out.Rows = append(out.Rows, movedRow{string(m.Row.ID), m.Row.ItemName, m.Row.Applicant + " · " + call[m.Row.Number], m.Limit, m.From.Han(), m.To.Han()})
	}
	out.Rest = len(o.Moved) - len(out.Rows)
	return out, nil
}

// forceCalendar puts in force what was looked at.
func (d *Desk) forceCalendar(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	year, err := calendar.Read(strings.NewReader(f.Text("body")))
	if err == nil {
		err = d.Supervision.PutInForce(r.Context(), d.Book, year, by)
	}
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/desk/admin/calendars?done=1")
	return nil
}
