package blob

import (
	"context"
	"io"
	"time"
)

// A Shelf is a Store with all that the house itself needs: pieces of files on
// their way in, and copies for safekeeping. Disk and Bucket are shelves.
type Shelf interface {
	Store
	// Each shows the hash of every file kept.
	Each(ctx context.Context, see func(hash string) error) error
	// Take keeps a file that another shelf kept, whatever it is, if it is what
	// its hash says. Fault: blob.changed.
	Take(ctx context.Context, hash string, r io.Reader) error

	// Drop removes a file if it is still the one that was placed at that time, and
	// reports whether it is gone.
	Drop(ctx context.Context, hash string, placed time.Time) (bool, error)

	// Away reports whether nothing can be kept for now.
	Away(ctx context.Context) bool

	// PutPiece keeps what r gives, at most `most` bytes, under a name of its own
	// that begins with id, and returns its length; what came before an error is
	// kept too. Nothing came: there is no name.
	PutPiece(ctx context.Context, id string, r io.Reader, most int64) (name string, n int64, err error)
	// TakePiece keeps a piece that another shelf kept, under its name.
	TakePiece(ctx context.Context, name string, r io.Reader) error
	// OpenPiece opens a piece. Whoever opened it closes it.
	OpenPiece(ctx context.Context, name string) (io.ReadCloser, error)
	// DropPiece removes a piece; if that fails SweepPieces finds it.
	DropPiece(ctx context.Context, name string)
	// EachPiece shows the name of every piece.
	EachPiece(ctx context.Context, see func(name string) error) error
	// SweepPieces removes the pieces that nobody has written to since before.
	SweepPieces(ctx context.Context, before time.Time) error
}

var (
	_ Shelf = (*Disk)(nil)
	_ Shelf = (*Bucket)(nil)
)

// OpenShelf opens "s3://…" (see OpenBucket) or a folder. Staging is a folder on
// this machine where files are looked at before they are kept; a folder needs none.
// Fault: blob.address, and those of OpenBucket.
func OpenShelf(ctx context.Context, address, staging string) (Shelf, error) {
	if IsBucket(address) {
		return OpenBucket(ctx, address, staging)
	}
	if foreign.MatchString(address) {
		return nil, misnamed()
	}
	return OpenDisk(address)
}
