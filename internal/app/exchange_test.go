package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/internal/civic/identity"
	"tongban/internal/handling/elsewhere"
)

// faulty is a way between two installations that loses, repeats and reorders.
type faulty struct {
	elsewhere.Carrier
	draw func() int
	old  [][]byte // what travelled before
	harm func([]byte) []byte
}

func (f *faulty) Carry(ctx context.Context, address string, message []byte) ([]byte, error) {
	f.old = append(f.old, bytes.Clone(message))
	switch f.draw() {
	case 1: // lost on the way
		return nil, errors.New("lost")
	case 2: // arrived, but the receipt was lost
		f.Carrier.Carry(ctx, address, message)
		return nil, errors.New("receipt lost")
	case 3: // arrived twice
		f.Carrier.Carry(ctx, address, message)
	case 4: // after something that travelled before
		f.Carrier.Carry(ctx, address, f.old[f.draw()%len(f.old)])
	case 5: // changed on the way
		return f.Carrier.Carry(ctx, address, bytes.Replace(message, []byte(`"text":"e`), []byte(`"text":"f`), 1))
	case 6: // harmed in a way of one's own
		if f.harm != nil {
			return f.Carrier.Carry(ctx, address, f.harm(message))
		}
	}
	return f.Carrier.Carry(ctx, address, message)
}

// Whatever the way does to messages, every parcel becomes one case, every
// number is used once, and both sides agree in the end.
func TestAFaultyWayLosesAndDoublesNothing(t *testing.T) {
	a, b, clock := pair(t)
	wayOut, wayBack := &faulty{Carrier: a.Elsewhere.Carrier}, &faulty{Carrier: b.Elsewhere.Carrier}
	a.Elsewhere.Carrier, b.Elsewhere.Carrier = wayOut, wayBack
	parcels := 0
	rapid.Check(t, func(r *rapid.T) {
		if parcels >= 12 {
			return // each run builds on the one before; more of them only take longer
		}
		draw := func() int { return rapid.IntRange(0, 6).Draw(r, "what the way does") }
		wayOut.draw, wayBack.draw = draw, draw
		p := a.take(b)
		parcels++
		for range 8 {
			clock.at = clock.at.Add(time.Minute)
			settle(t, a, b)
		}
		calm := func() int { return 0 }
		wayOut.draw, wayBack.draw = calm, calm
		clock.at = clock.at.Add(15 * time.Minute)
		settle(t, a, b)
		if p = a.parcel(p.ID); p.State != elsewhere.There || p.Status.Number != b.madeOf(a, p.ID).Number {
			r.Fatalf("parcel %s is %s", p.ID, p.State)
		}
		var n, last, foreign int64
		ask := func(i *installation, into *int64, query string) {
			if err := i.DB.Row(t.Context(), query).Scan(into); err != nil {
				r.Fatal(err)
			}
		}
		ask(b, &n, `SELECT COUNT(*) FROM elsewhere_in WHERE state = 'done'`)
		ask(a, &last, `SELECT MAX(number) FROM elsewhere_out`)
		ask(b, &foreign, `SELECT COUNT(*) FROM elsewhere_foreign`)
		if n != last || foreign != int64(parcels) {
			r.Fatalf("%d messages done of %d, %d cases of %d parcels", n, last, foreign, parcels)
		}
	})
}

// What is no message of a partner's is refused with a reason, and does nothing.
func TestForeignMessagesAreRefused(t *testing.T) {
	a, b, clock := pair(t)
	var sent []byte
	a.Elsewhere.Carrier = catching{a.Elsewhere.Carrier, &sent}
	a.take(b)
	settle(t, a)
	outcome := func(message []byte) elsewhere.Outcome {
		t.Helper()
		answer, err := b.Elsewhere.Receive(t.Context(), message)
		if err != nil {
			t.Fatal(err)
		}
		return outcomeOf(t, answer)
	}
	var whole map[string]any
	if err := json.Unmarshal(sent, &whole); err != nil {
		t.Fatal(err)
	}
	whole["signature"] = []byte("forged")
	forged, _ := json.Marshal(whole)
	for _, tt := range []struct {
		name    string
		message []byte
		want    elsewhere.Outcome
	}{
		{"no message", []byte("{"), elsewhere.Garbled},
		{"a forged one", forged, elsewhere.Forged},
		{"the first time", sent, elsewhere.Done},
		{"the second time", sent, elsewhere.Repeated},
	} {
		if got := outcome(tt.message); got != tt.want {
			t.Errorf("%s: %s", tt.name, got)
		}
	}
	clock.at = clock.at.Add(time.Hour)
	if got := outcome(sent); got != elsewhere.Stale {
		t.Errorf("an hour later: %s", got)
	}
	if err := b.Elsewhere.Rest(t.Context(), b.partnerID(), true, identity.TheSystem); err != nil {
		t.Fatal(err)
	}
	if got := outcome(sent); got != elsewhere.Stranger {
		t.Errorf("of a partner that rests: %s", got)
	}
}

// outcomeOf is what a receipt says.
func outcomeOf(t *testing.T, answer []byte) elsewhere.Outcome {
	t.Helper()
	var p struct{ Text []byte }
	var r elsewhere.Receipt
	if json.Unmarshal(answer, &p) != nil || json.Unmarshal(p.Text, &r) != nil || r.Say == "" {
		t.Fatalf("no receipt: %s", answer)
	}
	return r.Outcome
}

// catching keeps what was to be carried, and loses it.
type catching struct {
	elsewhere.Carrier
	sent *[]byte
}

func (c catching) Carry(_ context.Context, _ string, message []byte) ([]byte, error) {
	*c.sent = message
	return nil, errors.New("caught")
}
