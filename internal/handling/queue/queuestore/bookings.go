package queuestore

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/queue"
)

const bookingColumns = `id, hall, hall_name, line, day, slot, seat, party, name, purpose, item, state, made, version`

// Book takes the first free place of the slot.
func (s *Store) Book(ctx context.Context, b queue.Booking, places int) (queue.Booking, error) {
	for b.Place = 1; b.Place <= places; b.Place++ {
		b.Version = 1
		var batch sqldb.Batch
		batch.Exec(`INSERT INTO queue_seats (hall, line, day, slot, seat, booking) VALUES ($1, $2, $3, $4, $5, $6)`,
			b.Hall, b.Line, b.Day.String(), minutes(b.Slot), b.Place, b.ID)
		batch.Exec(`INSERT INTO queue_bookings (`+bookingColumns+`) VALUES (`+marks(14)+`)`,
			b.ID, b.Hall, b.HallName, b.Line, b.Day.String(), minutes(b.Slot), b.Place, b.Party, b.Name, b.For, b.Item, string(b.State), sqldb.Instant(b.Made), b.Version)
		if err := s.DB.Commit(ctx, &batch); !sqldb.IsDuplicate(err) {
			return b, err
		}
	}
	return b, full()
}

// Rebook keeps an appointment at its new time.
func (s *Store) Rebook(ctx context.Context, was, b queue.Booking, places int) (queue.Booking, error) {
	for b.Place = 1; b.Place <= places; b.Place++ {
		err := s.DB.Within(ctx, func(ctx context.Context) error {
			if _, err := s.DB.Exec(ctx, `INSERT INTO queue_seats (hall, line, day, slot, seat, booking) VALUES ($1, $2, $3, $4, $5, $6)`,
				b.Hall, b.Line, b.Day.String(), minutes(b.Slot), b.Place, b.ID); err != nil {
				return err
			}
			n, err := s.DB.Exec(ctx, `UPDATE queue_bookings SET day = $1, slot = $2, seat = $3, version = version + 1 WHERE id = $4 AND version = $5`,
				b.Day.String(), minutes(b.Slot), b.Place, b.ID, was.Version)
			if err == nil {
				err = outrun(n)
			}
			if err == nil {
				err = s.leaveSeat(ctx, was)
			}
			return err
		})
		if !sqldb.IsDuplicate(err) {
			b.Version = was.Version + 1
			return b, err
		}
	}
	return was, full()
}

func outrun(rows int64) error {
	if rows == 0 {
		return fault.New(fault.Conflict, "queue.booking.stale", "这个预约刚刚有变动，请刷新后再试")
	}
	return nil
}

func (s *Store) leaveSeat(ctx context.Context, b queue.Booking) error {
	_, err := s.DB.Exec(ctx, `DELETE FROM queue_seats WHERE hall = $1 AND line = $2 AND day = $3 AND slot = $4 AND seat = $5`,
		b.Hall, b.Line, b.Day.String(), minutes(b.Slot), b.Place)
	return err
}

func full() error {
	return fault.New(fault.Conflict, "queue.book.full", "这个时段刚刚约满，请选别的时段").At("slot", "full", "这个时段刚刚约满，请选别的时段")
}

// PutBooking keeps what became of an appointment.
func (s *Store) PutBooking(ctx context.Context, b queue.Booking) error {
	return s.DB.Within(ctx, func(ctx context.Context) error {
		n, err := s.DB.Exec(ctx, `UPDATE queue_bookings SET state = $1, version = version + 1 WHERE id = $2 AND version = $3`, string(b.State), b.ID, b.Version)
		if err == nil {
			err = outrun(n)
		}
		if err == nil && b.State == queue.Cancelled {
			err = s.leaveSeat(ctx, b)
		}
		return err
	})
}

// Booking finds one.
func (s *Store) Booking(ctx context.Context, id string) (queue.Booking, error) {
	return sqldb.One(ctx, s.DB, scanBooking, queue.NoBooking(), `SELECT `+bookingColumns+` FROM queue_bookings WHERE id = $1`, id)
}

// BookingsOf lists a party's appointments from a day on.
func (s *Store) BookingsOf(ctx context.Context, party string, from calendar.Day) ([]queue.Booking, error) {
	return sqldb.Rows(ctx, s.DB, scanBooking, `SELECT `+bookingColumns+` FROM queue_bookings WHERE party = $1 AND day >= $2 ORDER BY day, slot, id LIMIT 200`, party, from.String())
}

// Taken counts the places taken by slot.
func (s *Store) Taken(ctx context.Context, hall, line string, day calendar.Day) (map[time.Duration]int, error) {
	taken := map[time.Duration]int{}
	return taken, s.DB.Each(ctx, func(scan func(...any) error) error {
		var slot, n int
		err := scan(&slot, &n)
		taken[time.Duration(slot)*time.Minute] = n
		return err
	}, `SELECT slot, COUNT(*) FROM queue_seats WHERE hall = $1 AND line = $2 AND day = $3 GROUP BY slot`, hall, line, day.String())
}

func scanBooking(scan func(...any) error) (b queue.Booking, err error) {
	var day string
	var slot, made int64
	err = scan(&b.ID, &b.Hall, &b.HallName, &b.Line, &day, &slot, &b.Place, &b.Party, &b.Name, &b.For, &b.Item, (*string)(&b.State), &made, &b.Version)
	b.Day, b.Slot, b.Made = calendar.Parse(day), time.Duration(slot)*time.Minute, sqldb.FromInstant(made)
	return b, err
}

func minutes(d time.Duration) int { return int(d / time.Minute) }

// moment is when a fact happened.
func moment(t queue.Ticket, fact event.Fact) time.Time {
	if m, ok := fact.(queue.Moved); ok {
		return m.At
	}
	return t.Taken
}
