package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/places/desk"
)

// rung opens a city and returns what its administrator is told.
func rung(t *testing.T, s Settings) (*App, func() string) {
	t.Helper()
	s.Data = t.TempDir()
	a, err := Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a, func() string {
		b, err := a.backlog(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(b.Alarms, "\n")
	}
}

func TestWhateverMayStandStillIsNamedInWords(t *testing.T) {
	a, _ := rung(t, Settings{})
	for _, name := range a.Post.Listeners() {
		if desk.ListenerName(name) == name {
			t.Errorf("no words for the listener %q", name)
		}
	}
	for _, w := range a.works() {
		if desk.WorkName(w.name) == desk.WorkName("") {
			t.Errorf("no words for the work %q", w.name)
		}
	}
}

// A work that hangs the first time it is done leaves no note, and yet it rings.
func TestAWorkThatNeverCameToItsEndRings(t *testing.T) {
	a, alarms := rung(t, Settings{})
	if said := alarms(); said != "" {
		t.Error("it rings before anything is to be done:", said)
	}
	begun := time.Now().Add(-2 * time.Minute)
	a.running.Store(&begun)
	if err := a.DB.NoteWork(t.Context(), "wake cases", 20*time.Second, time.Now(), true); err != nil {
		t.Fatal(err)
	}
	if said := alarms(); !strings.Contains(said, "“效能统计、预警和提醒”停滞：2 分钟没有做过") || strings.Contains(said, "到期自动受理") || strings.Contains(said, "清理没有传完的上传") {
		t.Error(said)
	}
}

func TestWhatTheProgramLeansOnRings(t *testing.T) {
	a, alarms := rung(t, Settings{Safety: Safety{Scanner: "unix:///nowhere/clamd.ctl"}})
	if said := alarms(); !strings.HasPrefix(said, "查毒程序 unix:///nowhere/clamd.ctl 没有应答") {
		t.Error("a scanner that is away:", said)
	}
	a.Safety.Scanner = ""
	files := filepath.Join(a.Data, "files")
	for _, move := range []struct{ from, to, says string }{{files, files + "-away", "附件存储没有应答"}, {files + "-away", files, ""}} {
		if err := os.Rename(move.from, move.to); err != nil {
			t.Fatal(err)
		}
		if said := alarms(); move.says == "" != (said == "") || !strings.Contains(said, move.says) {
			t.Errorf("after %s is at %s: %s", move.from, move.to, said)
		}
	}
	a.behind.note(t.Context(), "x", "这个实例没有跟上", os.ErrNotExist)
	if said := alarms(); said != "这个实例没有跟上" {
		t.Error("a replica that fell behind:", said)
	}
	a.behind.note(t.Context(), "x", "这个实例没有读到", fault.New(fault.Busy, "sqldb.away", "请稍后再试"))
	a.behind.note(t.Context(), "x", "这个实例没有跟上", nil)
	if said := alarms(); said != "" {
		t.Error("it has caught up:", said)
	}
}

// While the database keeps nothing that is said first, and not of every work.
func TestADatabaseThatKeepsNothingRingsOnce(t *testing.T) {
	a, alarms := rung(t, Settings{})
	if _, err := a.DB.Exec(t.Context(), `ALTER TABLE sqldb_leases RENAME TO gone`); err != nil {
		t.Fatal(err)
	}
	begun := time.Now().Add(-time.Hour)
	a.running.Store(&begun)
	if said := alarms(); !strings.HasPrefix(said, "数据库现在不能写入") || strings.Contains(said, "\n") {
		t.Error(said)
	}
}

// What takes long is told apart from what nobody does, and rings when it takes too long.
func TestAWorkThatTakesLongIsNotCalledStill(t *testing.T) {
	now := time.Now()
	a, alarms := rung(t, Settings{Now: func() time.Time { return now }})
	a.running.Store(&now)
	begun, ended := make(chan struct{}), make(chan struct{})
	w := noting{App: a, work: work{"wake cases", 20 * time.Second, func(context.Context) error { close(begun); <-ended; return nil }}, pulse: 10 * time.Millisecond}
	over := make(chan error)
	go func() { over <- w.done(t.Context(), w.once(t.Context())) }()
	<-begun
	for seen := false; !seen; time.Sleep(5 * time.Millisecond) {
		all, err := a.DB.Works(t.Context())
		if seen = len(all) == 1; err != nil {
			t.Fatal(err)
		}
	}
	close(ended)
	if err := <-over; err != nil {
		t.Fatal(err)
	}
	works, err := a.DB.Works(t.Context())
	if err != nil || len(works) != 1 || works[0].Done.IsZero() || works[0].Running(now) {
		t.Fatalf("that it ended is not noted: %v %v", works, err)
	}
	since := now.Add(time.Second)
	for _, at := range []struct {
		took, seen time.Duration
		says       string
	}{
		{5 * time.Minute, 0, ""},
		{5 * time.Minute, 2 * time.Minute, "“到期自动受理”停滞：5 分钟没有做过"},
		{2 * time.Hour, 0, "“到期自动受理”自" + desk.Moment(since) + "起一直在做，2 小时还没有做完"},
	} {
		now = since.Add(at.took)
		a.running.Store(&now)
		if err := a.DB.NoteRunning(t.Context(), "wake cases", since, now.Add(-at.seen)); err != nil {
			t.Fatal(err)
		}
		if said := alarms(); at.says == "" != (said == "") || !strings.Contains(said, at.says) {
			t.Errorf("after %s, seen %s ago: %s", at.took, at.seen, said)
		}
	}
}

type happened struct{}

func (happened) FactName() string { return "happened" }

// News that comes faster than it is told is being told.
func TestASenderThatIsAtItIsNotCalledStill(t *testing.T) {
	now := time.Now()
	a, alarms := rung(t, Settings{Now: func() time.Time { return now }})
	event.On(a.Post, "somebody", func(context.Context, happened, *sqldb.Batch) error { return nil })
	var b sqldb.Batch
	if _, err := a.Post.Begin(&b, "x", now, happened{}); err != nil {
		t.Fatal(err)
	}
	if err := a.DB.Commit(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	now = now.Add(10 * time.Minute)
	if said := alarms(); !strings.HasPrefix(said, "内部消息停滞：最早一条已等待10 分钟") {
		t.Error(said)
	}
	if err := a.DB.NoteRunning(t.Context(), event.Delivering, now.Add(-9*time.Minute), now); err != nil {
		t.Fatal(err)
	}
	if said := alarms(); said != "" {
		t.Error(said)
	}
}
