package revisionsstore_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/itemstore"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/catalogue/revisions/revisionsstore"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

const city = "320300000000"

func someone(account string, role identity.Role) identity.Actor {
	return identity.Actor{Account: account, Name: account, Posts: []identity.Post{{Region: city, Role: role}}}
}

var (
	keeper   = someone("keeper", identity.Items)
	auditor  = someone("auditor", identity.Auditor)
	auditor2 = someone("auditor2", identity.Auditor)
	citizen  = identity.Actor{Account: "citizen", Name: "李敏", Party: "p-limin"}
)

// office is a room with one item published.
type office struct {
	*testing.T
	ctx  context.Context
	now  time.Time
	s    *revisions.Service
	post *event.Post
	item *items.Edition
}

func each(t *testing.T, test func(*office)) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, itemstore.Schema, revisionsstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		o := &office{T: t, ctx: context.Background(), now: time.Date(2026, 11, 20, 9, 0, 0, 0, calendar.Zone)}
		now := func() time.Time { return o.now }
		o.post = event.NewPost(db, now)
		library := &items.Service{Store: &itemstore.Store{DB: db, Post: o.post}, Now: now}
		o.s = &revisions.Service{
			Store: &revisionsstore.Store{DB: db, Post: o.post}, Items: library, NewID: sqldb.NewID, Now: now, Rules: revisions.Rules{Period: 7},
		}
		text, err := data.Sample.ReadFile("sample/items/food-permit.yaml")
		o.ok(err)
		o.item, err = items.Read(text)
		o.ok(err)
		_, err = library.PublishAll(o.ctx, []*items.Edition{o.item}, identity.TheSystem)
		o.ok(err)
		test(o)
	})
}

func (o *office) ok(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err, fault.Fields(err))
	}
}

func (o *office) open() *revisions.Revision {
	o.Helper()
	r, err := o.s.Open(o.ctx, revisions.Start{Item: o.item.Item, Reason: revisions.Improved, Why: "压缩时限"}, keeper)
	o.ok(err)
	return r
}

func faster(e *items.Edition) error { e.Promised.N, e.Plain = 7, "更快了"; return nil }

// public brings a revision before the public.
func (o *office) public() *revisions.Revision {
	o.Helper()
	r := o.open()
	r, err := o.s.Save(o.ctx, r.ID, r.Version(), func(e *items.Edition) error { e.Plain = "更好懂了"; return nil }, keeper)
	o.ok(err)
	r, err = o.s.Submit(o.ctx, r.ID, r.Version(), "", keeper)
	o.ok(err)
	r, err = o.s.Approve(o.ctx, r.ID, r.Version(), "同意", "", auditor)
	o.ok(err)
	r, err = o.s.Confirm(o.ctx, r.ID, r.Version(), "同意", "苏政务函〔2026〕1号", auditor2)
	o.ok(err)
	return r
}

func TestARevisionBecomesAnEdition(t *testing.T) {
	each(t, func(o *office) {
		r := o.public()
		if list, err := o.s.Publicities(o.ctx, "", 10); err != nil || len(list) != 1 || list[0].Until != r.PublicUntil {
			o.Fatalf("%+v, %v", list, err)
		}
		_, err := o.s.Comment(o.ctx, r.ID, "很好", citizen)
		o.ok(err)
		o.now = o.now.AddDate(0, 0, 8)
		o.ok(o.s.Ripen(o.ctx)) // an opinion waits: nothing happens
		if e, err := o.s.Items.Current(o.ctx, o.item.Item); err != nil || e.Number != 1 {
			o.Fatalf("%v, %v", e.Number, err)
		}
		_, err = o.s.Answer(o.ctx, r.ID, 0, "谢谢", true, keeper)
		o.ok(err)
		o.ok(o.s.Ripen(o.ctx))
		e, err := o.s.Items.Current(o.ctx, o.item.Item)
		o.ok(err)
		if e.Number != 2 || e.Plain != "更好懂了" || e.Effective != calendar.DayOf(o.now) {
			o.Fatalf("edition %d in force from %s: %s", e.Number, e.Effective, e.Plain)
		}
		o.history(r.ID)
	})
}

