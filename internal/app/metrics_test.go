package app_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/blob/s3test"
)

// A store of files that is away rings, and stops when it is back.
func TestAStoreOfFilesThatIsAwayRings(t *testing.T) {
	store := s3test.New(t)
	c := openWith(t, app.Settings{Data: t.TempDir(), Blobs: store.URL})
	rings := func() bool { return strings.Contains(read(c.Metrics(), "/metrics").Body.String(), "tongban_alarms 1") }
	if rings() {
		t.Error("it rings while all is well")
	}
	store.Fail(1000)
	if _, err := c.Files.Put(t.Context(), strings.NewReader("%PDF-1.4 x\n%%EOF"), blob.Limit{}); err == nil || !rings() {
		t.Error("nobody is told that the store is away:", err)
	}
	store.Fail(0)
	if rings() {
		t.Error("it rings on when the store is back")
	}
}

func TestWhatIsDoneIsCounted(t *testing.T) {
	c := guarded(t) // files a case
	read(c.doors, "/items/food-permit")
	read(c.doors, "/cases/nowhere")
	metrics := c.app.Metrics()
	text := read(metrics, "/metrics").Body.String()
	for _, line := range []string{
		`tongban_act_seconds_count{act="submit",code="ok"} 1`,
		`tongban_http_seconds_count{route="GET /items/{item}",status="200"} 1`,
		`tongban_http_faults_total{code="`,
		`tongban_sql_write_seconds_count`, `tongban_sql_read_seconds_bucket`, `tongban_sql_commit_acts_count`, `tongban_sql_connections{state="busy"}`,
		`tongban_news_waiting`, `tongban_queue_waiting{queue="news"}`, `tongban_alarms 0`, `tongban_http_inside{place="inside"} 0`,
		`go_goroutines`, `process_resident_memory_bytes`,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("no line %s", line)
		}
	}
	if personal := regexp.MustCompile(`320399|1[3-9]\d{9}"|孙悦`).FindString(text); personal != "" {
		t.Errorf("the figures tell of a person: %s", personal)
	}
	if w := read(c.doors, "/metrics"); w.Code != http.StatusNotFound {
		t.Errorf("the public may read the figures: %d", w.Code)
	}
}

func TestReadyUntilItLeaves(t *testing.T) {
	c := guarded(t)
	for _, path := range []string{"/livez", "/healthz", "/readyz"} {
		if w := read(c.doors, path); w.Code != http.StatusNoContent {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	c.app.Leave()
	if w := read(c.doors, "/readyz"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("still ready: %d", w.Code)
	}
	if w := read(c.doors, "/healthz"); w.Code != http.StatusNoContent {
		t.Errorf("not alive while it leaves: %d", w.Code)
	}
	if w := read(c.doors, "/"); w.Code != http.StatusOK {
		t.Errorf("what comes while it leaves is not done: %d", w.Code)
	}
}

func TestNotReadyWithoutADatabase(t *testing.T) {
	c := guarded(t)
	c.app.DB.Close()
	if w := read(c.app.Metrics(), "/readyz"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("ready without a database: %d", w.Code)
	}
	if text := read(c.app.Metrics(), "/metrics").Body.String(); !strings.Contains(text, "tongban_alarms 1") {
		t.Error("nobody can look, and no alarm")
	}
}

func TestTheAdministratorSeesWhatStandsStill(t *testing.T) {
	now := calendar.Parse("2026-03-02").Start().Add(10 * time.Hour)
	dir, _ := apptest.Data(t, now)
	a, doors := apptest.OpenDoors(t, app.Settings{Data: dir, Now: func() time.Time { return now }})
	c := &guardedCity{doors: doors, app: a}
	admin := c.cookie(t, "admin")
	if err := a.Post.DeliverAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.DB.NoteWork(t.Context(), "wake cases", 20*time.Second, now, true); err != nil {
		t.Fatal(err)
	}
	if held, err := a.DB.Lease(t.Context(), "app.wake cases", time.Minute, now); err != nil || !held {
		t.Fatal(held, err)
	}
	for _, at := range []struct {
		later time.Duration
		says  string
	}{{10 * time.Second, "定时工作都按时做"}, {20 * time.Minute, "定时工作“到期自动受理”停滞：20 分钟没有做过"}} {
		now = now.Add(at.later)
		if body := c.as(admin, "/desk/admin"); !strings.Contains(body, at.says) {
			t.Errorf("after %s no word of: %s", at.later, at.says)
		}
	}
	if text := read(a.Metrics(), "/metrics").Body.String(); !strings.Contains(text, "tongban_alarms 1") {
		t.Error("no alarm among the figures")
	}
}

func read(doors http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	doors.ServeHTTP(w, httptest.NewRequest("GET", "http://example.com"+path, nil))
	return w
}

func (c *guardedCity) as(cookie *http.Cookie, path string) string {
	r := httptest.NewRequest("GET", "http://example.com"+path, nil)
	r.AddCookie(cookie)
	w := httptest.NewRecorder()
	c.doors.ServeHTTP(w, r)
	return w.Body.String()
}

// A case that cannot be woken keeps no other asleep, and the work has failed.
func TestACaseThatCannotBeWokenIsNotSilent(t *testing.T) {
	c := openCity(t)
	c.filed()
	if _, err := c.DB.Exec(t.Context(), `CREATE TRIGGER asleep BEFORE UPDATE ON cases BEGIN SELECT RAISE(ABORT, 'asleep'); END`); err != nil {
		t.Fatal(err)
	}
	c.now = c.now.Add(30 * 24 * time.Hour)
	if err := c.WakeCases(t.Context()); err == nil || !strings.Contains(err.Error(), "wake case") {
		t.Error("nobody is told:", err)
	}
}
