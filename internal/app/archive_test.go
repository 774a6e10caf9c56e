package app_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
	"tongban/internal/register/archives"
)

// What is on the shelf is found by the same lists, says the same, is proven the
// same way, and can be moved again; the working tables keep none of it.
func TestClosedCasesGoToTheShelfAndStayWhatTheyAre(t *testing.T) {
	c := openCity(t)
	if err := c.Fill(t.Context(), 300); err != nil {
		t.Fatal(err)
	}
	lists := []cases.Filter{
		{Agency: "xz-hr", Limit: 200}, {Agency: "xz-hr", Limit: 7}, {Agency: "xz-hr", Name: "王", Limit: 200},
		{Region: "320300000000", Limit: 200}, {Region: "320300000000", State: cases.Denied, Limit: 200}, {Party: "p-fill-0", Limit: 50},
	}
	before := seenIn(t, c, lists)
	admin, supervisor := c.signedIn("admin"), c.signedIn("supervisor")
	admin.get("/desk/admin/archive")
	admin.sees(http.StatusOK, "还没有归档的办件", "办结满365天、其间没有再办理过的，归档", "还没有人改过")
	admin.post("/desk/admin/archive", url.Values{"on": {"1"}, "days": {"30"}, "reason": {"早些归档"}})
	admin.sees(http.StatusUnprocessableEntity, "请填写60至3650天")
	admin.post("/desk/admin/archive", url.Values{"on": {"0"}, "days": {"60"}, "reason": {"迁移机房"}})
	admin.sees(http.StatusOK, "已停止归档", "恢复归档")
	if err := c.ShelveCases(t.Context()); err != nil || c.rows("cases_archived") != 0 {
		t.Fatal("archived though it was stopped", err)
	}
	admin.post("/desk/admin/archive", url.Values{"on": {"1"}, "days": {"60"}, "reason": {"迁移完成"}})
	terms := url.Values{"basis": {"档案局审查同意"}, "items": {"不知道 永久"}}
	for _, kind := range items.Types() {
		terms.Set("kinds."+string(kind), "D30")
	}
	admin.post("/desk/admin/archive/terms", terms)
	admin.sees(http.StatusUnprocessableEntity, "没有事项“不知道”")
	terms.Set("items", "food-permit 永久")
	admin.post("/desk/admin/archive/terms", terms)
	admin.sees(http.StatusOK, "已保存", "档案局审查同意")
	if err := c.ShelveCases(t.Context()); err != nil {
		t.Fatal(err)
	}
	admin.get("/desk/admin/archive")
	admin.sees(http.StatusOK, "定期30年", "第 1 版", "迁移机房", "办结满60天")
	if !strings.Contains(admin.raw, `-Y"`) {
		t.Error("nothing is kept for ever")
	}
	manager := c.as("admin")
	manager.refused("/archive/terms", "", `{"kinds":{"行政许":"Y"},"basis":"x"}`, http.StatusUnprocessableEntity, "archives.terms")
	manager.post("/archive/terms", "", `{"kinds":{"行政许可":"Y"},"items":{"food-permit":"D10"},"basis":"重新审查同意"}`)
	archive := manager.get("/archive")
	if laid := archive["terms"].(map[string]any); laid["reason"] != "重新审查同意" || laid["items"].(map[string]any)["food-permit"] != "D10" {
		t.Error("not the terms that were laid down:", laid)
	}
	var termed []any
	for _, laid := range archive["termed"].([]any) {
		termed = append(termed, laid.(map[string]any)["reason"])
	}
	if !slices.Equal(termed, []any{"重新审查同意", "档案局审查同意"}) {
		t.Error("the terms that were laid down one after another:", termed)
	}
	if after := seenIn(t, c, lists); !slices.EqualFunc(before, after, slices.Equal[[]string]) {
		t.Errorf("the lists differ:\n%v\n%v", before, after)
	}
	rows, err := c.Cases.Store.List(t.Context(), cases.Filter{Region: "320300000000", Limit: 300})
	if err != nil {
		t.Fatal(err)
	}
	var shelved []cases.Row
	for _, r := range rows {
		if r.Archived {
			shelved = append(shelved, r)
		}
	}
	if len(shelved) < 150 || c.rows("cases")+len(shelved) != 300 || c.rows("cases_filings")+len(shelved) != 300 {
		t.Fatalf("%d on the shelf, %d left", len(shelved), c.rows("cases"))
	}
	one := shelved[0]
	if facts := c.rows("event_facts WHERE stream = '" + one.ID.Stream() + "'"); facts != 1 {
		t.Errorf("%d facts of an archived case are still on the table", facts)
	}
	supervisor.get("/desk/cases/" + string(one.ID))
	supervisor.sees(http.StatusOK, "已归档，档号", "记录完整")
	was, err := c.Cases.Case(t.Context(), one.ID, identity.TheSystem)
	if err != nil {
		t.Fatal(err)
	}
	supervisor.get("/desk/cases/" + string(one.ID) + "/package")
	if supervisor.code != http.StatusOK || archives.Digest([]byte(supervisor.raw)) != was.Archived.Digest {
		t.Errorf("the package that was sent is not the one of the case: %d", supervisor.code)
	}
	c.audited()
	if err := c.Witness.Seal(t.Context(), "2026-09-20"); err != nil {
		t.Fatal(err)
	}
	root, err := c.Witness.Root(t.Context(), "2026-09-20")
	if err != nil {
		t.Fatal(err)
	}
	proof, err := c.Witness.Prove(t.Context(), one.ID.Stream(), 1, true)
	if err != nil || proof.Check(root) != nil {
		t.Errorf("the first fact of an archived case is not proven: %v, %v", err, proof.Check(root))
	}
	if _, err := c.Witness.Audit(t.Context(), func(say string) { t.Error(say) }); err != nil {
		t.Error(err)
	}
}