// history checks that the chain holds and tells the same story again.
func (o *office) history(id revisions.ID) {
	o.Helper()
	kept, err := o.s.Store.Revision(o.ctx, id)
	o.ok(err)
	records, err := o.s.Store.History(o.ctx, id)
	o.ok(err)
	head, err := event.Verify(records)
	o.ok(err)
	if head != kept.Head {
		o.Errorf("kept at %+v, facts end at %+v", kept.Head, head)
	}
	again := &revisions.Revision{}
	all, err := o.s.History(o.ctx, kept)
	o.ok(err)
	for _, m := range all {
		again.Apply(m)
	}
	if again.State != kept.State || len(again.Comments) != len(kept.Comments) || again.Published != kept.Published || again.PublicUntil != kept.PublicUntil {
		o.Errorf("replayed %+v, kept %+v", again, kept)
	}
}

func TestOneItemOneRevision(t *testing.T) {
	each(t, func(o *office) {
		r := o.open()
		if _, err := o.s.Open(o.ctx, revisions.Start{Item: o.item.Item, Reason: revisions.Improved, Why: "再改"}, keeper); fault.Code(err) != "revisions.open.twice" {
			o.Fatalf("%v", err)
		}
		_, err := o.s.Withdraw(o.ctx, r.ID, r.Version(), "不改了", keeper)
		o.ok(err)
		o.open()
	})
}

func TestPressedTwiceItIsDoneOnce(t *testing.T) {
	each(t, func(o *office) {
		by := keeper
		by.Request = "q1"
		start := revisions.Start{Item: o.item.Item, Reason: revisions.Improved, Why: "压缩时限"}
		a, err := o.s.Open(o.ctx, start, by)
		o.ok(err)
		b, err := o.s.Open(o.ctx, start, by)
		o.ok(err)
		by.Request = "q2"
		c, err := o.s.Save(o.ctx, a.ID, a.Version(), faster, by)
		o.ok(err)
		d, err := o.s.Save(o.ctx, a.ID, a.Version(), faster, by)
		o.ok(err)
		if a.ID != b.ID || c.Version() != d.Version() {
			o.Errorf("%s %s, %d %d", a.ID, b.ID, c.Version(), d.Version())
		}
	})
}

func TestOfTwoWhoSaveAtOnceOneIsTold(t *testing.T) {
	each(t, func(o *office) {
		r := o.open()
		var all sync.WaitGroup
		codes := make([]string, 4)
		for i := range codes {
			all.Go(func() {
				_, err := o.s.Save(o.ctx, r.ID, r.Version(), faster, keeper)
				if err != nil {
					codes[i] = fault.Code(err)
				}
			})
		}
		all.Wait()
		slices.Sort(codes)
		if !slices.Equal(codes, []string{"", "revisions.stale", "revisions.stale", "revisions.stale"}) {
			o.Errorf("%v", codes)
		}
	})
}

func TestPublishingOverSomebodyElse(t *testing.T) {
	each(t, func(o *office) {
		r := o.public()
		other := *revisions.Clone(o.item)
		other.Phone = "0516-00000099"
		_, err := o.s.Items.Publish(o.ctx, other, keeper)
		o.ok(err)
		o.now = o.now.AddDate(0, 0, 8)
		if _, err := o.s.Publish(o.ctx, r.ID, keeper); fault.Code(err) != "revisions.base" {
			o.Fatalf("%v", err)
		}
		if r, err = o.s.Redraft(o.ctx, r.ID, r.Version(), "底稿已变", keeper); err != nil {
			o.Fatal(err)
		}
		r, both, err := o.s.Rebase(o.ctx, r.ID, r.Version(), keeper)
		o.ok(err)
		if r.Base != 2 || r.Text.Phone != other.Phone || r.Text.Plain != "更好懂了" || len(both) != 0 {
			o.Errorf("base %d, phone %s, both %v", r.Base, r.Text.Phone, both)
		}
	})
}

