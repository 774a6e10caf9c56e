package desk

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// Health is how the program is (运行状况).
type Health struct {
	Database string // "SQLite", "PostgreSQL"
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
}

// Queue is what a sender has waiting.
type Queue struct {
	Name, Say        string // for programs; for people
	Waiting, Failing int
	Age              time.Duration // of the first that waits
	Still            bool
	Owed             []Owed
}

// Owed is a receiver that could not take what it was sent.
type Owed struct {
	Name  string
	Count int
}

// Work is periodic work and when it was last done.
type Work struct {
	Name           string
	Done           time.Time
	Still, Failing bool
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
}

// workRow is one piece of periodic work.
type workRow struct {
	Name, Where, Done, State string
	Bad                      bool
}

func (d *Desk) healthPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	h, err := d.Health(r.Context())
	if err != nil {
		return err
	}
	v := healthPage{View: frame.Of(r).Named("运行"), Bar: adminBar(by), Queues: h.Queues, Alarms: h.Alarms, Keys: h.Keys, Safety: h.Safety, Works: workRows(h)}
	v.Tone, v.Say = h.say()
	waiting, failing := h.total()
	v.Figures = []frame.Figure{
		{Name: "数据库", Value: h.Database, Note: fmt.Sprintf("应答正常，%d 项写入排队", h.Line)},
		{Name: "待送达", Value: thousands(int64(waiting)), Unit: "条", Note: fmt.Sprintf("其中 %d 条处理失败，会自动重试", failing), Bad: failing > 0},
		{Name: "正在办理的请求", Value: thousands(h.Inside), Unit: "个", Note: fmt.Sprintf("等待 %d 个；启动以来请稍后再来 %d 个", h.AtDoor, h.SentAway), Bad: h.AtDoor > 0},
		{Name: "已运行", Value: ran(d.Now().Sub(h.Started)), Note: "自 " + minute(h.Started)},
	}
	page.Show(w, r, healthView(v))
	return nil
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
		return frame.Red, "有工作停滞或者失败，需要处理："
	case waiting > 1000:
		return frame.Amber, "待送达的消息较多，文书编号、统计和证照可能晚一会儿出现。"
	case h.AtDoor > 0:
		return frame.Amber, "办理的人很多，新的请求正在门口等待。"
	case h.Behind:
		return frame.Amber, "新日历已生效，正在逐件重算在办件的到期日。"
	}
	return frame.Green, "数据库应答正常，消息都在送达，定时工作都按时做。"
}

// workRows brings together who holds each work and when it was last done.
func workRows(h Health) []workRow {
	done := map[string]Work{}
	for _, w := range h.Works {
		done["app."+w.Name] = w
	}
	var rows []workRow
	for _, l := range h.Leases {
		row := workRow{Name: WorkName(l.Name), Where: "其他实例", Done: "随到随做", State: "正常"}
		if l.Mine {
			row.Where = "本实例"
		}
		if w, ok := done[l.Name]; ok {
			row.Done = second(w.Done)
			switch {
			case w.Still:
				row.State, row.Bad = "停滞", true
			case w.Failing:
				row.State, row.Bad = "最近一次没有成功", true
			}
		}
		rows = append(rows, row)
	}
	return rows
}

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

// works are the periodic works in words.
var works = map[string]string{
	"app.requests expire": "清理过期的请求编号", "app.archive closed cases": "办结件归档", "app.missing numbers": "核对文号有没有断号",
	"app.certificates are found by words": "证照按文字查找的准备", "app.invitations of experts": "专家邀请到期",
	"event.deliver": "送达内部消息", "app.wake cases": "到期自动受理", "app.items take effect": "事项到日生效", "app.sweep sessions": "清理过期登录",
	"app.sweep uploads": "清理未用上传", "app.rests and notices of companies": "企业歇业和公示到期", "app.rating defaults": "到期默认评价", "app.rating sums": "合计评价", "app.messages to other places": "与协作平台交换报文", "app.balance with other places": "与协作平台对账", "app.joint visits": "提醒联合踏勘", "app.supervision sums": "效能统计", "app.supervision alarms": "效能预警和提醒", "app.reckon due days": "按新日历重算到期日", "app.seal the day": "公布每日总根",
	"app.revisions are published": "审定的修订到日发布", "app.running cases are weighed": "在办件对照新版清单", "app.files are imported": "导入事项文件", "app.seal anew": "换密钥后重新加密、重算查找值", "app.seals pass to a new root": "换根证书后换发印章",
}

// WorkName is a periodic work in words.
func WorkName(name string) string {
	if said := works["app."+strings.TrimPrefix(name, "app.")]; said != "" {
		return said
	}
	if said := works[name]; said != "" {
		return said
	}
	return "其他定时工作"
}
