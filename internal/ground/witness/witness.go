package witness

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Service keeps the tree and publishes its roots.
type Service struct {
	DB   *sqldb.DB
	Post *event.Post
	Now  func() time.Time
}

// atOnce is how many leaves one commit adds.
const atOnce = 200

// Seal takes all growth into the tree and publishes its root for a day, once. If
// it breaks off it goes on the next time. Only one replica may seal at a time.
func (s *Service) Seal(ctx context.Context, day string) error {
	if _, err := s.Root(ctx, day); fault.Of(err) != fault.NotFound {
		return err // there already, or the database is away
	}
	marks, err := s.Post.Unsealed(ctx)
	if err != nil {
		return err
	}
	// The same facts give the same root on every database, however it sorts.
	slices.SortFunc(marks, func(a, b event.Growth) int { return strings.Compare(a.Stream, b.Stream) })
	size, err := s.size(ctx)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(marks, atOnce) {
		if size, err = s.add(ctx, size, part); err != nil {
			return err
		}
	}
	root, err := s.tree(ctx, nil).root(size)
	if err != nil {
		return err
	}
	var b sqldb.Batch
	s.Post.ClearMarks(&b)
	b.Exec(`INSERT INTO witness_roots (day, size, hash, at) VALUES ($1, $2, $3, $4)`, day, size, root.String(), sqldb.Instant(s.Now()))
	return s.DB.Commit(ctx, &b)
}

// add adds a leaf for each mark, all or none, and returns the new size.
func (s *Service) add(ctx context.Context, size int64, marks []event.Growth) (int64, error) {
	var b sqldb.Batch
	fresh := map[node]Hash{}
	t := s.tree(ctx, fresh)
	for _, m := range marks {
		first, err := s.last(ctx, m.Stream)
		if err != nil {
			return 0, err
		}
		if first++; first > m.Seq {
			continue // sealed before
		}
		hashes, err := s.Post.Hashes(ctx, m.Stream, first, m.Seq)
		if err != nil {
			return 0, err
		}
		b.Exec(`INSERT INTO witness_leaves (no, stream, first, last) VALUES ($1, $2, $3, $4)`, size, m.Stream, first, m.Seq)
		err = t.grow(size, leafOf(m.Stream, first, hashes), func(n node, h Hash) {
			fresh[n] = h
			b.Exec(`INSERT INTO witness_nodes (level, no, hash) VALUES ($1, $2, $3)`, n.level, n.no, h.String())
		})
		if err != nil {
			return 0, err
		}
		size++
	}
	return size, s.DB.Commit(ctx, &b)
}

// tree reads nodes, the fresh ones from memory.
func (s *Service) tree(ctx context.Context, fresh map[node]Hash) tree {
	return tree{func(n node) (Hash, error) {
		if h, ok := fresh[n]; ok {
			return h, nil
		}
		var text string
		if err := s.DB.Row(ctx, `SELECT hash FROM witness_nodes WHERE level = $1 AND no = $2`, n.level, n.no).Scan(&text); err != nil {
			return Hash{}, fmt.Errorf("node %d of level %d: %w", n.no, n.level, err)
		}
		return ParseHash(text)
	}}
}

// size is how many leaves the tree has.
func (s *Service) size(ctx context.Context) (n int64, err error) {
	err = s.DB.Row(ctx, `SELECT COALESCE(MAX(no) + 1, 0) FROM witness_leaves`).Scan(&n)
	return n, err
}

// last is the last fact of a stream that is in the tree.
func (s *Service) last(ctx context.Context, stream string) (n int64, err error) {
	err = s.DB.Row(ctx, `SELECT COALESCE(MAX(last), 0) FROM witness_leaves WHERE stream = $1`, stream).Scan(&n)
	return n, err
}

// Root is the root published for a day. Fault: witness.root.none.
func (s *Service) Root(ctx context.Context, day string) (Root, error) {
	all, err := sqldb.Rows(ctx, s.DB, scanRoot, `SELECT day, size, hash, at FROM witness_roots WHERE day = $1`, day)
	if err == nil && len(all) == 0 {
		err = fault.New(fault.NotFound, "witness.root.none", "%s的总根还没有公布", day)
	}
	if err != nil {
		return Root{}, err
	}
	return all[0], nil
}

// Roots lists roots before a day, newest first; "" begins with the newest.
func (s *Service) Roots(ctx context.Context, before string, limit int) ([]Root, error) {
	if before == "" {
		before = "9999"
	}
	return sqldb.Rows(ctx, s.DB, scanRoot, `SELECT day, size, hash, at FROM witness_roots WHERE day < $1 ORDER BY day DESC LIMIT $2`, before, limit)
}

func scanRoot(scan func(...any) error) (r Root, err error) {
	var at int64
	err = scan(&r.Day, &r.Size, &r.Hash, &at)
	r.At = sqldb.FromInstant(at)
	return r, err
}

// Prove is the proof of a fact under the first root that covers it. With open,
// it holds what the fact says. Faults: witness.fact.none, witness.early.
func (s *Service) Prove(ctx context.Context, stream string, seq int64, open bool) (Proof, error) {
	r, prev, err := s.Post.Fact(ctx, stream, seq)
	if err != nil {
		return Proof{}, err
	}
	if r == nil {
		return Proof{}, fault.New(fault.NotFound, "witness.fact.none", "没有这条记录")
	}
	p := Proof{Format: proofFormat, Stream: stream, Seq: seq, Hash: r.Hash}
	if open {
		p.Fact = &Content{prev, r.Name, r.At, r.Body}
	}
	var last int64
	err = s.DB.Row(ctx, `SELECT no, first, last FROM witness_leaves WHERE stream = $1 AND last >= $2 ORDER BY last LIMIT 1`, stream, seq).Scan(&p.Leaf, &p.First, &last)
	if err == nil {
		err = s.complete(ctx, &p, last)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return Proof{}, fault.New(fault.NotFound, "witness.early", "这条记录还没有存证；每日总根于次日公布，请明天再来下载")
	}
	return p, err
}

// complete fills in what follows from the leaf.
func (s *Service) complete(ctx context.Context, p *Proof, last int64) (err error) {
	if p.Root, err = one(sqldb.Rows(ctx, s.DB, scanRoot, `SELECT day, size, hash, at FROM witness_roots WHERE size > $1 ORDER BY day LIMIT 1`, p.Leaf)); err != nil {
		return err
	}
	if p.Hashes, err = s.Post.Hashes(ctx, p.Stream, p.First, last); err != nil {
		return err
	}
	path, err := s.tree(ctx, nil).path(p.Leaf, p.Root.Size)
	for _, h := range path {
		p.Path = append(p.Path, h.String())
	}
	return err
}

func one(all []Root, err error) (Root, error) {
	if err == nil && len(all) == 0 {
		err = sql.ErrNoRows
	}
	if err != nil {
		return Root{}, err
	}
	return all[0], nil
}
