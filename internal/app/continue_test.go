package app_test

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/serials"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
)

// copied is a copy of the installation as it stands, with its master key.
func (i *installation) copied() (archive, master []byte) {
	i.t.Helper()
	var to bytes.Buffer
	if _, err := app.Backup(i.t.Context(), i.settings, "", &to); err != nil {
		i.t.Fatal(err)
	}
	master, err := os.ReadFile(filepath.Join(i.settings.Data, "keys", "master.key"))
	if err != nil {
		i.t.Fatal(err)
	}
	return to.Bytes(), master
}

// lost is what becomes of an installation whose machine is gone: it begins again in
// another place with what is in the copy.
func (i *installation) lost(database string, archive, master []byte) {
	i.t.Helper()
	i.lostBut(serials.Reckoned, database, archive, master)
}

// lostBut is lost, with so many numbers left out.
func (i *installation) lostBut(skip int64, database string, archive, master []byte) {
	i.t.Helper()
	i.fall()
	i.settings.Data, i.settings.DB = i.t.TempDir(), database
	if _, err := app.Restore(i.t.Context(), i.settings, "", skip, bytes.NewReader(archive)); err != nil {
		i.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(i.settings.Data, "keys", "master.key"), master, 0o600); err != nil {
		i.t.Fatal(err)
	}
	i.open()
}

func (i *installation) line() elsewhere.Line {
	i.t.Helper()
	lines, err := i.Elsewhere.Store.Lines(i.t.Context())
	if err != nil {
		i.t.Fatal(err)
	}
	return lines[i.partnerID()]
}

// An installation that was brought back from a copy has forgotten what went since. What
// its partner sent it is sent again by itself; its own messages go on after the last
// that the partner took, once the administrator says that the other one is gone.
func TestTheExchangeGoesOnAfterACopyWasBroughtBack(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		a, b, clock := pair(t)
		b.knows(a, "宿州市一体化政务服务平台", elsewhere.Region{Code: "320303000000", Name: "徐州市云龙区"})
		before := a.take(b)
		settle(t, a, b)
		dayPasses(t, clock, a, b)
		archive, master := a.copied()
		forgotten, theirs := a.take(b), b.take(a)
		settle(t, a, b)
		a.accept(b, theirs)
		settle(t, a, b)
		reached := a.line()

		a.lost(url, archive, master)
		after := a.take(b)
		dayPasses(t, clock, a, b)
		if l := a.line(); l.Ahead != reached.Sent+1 || l.Tries == 0 {
			t.Fatalf("that the partner has taken more is not known: %+v", l)
		}
		if got := a.parcel(after.ID); got.State != elsewhere.Sent {
			t.Fatalf("parcel %s is %s", got.ID, got.State)
		}
		a.mends("continue", "接着对方收到的号发", "2026年9月22日的备份恢复，已与对方核对")
		for range 3 {
			clock.at = clock.at.Add(11 * time.Minute)
			settle(t, a, b)
		}
		for _, p := range []*elsewhere.Parcel{before, after} {
			if got := a.parcel(p.ID); got.State != elsewhere.There || got.Status.Number != b.madeOf(a, p.ID).Number {
				t.Errorf("parcel %s is %s", got.ID, got.State)
			}
		}
		if l := a.line(); l.Taken != b.line().Sent || l.Held != 0 || l.Kept != l.Sent || l.Ahead != 0 || l.Sent <= reached.Sent {
			t.Errorf("of %d messages %d were taken again: %+v", b.line().Sent, l.Taken, l)
		}
		made := a.madeOf(b, theirs.ID)
		if got := b.parcel(theirs.ID); got.Status.Number != made.Number || made.State != cases.Received {
			t.Errorf("what came since the copy is case %s here, which is %s; there it is %s", made.Number, made.State, got.Status.Number)
		}
		b.accept(a, before)
		dayPasses(t, clock, a, b)
		if got := a.parcel(before.ID); got.Status.State != cases.Accepted {
			t.Errorf("what went before the copy stands still: %s", got.Status.State)
		}
		if say := strings.Join(a.balance().Differences, "；"); !strings.Contains(say, "缺号：3,4,5") {
			t.Errorf("what the partner took since the copy is not told: %q", say)
		}
		a.sees("收到而没有办成的", forgotten.Number())
		dayPasses(t, clock, a, b)
		dayPasses(t, clock, a, b)
		if !a.balance().Even() || !b.balance().Even() {
			t.Errorf("two days later they do not agree: %v, %v", a.balance().Differences, b.balance().Differences)
		}
	})
}

