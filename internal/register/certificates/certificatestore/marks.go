package certificatestore

import (
	"context"

	"tongban/internal/ground/sqldb"
	"tongban/internal/register/certificates"
)

const markColumn = "certificates.mark"

// mark adds the words by which the certificate is found to the batch.
func (s *Store) mark(b *sqldb.Batch, c *certificates.Certificate) {
	for _, word := range c.Marks() {
		b.Exec(`INSERT INTO certificates_marks (mark, identifier) VALUES ($1, $2) ON CONFLICT DO NOTHING`, s.Index.Index(word, markColumn), c.Identifier)
	}
}

// Marked is the certificates found by a word, the newest first.
func (s *Store) Marked(ctx context.Context, word string, most int) ([]*certificates.Certificate, error) {
	return sqldb.Rows(ctx, s.DB, s.scan, `SELECT `+columns+` FROM certificates_certificates
		WHERE identifier IN (SELECT identifier FROM certificates_marks WHERE mark = $1) ORDER BY sealed DESC, identifier DESC LIMIT $2`,
		s.Index.Index(word, markColumn), most)
}

// mostMarked is how many older certificates are given their words at a time.
const mostMarked = 200

// MarkOld gives the certificates that were kept before they could be found by
// words theirs, some at a time, until none is left.
func (s *Store) MarkOld(ctx context.Context) error {
	for {
		old, err := sqldb.Rows(ctx, s.DB, s.scan, `SELECT `+columns+` FROM certificates_certificates WHERE marked = 0 ORDER BY identifier LIMIT $1`, mostMarked)
		if err != nil || len(old) == 0 {
			return err
		}
		var b sqldb.Batch
		for _, c := range old {
			s.mark(&b, c)
			b.Exec(`UPDATE certificates_certificates SET marked = 1 WHERE identifier = $1`, c.Identifier)
		}
		if err := s.DB.Commit(ctx, &b); err != nil {
			return err
		}
	}
}
