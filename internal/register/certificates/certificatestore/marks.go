package certificatestore

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"tongban/internal/ground/rekey"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/register/certificates"
)

const markColumn = "certificates.mark"

// marks are the words by which certificates are found.
var marks = sqldb.Log{Into: `INSERT INTO certificates_marks (mark, identifier)`, Else: `ON CONFLICT DO NOTHING`}

// mark adds the words by which the certificate is found to the batch.
func (s *Store) mark(b *sqldb.Batch, c *certificates.Certificate) {
	mark(s.Index, b, c.Record)
}

func mark(index secret.Indexer, b *sqldb.Batch, r certificates.Record) {
	for _, word := range r.Marks() {
		marks.Add(b, index.Index(word, markColumn), r.Identifier)
	}
}

// holderDigest makes the hash of the holder anew, and the words by which the
// certificate is found.
func holderDigest(k rekey.Keys, row rekey.Row, b *sqldb.Batch) (string, error) {
	plain, err := k.Open(row.From[0], bodyColumn)
	if err != nil {
		return "", err
	}
	var r certificates.Record
	if err := json.Unmarshal([]byte(plain), &r); err != nil {
		return "", fmt.Errorf("read certificate: %w", err)
	}
	for _, word := range r.Marks() {
		for _, old := range k.Indexes(word, markColumn)[1:] {
			b.Exec(`DELETE FROM certificates_marks WHERE mark = $1 AND identifier = $2`, old, r.Identifier)
		}
	}
	mark(k, b, r)
	return k.Index(r.Holder.Code, holderColumn), nil
}

// Marked is the certificates found by a word, the newest first.
func (s *Store) Marked(ctx context.Context, word string, most int) ([]*certificates.Certificate, error) {
	in, args := sqldb.In(s.Index.Indexes(word, markColumn))
	return sqldb.Rows(ctx, s.DB, s.scan, `SELECT `+columns+` FROM certificates_certificates
		WHERE identifier IN (SELECT identifier FROM certificates_marks WHERE mark IN `+in+`) ORDER BY sealed DESC, identifier DESC LIMIT $`+strconv.Itoa(len(args)+1),
		append(args, most)...)
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
