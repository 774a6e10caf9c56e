package app

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/places/desk"
)

// patience is how long something may wait before it counts as standing still.
const patience = 5 * time.Minute

// backlog is what waits to be sent, told or done, and what of it stands still.
type backlog struct {
	Queues []desk.Queue
	Works  []sqldb.Work
	Unkept bool     // the database keeps nothing
	Alarms []string // in words, for the administrator: what is wrong, and what to do
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
	for _, look := range []func(context.Context, *backlog) error{a.seeQueues, a.seePlaces, a.seePartners, a.seeWorks} {
		if err := look(ctx, &b); err != nil {
			return b, err
		}
	}
	return b, nil
}

func (b *backlog) ring(say string, args ...any) {
	b.Alarms = append(b.Alarms, fmt.Sprintf(say, args...))
}

// seeQueues looks at each sender: whether it stands still, and who fails.
func (a *App) seeQueues(ctx context.Context, b *backlog) error {
	all := a.queues()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		q, err := all[name](ctx)
		if err != nil {
			return err
		}
		q.Still = q.Age > patience && q.Since.IsZero()
		switch {
		case q.Still:
			b.ring("%s停滞：最早一条已等待%s，共%d条。%s", q.Say, desk.Span(q.Age), q.Waiting, q.Remedy)
		case q.Long:
			b.ring("%s自%s起一直在送，%s还没有送完：最早一条已等待%s，共%d条。%s", q.Say, desk.Moment(q.Since), desk.Span(a.Now().Sub(q.Since)), desk.Span(q.Age), q.Waiting, q.Remedy)
		}
		for _, f := range q.Owed {
			b.ring("%s处理失败：“%s”还有%d条待重试。%s", q.Say, f.Name, f.Count, f.Remedy)
		}
		b.Queues = append(b.Queues, q)
	}
	return nil
}

// sending tells of a sender that takes long whether it is at it, by the work in which
// it sends.
func (a *App) sending(ctx context.Context, q *desk.Queue, work string) error {
	noted, err := a.DB.Works(ctx)
	if i := slices.IndexFunc(noted, func(n sqldb.Work) bool { return n.Name == work }); i >= 0 {
		q.Since, q.Long = running(noted[i], a.Now()), noted[i].Long(a.Now())
	}
	return err
}

// running is since when a work is being done that takes long.
func running(w sqldb.Work, now time.Time) time.Time {
	if w.Running(now) {
		return w.Since
	}
	return time.Time{}
}

// seePartners looks whether what was exchanged agrees.
func (a *App) seePartners(ctx context.Context, b *backlog) error {
	apart, err := a.unbalanced(ctx)
	b.Alarms = append(b.Alarms, apart...)
	return err
}

// seeWorks looks at what is to be done from time to time. While the database keeps
// nothing none of it can go well, which needs no telling of each.
func (a *App) seeWorks(ctx context.Context, b *backlog) (err error) {
	if b.Works, err = a.known(ctx); err != nil || b.Unkept {
		return err
	}
	for _, w := range b.Works {
		switch {
		case w.Long(a.Now()):
			b.ring("定时工作“%s”自%s起一直在做，%s还没有做完，可能卡住了。请看服务器日志里 work 为 %s 的行；一直没有进展的，逐台重启程序", desk.WorkName(w.Name), desk.Moment(w.Since), desk.Span(a.Now().Sub(w.Since)), w.Name)
		case w.Still(a.Now()):
			b.ring("定时工作“%s”停滞：%s没有做过。请看服务器日志里 work 为 %s 的行；没有线索的，逐台重启程序", desk.WorkName(w.Name), desk.Span(w.Idle(a.Now())), w.Name)
		case w.Failing():
			b.ring("定时工作“%s”最近一次没有成功，程序会再试。原因见服务器日志里 work 为 %s 的行", desk.WorkName(w.Name), w.Name)
		}
	}
	return nil
}

// known are the works of this version of the program, as they were noted. Of one that
// nobody ever came to the end of there is no note: it is told from when this program
// began to do it.
func (a *App) known(ctx context.Context) ([]sqldb.Work, error) {
	noted, err := a.DB.Works(ctx)
	if err != nil {
		return nil, err
	}
	var all []sqldb.Work
	for _, w := range a.works() {
		i := slices.IndexFunc(noted, func(n sqldb.Work) bool { return n.Name == w.name })
		one := sqldb.Work{Name: w.name}
		if i >= 0 {
			one = noted[i]
		}
		begun := a.running.Load()
		if one.Done.IsZero() && one.Failed.IsZero() && begun != nil {
			one.Begun = *begun
		}
		if one.Pause = w.pause; i >= 0 || begun != nil {
			all = append(all, one)
		}
	}
	return all, nil
}

func (a *App) newsQueue(ctx context.Context) (desk.Queue, error) {
	news, err := a.Post.Queue(ctx)
	if err != nil {
		return desk.Queue{}, err
	}
	q := desk.Queue{Name: "news", Say: "内部消息", Waiting: news.Waiting, Failing: news.Failing, Age: news.Age(a.Now()),
		Remedy: "请看服务器日志里的 news put off 和 news not delivered；没有线索的，逐台重启程序"}
	for _, name := range slices.Sorted(maps.Keys(news.Owed)) {
		q.Owed = append(q.Owed, desk.Owed{Name: desk.ListenerName(name), Count: news.Owed[name],
			Remedy: fmt.Sprintf("程序会再试，最长一小时一次；原因见服务器日志里 listener 为 %s 的行", name)})
	}
	return q, a.sending(ctx, &q, event.Delivering)
}
