package witness_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/ground/witness"
)

var tables = []sqldb.Schema{event.Schema, witness.Schema}

var now = time.Date(2026, 9, 21, 16, 10, 0, 0, time.UTC)

type said struct {
	Text string `json:"text"`
}

func (said) FactName() string { return "said" }

// city is streams that grow.
type city struct {
	*witness.Service
	t     *testing.T
	heads map[string]event.Head
}

func newCity(t *testing.T, db *sqldb.DB) *city {
	clock := func() time.Time { return now }
	return &city{&witness.Service{DB: db, Post: event.NewPost(db, clock), Now: clock}, t, map[string]event.Head{}}
}

func (c *city) say(stream string, texts ...string) {
	c.t.Helper()
	for _, text := range texts {
		var b sqldb.Batch
		head, err := c.Post.Record(&b, stream, c.heads[stream], now, said{text})
		if err == nil {
			err = c.DB.Commit(c.t.Context(), &b)
		}
		if err != nil {
			c.t.Fatal(err)
		}
		c.heads[stream] = head
	}
}

func (c *city) seal(day string) witness.Root {
	c.t.Helper()
	if err := c.Seal(c.t.Context(), day); err != nil {
		c.t.Fatal(err)
	}
	r, err := c.Root(c.t.Context(), day)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

func (c *city) live() {
	for i := range 300 {
		c.say(fmt.Sprintf("case/%03d", i), "filed", "accepted")
	}
	c.seal("2026-09-20")
	for i := range 40 {
		c.say(fmt.Sprintf("case/%03d", i*7), "decided")
	}
	c.say("item:new", "published")
}

func TestAFactIsProvenByTheRootOfItsDay(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		c.live()
		if _, err := c.Prove(t.Context(), "case/007", 3, true); fault.Code(err) != "witness.early" {
			t.Errorf("proven before it was sealed: %v", err)
		}
		second := c.seal("2026-09-21")
		// The same facts give the same root on every database and machine.
		if want := "341 leaves"; fmt.Sprint(second.Size, " leaves") != want || second.Hash != rootOfLive {
			t.Errorf("%d leaves, root %s", second.Size, second.Hash)
		}
		for _, fact := range []struct {
			stream string
			seq    int64
			day    string
		}{{"case/000", 1, "2026-09-20"}, {"case/299", 2, "2026-09-20"}, {"case/007", 3, "2026-09-21"}, {"item:new", 1, "2026-09-21"}} {
			p, err := c.Prove(t.Context(), fact.stream, fact.seq, true)
			if err != nil || p.Root.Day != fact.day {
				t.Fatalf("%v: %+v %v", fact, p.Root, err)
			}
			file, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			read, err := witness.ReadProof(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := read.Check(p.Root); err != nil {
				t.Errorf("%v: %v", fact, err)
			}
		}
		if _, err := c.Prove(t.Context(), "case/000", 9, false); fault.Code(err) != "witness.fact.none" {
			t.Errorf("a fact that is not: %v", err)
		}
	})
}

const rootOfLive = "cbc6a7c9aa2d213109dd92fef2084a90e1f39e655f99cd609f57967ac9b74648"

func TestAProofThatWasTamperedWithIsRefused(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		c.live()
		root := c.seal("2026-09-21")
		good, err := c.Prove(t.Context(), "case/007", 3, true)
		if err != nil {
			t.Fatal(err)
		}
		other, err := c.Prove(t.Context(), "case/014", 3, true)
		if err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			name, code string
			change     func(*witness.Proof)
		}{
			{"the content", "witness.fact", func(p *witness.Proof) {
				p.Fact = &witness.Content{Prev: p.Fact.Prev, Name: p.Fact.Name, At: p.Fact.At, Body: `{"text":"denied"}`}
			}},
			{"the hash, content left out", "witness.leaf", func(p *witness.Proof) { p.Fact = nil; p.Hash = other.Hash }},
			{"the hash everywhere", "witness.path", func(p *witness.Proof) { p.Fact = nil; p.Hash = other.Hash; p.Hashes = []string{other.Hash} }},
			{"the stream", "witness.path", func(p *witness.Proof) { p.Fact = nil; p.Stream = "case/014" }},
			{"the place", "witness.path", func(p *witness.Proof) { p.Leaf = other.Leaf }},
			{"a step", "witness.path", func(p *witness.Proof) { p.Path = other.Path }},
			{"no path", "witness.path", func(p *witness.Proof) { p.Path = nil }},
			{"a broken step", "witness.path", func(p *witness.Proof) { p.Path = []string{"x"} }},
			{"the root", "witness.path", func(p *witness.Proof) { p.Root.Hash = strings.Repeat("0", 64) }},
			{"the day", "witness.root", func(p *witness.Proof) { p.Root.Day = "2026-09-20" }},
		} {
			p := good
			tt.change(&p)
			if err := p.Check(root); fault.Code(err) != tt.code {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		if err := good.Check(root); err != nil {
			t.Error(err)
		}
	})
}

