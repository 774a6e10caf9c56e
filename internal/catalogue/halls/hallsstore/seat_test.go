package hallsstore_test

import (
	"testing"
	"time"

	"tongban/internal/catalogue/halls"
	"tongban/internal/catalogue/halls/hallsstore"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// Nobody is appointed to a window that no open hall has.
func TestWindowsThereAre(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{hallsstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		s := &halls.Service{Store: &hallsstore.Store{DB: db}, Now: func() time.Time { return time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC) }}
		hall := func(id string, closed bool) halls.Hall {
			return halls.Hall{ID: id, Name: id + "政务服务中心", Region: "320300000000", Kind: halls.Centre, Agency: "xz-centre", Address: "1号", Phone: "12345", Hours: "9:00-17:00", Closed: closed, Windows: []halls.Window{{No: "A01", Kind: halls.Any}}}
		}
		if err := s.Put(t.Context(), identity.TheSystem, hall("open", false), hall("shut", true)); err != nil {
			t.Fatal(err, fault.Fields(err))
		}
		for _, tt := range []struct{ name, hall, window, wrong string }{
			{"no hall and no window", "", "", ""}, {"a window of the hall", "open", "A01", ""},
			{"a window of nowhere", "", "A01", "hall required"}, {"no window of the hall", "open", "", "window required"},
			{"a window the hall has not", "open", "Z9", "window unknown"}, {"a hall there is not", "ghost", "A01", "hall unknown"}, {"a closed hall", "shut", "A01", "hall unknown"},
		} {
			err := s.Seat(t.Context(), tt.hall, tt.window)
			got := ""
			for _, f := range fault.Fields(err) {
				got += f.Path + " " + f.Code
			}
			if got != tt.wrong || (err == nil) != (tt.wrong == "") {
				t.Errorf("%s: %v at %q, want %q", tt.name, err, got, tt.wrong)
			}
		}
	})
}