// What the level above publishes meanwhile binds a draft that was no worse when it
// was reported (徐政发〔2022〕21号（一）（四）).
func TestTheSuperiorIsAskedAgainOnTheDayOfPublication(t *testing.T) {
	each(t, func(o *office) {
		r := o.public()
		above := *revisions.Clone(o.item)
		above.Item, above.Region, above.Level, above.Codes.Implementation, above.Codes.Handling = "above", "320000000000", items.Province, "", ""
		above.Name, above.Promised.N = o.item.Name, o.item.Promised.N-3
		_, err := o.s.Items.PublishAll(o.ctx, []*items.Edition{&above}, identity.TheSystem)
		o.ok(err)
		o.now = o.now.AddDate(0, 0, 8)
		o.ok(o.s.Ripen(o.ctx))
		_, err = o.s.Publish(o.ctx, r.ID, keeper)
		if fault.Code(err) != "revisions.publish.superior" || len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Path != "promised" {
			o.Fatalf("%v %+v", err, fault.Fields(err))
		}
		r, err = o.s.Redraft(o.ctx, r.ID, r.Version(), "上级已有变化", keeper)
		o.ok(err)
		r, err = o.s.Save(o.ctx, r.ID, r.Version(), func(e *items.Edition) error { e.Promised.N = above.Promised.N; return nil }, keeper)
		o.ok(err)
		if held, err := o.s.Held(o.ctx, r.Text); err != nil || held.Superior == nil || len(r.Text.Exceeds(held.Superior)) != 0 {
			o.Errorf("%+v %v", held, err)
		}
	})
}

// An item goes to another agency with all its codes, and is found by both.
func TestAnItemIsHandedOver(t *testing.T) {
	each(t, func(o *office) {
		other := agencies.Agency{ID: "xz-urban", Name: "徐州市城市管理局", Short: "市城管局", USCC: "11320300YB0000147J", Region: city}
		r, err := o.s.HandOver(o.ctx, revisions.Handover{Start: revisions.Start{Item: o.item.Item, Why: "机构调整"}, Agency: other, Cases: true}, keeper)
		o.ok(err)
		again, err := o.s.Revision(o.ctx, r.ID, keeper)
		o.ok(err)
		want := items.Handover{From: o.item.Agency, FromName: o.item.AgencyName, Cases: true, Why: "机构调整"}
		if again.Text.Handover != want || again.Text.Agency != "xz-urban" || again.Reason != revisions.Reorganised || !slices.Contains(again.Text.FormerCodes, o.item.Codes.Implementation) {
			o.Errorf("%+v", again.Text.Handover)
		}
		if _, err = o.s.HandOver(o.ctx, revisions.Handover{Start: revisions.Start{Item: o.item.Item, Why: "机构调整"}, Agency: other}, auditor); err == nil {
			o.Error("two at once")
		}
	})
}

func TestAListIsReadInPages(t *testing.T) {
	each(t, func(o *office) {
		for range 3 {
			r := o.open()
			o.now = o.now.Add(time.Minute)
			_, err := o.s.Withdraw(o.ctx, r.ID, r.Version(), "试试", keeper)
			o.ok(err)
		}
		var seen int
		for after := ""; ; {
			rows, err := o.s.List(o.ctx, revisions.Filter{After: after, Limit: 2, States: []revisions.State{revisions.Withdrawn, revisions.Draft}}, auditor)
			o.ok(err)
			if len(rows) == 0 {
				break
			}
			seen += len(rows)
			after = rows[len(rows)-1].Cursor
		}
		if seen != 3 {
			o.Errorf("%d", seen)
		}
	})
}

func TestAnItemEndsOnItsDay(t *testing.T) {
	each(t, func(o *office) {
		today := calendar.DayOf(o.now)
		r, err := o.s.Open(o.ctx, revisions.Start{Item: o.item.Item, Reason: revisions.LawChanged, Why: "取消许可", Retire: true, Effective: today + 30}, keeper)
		o.ok(err)
		r, err = o.s.Submit(o.ctx, r.ID, r.Version(), "", keeper)
		o.ok(err)
		r, err = o.s.Approve(o.ctx, r.ID, r.Version(), "", "", auditor)
		o.ok(err)
		_, err = o.s.Confirm(o.ctx, r.ID, r.Version(), "", "国发〔2026〕1号", auditor2)
		o.ok(err)
		o.now = o.now.AddDate(0, 0, 8)
		o.ok(o.s.Ripen(o.ctx))
		if _, err := o.s.Items.Open(o.ctx, o.item.Item, today+29); err != nil {
			o.Errorf("the day before it ends: %v", err)
		}
		if _, err := o.s.Items.Open(o.ctx, o.item.Item, today+30); fault.Code(err) != "items.open.closed" {
			o.Errorf("the day it ends: %v", err)
		}
	})
}
