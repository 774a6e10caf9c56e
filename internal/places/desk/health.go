package desk

import (
	"fmt"
	"net/http"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// Health is how the program is (运行状况).
type Health struct {
	Database string // "SQLite", "PostgreSQL"
	Started  time.Time
	Waiting  int  // news not yet delivered
	Failing  int  // of which a listener failed
	Behind   bool // due days are being reckoned by a new calendar
	Leases   []Lease
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
	Leases  []leaseRow
	Say     string
	Tone    frame.Tone
}

// leaseRow is one piece of periodic work.
type leaseRow struct {
	Name, Where, Until string
}

func (d *Desk) healthPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	h, err := d.Health(r.Context())
	if err != nil {
		return err
	}
	v := healthPage{View: frame.Of(r).Named("运行"), Bar: adminBar(by), Tone: frame.Green, Say: "数据库应答正常，内部消息都已送达。"}
	switch {
	case h.Failing > 0:
		v.Tone, v.Say = frame.Red, fmt.Sprintf("有 %d 条内部消息处理失败，程序会自动重试；超过一小时仍未减少，请查看服务器日志里的“news put off”。", h.Failing)
	case h.Waiting > 1000:
		v.Tone, v.Say = frame.Amber, "内部消息积压较多，文书编号、统计和证照可能晚一会儿出现。"
	case h.Behind:
		v.Tone, v.Say = frame.Amber, "新日历已生效，正在逐件重算在办件的到期日。"
	}
	v.Figures = []frame.Figure{
		{Name: "数据库", Value: h.Database, Note: "应答正常"},
		{Name: "待送达消息", Value: thousands(int64(h.Waiting)), Unit: "条", Note: "正常情况下不超过几十条"},
		{Name: "处理失败", Value: thousands(int64(h.Failing)), Unit: "条", Note: "会自动重试", Bad: h.Failing > 0},
		{Name: "已运行", Value: ran(d.Now().Sub(h.Started)), Note: "自 " + minute(h.Started)},
	}
	for _, l := range h.Leases {
		row := leaseRow{Name: workName(l.Name), Where: "其他实例", Until: second(l.Until)}
		if l.Mine {
			row.Where = "本实例"
		}
		v.Leases = append(v.Leases, row)
	}
	page.Show(w, r, healthView(v))
	return nil
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
	"event.deliver": "送达内部消息", "app.wake cases": "到期自动受理", "app.items take effect": "事项到日生效", "app.sweep sessions": "清理过期登录",
	"app.sweep uploads": "清理未用上传", "app.rating defaults": "到期默认评价", "app.supervision sums": "效能统计", "app.reckon due days": "按新日历重算到期日",
	"app.revisions are published": "审定的修订到日发布",
}

func workName(name string) string {
	if said := works[name]; said != "" {
		return said
	}
	return "其他定时工作"
}
