package app_test

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/aid"
	"tongban/internal/handling/hearings"
	"tongban/internal/handling/signing"
)

// keptAsWritten are sealed columns that are not sealed anew, and why.
var keptAsWritten = map[string]string{
	"elsewhere_out.body": "a message is emptied a month after it was delivered",
	"elsewhere_in.body":  "a message is emptied when its turn has come",
	"event_facts.body":   "a fact is evidence as it was written",
	"cases_filings.body": "is held against the facts",
}

// After the field key was replaced no row of any table is sealed with the old
// one but what is held by facts, people's answers open as before, and the
// program never stopped. A room that seals a new column and does not say so is
// found here.
func TestNoColumnIsForgottenWhenTheKeyIsReplaced(t *testing.T) {
	now := calendar.Parse("2026-03-02").Start().Add(10 * time.Hour)
	dir, _ := apptest.Data(t, now)
	open := func() *app.App {
		a, err := app.Open(t.Context(), app.Settings{Data: dir, Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { a.Close() })
		return a
	}
	a := open()
	if err := a.PlayScenes(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.Post.DeliverAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	now = now.AddDate(0, 0, 70)
	shelvedAfter(t, a, 60)
	if err := a.ShelveCases(t.Context()); err != nil {
		t.Fatal(err)
	}
	if c := (&city{t: t, App: a}); c.rows("cases_archived") == 0 {
		t.Error("no case is on the shelf, whose answers were to be opened too")
	}
	leavesTelephones(t, a, now)
	before, code := answersOf(t, a, identity.TheSystem), somePaper(t, a)
	for _, series := range secret.AllSeries {
		if _, err := a.Keys.Rotate(series); err != nil {
			t.Fatal(err)
		}
	}
	for range 6 { // known, known to all, used by all, made anew, and that twice
		if err := a.Rekey.Work(t.Context()); err != nil {
			t.Fatal(err)
		}
		now = now.Add(20 * time.Second)
	}
	if old := sealedWith(t, a, "k1."); len(old) > 0 {
		t.Error("sealed with the old key:", old)
	}
	if fresh := sealedWith(t, a, "k2."); len(fresh) < 3 {
		t.Error("the sample city has too few sealed columns to show anything:", fresh)
	}
	if old := digestedWithTheFirst(t, a); len(old) > 0 {
		t.Error("digests of the old key:", old)
	}
	if _, err := a.Rekey.Finish(t.Context(), secret.Index); err != nil {
		t.Fatal(err)
	}
	if gone, err := a.Keys.Retire(secret.Index, 2); gone != 1 || err != nil {
		t.Fatal(gone, err)
	}
	for _, one := range []*app.App{a, open()} {
		if _, err := one.Cases.PaperByCode(t.Context(), code); err != nil {
			t.Error("a paper from before is not known any more:", err)
		}
		if found, err := one.Parties.Store.ByDocument(t.Context(), parties.Document{Type: parties.ResidentCard, Number: "320399199003070025"}); found.ID != "p-limin" {
			t.Error("not found by the document:", found.ID, err)
		}
		if matters, err := one.Aid.Store.Matter(t.Context(), "kept"); err != nil || phoneOf(one, matters) != "13900000000" {
			t.Error("a telephone is lost:", err)
		}
		if after := answersOf(t, one, identity.TheSystem); !slices.Equal(before, after) {
			t.Errorf("answers were %s, are %s", before, after)
		}
		if _, err := one.Parties.View(t.Context(), "p-limin", identity.TheSystem); err != nil {
			t.Error(err)
		}
	}
}

// leavesTelephones puts telephones wherever they are kept within something else.
func leavesTelephones(t *testing.T, a *app.App, now time.Time) {
	t.Helper()
	sealed := func(about string) string {
		text, err := a.Keys.Seal("13900000000", about)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	m := aid.Matter{ID: "kept", Text: "k9." + strings.Repeat("x", 40), Phone: sealed(aid.AboutPhone("kept")), Log: []aid.Entry{{At: now}}}
	if _, err := a.Aid.Store.Put(t.Context(), m, aid.Moved{Matter: "kept", At: now}); err != nil {
		t.Fatal(err)
	}
	u, k := hearings.Signup{ID: "kept", Notice: "n", Party: "p"}, hearings.Stake{ID: "kept", Case: "c", Party: "p"}
	u.Phone, k.Phone = sealed(u.Stream()), sealed(k.Stream())
	var b sqldb.Batch
	if err := errors.Join(a.Hearings.Store.Sign(&b, hearings.Signed{Signup: u, When: now}), a.Hearings.Store.Stakes(&b, hearings.Staked{Stake: k, When: now}), a.DB.Commit(t.Context(), &b)); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Signing.Store.Put(t.Context(), signing.Paper{ID: "kept", Screen: "s", At: now, Done: now}, signing.Moved{}); err != nil {
		t.Fatal(err)
	}
}

func phoneOf(a *app.App, m aid.Matter) string {
	text, _ := a.Keys.Open(m.Phone, aid.AboutPhone(m.ID)) // "" is not the telephone
	return text
}

// somePaper is the code of a paper that was handed over.
func somePaper(t *testing.T, a *app.App) string {
	t.Helper()
	ids, err := a.Cases.Store.IDs(t.Context(), "", 1)
	if err != nil {
		t.Fatal(err)
	}
	all, err := a.Cases.Store.Papers(t.Context(), ids[0])
	if err != nil || len(all) == 0 {
		t.Fatal("no papers", err)
	}
	sheet, err := a.Cases.PaperOf(t.Context(), ids[0], all[0].Kind, all[0].Seq, identity.TheSystem)
	if err != nil {
		t.Fatal(err)
	}
	return sheet.Code
}

// digestedWithTheFirst lists the columns of digests with a value of the first key.
func digestedWithTheFirst(t *testing.T, a *app.App) (found []string) {
	t.Helper()
	for _, column := range []string{"parties.document_index", "parties.head_index", "certificates_certificates.holder", "certificates_marks.mark"} {
		table, name, _ := strings.Cut(column, ".")
		var old, all int
		if err := a.DB.Row(t.Context(), `SELECT COUNT(*), COALESCE(SUM(CASE WHEN `+name+` LIKE '2~%' THEN 0 ELSE 1 END), 0) FROM `+table+` WHERE `+name+` <> ''`).Scan(&all, &old); err != nil {
			t.Fatal(err)
		}
		if old > 0 || all == 0 {
			found = append(found, fmt.Sprintf("%s: %d of %d", column, old, all))
		}
	}
	return found
}

// sealedWith lists the columns with values that the key of that mark sealed.
func sealedWith(t *testing.T, a *app.App, mark string) []string {
	t.Helper()
	tables, err := a.DB.Tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sealed := regexp.MustCompile(regexp.QuoteMeta(mark) + `[A-Za-z0-9_-]{38,}`) // alone or within a text
	var found []string
	for _, table := range tables {
		err := a.DB.Dump(t.Context(), table, func(row []any) error {
			for i, v := range row {
				name := table.Name + "." + table.Columns[i]
				text, ok := v.(string)
				if ok && sealed.MatchString(text) && keptAsWritten[name] == "" && !slices.Contains(found, name) {
					found = append(found, name)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// answersOf are all cases' answers as somebody sees them, opened.
func answersOf(t *testing.T, a *app.App, by identity.Actor) []string {
	t.Helper()
	var all []string
	ids, err := a.Cases.Store.IDs(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		c, err := a.Cases.Store.Case(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		answers, err := a.Cases.Answers(t.Context(), c, by)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprint(answers))
	}
	if len(all) == 0 {
		t.Fatal("no cases to compare")
	}
	return all
}
