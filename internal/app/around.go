package app

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// aside is how long what stands beside the program may take to answer before it
// counts as away.
const aside = 2 * time.Second

// seePlaces looks at what the program leans on: the database, the store of files, the
// virus scanner, and what this replica follows of the others.
func (a *App) seePlaces(ctx context.Context, b *backlog) error {
	if b.Unkept = a.probe.ready(ctx) != nil; b.Unkept {
		b.ring("数据库现在不能写入：办事的人看到“请稍后再试”。请看数据库所在的盘是否写满、是否只读，PostgreSQL 是否在；恢复以后不必重启")
	}
	if a.asked(ctx, a.Files.Away) {
		b.ring("附件存储没有应答、写不进，或者不认我们的密钥：附件暂时不能上传，可能也不能查看，其他照常。请看存放附件的盘是否写满、是否只读，或者对象存储是否在；原因见服务器日志")
	}
	if a.Safety.Scanner != "" && a.asked(ctx, func(ctx context.Context) bool { return a.scanner.Ping(ctx) != nil }) {
		b.ring("查毒程序 %s 没有应答：附件暂时收不进来，其他照常。请看 clamd 是否在", a.Safety.Scanner)
	}
	b.Alarms = append(b.Alarms, a.behind.say()...)
	return nil
}

func (a *App) asked(ctx context.Context, whether func(context.Context) bool) bool {
	ctx, cancel := context.WithTimeout(ctx, aside)
	defer cancel()
	return whether(ctx)
}

// behind is what this replica could not take up of what was decided elsewhere, in
// words. Nothing of it is in the database: another replica may have taken it up.
type behind struct {
	mu  sync.Mutex
	all map[string]bool
}

// note keeps how it went, and logs when it did not. That we stop says nothing, nor
// that the database is away, which has an alarm of its own.
func (b *behind) note(ctx context.Context, log, say string, err error) {
	if err != nil && ctx.Err() == nil {
		slog.ErrorContext(ctx, log, "err", err)
	}
	if ctx.Err() != nil || fault.Of(sqldb.Away(err)) == fault.Busy {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.all == nil {
		b.all = map[string]bool{}
	}
	b.all[say] = err != nil
}

func (b *behind) say() (all []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, say := range slices.Sorted(maps.Keys(b.all)) {
		if b.all[say] {
			all = append(all, say)
		}
	}
	return all
}
