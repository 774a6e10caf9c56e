package app

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/ground/sqldb"
	"tongban/internal/places/desk"
)

// patience is how long something may wait before it counts as standing still.
const patience = 5 * time.Minute

// backlog is what waits to be sent, told or done, and what of it stands still.
type backlog struct {
	Queues []desk.Queue
	Works  []sqldb.Work
	Alarms []string // in words, for the administrator
}

// queues are all senders: what each has waiting. A room that sends something
// adds its line here.
func (a *App) queues() map[string]func(context.Context) (desk.Queue, error) {
	return map[string]func(context.Context) (desk.Queue, error){
		"news":     a.newsQueue,
		"partners": a.partnersQueue,
	}
}

func (a *App) backlog(ctx context.Context) (b backlog, err error) {
	for _, queue := range a.queues() {
		q, err := queue(ctx)
		if err != nil {
			return b, err
		}
		q.Still = q.Age > patience
		if q.Still {
			b.Alarms = append(b.Alarms, fmt.Sprintf("%s停滞：最早一条已等待%s，共%d条", q.Say, desk.Span(q.Age), q.Waiting))
		}
		for _, f := range q.Owed {
			b.Alarms = append(b.Alarms, fmt.Sprintf("%s处理失败：“%s”还有%d条待重试", q.Say, f.Name, f.Count))
		}
		b.Queues = append(b.Queues, q)
	}
	if store, far := a.Files.(interface{ Away(context.Context) bool }); far && store.Away(ctx) {
		b.Alarms = append(b.Alarms, "附件存储没有应答，或者不认我们的密钥：附件暂时不能上传和查看，其他照常；原因见服务器日志")
	}
	apart, err := a.unbalanced(ctx)
	if err != nil {
		return b, err
	}
	b.Alarms = append(b.Alarms, apart...)
	if b.Works, err = a.known(ctx); err != nil {
		return b, err
	}
	for _, w := range b.Works {
		switch {
		case w.Still(a.Now()):
			b.Alarms = append(b.Alarms, fmt.Sprintf("定时工作“%s”停滞：%s没有做过", desk.WorkName(w.Name), desk.Span(w.Idle(a.Now()))))
		case w.Failing():
			b.Alarms = append(b.Alarms, fmt.Sprintf("定时工作“%s”最近一次没有成功，程序会再试；原因见服务器日志", desk.WorkName(w.Name)))
		}
	}
	return b, nil
}

// known are the works of this version of the program, as they were noted.
func (a *App) known(ctx context.Context) ([]sqldb.Work, error) {
	noted, err := a.DB.Works(ctx)
	if err != nil {
		return nil, err
	}
	var all []sqldb.Work
	for _, w := range a.works() {
		for _, n := range noted {
			if n.Name == w.name {
				all = append(all, n)
			}
		}
	}
	return all, nil
}

func (a *App) newsQueue(ctx context.Context) (desk.Queue, error) {
	news, err := a.Post.Queue(ctx)
	q := desk.Queue{Name: "news", Say: "内部消息", Waiting: news.Waiting, Failing: news.Failing, Age: news.Age(a.Now())}
	for name, n := range news.Owed {
		q.Owed = append(q.Owed, desk.Owed{Name: name, Count: n})
	}
	return q, err
}
