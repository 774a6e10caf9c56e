package revisionsstore_test

import (
	"fmt"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/engine/flow"
)

// Whoever is stopped in the middle begins anew: what was kept is known again, and
// nothing is kept twice.
func TestWhatWasTakenIsKnownAgain(t *testing.T) {
	each(t, func(o *office) {
		var all []revisions.Arrival
		for i := range 30 {
			e := &items.Edition{Item: items.ID(fmt.Sprintf("e%d", i)), Name: "外来事项", Region: "511602000000"}
			all = append(all, revisions.Arrival{Text: e, Findings: []items.Finding{{Rule: "r", Severity: items.Error, Say: "缺"}}, Rest: map[string]any{"备注": "甲"}})
		}
		counts := func(key string, some []revisions.Arrival) map[revisions.Outcome]int {
			taken, err := o.s.Take(o.ctx, key, "外市.jsonl", some, keeper)
			o.ok(err)
			n := map[revisions.Outcome]int{}
			for _, one := range taken {
				n[one.Outcome]++
			}
			if len(taken) != len(some) {
				o.Errorf("of %d came, %d are told of", len(some), len(taken))
			}
			return n
		}
		if n := counts("i1", all[:12]); n[revisions.Kept] != 12 {
			o.Fatal(n)
		}
		if n := counts("i1", all); n[revisions.Kept] != 30 {
			o.Fatal(n)
		}
		if n := counts("i2", all); n[revisions.Same] != 30 {
			o.Fatal(n)
		}
		all[0].Text = &items.Edition{Item: "e0", Name: "另一种写法", Region: "511602000000"}
		if n := counts("i3", all[:2]); n[revisions.Busy] != 1 || n[revisions.Same] != 1 {
			o.Fatal(n)
		}
		rows, err := o.s.List(o.ctx, revisions.Filter{Limit: 100}, keeper)
		o.ok(err)
		if len(rows) != 30 {
			o.Fatal(len(rows))
		}
		r, err := o.s.Revision(o.ctx, rows[0].ID, keeper)
		o.ok(err)
		if r.Base != 0 || r.Region != city || len(r.Imported.Findings) != 1 || string(r.Imported.Rest) != `{"备注":"甲"}` {
			o.Errorf("%+v", r.Imported)
		}
		o.history(r.ID)
	})
}

// A drawing that comes alone is the procedure of the item it is named after.
func TestADrawingAloneChangesItsItem(t *testing.T) {
	each(t, func(o *office) {
		d := flow.FromSteps("x", "x", []flow.Step{{ID: "only", Name: "一步办完", Post: "审批岗", Decides: true}})
		taken, err := o.s.Take(o.ctx, "i1", "图.zip", []revisions.Arrival{
			{Drawing: &d, Of: []items.ID{o.item.Item}}, {Drawing: &d, Of: []items.ID{"nowhere"}}, {Text: o.item},
		}, keeper)
		o.ok(err)
		if taken[0].Outcome != revisions.Kept || taken[1].Outcome != revisions.Lost || taken[2].Outcome != revisions.Lost {
			o.Fatalf("%+v", taken)
		}
		r, err := o.s.Revision(o.ctx, taken[0].Draft, keeper)
		o.ok(err)
		if len(r.Text.Procedure.Nodes) != 3 || r.Base != 1 || r.Text.Procedure.ID != o.item.Procedure.ID {
			o.Errorf("%+v", r.Text.Procedure)
		}
	})
}
