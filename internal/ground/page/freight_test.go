package page_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
)

func TestFewTablesAreUnderWayAtOnce(t *testing.T) {
	f := page.NewFreight(1)
	first, err := f.Depart()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Depart(); fault.Of(err) != fault.Busy {
		t.Errorf("a second one departs: %v", err)
	}
	first.Arrive()
	if _, err := f.Depart(); err != nil {
		t.Errorf("after the first arrived: %v", err)
	}
}

func TestATrainRestsLongerThanItWorks(t *testing.T) {
	train, err := page.NewFreight(1).Depart()
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(10 * time.Millisecond)
	began := time.Now()
	if err := train.Rest(t.Context()); err != nil || time.Since(began) < 90*time.Millisecond {
		t.Errorf("after 10 ms of work it rests for %s, %v", time.Since(began), err)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if err := train.Rest(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("whoever asked has left, and it says %v", err)
	}
}
