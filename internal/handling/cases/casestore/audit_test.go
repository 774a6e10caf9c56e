package casestore_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// audited are the tables that a case is kept in, and what the row of another
// case is told by.
var audited = map[string]string{"cases": "id", "cases_filings": "case_id", "cases_work": "case_id", "cases_papers": "case_id", "cases_owed": "case_id", "cases_drawn": "case_id", "cases_signers": "case_id", "cases_places": "case_id"}

// lists are tables that hold nothing but which cases are on a list.
var lists = []string{"cases_drawn"}

// elsewhere are the tables that keep nothing derived from the facts of a case.
var elsewhere = []string{"cases_archived", "cases_serials", "cases_series", "cases_gaps", "cases_numbers", "cases_requests", "cases_asked", "cases_named", "cases_drafts"}

// Every column of every table of the room is spoilt in turn, and the audit must
// name it: whoever adds a column has to teach the audit what stands in it.
func TestTheAuditNamesEveryColumnThatIsSpoilt(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o := open(t, db)
		c := o.must(o.Accept(t.Context(), o.file().ID, nil, promise("2026-09-29"), casestest.WangFang))
		o.must(o.AddSigner(t.Context(), c.ID, c.Flow.Open[0].ID, casestest.LiQian, "请看", casestest.ZhouHai))
		o.must(o.OpenSpecial(t.Context(), c.ID, "现场核查", "看现场", casestest.ZhouHai))
		if _, err := o.post.Deliver(t.Context()); err != nil {
			t.Fatal(err)
		}
		if all := o.differences(); len(all) > 0 {
			t.Fatalf("before anything was spoilt: %v", all)
		}
		o.limited(items.Quantity{N: 1, Unit: "辆", Period: items.EachYear})
		of := map[string]cases.ID{"cases_drawn": o.drawn(), "cases_places": o.must(o.rule(o.competing(), true)).ID}
		for table, id := range audited {
			for _, column := range columnsOf(t, db, table) {
				t.Run(table+"."+column, func(t *testing.T) { o.spoil(t, cmp.Or(of[table], c.ID), table, id, column) })
			}
		}
	})
}

// drawn is a case that was granted by rules and drawn for a check.
func (o *office) drawn() cases.ID {
	o.t.Helper()
	e := casestest.Permit()
	e.Item, e.Materials = "auto-permit", e.Materials[:1]
	e.Automatic = items.Automatic{Decides: true, Sample: 1000, Rules: []items.AutoRule{{ID: "r1", Name: "店名", When: `店名 == "云帆小馆"`}}}
	o.Editions.(casestest.Editions)[e.Item] = e
	event.On(o.post, "automatic review", o.CaseMoved)
	a := application()
	a.Item = e.Item
	c := o.must(o.Submit(o.t.Context(), a, casestest.LiMin))
	for told := 1; told > 0; {
		var err error
		if told, err = o.post.Deliver(o.t.Context()); err != nil {
			o.t.Fatal(err)
		}
	}
	if c = o.must(o.Case(o.t.Context(), c.ID, casestest.LiMin)); !c.Wanting() {
		o.t.Fatalf("not drawn: %s %+v", c.State, c.Prejudged)
	}
	return c.ID
}

// spoil changes a column of the case, audits, and puts everything back.
func (o *office) spoil(t *testing.T, id cases.ID, table, key, column string) {
	ctx, undone := t.Context(), fmt.Errorf("put back")
	err := o.db.Within(ctx, func(ctx context.Context) error {
		if err := o.change(ctx, table, column, key, id); err != nil {
			return err
		}
		all, err := o.differencesIn(ctx)
		if err != nil {
			return err
		}
		names := func(say string) bool {
			return strings.Contains(say, column) || identifies(table, column) || column == "body" || column == "seq" || column == "hash"
		}
		if !slices.ContainsFunc(all, names) {
			t.Errorf("not named: %v", all)
		}
		return undone
	})
	if err != undone {
		t.Fatal(err)
	}
}

// identifies reports whether the column says which row it is: then a row is missing.
func identifies(table, column string) bool {
	return column == audited[table] || table == "cases_work" && column == "work_id" ||
		table == "cases_papers" && (column == "seq" || column == "kind") || table == "cases_owed" && column == "no" || table == "cases_drawn" || table == "cases_signers"
}

func (o *office) change(ctx context.Context, table, column, key string, id cases.ID) error {
	set := column + ` = ` + column + ` || '9'`
	switch {
	case column == "state":
		set = `state = 'granted'`
	case column == "body":
		set = `body = '{}'`
	case number(o.t, o.db, table, column):
		set = column + ` = 1 - ` + column + ` + 1000 * ` + column
	}
	n, err := o.db.Exec(ctx, `UPDATE `+table+` SET `+set+` WHERE `+key+` = $1`, string(id))
	if err == nil && n == 0 {
		err = fmt.Errorf("the case has no row in %s", table)
	}
	return err
}

