package queuestore_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/halls"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/queue"
	"tongban/internal/handling/queue/queuestore"
)

type centre struct{}

func (centre) Find(context.Context, string) (halls.Hall, error) {
	return halls.Hall{ID: "c", Name: "徐州市政务服务中心", Hours: "法定工作日 9:00—12:00，13:30—17:30", Windows: []halls.Window{
		{No: "A01", Kind: halls.Any}, {No: "A02", Kind: halls.Any}, {No: "B01", Kind: halls.Field, Area: "公安"}}}, nil
}

func (centre) Works(calendar.Day) bool { return true }

var (
	limin = identity.Actor{Account: "limin", Name: "李敏", Party: "p-limin", Channel: "mobile"}
	zhang = identity.Actor{Account: "zhang", Name: "张伟", Party: "p-zhang", Channel: "mobile"}
)

func clerk(window string) identity.Actor {
	return identity.Actor{Account: "w-" + window, Posts: []identity.Post{{Role: identity.Window, Hall: "c", Window: window}}}
}

func each(t *testing.T, test func(*testing.T, *queue.Service, *time.Time)) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, queuestore.Schema}, func(t *testing.T, db *sqldb.DB) {
		now := time.Date(2026, 9, 21, 9, 30, 0, 0, calendar.Zone)
		clock := func() time.Time { return now }
		s := &queue.Service{Rules: rules(t), Store: &queuestore.Store{DB: db, Post: event.NewPost(db, clock)}, Halls: centre{}, Days: centre{}, NewID: sqldb.NewID, Now: clock}
		test(t, s, &now)
	})
}

