package sqldb_test

import (
	"context"
	"testing"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// What was asked with a day that does not exist is judged, and nothing of it is kept.
func TestWhatWasRefusedBeforeIsJudgedAndNotKept(t *testing.T) {
	day := fault.New(fault.Invalid, "a.day", "日期不对").At("day", "date", "请填写真实的日期")
	why := fault.New(fault.Invalid, "a.why", "没有理由").At("why", "required", "请写明理由")
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		db := open(t, url)
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		keep := func(ctx context.Context) error { return db.NoteWork(ctx, "x", time.Second, time.Now(), true) }
		within := func(ctx context.Context) error { return db.Within(ctx, keep) }
		for _, tt := range []struct {
			name    string
			refused error
			act     func(context.Context) error
			fields  int
			kept    int
		}{
			{"a batch", day, keep, 1, 0},
			{"a conversation", day, within, 1, 0},
			{"the rules refuse more", day, func(context.Context) error { return why }, 2, 0},
			{"nothing was refused", nil, keep, 0, 1},
		} {
			err := sqldb.Judge(t.Context(), tt.refused, tt.act)
			works, failed := db.Works(t.Context())
			if len(fault.Fields(err)) != tt.fields || len(works) != tt.kept || failed != nil {
				t.Errorf("%s: %v, kept %d (%v)", tt.name, err, len(works), failed)
			}
		}
	})
}
