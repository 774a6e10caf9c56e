package desk

import (
	"fmt"
	"net/http"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// Health is how the program is (运行状况).
type Health struct {
	Database string // "SQLite", "PostgreSQL"
	Unkept   bool   // it keeps nothing for now
	Started  time.Time
	Queues   []Queue
	Works    []Work
	Alarms   []string // what stands still or fails, in words
	Line     int      // acts that wait to be written
	Inside   int64    // requests under way
	AtDoor   int64    // that wait to be let in
	SentAway int64    // that were asked to come back later, since the start
	Behind   bool     // due days are being reckoned by a new calendar
	Leases   []Lease
	Keys     []string // which keys are in use, and how far a change has come
	Safety   []string // what the city asks for beyond what the program always does
	Unused   []string // what was handed in and nothing uses
}

// Queue is what a sender has waiting.
type Queue struct {
	Name, Say        string // for programs; for people
	Remedy           string // what to do when it stands still
	Waiting, Failing int
	Age              time.Duration // of the first that waits
	Since            time.Time     // since when it has been sending without an end
	Still, Long      bool          // does not send; sends so long that somebody should look
	Owed             []Owed
}

// Owed is a receiver that could not take what it was sent.
type Owed struct {
	Name, Remedy string // in words; what to do about it
	Count        int
}

// Work is periodic work and when it was last done.
type Work struct {
	Name           string
	Done           time.Time // zero: never yet
	Since          time.Time // since when it is being done, if it takes long
	Still, Failing bool
	Long           bool // it takes so long that somebody should look
}

// Lease is periodic work and until when some replica has it.
type Lease struct {
	Name  string
	Mine  bool
	Until time.Time
}

// healthPage is 运行.
type healthPage struct {
	frame.View
	Bar     frame.DeskBar
	Figures []frame.Figure
	Queues  []Queue
	Works   []workRow
	Say     string
	Tone    frame.Tone
	Alarms  []string
	Keys    []string
	Safety  []string
	Unused  []string
}

// workRow is one piece of periodic work.
type workRow struct {
	Name, Where, Done, State string
	Tone                     frame.Tone
}

func (d *Desk) healthPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	h, err := d.Health(r.Context())
	if err != nil {
		return err
	}
	v := healthPage{View: frame.Of(r).Named("运行"), Bar: adminBar(by), Queues: h.Queues, Alarms: h.Alarms, Keys: h.Keys, Safety: h.Safety, Unused: h.Unused, Works: workRows(h)}
	v.Tone, v.Say = h.say()
	waiting, failing := h.total()
	v.Figures = []frame.Figure{
		h.database(),
		{Name: "待送达", Value: thousands(int64(waiting)), Unit: "条", Note: fmt.Sprintf("其中 %d 条处理失败，会自动重试", failing), Bad: failing > 0},
		{Name: "正在办理的请求", Value: thousands(h.Inside), Unit: "个", Note: fmt.Sprintf("等待 %d 个；启动以来请稍后再来 %d 个", h.AtDoor, h.SentAway), Bad: h.AtDoor > 0},
		{Name: "已运行", Value: ran(d.Now().Sub(h.Started)), Note: "自 " + minute(h.Started)},
	}
	page.Show(w, r, healthView(v))
	return nil
}

// database is how it answers.
func (h Health) database() frame.Figure {
	note := fmt.Sprintf("应答正常，%d 项写入排队", h.Line)
	if h.Unkept {
		note = "现在不能写入"
	}
	return frame.Figure{Name: "数据库", Value: h.Database, Note: note, Bad: h.Unkept}
}

func (h Health) total() (waiting, failing int) {
	for _, q := range h.Queues {
		waiting, failing = waiting+q.Waiting, failing+q.Failing
	}
	return waiting, failing
}

// say is how it is, in one sentence.
func (h Health) say() (frame.Tone, string) {
	waiting, _ := h.total()
	switch {
	case len(h.Alarms) > 0:
		return frame.Red, "有工作停滞、做得太久或者失败，需要处理："
	case waiting > 1000:
		return frame.Amber, "待送达的消息较多，文书编号、统计和证照可能晚一会儿出现。"
	case h.AtDoor > 0:
		return frame.Amber, "办理的人很多，新的请求正在门口等待。"
	case h.Behind:
		return frame.Amber, "新日历已生效，正在逐件重算在办件的到期日。"
	}
	return frame.Green, "数据库应答正常，消息都在送达，定时工作都按时做。"
}

// toldAtOnce is the lease under which news is told: whenever there is some.
const toldAtOnce = event.Delivering

// workRows brings together who holds each work and when it was last done. What an
// earlier version of the program did and this one does not is left out.
func workRows(h Health) []workRow {
	done := map[string]Work{}
	for _, w := range h.Works {
		done["app."+w.Name] = w
	}
	var rows []workRow
	for _, l := range h.Leases {
		w, known := done[l.Name]
		if !known && l.Name != toldAtOnce {
			continue
		}
		row := w.row()
		if l.Name == toldAtOnce {
			row.Done = "随到随做"
		}
		row.Name, row.Where = WorkName(l.Name), "其他实例"
		if l.Mine {
			row.Where = "本实例"
		}
		rows = append(rows, row)
	}
	return rows
}

// row is how the work stands.
func (w Work) row() workRow {
	row := workRow{Done: "还没有做完过", State: "正常", Tone: frame.Green}
	if !w.Done.IsZero() {
		row.Done = second(w.Done)
	}
	switch {
	case w.Still:
		row.State, row.Tone = "停滞", frame.Red
	case !w.Since.IsZero():
		row.State, row.Tone = "正在做，自 "+second(w.Since)+" 起", slow(w.Long)
	case w.Failing:
		row.State, row.Tone = "最近一次没有成功", frame.Red
	}
	return row
}

// standing is how the sender stands, in words.
func (q Queue) standing() (frame.Tone, string) {
	switch {
	case q.Still:
		return frame.Red, "停滞"
	case !q.Since.IsZero():
		return slow(q.Long), "正在送，自 " + second(q.Since) + " 起"
	}
	return frame.Green, "正常"
}

// slow marks what takes long by itself, and what takes so long that it may hang.
func slow(long bool) frame.Tone {
	if long {
		return frame.Red
	}
	return frame.Amber
}

// Moment is when, in words.
func Moment(t time.Time) string { return minute(t) }

// Span is how long, in words, to the second while it is short.
func Span(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%d 秒", int(d.Seconds()))
	}
	return ran(d)
}

// ran is how long, in words.
func ran(d time.Duration) string {
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%d 分钟", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d 小时", int(d.Hours()))
	}
	return fmt.Sprintf("%d 天", int(d.Hours()/24))
}