func TestADayIsSealedOnceAndCostsWhatItBrought(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		c.live()
		first := c.seal("2026-09-21")
		c.say("case/000", "more")
		if again := c.seal("2026-09-21"); again != first {
			t.Errorf("the root of a day changed: %v, %v", first, again)
		}
		if next := c.seal("2026-09-22"); next.Size != first.Size+1 {
			t.Errorf("one stream grew, and the tree by %d", next.Size-first.Size)
		}
		if quiet := c.seal("2026-09-23"); quiet.Size != first.Size+1 {
			t.Errorf("nothing grew, and the tree by %d", quiet.Size-first.Size-1)
		}
		roots, err := c.Roots(t.Context(), "2026-09-23", 2)
		if err != nil || len(roots) != 2 || roots[0].Day != "2026-09-22" {
			t.Error(roots, err)
		}
	})
}

// An act may be kept just after its day was sealed, having found that day's mark.
func TestAMarkIsLookedAtTwiceBeforeItGoes(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		day := now
		c.Now = func() time.Time { return day }
		c.Post.Now = c.Now
		c.say("case/000", "filed")
		for i, want := range []int{1, 0, 0} { // marks that stay after the seal of that day
			day = day.AddDate(0, 0, 1)
			c.seal(fmt.Sprint("2026-09-", 21+i))
			marks, err := c.Post.Unsealed(t.Context())
			if err != nil || len(marks) != want {
				t.Errorf("after %d days %v, %v", i+1, marks, err)
			}
		}
	})
}

func TestTheAuditSeesAPastThatWasRewrittenWhole(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		c.live()
		c.seal("2026-09-21")
		look := func() (said []string) {
			n, err := c.Audit(t.Context(), func(say string) { said = append(said, say) })
			if err != nil || n != 341 {
				t.Fatalf("%d leaves, %v", n, err)
			}
			return said
		}
		if said := look(); len(said) > 0 {
			t.Error(said)
		}
		// A chain that holds, of something else.
		forged := event.Head{}
		for seq, text := range []string{"filed", "denied"} {
			r, err := event.Next("case/005", forged, said{text}, now)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec(t.Context(), `UPDATE event_facts SET body = $1, hash = $2 WHERE stream = $3 AND seq = $4`, r.Body, r.Hash, r.Stream, seq+1); err != nil {
				t.Fatal(err)
			}
			forged = event.Head{Seq: r.Seq, Hash: r.Hash}
		}
		if said := look(); len(said) != 2 || !strings.Contains(said[0], "2026-09-20的总根与记录不符") {
			t.Error(said)
		}
	})
}

// A day that a wrong clock sealed too early stands after days that were sealed later.
func TestTheAuditIsNotMisledByAClockThatWentWrong(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		c.live()
		c.seal("2026-09-23")
		for i := range 100 {
			c.say(fmt.Sprintf("case/%03d", i), "served")
		}
		c.seal("2026-09-21")
		leaves, err := c.Audit(t.Context(), func(say string) { t.Error(say) })
		if err != nil || leaves != 441 {
			t.Error(leaves, err)
		}
	})
}

func TestHoweverAFactIsWrittenItIsSealed(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		heard := event.NewPost(db, c.Now)
		event.On(heard, "somebody", func(context.Context, said, *sqldb.Batch) error { return nil })
		for stream, write := range map[string]func(*sqldb.Batch, string) (event.Head, error){
			"recorded": func(b *sqldb.Batch, s string) (event.Head, error) {
				return c.Post.Record(b, s, event.Head{}, now, said{"x"})
			},
			"begun": func(b *sqldb.Batch, s string) (event.Head, error) { return c.Post.Begin(b, s, now, said{"x"}) },
			"copied": func(b *sqldb.Batch, s string) (event.Head, error) {
				return c.Post.Copy(b, s, event.Head{}, now, said{"x"})
			},
			"recorded, told": func(b *sqldb.Batch, s string) (event.Head, error) {
				return heard.Record(b, s, event.Head{}, now, said{"x"})
			},
			"begun, told": func(b *sqldb.Batch, s string) (event.Head, error) { return heard.Begin(b, s, now, said{"x"}) },
		} {
			var b sqldb.Batch
			if _, err := write(&b, stream); err != nil {
				t.Fatal(err)
			}
			if err := db.Commit(t.Context(), &b); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := heard.Deliver(t.Context()); err != nil {
			t.Fatal(err)
		}
		if root := c.seal("2026-09-21"); root.Size != 5 {
			t.Errorf("%d of 5 streams are sealed", root.Size)
		}
	})
}

func FuzzReadProof(f *testing.F) {
	f.Add([]byte(`{"format":"tongban-proof/1","seq":1,"first":1,"hashes":["x"],"hash":"x","root":{"size":9223372036854775807}}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		p, err := witness.ReadProof(file)
		if err == nil && p.Check(witness.Root{}) == nil {
			t.Error("a proof under no root")
		}
	})
}
