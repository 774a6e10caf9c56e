package app_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
)

// A window here takes a matter in for another province; the bureau there
// decides; the result comes back and is handed over here. In between the other
// installation is down, both are restarted, and there is a supplement.
func TestAMatterGoesToAnotherProvinceAndComesBack(t *testing.T) {
	apptest.Each(t, neighbour, opening, func(t *testing.T, here app.Settings) {
		a, b, clock := pairOf(t, here)
		b.fall()
		p := a.take(b)
		settle(t, a)
		if p = a.parcel(p.ID); p.State != elsewhere.Sent || !p.Answers().Here {
			t.Fatalf("while the other side is down: %s, %v", p.State, p.Answers())
		}
		lines, err := a.Elsewhere.Store.Lines(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if line := lines[a.partnerID()]; line.Tries == 0 || line.Waiting() != 1 {
			t.Fatalf("the line says %+v", line)
		}
		a.fall()
		a.open()
		b.open()
		clock.at = clock.at.Add(24 * time.Hour)
		settle(t, a, b)

		made := b.madeOf(a, p.ID)
		if p = a.parcel(p.ID); p.State != elsewhere.There || p.Status.Number != made.Number || p.Status.Received != calendar.Parse("2026-09-22") {
			t.Fatalf("received there: %+v", p.Status)
		}
		if p.Answers().Here || p.There.Phone == "" {
			t.Errorf("who answers: %+v", p.Answers())
		}
		material := made.Materials[0].Material
		until := calendar.Parse("2026-09-30")
		if _, err := b.Cases.AskOnce(t.Context(), made.ID, []cases.Deficiency{{Material: material, Finding: cases.Defective, Say: "照片不清楚，请重新提供"}, {Field: "联系电话", Finding: cases.Defective, Say: "少一位"}}, until, window1); err != nil {
			t.Fatal(err)
		}
		settle(t, b, a)
		if p = a.parcel(p.ID); p.Status.Notice == nil || p.Answers().Until != until || !p.Answers().Here {
			t.Fatalf("the notice did not arrive: %+v", p)
		}
		x := cases.Correction{Handed: []cases.Handed{{Material: material, Paper: true}}}
		if _, err := a.Elsewhere.Answer(t.Context(), p.ID, x, window1); fault.Code(err) != "cases.correct.incomplete" {
			t.Fatalf("an answer of the form is asked for: %v", err)
		}
		x.Answers = forms.Answers{"联系电话": "13911110000"}
		if _, err := a.Elsewhere.Answer(t.Context(), p.ID, x, window1); err != nil {
			t.Fatal(err)
		}
		settle(t, a, b)
		if c := b.madeOf(a, p.ID); len(c.Amended) != 1 || c.Amended[0].Fields[0].Field != "联系电话" {
			t.Fatalf("the answer did not arrive there: %+v", c.Amended)
		}
		if _, answers, err := a.Elsewhere.Form(t.Context(), a.parcel(p.ID), window1); err != nil || answers["联系电话"] != "139****0000" {
			t.Errorf("here the form says %v, %v", answers["联系电话"], err)
		}
		if _, err := b.Cases.Accept(t.Context(), made.ID, nil, nil, window1); err != nil {
			t.Fatal(err)
		}
		b.fall()
		b.open()
		name, was := a.card().ID, a.card().Key
		replaced(t, clock, a) // its key, while b's message is under way
		b.decide(made.ID)
		settle(t, b, a)
		known, err := b.Elsewhere.Store.Partner(t.Context(), name)
		if err != nil || a.card().ID != name || known.Key == was || !strings.HasSuffix(a.card().Key, known.Key) && !strings.Contains(a.card().Key, known.Key+".") {
			t.Errorf("%s is called %s, known by %q: %v", name, a.card().ID, known.Key, err)
		}
		if err := b.Elsewhere.Store.Renew(t.Context(), name, was, was); fault.Code(err) != "elsewhere.partner.changed" {
			t.Errorf("who is slow overwrites the newer key: %v", err)
		}
		known.Key = was
		if _, err := b.Elsewhere.PutPartner(t.Context(), known, identity.TheSystem); fault.Code(err) != "elsewhere.partner.older" {
			t.Errorf("the replaced key is entered again: %v", err)
		}
		p = a.parcel(p.ID)
		if file, err := a.Elsewhere.CertificateFile(t.Context(), p.ID, window1); err != nil || p.State != elsewhere.Settled || !json.Valid(file) {
			t.Fatalf("the certificate did not arrive: %s, %v", p.State, err)
		}
		handOver := func(meanwhile string) error {
			store := a.Elsewhere.Store
			a.Elsewhere.Store = &interrupted{Store: store, by: func() error { return noted(t.Context(), store, p.ID, meanwhile) }}
			_, err := a.Elsewhere.Issue(t.Context(), p.ID, cases.Delivered{Way: "window", Receiver: "李敏"}, window1)
			a.Elsewhere.Store = store
			return err
		}
		if err := handOver(p.Here.Name); fault.Code(err) != "elsewhere.stale" {
			t.Errorf("somebody else here was faster: %v", err)
		}
		if err := handOver(p.There.Name); err != nil {
			t.Fatal("word from there is in the way of a clerk:", err)
		}
		if _, err := a.Elsewhere.Issue(t.Context(), p.ID, cases.Delivered{Way: "window", Receiver: "李敏"}, window1); fault.Code(err) != "elsewhere.asked" {
			t.Errorf("handed over again before the other place answered: %v", err)
		}
		settle(t, a, b)
		if made = b.madeOf(a, p.ID); made.Delivered == nil || made.Delivered.Place == "" || a.parcel(p.ID).State != elsewhere.Over {
			t.Errorf("handed over here, it is %+v there and %s here", made.Delivered, a.parcel(p.ID).State)
		}
	})
}

// interrupted is a store in which something else is kept just before the next commit.
type interrupted struct {
	elsewhere.Store
	by func() error
}

func (i *interrupted) Commit(ctx context.Context, b *sqldb.Batch) error {
	if by := i.by; by != nil {
		i.by = nil
		if err := by(); err != nil {
			return err
		}
	}
	return i.Store.Commit(ctx, b)
}

// noted adds to a parcel's log that something was done at a place.
func noted(ctx context.Context, in elsewhere.Store, id, where string) error {
	p, err := in.Parcel(ctx, id)
	if err != nil {
		return err
	}
	p.Log = append(p.Log, elsewhere.Entry{Where: where, What: "登记"})
	var b sqldb.Batch
	if err := in.Put(&b, p, "", "", "", elsewhere.Told{Parcel: id, Act: "hear", To: p.State}); err != nil {
		return err
	}
	return in.Commit(ctx, &b)
}
