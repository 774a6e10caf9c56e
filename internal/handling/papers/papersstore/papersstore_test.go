package papersstore_test

import (
	"strings"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/papers"
	"tongban/internal/handling/papers/papersstore"
)

var (
	admin = identity.Actor{Account: "admin", Name: "管理员", Posts: []identity.Post{{Role: identity.Admin}}}
	clerk = identity.Actor{Account: "wf", Name: "王芳", Posts: []identity.Post{{Role: identity.Window}}}
	now   = time.Date(2026, 9, 21, 2, 0, 0, 0, time.UTC)
)

func TestWordsAreInForceFromTheirDayAndNeverChange(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{papersstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		ctx := t.Context()
		book := func() *papers.Book {
			return &papers.Book{Store: &papersstore.Store{DB: db}, Now: func() time.Time { return now }}
		}
		b, today := book(), calendar.DayOf(now)
		publish := func(text, why string, from calendar.Day, by identity.Actor) string {
			_, err := b.Publish(ctx, "withdrawal", text, why, from, by)
			if err == nil {
				return ""
			}
			code := fault.Code(err)
			for _, f := range fault.Fields(err) {
				code += " " + f.Code
			}
			return code
		}
		for _, tt := range []struct {
			name, text, why string
			from            calendar.Day
			by              identity.Actor
			want            string
		}{
			{"no administrator", "撤回。", "简化", today, clerk, "papers.publish.role"},
			{"in the past and for no reason", "撤回。", "", today - 1, admin, "papers.publish required past"},
			{"an unknown gap", "撤回{无}。", "简化", today, admin, "papers.text papers.text.unknown"},
			{"from tomorrow", "撤回“{事项名称}”。", "简化", today + 1, admin, ""},
			{"the same again", "撤回“{事项名称}”。", "简化", today + 1, admin, "papers.publish same"},
			{"before the last", "撤回申请。", "简化", today, admin, "papers.publish order"},
			{"later still", "撤回申请。", "再简化", today + 5, admin, ""},
		} {
			if got := publish(tt.text, tt.why, tt.from, tt.by); got != tt.want {
				t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
			}
		}
		for _, b := range []*papers.Book{b, book()} {
			for day, want := range map[calendar.Day]int{today: 1, today + 1: 2, today + 4: 2, today + 5: 3} {
				if got, err := b.InForce(ctx, "withdrawal", day); got != want || err != nil {
					t.Errorf("on %s edition %d, want %d (%v)", day, got, want, err)
				}
			}
			tpl, err := b.Template(ctx, "withdrawal", 2)
			if err != nil || strings.Join(tpl.Fill(papers.Values{"事项名称": "食品"}).Before, "") != "撤回“食品”。" {
				t.Errorf("edition 2 reads %v (%v)", tpl, err)
			}
		}
		if list, err := b.Editions(ctx, "withdrawal"); err != nil || len(list) != 3 || list[0].Number != 3 || list[2].By != "平台" {
			t.Errorf("%+v %v", list, err)
		}
		store := &papersstore.Store{DB: db}
		if err := store.Add(ctx, papers.Edition{Form: "withdrawal", Number: 2, Text: "别的", From: today, Why: "改", By: "别人", At: now}); fault.Code(err) != "papers.publish.faster" {
			t.Errorf("an edition was changed: %v", err)
		}
		if _, err := b.Template(ctx, "withdrawal", 9); fault.Of(err) != fault.NotFound {
			t.Errorf("edition 9: %v", err)
		}
	})
}