// What a partner no longer remembers is told after half an hour, and waited for until the
// administrator says that it has been gone through; then what came after it is done.
func TestWhatAPartnerHasForgottenTooIsForgone(t *testing.T) {
	a, b, clock := pair(t)
	b.knows(a, "宿州市一体化政务服务平台", elsewhere.Region{Code: "320303000000", Name: "徐州市云龙区"})
	archive, master := a.copied()
	gone := b.take(a)
	settle(t, a, b)
	if _, err := b.DB.Exec(t.Context(), `UPDATE elsewhere_out SET body = ''`); err != nil {
		t.Fatal(err)
	}
	a.lost("", archive, master)
	held := b.take(a)
	settle(t, a, b)
	if l := a.line(); l.Held != 1 || l.Taken != 0 || l.Gap != 1 {
		t.Fatalf("what came before its turn: %+v", l)
	}
	clock.at = clock.at.Add(31 * time.Minute)
	if all, err := a.Elsewhere.Unbalanced(t.Context()); err != nil || !strings.Contains(strings.Join(all["徐州市一体化政务服务平台"], ""), "缺第1至第1号报文") {
		t.Errorf("what is missing is no alarm: %v, %v", all, err)
	}
	a.mends("forgo", "不再等这些号", "与对方核对过，由对方重新转送")
	settle(t, a, b)
	a.mends("continue", "接着对方收到的号发", "恢复以后")
	settle(t, a, b)
	if got := b.parcel(held.ID); got.State != elsewhere.There || a.line().Held != 0 {
		t.Errorf("parcel %s is %s: %+v", got.ID, got.State, a.line())
	}
	if f, err := a.Elsewhere.Store.ForeignParcel(t.Context(), b.card().ID, gone.ID); err != nil || f.Case != "" {
		t.Errorf("what was gone is case %q: %v", f.Case, err)
	}
	if err := a.Elsewhere.Forgo(t.Context(), a.partnerID(), "again", identity.TheSystem); fault.Code(err) != "elsewhere.forgo.none" {
		t.Errorf("nothing is missing: %v", err)
	}
	if err := a.Elsewhere.Continue(t.Context(), a.partnerID(), "again", identity.TheSystem); fault.Code(err) != "elsewhere.continue.none" {
		t.Errorf("nothing is ahead: %v", err)
	}
	if err := a.Elsewhere.Continue(t.Context(), a.partnerID(), "why", window1); fault.Code(err) != "elsewhere.admin" {
		t.Errorf("a window mends the line: %v", err)
	}
}

// A message is remembered for a month after it was made, and as long as it waits.
func TestMessagesAreLetGoAMonthAfterTheyArrived(t *testing.T) {
	a, b, clock := pair(t)
	a.take(b)
	settle(t, a, b)
	b.doors.Store(nil)
	a.take(b)
	settle(t, a)
	kept := func(days int) (n int) {
		t.Helper()
		clock.at = clock.at.AddDate(0, 0, days)
		if err := a.Elsewhere.Reconcile(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := a.DB.Row(t.Context(), `SELECT COUNT(*) FROM elsewhere_out WHERE body <> '' AND kind = 'forwarded'`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if before, after := kept(29), kept(2); before != 2 || after != 1 {
		t.Errorf("%d are remembered after 29 days, %d after 31", before, after)
	}
}

// accept has the window accept the case that a parcel of the other became.
func (i *installation) accept(from *installation, p *elsewhere.Parcel) {
	i.t.Helper()
	if _, err := i.Cases.Accept(i.t.Context(), i.madeOf(from, p.ID).ID, nil, nil, window1); err != nil {
		i.t.Fatal(err)
	}
}

// sees has the administrator read the page of the exchange with the partner.
func (i *installation) sees(words ...string) {
	i.t.Helper()
	admin := (&city{App: i.App, t: i.t, site: i.site}).signedIn("admin")
	admin.get("/desk/admin/partners/" + i.partnerID() + "/balance")
	admin.sees(http.StatusOK, words...)
}

// mends has the administrator mend the line by the button of that page, saying why.
func (i *installation) mends(act, button, why string) {
	i.t.Helper()
	i.sees(button)
	admin := (&city{App: i.App, t: i.t, site: i.site}).signedIn("admin")
	admin.post("/desk/admin/partners/"+i.partnerID()+"/"+act, url.Values{"why": {" "}})
	admin.sees(http.StatusUnprocessableEntity, "请写明理由")
	admin.post("/desk/admin/partners/"+i.partnerID()+"/"+act, url.Values{"why": {why}})
	i.sees(why)
}
