package event

import (
	"context"
	"time"

	"tongban/internal/ground/sqldb"
)

// Post writes facts down and delivers them.
type Post struct {
	DB  *sqldb.DB
	Now func() time.Time

	// Ahead, if there is one, makes the context in which this news is told: it may have
	// what the listeners will ask for read at once.
	Ahead func(ctx context.Context, news []Record) context.Context

	// Shelf finds the facts of streams that were taken off the table into an
	// archive; nil: there is none. The last fact of every stream stays.
	Shelf func(ctx context.Context, streams []string) (map[string][]Record, error)

	// Along, if there is one, is told of every fact in the batch that keeps it, with all
	// that it says in plain text, and may add to the batch. Facts of the past are not told.
	Along func(b *sqldb.Batch, text string)

	// Doubt, if there is one, is shown what was foreseen of each fact and what it is read
	// from. It is for tests, in which whatever is foreseen is read as well.
	Doubt func(foreseen Fact, body string)

	listeners map[string][]listener // by the name of the fact
	notes     map[string][]func(Fact, *sqldb.Batch)
	wake      chan struct{}
	meter     meter
	marked    marked
	recent    recent
	since     sqldb.Together[standing, []Record]
}

// NewPost makes a post office on db.
func NewPost(db *sqldb.DB, now func() time.Time) *Post {
	return &Post{DB: db, Now: now, listeners: map[string][]listener{}, notes: map[string][]func(Fact, *sqldb.Batch){}, wake: make(chan struct{}, 1), meter: newMeter()}
}

// Record adds facts to the batch that makes them true, after head, and returns
// the new head. If someone else appended to the stream meanwhile, committing
// the batch fails with an error for which sqldb.IsDuplicate holds. Only of a fact
// that somebody waits for is there news.
func (p *Post) Record(b *sqldb.Batch, stream string, head Head, at time.Time, facts ...Fact) (Head, error) {
	for i, f := range facts {
		r, err := Next(stream, head, f, at)
		if err != nil {
			return head, err
		}
		keep(b, r)
		if i == 0 {
			p.grown(b, stream)
		}
		if p.awaited(r.Name, f) {
			newsLog.Add(b, sqldb.NewID(), r.Stream, r.Seq, 0, 0)
			b.After(p.Wake)
		}
		p.along(b, r, f)
		prev := head.Hash
		r.read = p.foreseen(f, r.Body)
		b.After(func() { p.recent.add(prev, r) })
		head = Head{r.Seq, r.Hash}
	}
	return head, nil
}

// Begin is Record for the first fact of a stream. A batch may begin very many:
// their rows go together.
func (p *Post) Begin(b *sqldb.Batch, stream string, at time.Time, f Fact) (Head, error) {
	r, err := Next(stream, Head{}, f, at)
	if err != nil {
		return Head{}, err
	}
	b.Insert(factLog.Into, r.Stream, r.Seq, r.Name, r.Body, sqldb.Instant(r.At), r.Hash)
	p.Grown(b, stream)
	if p.awaited(r.Name, f) {
		b.Insert(newsLog.Into, sqldb.NewID(), r.Stream, r.Seq, 0, 0)
		b.After(p.Wake)
	}
	p.along(b, r, f)
	return Head{r.Seq, r.Hash}, nil
}

// Copy is Record for a fact of the past that comes from elsewhere: nobody is told.
func (p *Post) Copy(b *sqldb.Batch, stream string, head Head, at time.Time, f Fact) (Head, error) {
	r, err := Next(stream, head, f, at)
	if err != nil {
		return head, err
	}
	keep(b, r)
	p.grown(b, stream)
	return Head{r.Seq, r.Hash}, nil
}

// Past is Copy for very many: its rows go together, and whoever brings a stream
// marks it with Grown once.
func (p *Post) Past(b *sqldb.Batch, stream string, head Head, at time.Time, f Fact) (Head, error) {
	r, err := Next(stream, head, f, at)
	b.Insert(factLog.Into, r.Stream, r.Seq, r.Name, r.Body, sqldb.Instant(r.At), r.Hash)
	return Head{r.Seq, r.Hash}, err
}

// Facts and news are only added to; what is told or archived was kept before.
var (
	factLog = sqldb.Log{Into: `INSERT INTO event_facts (stream, seq, name, body, at, hash)`}
	newsLog = sqldb.Log{Into: `INSERT INTO event_news (id, stream, seq, tries, due)`}
)

func keep(b *sqldb.Batch, r Record) {
	factLog.Add(b, r.Stream, r.Seq, r.Name, r.Body, sqldb.Instant(r.At), r.Hash)
}

// Stream is all the facts of a stream, in order.
func (p *Post) Stream(ctx context.Context, stream string) ([]Record, error) {
	all, err := sqldb.Rows(ctx, p.DB, scanRecord, `SELECT stream, seq, name, body, at, hash FROM event_facts WHERE stream = $1 ORDER BY seq`, stream)
	if err != nil || len(all) == 0 || all[0].Seq == 1 {
		return all, err
	}
	found, err := p.Whole(ctx, map[string][]Record{stream: all})
	return found[stream], err
}

// Several is Stream for several streams at once.
func (p *Post) Several(ctx context.Context, streams []string) (map[string][]Record, error) {
	late, err := p.ends(ctx, streams)
	if err != nil {
		return nil, err
	}
	return p.Whole(ctx, late)
}

// Streams is all the facts of the streams from one name to another, both
// included, in order.
func (p *Post) Streams(ctx context.Context, from, until string) ([]Record, error) {
	return sqldb.Rows(ctx, p.DB, scanRecord, `SELECT stream, seq, name, body, at, hash FROM event_facts WHERE stream >= $1 AND stream <= $2 ORDER BY stream, seq`, from, until)
}

func scanRecord(scan func(...any) error) (r Record, err error) {
	var at int64
	err = scan(&r.Stream, &r.Seq, &r.Name, &r.Body, &at, &r.Hash)
	r.At = sqldb.FromInstant(at)
	return r, err
}

// Wake tells Run that there may be news.
func (p *Post) Wake() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}