// Something that happens later to an archived case brings it back whole, and the
// next run puts a new version on the shelf.
func TestAnArchivedCaseMovesAgain(t *testing.T) {
	c := openCity(t)
	if err := c.Fill(t.Context(), 100); err != nil {
		t.Fatal(err)
	}
	shelvedAfter(t, c.App, 60)
	if err := c.ShelveCases(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows, err := c.Cases.Store.List(t.Context(), cases.Filter{Agency: "yl-market", State: cases.Granted, Limit: 100})
	i := slices.IndexFunc(rows, func(r cases.Row) bool { return r.Archived })
	if err != nil || i < 0 {
		t.Fatal("none is archived", err)
	}
	id := rows[i].ID
	was, err := c.Cases.Case(t.Context(), id, identity.TheSystem)
	if err != nil || was.Archived == nil {
		t.Fatal(was, err)
	}
	holder := identity.Actor{Account: "u-fill", Name: was.Applicant.Name, Party: was.Applicant.Party, Channel: "mobile"}
	if _, err := c.Cases.Terminate(t.Context(), id, cases.Ending{Ground: cases.Uncorrected}, identity.TheSystem); err == nil {
		t.Error("a closed case was terminated")
	}
	if c.rows("cases WHERE id = '"+string(id)+"'") != 0 {
		t.Error("a refused act brought the case back")
	}
	now, err := c.Cases.Ask(t.Context(), id, cases.Later{Kind: cases.Cancelling, Reason: "不再经营"}, holder)
	if err != nil {
		t.Fatal(err)
	}
	if now.Archived != nil || now.Later == nil || c.rows("cases WHERE id = '"+string(id)+"'") != 1 || c.rows("cases_archived WHERE id = '"+string(id)+"'") != 0 {
		t.Errorf("not back: %+v", now)
	}
	c.audited()
}

// A run that is cut off, or meets an act at the same moment, leaves every case
// in one place and whole; the next run takes the rest.
func TestARunThatIsCutOff(t *testing.T) {
	c := openCity(t)
	if err := c.Fill(t.Context(), 200); err != nil {
		t.Fatal(err)
	}
	shelvedAfter(t, c.App, 60)
	for cut := range 4 {
		ctx, stop := context.WithTimeout(t.Context(), time.Duration(5+20*cut)*time.Millisecond)
		c.ShelveCases(ctx) // is cut off somewhere, and may say so
		stop()
		if all := c.rows("cases") + c.rows("cases_archived"); all != 200 {
			t.Fatalf("%d cases after the cut", all)
		}
	}
	if err := c.ShelveCases(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.ShelveCases(t.Context()); err != nil { // there is nothing left to do
		t.Fatal(err)
	}
	if shelved := c.rows("cases_archived"); shelved != c.rows("archives_packages") || shelved < 100 {
		t.Errorf("%d on the shelf, %d packages", shelved, c.rows("archives_packages"))
	}
	c.audited()
	for i, set := range []string{"applicant = 'x'", "closed = closed + 1", "due = '2020-01-01'"} {
		if _, err := c.DB.Exec(t.Context(), `UPDATE cases_archived SET `+set+` WHERE id = (SELECT id FROM cases_archived ORDER BY id LIMIT 1 OFFSET `+strconv.Itoa(i)+`)`); err != nil {
			t.Fatal(err)
		}
		differ := 0
		if _, err := c.Cases.Audit(t.Context(), func(_ int, d *cases.Difference) {
			if d != nil {
				differ++
			}
		}); err != nil || differ != i+1 {
			t.Errorf("nobody notices %s: %d differ, %v", set, differ, err)
		}
	}
	if _, err := c.DB.Exec(t.Context(), `UPDATE archives_packages SET content = (SELECT MAX(content) FROM archives_packages WHERE serial > 1) WHERE serial = 1`); err != nil {
		t.Fatal(err)
	}
	found := 0
	if _, err := c.Archives.Audit(t.Context(), func(string) { found++ }); err != nil || found == 0 {
		t.Errorf("a package whose content was exchanged is not noticed: %d, %v", found, err)
	}
}

var anAdmin = identity.Actor{Account: "u-admin", Name: "管理员", Posts: []identity.Post{{Agency: "xz-centre", Role: identity.Admin, Region: "320300000000"}}}

func shelvedAfter(t *testing.T, a *app.App, days int) {
	t.Helper()
	if err := a.Archives.Lay(t.Context(), archives.Rule{On: true, Days: days, Reason: "试行"}, anAdmin); err != nil {
		t.Fatal(err)
	}
}

func (c *city) rows(of string) (n int) {
	if err := c.DB.Row(c.t.Context(), `SELECT COUNT(*) FROM `+of).Scan(&n); err != nil {
		c.t.Fatal(err)
	}
	return n
}

// audited rebuilds every case, its package and the sums from the facts.
func (c *city) audited() {
	c.t.Helper()
	_, err := c.Cases.Audit(c.t.Context(), func(_ int, d *cases.Difference) {
		if d != nil {
			c.t.Errorf("case %s: %s", d.Case, d.Say)
		}
	})
	if err != nil {
		c.t.Error(err)
	}
	if _, err := c.Archives.Audit(c.t.Context(), func(say string) { c.t.Error(say) }); err != nil {
		c.t.Error(err)
	}
}

// seenIn is what the lists show, and what the cases in them are apart from where
// they stand.
func seenIn(t *testing.T, c *city, lists []cases.Filter) (all [][]string) {
	t.Helper()
	for _, f := range lists {
		var seen []string
		for f.After = ""; ; {
			rows, err := c.Cases.Store.Open(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				f.After = r.Cursor
				r.Row.Archived, r.Case.Archived = false, nil
				text, err := json.Marshal(struct {
					Row  cases.Row
					Case *cases.Case
				}{r.Row, r.Case})
				if err != nil {
					t.Fatal(err)
				}
				seen = append(seen, string(text))
			}
			if len(rows) < f.Limit {
				break
			}
		}
		all = append(all, seen)
	}
	return all
}
