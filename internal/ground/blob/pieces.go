package blob

import (
	"context"
	"database/sql"
	"errors"
	"io"

	"tongban/internal/ground/sqldb"
)

func (s *Uploads) drop(ctx context.Context, name string) {
	if name != "" {
		s.shelf.DropPiece(ctx, name)
	}
}

// note records a piece, unless the upload has moved on meanwhile.
func (s *Uploads) note(ctx context.Context, u Upload, file string, n int64) error {
	var id string
	var b sqldb.Batch
	b.Row([]any{&id}, `UPDATE blob_uploads SET received = $1, pieces = pieces + 1
		WHERE id = $2 AND received = $3 AND hash = '' RETURNING id`, u.Offset+n, u.ID, u.Offset)
	b.Exec(`INSERT INTO blob_pieces (upload, start, file) VALUES ($1, $2, $3)`, u.ID, u.Offset, file)
	err := s.db.Commit(ctx, &b)
	if sqldb.IsOutrun(err) {
		if now, err := s.load(ctx, u.ID); err == nil {
			return moved(now)
		}
		return noUpload()
	}
	return err
}

func (s *Uploads) insert(ctx context.Context, u Upload) error {
	var b sqldb.Batch
	b.Exec(`INSERT INTO blob_uploads (id, owner, name, size, received, pieces, hash, expires) VALUES ($1, $2, $3, $4, $5, 0, $6, $7)`,
		u.ID, u.Owner, u.Name, u.Size, u.Offset, u.hash, sqldb.Instant(u.Expires))
	return s.db.Commit(ctx, &b)
}

func (s *Uploads) load(ctx context.Context, id string) (u Upload, err error) {
	var expires int64
	err = s.db.Row(ctx, `SELECT id, owner, name, size, received, pieces, hash, expires FROM blob_uploads WHERE id = $1`, id).
		Scan(&u.ID, &u.Owner, &u.Name, &u.Size, &u.Offset, &u.pieces, &u.hash, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return Upload{}, noUpload()
	}
	u.Expires = sqldb.FromInstant(expires)
	return u, err
}

// under counts the uploads that owner has not finished.
func (s *Uploads) under(ctx context.Context, owner string) (n int, err error) {
	err = s.db.Row(ctx, `SELECT COUNT(*) FROM blob_uploads WHERE owner = $1 AND expires >= $2 AND hash = ''`,
		owner, sqldb.Instant(s.now())).Scan(&n)
	return n, err
}

func (s *Uploads) pieces(ctx context.Context, id string) ([]string, error) {
	return sqldb.Rows(ctx, s.db, text, `SELECT file FROM blob_pieces WHERE upload = $1 ORDER BY start`, id)
}

func (s *Uploads) expired(ctx context.Context) ([]string, error) {
	return sqldb.Rows(ctx, s.db, text, `SELECT id FROM blob_uploads WHERE expires < $1 ORDER BY expires LIMIT 1000`, sqldb.Instant(s.now()))
}

func text(scan func(...any) error) (t string, err error) { return t, scan(&t) }

// done notes the finished file and lets go of the pieces; the row stays until
// it expires, for whoever asks again.
func (s *Uploads) done(ctx context.Context, id string, ref Ref, names []string) error {
	var b sqldb.Batch
	b.Exec(`UPDATE blob_uploads SET hash = $1 WHERE id = $2`, ref.Hash, id)
	b.Exec(`DELETE FROM blob_pieces WHERE upload = $1`, id)
	return s.dropping(ctx, &b, names)
}

func (s *Uploads) forget(ctx context.Context, id string) error {
	names, err := s.pieces(ctx, id)
	if err != nil {
		return err
	}
	var b sqldb.Batch
	b.Exec(`DELETE FROM blob_uploads WHERE id = $1`, id)
	b.Exec(`DELETE FROM blob_pieces WHERE upload = $1`, id)
	return s.dropping(ctx, &b, names)
}

// dropping commits b and removes the files only when their rows are gone.
func (s *Uploads) dropping(ctx context.Context, b *sqldb.Batch, names []string) error {
	if err := s.db.Commit(ctx, b); err != nil {
		return err
	}
	for _, name := range names {
		s.drop(ctx, name)
	}
	return nil
}

// chain reads the pieces one after another, with one open at a time.
type chain struct {
	ctx   context.Context
	shelf Shelf
	names []string
	piece io.ReadCloser
}

func (c *chain) Read(b []byte) (int, error) {
	for {
		if c.piece == nil {
			if len(c.names) == 0 {
				return 0, io.EOF
			}
			piece, err := c.shelf.OpenPiece(c.ctx, c.names[0])
			if err != nil {
				return 0, err
			}
			c.piece, c.names = piece, c.names[1:]
		}
		n, err := c.piece.Read(b)
		if err != io.EOF {
			return n, err
		}
		c.piece.Close()
		c.piece = nil
		if n > 0 { // the end may come with the last bytes
			return n, nil
		}
	}
}

func (c *chain) Close() error {
	if c.piece == nil {
		return nil
	}
	return c.piece.Close()
}