func (o *office) differences() []string {
	o.t.Helper()
	all, err := o.differencesIn(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	return all
}

func (o *office) differencesIn(ctx context.Context) (all []string, err error) {
	_, err = o.Audit(ctx, func(_ int, d *cases.Difference) {
		if d != nil {
			all = append(all, d.Say)
		}
	})
	return all, err
}

// columnsOf is what the database says that a table has.
func columnsOf(t *testing.T, db *sqldb.DB, table string) []string {
	t.Helper()
	text := `SELECT name FROM pragma_table_info('` + table + `')`
	if db.Postgres {
		text = `SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '` + table + `'`
	}
	all, err := sqldb.Rows(t.Context(), db, func(scan func(...any) error) (name string, err error) { return name, scan(&name) }, text)
	if err != nil || len(all) == 0 {
		t.Fatalf("columns of %s: %v %v", table, all, err)
	}
	return all
}

// number reports whether a column holds numbers.
func number(t *testing.T, db *sqldb.DB, table, column string) bool {
	t.Helper()
	var value any
	if err := db.Row(t.Context(), `SELECT `+column+` FROM `+table).Scan(&value); err != nil {
		t.Fatal(err)
	}
	_, is := value.(int64)
	return is
}

// A table that the room keeps is either audited or known not to need it.
func TestEveryTableOfTheRoomIsAudited(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		text := `SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'cases%'`
		if db.Postgres {
			text = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name LIKE 'cases%'`
		}
		all, err := sqldb.Rows(t.Context(), db, func(scan func(...any) error) (name string, err error) { return name, scan(&name) }, text)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range all {
			if audited[table] == "" && !slices.Contains(lists, table) && !slices.Contains(elsewhere, table) {
				t.Errorf("nobody audits %s", table)
			}
		}
	})
}

func TestTheAuditFindsACaseOnTheWrongList(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o := open(t, db)
		c := o.file()
		if _, err := db.Exec(t.Context(), `INSERT INTO cases_drawn (agency, case_id) VALUES ($1, $2)`, casestest.Agency, string(c.ID)); err != nil {
			t.Fatal(err)
		}
		if all := o.differences(); len(all) != 1 || !strings.Contains(all[0], "cases_drawn") {
			t.Errorf("found %v", all)
		}
	})
}

// What is kept is what the facts say after each act of a long life, whatever
// happens to the clocks and to the work meanwhile.
func TestTheRowsFollowEveryAct(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		id := o.file().ID
		work := func(i int) string { return o.must(o.Store.Case(ctx, id)).Flow.Open[i].ID }
		for _, act := range []struct {
			name string
			do   func() (*cases.Case, error)
		}{
			{"accept", func() (*cases.Case, error) { return o.Accept(ctx, id, nil, promise("2026-09-29"), casestest.WangFang) }},
			{"claim", func() (*cases.Case, error) { return o.Claim(ctx, id, work(0), casestest.ZhouHai) }},
			{"transfer", func() (*cases.Case, error) {
				return o.Transfer(ctx, id, work(0), casestest.LiQian, "出差", casestest.ZhouHai)
			}},
			{"special", func() (*cases.Case, error) { return o.OpenSpecial(ctx, id, "现场核查", "看", casestest.ZhouHai) }},
			{"special ends", func() (*cases.Case, error) {
				return o.CloseSpecial(ctx, id, "s1", cases.SpecialEnd{Result: "合格"}, casestest.ZhouHai)
			}},
			{"review", func() (*cases.Case, error) { return o.Review(ctx, id, work(0), "同意", "", casestest.LiQian) }},
			{"cure", func() (*cases.Case, error) {
				return o.Cure(ctx, id, []cases.Handed{{Material: "plan", Paper: true}}, nil, casestest.LiMin)
			}},
			{"urge", func() (*cases.Case, error) { return o.Urge(ctx, id, "请加快", casestest.ZhangMing) }},
			{"another review", func() (*cases.Case, error) { return o.Review(ctx, id, work(0), "同意", "", casestest.ZhouHai) }},
			{"the last review", func() (*cases.Case, error) { return o.Review(ctx, id, work(0), "同意", "", casestest.ZhouHai) }},
			{"sign", func() (*cases.Case, error) {
				return o.Decide(ctx, id, work(0), cases.Ruling{Grant: true}, casestest.ZhaoGang)
			}},
			{"decide", func() (*cases.Case, error) {
				return o.Decide(ctx, id, work(0), cases.Ruling{Grant: true}, casestest.HeJing)
			}},
			{"deliver", func() (*cases.Case, error) {
				return o.Deliver(ctx, id, cases.Delivered{Way: "window", Receiver: "李敏"}, casestest.WangFang)
			}},
		} {
			o.now = o.now.Add(7 * time.Hour)
			o.must(act.do())
			if all := o.differences(); len(all) > 0 {
				t.Fatalf("after %s: %v", act.name, all)
			}
		}
	})
}
