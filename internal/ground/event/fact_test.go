package event

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// moved is a fact for tests.
type moved struct {
	To string `json:"to"`
}

func (moved) FactName() string { return "things.moved" }

// ended is another.
type ended struct {
	Why string `json:"why"`
}

func (ended) FactName() string { return "things.ended" }

var nine = time.Date(2026, 9, 21, 1, 0, 0, 0, time.UTC)

func stream(t interface{ Fatal(...any) }, name string, words []string) []Record {
	var all []Record
	var head Head
	for i, word := range words {
		r, err := Next(name, head, moved{word}, nine.Add(time.Duration(i)*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
		head = Head{r.Seq, r.Hash}
	}
	return all
}

func TestAnUntouchedChainHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := stream(t, "case/1", rapid.SliceOfN(rapid.String(), 0, 20).Draw(t, "words"))
		head, err := Verify(all)
		if err != nil || head.Seq != int64(len(all)) || len(all) > 0 && head.Hash != all[len(all)-1].Hash {
			t.Fatalf("%+v, %v", head, err)
		}
	})
}

// Whatever is done to the facts, either the chain is broken or its head is not
// the one that was kept elsewhere.
func TestEveryTamperingShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.String(), 2, 20).Draw(t, "words")
		whole := stream(t, "case/1", words)
		kept, err := Verify(whole)
		if err != nil {
			t.Fatal(err)
		}
		all := slices.Clone(whole)
		i := rapid.IntRange(0, len(all)-1).Draw(t, "at")
		r := &all[i]
		switch what := rapid.SampledFrom([]string{"body", "time", "name", "stream", "hash", "number", "drop", "insert", "double", "swap", "renumbered drop", "graft"}).Draw(t, "what"); what {
		case "body":
			r.Body += " "
		case "time":
			r.At = r.At.Add(time.Millisecond)
		case "name":
			r.Name = "things.ended"
		case "stream":
			r.Stream = "case/2"
		case "hash":
			r.Hash = all[(i+1)%len(all)].Hash
		case "number":
			r.Seq++
		case "drop":
			all = slices.Delete(all, i, i+1)
		case "insert":
			next, err := Next("case/1", Head{Seq: r.Seq - 1}, ended{"slipped in"}, nine)
			if err != nil {
				t.Fatal(err)
			}
			all = slices.Insert(all, i, next)
		case "double":
			all = slices.Insert(all, i, *r)
		case "swap":
			j := (i + 1) % len(all)
			all[i], all[j] = all[j], all[i]
		case "renumbered drop":
			all = slices.Delete(all, i, i+1)
			for k := range all {
				all[k].Seq = int64(k + 1)
			}
		case "graft":
			all[i] = stream(t, "case/2", words)[i]
		}
		if head, err := Verify(all); err == nil && head == kept {
			t.Fatalf("nobody notices: %+v", all)
		}
	})
}

func TestAFactIsReadBack(t *testing.T) {
	r, err := Next("case/1", Head{}, moved{"受理"}, nine.Add(time.Microsecond))
	if err != nil || !r.At.Equal(nine) || r.Seq != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	f, err := Read[moved](r)
	if err != nil || f.To != "受理" {
		t.Errorf("%+v, %v", f, err)
	}
	r.Body = "{"
	if _, err := Read[moved](r); err == nil {
		t.Error("half a fact is read")
	}
	if _, err := Next("case/1", Head{}, unwritable{}, nine); err == nil {
		t.Error("what cannot be written down was")
	}
}

type unwritable struct{ C chan int }

func (unwritable) FactName() string { return "things.unwritable" }

func BenchmarkVerify(b *testing.B) {
	words := make([]string, 12)
	for i := range words {
		words[i] = fmt.Sprintf("%0200d", i)
	}
	all := stream(b, "case/1", words)
	for b.Loop() {
		if _, err := Verify(all); err != nil {
			b.Fatal(err)
		}
	}
}
