package parties

import (
	"context"
	"testing"
)

func TestUnderOneActAPartyIsReadOnce(t *testing.T) {
	reads := 0
	read := func(ctx context.Context, id string) {
		p, err := ReadOnce(ctx, id, func() (Party, error) { reads++; return Party{ID: id}, nil })
		if err != nil || p.ID != id {
			t.Errorf("read %+v, %v", p, err)
		}
	}
	act := Once(t.Context())
	read(act, "p1")
	read(Once(act), "p1") // an act within the act
	if reads != 1 {
		t.Errorf("one act read p1 %d times", reads)
	}
	read(act, "p2")
	read(Once(t.Context()), "p1") // the next act
	read(t.Context(), "p1")
	if reads != 4 {
		t.Errorf("%d reads of p2, of the next act and of nobody's act together, not 3", reads-1)
	}
}

func TestAPartyThatCouldNotBeReadIsAskedForAgain(t *testing.T) {
	act := Once(t.Context())
	if _, err := ReadOnce(act, "p1", func() (Party, error) { return Party{}, context.Canceled }); err == nil {
		t.Error("no error")
	}
	if p, err := ReadOnce(act, "p1", func() (Party, error) { return Party{ID: "p1"}, nil }); err != nil || p.ID != "p1" {
		t.Errorf("read %+v, %v", p, err)
	}
}
