package blob

import (
	"context"
	"io"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Uploads is the service for files that come in by pieces. Every piece is kept
// by itself under the name that its row gives it: two who send the same
// piece at once, here or on another replica, cannot mix their bytes, and one
// whose row was not kept was never sent.
type Uploads struct {
	shelf Shelf
	db    *sqldb.DB
	now   func() time.Time
}

// NewUploads keeps pieces on the shelf of the finished files, and their rows in db.
func NewUploads(shelf Shelf, db *sqldb.DB, now func() time.Time) *Uploads {
	return &Uploads{shelf, db, now}
}

// Begin announces a file of size bytes. The size and the name are judged by
// limit at once, the content in Finish. Faults: blob.empty, blob.large,
// blob.upload.many.
func (s *Uploads) Begin(ctx context.Context, owner, name string, size int64, limit Limit) (Upload, error) {
	u := Upload{ID: sqldb.NewID(), Owner: owner, Name: Clean(name), Size: size, Expires: s.now().Add(keepUpload)}
	limit.Name = u.Name
	if err := limit.CheckSize(size); err != nil {
		return Upload{}, err
	}
	under, err := s.under(ctx, owner)
	if err != nil {
		return Upload{}, err
	}
	if under >= mostUploads {
		return Upload{}, fault.New(fault.TooOften, "blob.upload.many", "您有 %d 个文件尚未传完，请先完成或取消", under)
	}
	return u, s.insert(ctx, u)
}

// Look tells how far an upload has come. Fault: blob.upload.none, also for an
// upload of somebody else.
func (s *Uploads) Look(ctx context.Context, id, owner string) (Upload, error) {
	u, err := s.load(ctx, id)
	if err != nil {
		return Upload{}, err
	}
	if u.Owner != owner || s.now().After(u.Expires) {
		return Upload{}, noUpload()
	}
	return u, nil
}

// Append takes in the piece that begins at offset. If the connection breaks,
// what came is kept, and the error comes with the upload as it stands. Faults:
// blob.upload.none, blob.upload.offset, blob.upload.finished,
// blob.upload.pieces, blob.large, blob.full.
func (s *Uploads) Append(ctx context.Context, id, owner string, offset int64, piece io.Reader) (Upload, error) {
	u, err := s.Look(ctx, id, owner)
	if err != nil {
		return Upload{}, err
	}
	if err := u.follows(offset); err != nil {
		return u, err
	}
	file, n, broken := s.shelf.PutPiece(ctx, u.ID, piece, u.Size-u.Offset+1) // one byte more than there is room for
	if n > u.Size-u.Offset {
		s.drop(ctx, file)
		return u, fault.New(fault.TooLarge, "blob.large", "文件“%s”比声明的大小（%s）更大，请重新上传", u.Name, Bytes(u.Size))
	}
	if file == "" || n == 0 {
		return u, broken
	}
	// Whoever hung up must still find what arrived.
	if err := s.note(context.WithoutCancel(ctx), u, file, n); err != nil {
		s.drop(ctx, file)
		return u, err
	}
	u.Offset += n
	u.pieces++
	return u, broken
}

// Finish puts the pieces together into the store. It may be asked again when
// its answer was lost. Faults: blob.upload.none, blob.upload.short, and all of
// Store.Put.
func (s *Uploads) Finish(ctx context.Context, id, owner string, limit Limit) (Ref, error) {
	u, err := s.Look(ctx, id, owner)
	if err != nil {
		return Ref{}, err
	}
	if u.hash != "" {
		return s.shelf.Stat(ctx, u.hash)
	}
	if !u.Complete() {
		return Ref{}, fault.New(fault.Conflict, "blob.upload.short", "文件“%s”尚未传完（%d/%d 字节），请继续上传", u.Name, u.Offset, u.Size)
	}
	names, err := s.pieces(ctx, id)
	if err != nil {
		return Ref{}, err
	}
	limit.Name = u.Name
	whole := &chain{ctx: ctx, shelf: s.shelf, names: names}
	defer whole.Close()
	ref, err := s.shelf.Put(ctx, whole, limit)
	if err != nil {
		// Another request for the same may have finished and removed the pieces.
		if now, again := s.load(ctx, id); again == nil && now.hash != "" {
			return s.shelf.Stat(ctx, now.hash)
		}
		return Ref{}, err
	}
	return ref, s.done(ctx, id, ref, names)
}

// Hold keeps a file that is in the store already for its owner, as an upload that
// is finished: a form that was refused for something else is sent again with it.
func (s *Uploads) Hold(ctx context.Context, owner, name string, ref Ref) (Upload, error) {
	u := Upload{ID: sqldb.NewID(), Owner: owner, Name: Clean(name), Size: ref.Size, Offset: ref.Size, Expires: s.now().Add(keepUpload), hash: ref.Hash}
	return u, s.insert(ctx, u)
}

// Cancel forgets an upload and what came of it.
func (s *Uploads) Cancel(ctx context.Context, id, owner string) error {
	if _, err := s.Look(ctx, id, owner); err != nil {
		return err
	}
	return s.forget(ctx, id)
}

// Sweep forgets what expired and returns how many uploads that were. It is for
// a task that runs every hour.
func (s *Uploads) Sweep(ctx context.Context) (int, error) {
	expired, err := s.expired(ctx)
	if err != nil {
		return 0, err
	}
	for _, id := range expired {
		if err := s.forget(ctx, id); err != nil {
			return 0, err
		}
	}
	// Pieces whose row was never kept belong to uploads that have expired by now.
	return len(expired), s.shelf.SweepPieces(ctx, s.now().Add(-keepUpload-abandoned))
}

func noUpload() error {
	return fault.New(fault.NotFound, "blob.upload.none", "上传任务不存在或已过期，请重新上传")
}
