package app

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"tongban/internal/civic/identity/identitystore"
	"tongban/internal/civic/parties/partiesstore"
	"tongban/internal/ground/rekey"
	"tongban/internal/handling/cases/casestore"
	"tongban/internal/handling/elsewhere/elsewherestore"
	"tongban/internal/register/certificates/certificatestore"
)

// keysSeen is how long a replica may go on sealing with the field key before
// the newest.
const keysSeen = 5 * time.Second

func (a *App) openRekey() {
	a.Rekey = &rekey.Service{DB: a.DB, Keys: a.Keys, Settle: 3 * keysSeen, Now: a.Now, Columns: slices.Concat(
		identitystore.Sealed, partiesstore.Sealed, certificatestore.Sealed, casestore.Sealed, elsewherestore.Sealed)}
}

// followKeys takes up the keys that an administrator made elsewhere, as with
// "tongban keys rotate"; every replica does it.
func (a *App) followKeys(ctx context.Context) {
	tick := time.NewTicker(keysSeen)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := a.Keys.Refresh(); err != nil {
			slog.ErrorContext(ctx, "new keys not taken up", "err", err)
		}
	}
}
