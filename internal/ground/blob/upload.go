package blob

import (
	"time"

	"tongban/internal/ground/fault"
)

const (
	keepUpload  = 48 * time.Hour // how long an upload may take
	mostUploads = 100            // how many one owner may have under way
	mostPieces  = 10_000         // how many pieces one upload may come in
)

// An Upload is a file that comes in by pieces (断点续传). Its fields are those of
// the tus 1.0 protocol, so that a handler need only put them into headers.
type Upload struct {
	ID      string
	Owner   string // who began it: the only one who may go on
	Name    string // as the file is called
	Size    int64  // bytes it will have
	Offset  int64  // bytes that are safely here: where the next piece begins
	Expires time.Time

	pieces int64
	hash   string // of the finished file
}

// Complete reports whether every byte has come.
func (u Upload) Complete() bool { return u.Offset == u.Size }

// follows refuses a piece that does not begin where the last one ended, as when
// the same piece is sent twice.
func (u Upload) follows(offset int64) error {
	switch {
	case u.hash != "":
		return fault.New(fault.Conflict, "blob.upload.finished", "文件“%s”已上传完成", u.Name)
	case offset != u.Offset:
		return moved(u)
	case u.pieces >= mostPieces:
		return fault.New(fault.TooOften, "blob.upload.pieces", "文件“%s”分块过多，请取消后用较大的分块重新上传", u.Name)
	}
	return nil
}

func moved(u Upload) error {
	return fault.New(fault.Conflict, "blob.upload.offset", "文件“%s”已收到 %d 字节，请从该处继续上传", u.Name, u.Offset)
}
