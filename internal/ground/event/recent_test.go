package event

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// Two processes append to the same streams, lose to each other and give up; what
// either says of a stream up to where it ends is always what the database says.
func TestWhatIsHeldOfAStreamIsWhatWasKept(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		ctx, run := t.Context(), 0
		rapid.Check(t, func(t *rapid.T) {
			run++
			now := func() time.Time { return nine }
			both := []*Post{NewPost(db, now), NewPost(db, now)}
			ends := map[string]Head{}
			var read []end // of all that was ever kept
			for range rapid.IntRange(1, 12).Draw(t, "acts") {
				p := rapid.SampledFrom(both).Draw(t, "process")
				stream := fmt.Sprintf("run/%d/%d", run, rapid.IntRange(1, 2).Draw(t, "stream"))
				var b sqldb.Batch
				after, err := p.Record(&b, stream, ends[stream], nine, slices.Repeat([]Fact{moved{rapid.StringN(0, 3, 9).Draw(t, "to")}}, rapid.IntRange(1, 3).Draw(t, "facts"))...)
				if err != nil {
					t.Fatal(err)
				}
				if rapid.Bool().Draw(t, "fails") {
					b.Exec(`INSERT INTO heard (who, what) VALUES (NULL, '')`)
				}
				if p.DB.Commit(ctx, &b) == nil {
					ends[stream] = after
					read = append(read, end{stream, after})
				}
				for _, one := range read {
					same(t, ctx, rapid.SampledFrom(both).Draw(t, "reader"), one.stream, one.head)
				}
			}
		})
	})
}

// end is where a stream ended once.
type end struct {
	stream string
	head   Head
}

// same holds a stream up to its head against the one that the database has.
func same(t *rapid.T, ctx context.Context, p *Post, stream string, head Head) {
	held, err := p.UpTo(ctx, stream, head)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := p.Stream(ctx, stream)
	kept = kept[:min(int(head.Seq), len(kept))]
	if err != nil || len(held) != len(kept) {
		t.Fatalf("%d facts of %d, %v", len(held), len(kept), err)
	}
	for i, r := range held {
		f, err := Read[moved](r)
		g, errKept := Read[moved](kept[i])
		if r.read = nil; r != kept[i] || f != g || err != nil || errKept != nil {
			t.Fatalf("%+v is held, %+v kept", r, kept[i])
		}
	}
}

// What this process kept is not asked for again, and read once for all.
func TestAFactThatWasJustKeptIsAtHand(t *testing.T) {
	each(t, func(t *testing.T, p *Post, _ *clock) {
		head := record(t, p, "case/1", Head{}, moved{"受理"}, moved{"审查"})
		if _, err := p.DB.Exec(t.Context(), `DELETE FROM event_facts`); err != nil {
			t.Fatal(err)
		}
		all, err := p.UpTo(t.Context(), "case/1", head)
		if err != nil || len(all) != 2 {
			t.Fatalf("%d facts, %v", len(all), err)
		}
		if _, err := Read[moved](all[1]); err != nil || all[1].read.said() == nil {
			t.Errorf("read again for the next: %v", err)
		}
		for name, other := range map[string]Head{"further on": {head.Seq + 1, head.Hash}, "another end": {head.Seq, "x"}, "all there is": {}} {
			if all, err := p.UpTo(t.Context(), "case/1", other); err != nil || len(all) != 0 {
				t.Errorf("%s: %d facts, %v", name, len(all), err)
			}
		}
	})
}

// seen is a fact that knows how it reads.
type seen struct {
	Word string `json:"word"`
	In   string `json:"in"` // which test keeps it
	own  *int   // is not written
}

func (seen) FactName() string { return "things.seen" }

func (s seen) AsRead() (Fact, bool) { return seen{Word: s.Word, In: s.In}, s.Word != "?" }

func (s *seen) UnmarshalJSON(body []byte) error {
	type plain seen
	err := json.Unmarshal(body, (*plain)(s))
	reads.Store(s.In, true)
	return err
}

// reads is where such a fact was read, by the test.
var reads sync.Map

