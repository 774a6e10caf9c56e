package app

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity/identitystore"
	"tongban/internal/civic/parties/partiesstore"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/once"
	"tongban/internal/ground/rekey"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/aid/aidstore"
	"tongban/internal/handling/cases/casestore"
	"tongban/internal/handling/elsewhere/elsewherestore"
	"tongban/internal/handling/hearings/hearingstore"
	"tongban/internal/handling/signing/signingstore"
	"tongban/internal/register/certificates/certificatestore"
)

// keysSeen is how long a replica may not have heard of a new key, or of which one all
// use.
const keysSeen = 5 * time.Second

func (a *App) openRekey(ctx context.Context) error {
	a.Rekey = &rekey.Service{DB: a.DB, Keys: a.Keys, Replica: sqldb.NewID(), Settle: 3 * keysSeen, Now: a.Now, Columns: slices.Concat(
		identitystore.Sealed, partiesstore.Sealed, certificatestore.Sealed, casestore.Sealed, elsewherestore.Sealed, hearingstore.Sealed, aidstore.Sealed, signingstore.Sealed, once.Sealed)}
	return a.Rekey.Begin(ctx)
}

// followKeys takes up the keys that an administrator made elsewhere, as with
// "tongban keys rotate", and uses those that all use; every replica does it.
func (a *App) followKeys(ctx context.Context) {
	tick := time.NewTicker(keysSeen)
	defer tick.Stop()
	for {
		a.behind.note(ctx, "new keys not taken up", "这个实例读不到密钥环，换密钥以后会打不开新的密文。请看数据目录的 keys 是否在、能不能读", a.Rekey.Follow(ctx))
		select {
		case <-ctx.Done():
			a.leaveKeys(context.WithoutCancel(ctx))
			return
		case <-tick.C:
		}
	}
}

// RetireKeys takes the keys of a series that have been replaced out of the ring, once
// nothing needs them any more. Fault: app.keys.needed.
func (a *App) RetireKeys(ctx context.Context, series secret.Series) (gone int, err error) {
	n, err := a.Rekey.Finish(ctx, series)
	if err != nil {
		return 0, err
	}
	if needed, err := a.needed(ctx, series); needed != "" || err != nil {
		return 0, cmp.Or(err, error(fault.New(fault.Conflict, "app.keys.needed", "还不能删去旧的密钥：%s", needed)))
	}
	return a.Keys.Retire(series, n)
}

// needed says what still needs the older keys of a series, "" if nothing does.
func (a *App) needed(ctx context.Context, series secret.Series) (string, error) {
	switch series {
	case secret.Partners:
		_, err := a.Elsewhere.Own() // the card is signed by the key before, while it is there
		return "", err
	case secret.Root:
		r, err := a.Seals.Renewal(ctx)
		if err != nil || r.Left == 0 {
			return "", cmp.Or(err, a.Seals.Renew(ctx)) // which notes until when the older roots were good
		}
		return fmt.Sprintf("还有%d枚印章没有换发", r.Left), nil
	}
	return "", nil
}

// KeyStates say which keys are in use, and how far what they replace has come.
func (a *App) KeyStates(ctx context.Context) (say []string, err error) {
	used, err := a.Rekey.Generations(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range used {
		line := fmt.Sprintf("%s：第%d代，自%s起", g.Series.Say(), g.Generation, g.Since.In(calendar.Zone).Format("2006-01-02 15:04"))
		if g.Newest > g.Generation {
			line += fmt.Sprintf("；第%d代已做好，等各实例都知道以后使用", g.Newest)
		}
		say = append(say, line)
	}
	columns, err := a.Rekey.Progress(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range columns {
		if !p.Finished {
			say = append(say, fmt.Sprintf("正在按第%d代重做 %s：已看过%d行", p.Generation, p.Name, p.Rows))
		}
	}
	r, err := a.Seals.Renewal(ctx)
	if r.Left > 0 {
		say = append(say, fmt.Sprintf("还有%d枚印章等待按第%d代根证书换发", r.Left, r.Generation))
	}
	return say, err
}

// leaveKeys says that nobody need wait for this replica; if it does not succeed they
// find out by themselves.
func (a *App) leaveKeys(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if err := a.Rekey.Leave(ctx); err != nil {
		slog.WarnContext(ctx, "replica not taken off the list", "err", err)
	}
}