// rules are those that ship with the program.
func rules(t *testing.T) queue.Rules {
	text, err := data.Queue.ReadFile("queue.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return must[queue.Rules](t)(queue.ReadRules(text))
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestAMorningAtTheCounter(t *testing.T) {
	each(t, func(t *testing.T, s *queue.Service, now *time.Time) {
		ctx, ticket := t.Context(), must[queue.Ticket](t)
		first := ticket(s.Draw(ctx, queue.Want{Hall: "c", Line: "综合窗口", For: "食品经营许可"}, limin))
		again := ticket(s.Draw(ctx, queue.Want{Hall: "c", Line: "综合窗口"}, limin))
		*now = now.Add(5 * time.Minute)
		old := ticket(s.Draw(ctx, queue.Want{Hall: "c", Line: "综合窗口", Priority: "elder"}, identity.Actor{Channel: "kiosk"}))
		if first.No() != "A001" || again.ID != first.ID || old.No() != "A002" {
			t.Fatalf("drawn %s, %s, %s", first.No(), again.No(), old.No())
		}
		if v, err := s.Ticket(ctx, first.ID); err != nil || v.Ahead != 1 || v.Minutes != 8 {
			t.Errorf("%d ahead, %d minutes, %v", v.Ahead, v.Minutes, err)
		}
		called := ticket(s.Next(ctx, clerk("A01")))
		if called.ID != old.ID {
			t.Fatalf("%s is called, want the old man's %s", called.No(), old.No())
		}
		if _, err := s.Next(ctx, clerk("A01")); fault.Code(err) != "queue.next.called" {
			t.Errorf("a second call from the same window: %v", err)
		}
		if _, err := s.Miss(ctx, clerk("A01")); fault.Code(err) != "queue.miss.calls" {
			t.Errorf("passed over after one call: %v", err)
		}
		ticket(s.Recall(ctx, clerk("A01")))
		ticket(s.Miss(ctx, clerk("A01")))
		if back := ticket(s.Rejoin(ctx, old.ID, identity.Actor{})); back.State != queue.Waiting {
			t.Errorf("back, it is %s", back.State)
		}
		ticket(s.Next(ctx, clerk("A02")))
		ticket(s.Begin(ctx, clerk("A02")))
		*now = now.Add(4 * time.Minute)
		sent := ticket(s.Forward(ctx, "公安", clerk("A02")))
		if sent.No() != "B001" || !sent.Taken.Equal(first.Taken) {
			t.Errorf("sent as %s, waiting since %v", sent.No(), sent.Taken)
		}
		if got := ticket(s.Next(ctx, clerk("B01"))); got.ID != first.ID {
			t.Errorf("the police window calls %s", got.No())
		}
		board, err := s.Board(ctx, "c")
		if err != nil || len(board.Called) != 1 || board.Lines[0].Waiting != 1 {
			t.Errorf("board %+v %v", board, err)
		}
	})
}

// Whoever was sent to a window waits there for those who were sent to it before them:
// another window that works in the line makes that no shorter.
func TestHowLongOneWaitsWhoWasSentToAWindow(t *testing.T) {
	each(t, func(t *testing.T, s *queue.Service, now *time.Time) {
		ctx, ticket := t.Context(), must[queue.Ticket](t)
		var last queue.Ticket
		for range 3 {
			ticket(s.Draw(ctx, queue.Want{Hall: "c", Line: "综合窗口"}, identity.Actor{Channel: "kiosk"}))
			*now = now.Add(time.Minute)
			ticket(s.Next(ctx, clerk("A01")))
			last = ticket(s.Forward(ctx, "A02", clerk("A01")))
		}
		ticket(s.Draw(ctx, queue.Want{Hall: "c", Line: "综合窗口"}, identity.Actor{Channel: "kiosk"}))
		ticket(s.Next(ctx, clerk("A01")))
		ticket(s.Next(ctx, clerk("A02")))
		if v, err := s.Ticket(ctx, last.ID); err != nil || v.Ahead != 1 || v.Minutes != 8 {
			t.Errorf("%d ahead, %d minutes, %v", v.Ahead, v.Minutes, err)
		}
	})
}

func TestTwoWindowsCallTwoTickets(t *testing.T) {
	each(t, func(t *testing.T, s *queue.Service, _ *time.Time) {
		ctx := t.Context()
		var all sync.WaitGroup
		for range 12 {
			all.Go(func() {
				if _, err := s.Draw(ctx, queue.Want{Hall: "c", Line: "综合窗口"}, identity.Actor{Channel: "kiosk"}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		got := make([]queue.Ticket, 2)
		for i, no := range []string{"A01", "A02"} {
			all.Go(func() { got[i], _ = s.Next(ctx, clerk(no)) })
		}
		all.Wait()
		if got[0].ID == "" || got[1].ID == "" || got[0].ID == got[1].ID {
			t.Errorf("called %s and %s", got[0].No(), got[1].No())
		}
		tickets, err := s.Store.In(ctx, "c", got[0].Day, "", queue.Waiting, queue.Called)
		numbers := map[string]bool{}
		for _, one := range tickets {
			numbers[one.No()] = true
		}
		if err != nil || len(numbers) != 12 {
			t.Errorf("%d numbers for 12 tickets, %v", len(numbers), err)
		}
	})
}

func TestAnAppointmentIsKeptOrGivenUp(t *testing.T) {
	each(t, func(t *testing.T, s *queue.Service, now *time.Time) {
		ctx, booking := t.Context(), must[queue.Booking](t)
		day, ten := calendar.DayOf(*now), 10*time.Hour
		w := queue.Want{Hall: "c", Line: "公安", For: "户口迁移"}
		mine := booking(s.Book(ctx, w, day, ten, limin))
		booking(s.Book(ctx, w, day, ten, zhang))
		if _, err := s.Book(ctx, w, day, ten, identity.Actor{Party: "p-3"}); fault.Code(err) != "queue.book.full" {
			t.Errorf("a third of two places: %v", err)
		}
		if err := s.Cancel(ctx, mine.ID, zhang); fault.Of(err) != fault.NotFound {
			t.Errorf("somebody else's appointment: %v", err)
		}
		if err := s.Cancel(ctx, mine.ID, limin); err != nil {
			t.Fatal(err)
		}
		third := booking(s.Book(ctx, w, day, ten, identity.Actor{Party: "p-3", Name: "王芳"}))
		if _, err := s.Draw(ctx, queue.Want{Booking: mine.ID}, limin); fault.Code(err) != "queue.take.cancelled" {
			t.Errorf("a ticket for what was given up: %v", err)
		}
		*now = now.Add(time.Minute)
		must[queue.Ticket](t)(s.Draw(ctx, queue.Want{Hall: "c", Line: "公安"}, identity.Actor{Channel: "kiosk"}))
		*now = now.Add(15 * time.Minute)
		came := must[queue.Ticket](t)(s.Draw(ctx, queue.Want{Booking: third.ID}, identity.Actor{Party: "p-3", Channel: "kiosk"}))
		if first := must[queue.Ticket](t)(s.Next(ctx, clerk("B01"))); first.ID != came.ID {
			t.Errorf("%s is called before the appointment %s", first.No(), came.No())
		}
		if err := s.Cancel(ctx, third.ID, identity.Actor{Party: "p-3"}); fault.Code(err) != "queue.cancel.kept" {
			t.Errorf("given up after coming: %v", err)
		}
	})
}

// Who changes the time of an appointment frees the place they had, and takes none that
// is taken: of two who want the last place of a slot one stays at the old time.
func TestAnAppointmentIsChanged(t *testing.T) {
	each(t, func(t *testing.T, s *queue.Service, now *time.Time) {
		ctx, day, booking := t.Context(), calendar.DayOf(*now)+1, must[queue.Booking](t)
		book := func(slot time.Duration, by identity.Actor) queue.Booking {
			return booking(s.Book(ctx, queue.Want{Hall: "c", Line: "公安"}, day, slot, by))
		}
		b := book(9*time.Hour, limin)
		if _, err := s.Change(ctx, b.ID, day, 10*time.Hour, zhang); fault.Of(err) != fault.NotFound {
			t.Errorf("somebody else changed it: %v", err)
		}
		moved := booking(s.Change(ctx, b.ID, day, 10*time.Hour, limin))
		if moved.Slot != 10*time.Hour || moved.Version != 2 {
			t.Errorf("changed to %+v", moved)
		}
		if free := must[[]queue.Slot](t)(s.Slots(ctx, "c", "公安", day)); free[0].Free != 2 || free[2].Free != 1 {
			t.Errorf("free are %v", free)
		}
		book(10*time.Hour, zhang)
		third := book(11*time.Hour, zhang)
		if _, err := s.Change(ctx, third.ID, day, 10*time.Hour, zhang); fault.Of(err) != fault.Conflict {
			t.Errorf("changed to a full slot: %v", err)
		}
		if kept := booking(s.Booking(ctx, third.ID, zhang)); kept.Slot != 11*time.Hour {
			t.Errorf("what could not be changed is at %v", kept.Slot)
		}
		if err := s.Cancel(ctx, moved.ID, limin); err != nil {
			t.Fatal(err)
		}
		if free := must[[]queue.Slot](t)(s.Slots(ctx, "c", "公安", day)); free[2].Free != 1 {
			t.Errorf("after one was given up %v", free)
		}
	})
}
