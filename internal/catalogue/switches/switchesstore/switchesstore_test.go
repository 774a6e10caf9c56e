package switchesstore_test

import (
	"context"
	"maps"
	"strings"
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/switches"
	"tongban/internal/catalogue/switches/switchesstore"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

type one items.Edition

func (e one) Current(context.Context, items.ID) (*items.Edition, error) {
	found := items.Edition(e)
	return &found, nil
}

func who(role identity.Role, region string) identity.Actor {
	return identity.Actor{Account: "a", Name: "甲", Posts: []identity.Post{{Region: region, Role: role}}}
}

func TestASwitchIsTurnedByThoseWhoMayAndSayWhy(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema}, func(t *testing.T, db *sqldb.DB) {
		at := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
		now := func() time.Time { return at }
		s := &switches.Service{
			Store: &switchesstore.Store{Post: event.NewPost(db, now)}, Now: now,
			Items: one{Item: "fund", Region: "320303000000", Automatic: items.Automatic{Rules: []items.AutoRule{{ID: "r1"}}}},
		}
		keeper, admin := who(identity.Items, "320300000000"), who(identity.Admin, "320303000000")
		for _, tt := range []struct {
			name, rule string
			off        bool
			reason     string
			by         identity.Actor
			code       string
			after      map[string]string
		}{
			{"a clerk may not", "r1", true, "错了", who(identity.Window, "320300000000"), "switches.turn.role", nil},
			{"nor may a keeper of another district", "r1", true, "错了", who(identity.Items, "320311000000"), "switches.turn.role", nil},
			{"a reason must be given", "r1", true, "", keeper, "switches.turn.reason", nil},
			{"and a short one", "r1", true, strings.Repeat("长", 501), keeper, "switches.turn.long", nil},
			{"a rule nobody knows is not there", "r9", true, "错了", keeper, "switches.turn.rule", nil},
			{"what runs cannot be put on again", "r1", false, "好了", keeper, "switches.turn.twice", nil},
			{"the keeper of the city may", "r1", true, "算错日期", keeper, "", map[string]string{"r1": "算错日期"}},
			{"what is off is not switched off again", "r1", true, "再停", admin, "switches.turn.twice", map[string]string{"r1": "算错日期"}},
			{"the administrator stops all of it", "", true, "系统维护", admin, "", map[string]string{"r1": "算错日期", "": "系统维护"}},
			{"and lets the rule go on", "r1", false, "已核实", admin, "", map[string]string{"": "系统维护"}},
		} {
			t.Run(tt.name, func(t *testing.T) {
				if err := s.Turn(t.Context(), "fund", tt.rule, tt.off, tt.reason, tt.by); (err != nil || tt.code != "") && fault.Code(err) != tt.code {
					t.Fatalf("fault %v, want %q", err, tt.code)
				}
				off, err := s.Off(t.Context(), "fund")
				if err != nil || !maps.Equal(off, tt.after) {
					t.Errorf("off %v %v", off, err)
				}
			})
		}
		history, err := s.History(t.Context(), "fund")
		if err != nil || len(history) != 3 || history[2].Role != identity.Admin || history[0].Reason != "算错日期" {
			t.Errorf("history %+v %v", history, err)
		}
		if err := s.Store.Add(t.Context(), switches.Turned{Item: "fund", At: at}, 1); fault.Code(err) != "event.append.stale" {
			t.Errorf("two at once: %v", err)
		}
	})
}
