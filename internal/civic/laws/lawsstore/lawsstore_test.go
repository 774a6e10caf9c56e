package lawsstore_test

import (
	"fmt"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/laws"
	"tongban/internal/civic/laws/lawsstore"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

var keeper = identity.Actor{Account: "u", Name: "管理员", Posts: []identity.Post{{Role: identity.Items, Region: "320300000000"}}}

func TestArticlesAreKeptFoundAndCited(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{lawsstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		now := time.Date(2026, 11, 20, 9, 0, 0, 0, calendar.Zone)
		service := func() *laws.Service {
			return &laws.Service{Store: &lawsstore.Store{DB: db}, Now: func() time.Time { return now }}
		}
		here, there := service(), service() // two replicas
		ctx := t.Context()
		if err := here.Begin(ctx, []laws.Article{{Law: "中华人民共和国甲法", Article: "第八条"}}); err != nil {
			t.Fatal(err)
		}
		if err := there.Begin(ctx, []laws.Article{{Law: "乙法", Article: "第一条"}}); err != nil {
			t.Fatal(err)
		}
		if codex, err := there.Codex(ctx); err != nil || codex.Len() != 1 || codex.Knows("乙法") {
			t.Errorf("a register that is begun is begun again: %v", err)
		}
		r := &laws.Reading{Articles: []laws.Article{{Law: "中华人民共和国甲法", Article: "第八条", Text: "申请100%_人"}}}
		for i := range 250 {
			r.Articles = append(r.Articles, laws.Article{Law: "丙条例", Article: fmt.Sprintf("第%d条", i+1), Text: "丙"})
		}
		if _, err := here.Import(ctx, r, false, identity.Actor{Account: "x"}); fault.Of(err) != fault.Forbidden {
			t.Errorf("a stranger: %v", err)
		}
		if n, err := here.Import(ctx, r, false, keeper); err != nil || n != 251 {
			t.Fatal(n, err)
		}
		now = now.Add(time.Second)
		codex, err := there.Codex(ctx)
		if err != nil || len(codex.Judge("丙条例", "第二百五十条", 0)) != 0 || len(codex.Judge("丙条例", "第二百五十一条", 0)) != 1 {
			t.Errorf("a second later there: %v", err)
		}
		for question, want := range map[string]int{"甲法 申请": 1, "100%_": 1, "1%0": 0, "丙条例 第7条": 1, "《甲法》第八条": 1, "": 200,
			"jf 8": 1, "jiafa": 1, "甲法8条": 1, "甲法第8条": 1, "btl 八": 1, "btl249": 1, "btl 二百四十九": 1, "bt": 200} {
			if got, err := here.Find(ctx, question, laws.Article{}, 200); err != nil || len(got) != want {
				t.Errorf("%q finds %d, want %d: %v", question, len(got), want, err)
			}
		}
		first, err := here.Find(ctx, "丙条例", laws.Article{}, 200)
		if err != nil {
			t.Fatal(err)
		}
		if rest, err := here.Find(ctx, "丙条例", first[199], 200); err != nil || len(rest) != 50 {
			t.Errorf("%d on the second page: %v", len(rest), err)
		}
		if law, err := here.Law(ctx, "甲法"); err != nil || len(law) != 1 || law[0].Text != "申请100%_人" {
			t.Errorf("%v %v", law, err)
		}
		if _, err := here.Law(ctx, "丁法"); fault.Code(err) != "laws.none" {
			t.Error(err)
		}
		r.Faults = []laws.Fault{{Place: "第1行", Say: "错"}}
		if _, err := here.Import(ctx, r, false, keeper); fault.Code(err) != "laws.import.bad" {
			t.Error(err)
		}
	})
}