// A fact that knows how it reads is not read, and says nothing that reading it would not;
// one that does not know is, and so is text that could not be written as it was.
func TestAFactThatKnowsHowItReadsIsNotRead(t *testing.T) {
	each(t, func(t *testing.T, p *Post, _ *clock) {
		var doubted []string
		p.Doubt = func(f Fact, _ string) { doubted = append(doubted, f.(seen).Word) }
		for i, c := range []struct {
			word, reads string
			read        bool
		}{{"受理", "受理", false}, {"?", "?", true}, {"受\xff", "受\ufffd", true}, {"\ufffd", "\ufffd", false}} {
			stream := fmt.Sprint("case/", i)
			head := record(t, p, stream, Head{}, seen{c.word, t.Name(), new(int)})
			all, err := p.UpTo(t.Context(), stream, head)
			if err != nil {
				t.Fatal(err)
			}
			reads.Delete(t.Name())
			f, err := Read[seen](all[0])
			if _, read := reads.Load(t.Name()); err != nil || f.Word != c.reads || f.own != nil || read != c.read {
				t.Errorf("%q: %+v, read %v, %v", c.word, f, read, err)
			}
		}
		if want := []string{"受理", "\ufffd"}; !slices.Equal(doubted, want) {
			t.Errorf("doubted %q", doubted)
		}
	})
}

// What was not kept is not held, and what does not follow what is held is no part of it.
func TestOnlyWhatWasKeptIsHeldInOneChain(t *testing.T) {
	each(t, func(t *testing.T, p *Post, _ *clock) {
		var b sqldb.Batch
		if _, err := p.Record(&b, "case/1", Head{}, nine, moved{"受理"}); err != nil {
			t.Fatal(err)
		}
		b.Exec(`INSERT INTO heard (who, what) VALUES (NULL, '')`)
		if err := p.DB.Commit(t.Context(), &b); err == nil || len(p.recent.facts("case/1")) != 0 {
			t.Errorf("%v, and %d facts are held", err, len(p.recent.facts("case/1")))
		}
	})
	var c recent
	c.add("", Record{Stream: "s", Seq: 1, Hash: "a"})
	c.add("b", Record{Stream: "s", Seq: 2, Hash: "c"})
	if all, ok := c.upTo("s", Head{2, "c"}); ok {
		t.Errorf("a chain of %+v", all)
	}
}

// News says what stands in the database, also where that was changed by hand.
func TestNewsIsToldAsItStandsInTheDatabase(t *testing.T) {
	each(t, func(t *testing.T, p *Post, _ *clock) {
		var got []string
		On(p, "test", func(_ context.Context, f moved, _ *sqldb.Batch) error {
			got = append(got, f.To)
			return nil
		})
		head := record(t, p, "case/1", Head{}, moved{"受理"})
		record(t, p, "case/1", head, moved{"审查"})
		if _, err := p.DB.Exec(t.Context(), `UPDATE event_facts SET body = '{"To":"别的"}' WHERE seq = 2`); err != nil {
			t.Fatal(err)
		}
		deliver(t, p, 2)
		if strings.Join(got, " ") != "受理 别的" {
			t.Errorf("told %v", got)
		}
	})
}

// However many facts there are, and however many in one stream, few are held, and not for long.
func TestFewFactsAreHeld(t *testing.T) {
	var c recent
	for i := range 4 * mostRecent / 1000 {
		c.add("", Record{Stream: fmt.Sprint("s", i%3000), Seq: 1 + int64(i/3000), Body: strings.Repeat("x", 1000)})
	}
	held := 0
	for _, half := range []map[string][]Record{c.now, c.old} {
		for _, all := range half {
			held += weight(all)
		}
	}
	if held < mostRecent || held > 3*mostRecent {
		t.Errorf("%d bytes are held, at most %d in each half", held, mostRecent)
	}
	for i := range 3000 {
		c.drop(fmt.Sprint("s", i))
	}
	if len(c.now)+len(c.old)+c.size != 0 {
		t.Errorf("all was let go, and %d bytes of %d streams are held", c.size, len(c.now)+len(c.old))
	}
	c = recent{}
	for i := range 3 {
		c.add("", Record{Stream: fmt.Sprint("s", i), Seq: 1, At: nine.Add(time.Duration(i) * recently)})
	}
	if len(c.facts("s0")) != 0 || len(c.facts("s1")) != 1 || len(c.facts("s2")) != 1 {
		t.Error("what happened long before is held, or what happened just now is not")
	}
	c = recent{}
	for i := range 10 * longest {
		if c.add("", Record{Stream: "s", Seq: int64(i + 1)}); len(c.facts("s")) > longest {
			t.Fatalf("%d facts of a stream", len(c.facts("s")))
		}
	}
}
