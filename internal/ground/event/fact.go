package event

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"tongban/internal/ground/sqldb"
)

// A Fact is something that has happened; its name is a past participle, such
// as "cases.accepted", and its fields are what a listener needs to know.
type Fact interface{ FactName() string }

// Sealing is a Fact of which some is sealed; Plain is that as it reads.
type Sealing interface{ Plain() string }

// A Head is where a stream ends: the number and the hash of its last fact. The
// zero Head is a stream with nothing in it.
type Head struct {
	Seq  int64
	Hash string
}

// Moment is a time as facts keep it: UTC, in whole milliseconds.
func Moment(at time.Time) time.Time { return at.UTC().Truncate(time.Millisecond) }

// A Record is a fact as it is kept.
type Record struct {
	Stream string
	Seq    int64
	Name   string
	Body   string // JSON
	At     time.Time
	Hash   string // SM3, hex

	read *reading // what Body says, for all who read the record; nil: read it each time
}

// Next is the record that follows head in stream. It is pure: the same fact at
// the same time after the same head always gives the same hash.
func Next(stream string, head Head, f Fact, at time.Time) (Record, error) {
	body, err := json.Marshal(f)
	if err != nil {
		return Record{}, fmt.Errorf("write down %s: %w", f.FactName(), err)
	}
	r := Record{Stream: stream, Seq: head.Seq + 1, Name: f.FactName(), Body: string(body), At: Moment(at)}
	r.Hash = r.sum(head.Hash)
	return r, nil
}

// sum is the hash of the record after one whose hash is prev.
func (r Record) sum(prev string) string {
	h := sm3.New()
	for _, part := range []string{prev, r.Stream, strconv.FormatInt(r.Seq, 10), r.Name, strconv.FormatInt(sqldb.Instant(r.At), 10), r.Body} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Verify recomputes a stream from its beginning and returns its head, or says
// at which fact the chain is broken. That the last facts were cut off shows only
// when that head is compared with one kept elsewhere.
func Verify(records []Record) (Head, error) {
	var head Head
	for _, r := range records {
		switch {
		case r.Seq != head.Seq+1:
			return head, fmt.Errorf("fact %d of %s is followed by fact %d", head.Seq, r.Stream, r.Seq)
		case r.sum(head.Hash) != r.Hash:
			return head, fmt.Errorf("fact %d of %s (%s) is not what was written", r.Seq, r.Stream, r.Name)
		}
		head = Head{r.Seq, r.Hash}
	}
	return head, nil
}

// Read turns a record back into the fact it keeps. Others may read the same record:
// what it says is looked at and never changed.
func Read[F Fact](r Record) (f F, err error) {
	if read := r.read.said(); read != nil {
		if f, ok := (*read).(F); ok {
			return f, nil
		}
	}
	if err := json.Unmarshal([]byte(r.Body), &f); err != nil {
		return f, fmt.Errorf("read fact %d of %s: %w", r.Seq, r.Stream, err)
	}
	r.read.keep(f)
	return f, nil
}
