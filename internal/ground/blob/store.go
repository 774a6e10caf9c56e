package blob

import (
	"context"
	"io"
	"slices"
	"strings"

	"tongban/internal/ground/fault"
)

// A Ref is all that the rest of the program keeps of a file.
type Ref struct {
	Hash string `json:"hash"` // SM3 of the content, 64 hex digits
	Size int64  `json:"size"` // bytes
	Type Type   `json:"type"` // told from the content
}

// Content is a stored file, open for reading. Whoever opened it closes it.
type Content struct {
	io.ReadSeekCloser
	Ref Ref
}

// A Store keeps files by their content.
type Store interface {
	// Put takes in what r gives and answers when it is safely kept; the same
	// content is kept once. Faults: blob.empty, blob.large, blob.type,
	// blob.name, blob.image (of the file), blob.full (of the disk).
	Put(ctx context.Context, r io.Reader, limit Limit) (Ref, error)
	// Open opens the file with that hash. Fault: blob.none.
	Open(ctx context.Context, hash string) (Content, error)
	// Stat tells what is kept under that hash. Fault: blob.none.
	Stat(ctx context.Context, hash string) (Ref, error)
}

// MostBytes is how large a file may be where a Limit does not say.
const MostBytes = 50 << 20

// A Limit is what may be handed in at one place, such as one material of an item.
type Limit struct {
	Bytes  int64  // at most; 0: MostBytes
	Types  []Type // which; none: Usual
	Name   string // the name the file came with, checked against the content; "": unknown
	Pixels int64  // of a picture, width × height, at most; 0: MostPixels
	Loose  bool   // nothing names it yet, and perhaps nothing ever will: see Loose
}

func (l Limit) bytes() int64 {
	if l.Bytes > 0 {
		return l.Bytes
	}
	return MostBytes
}

func (l Limit) types() []Type {
	if len(l.Types) > 0 {
		return l.Types
	}
	return Usual
}

// CheckSize refuses a size, in bytes, that cannot be handed in here.
func (l Limit) CheckSize(size int64) error {
	switch {
	case size <= 0:
		return fault.New(fault.Invalid, "blob.empty", "文件%s是空的，请重新选择", quoted(l.Name))
	case size > l.bytes():
		return fault.New(fault.TooLarge, "blob.large", "文件%s超过 %s，请压缩或拆分后再上传", quoted(l.Name), Bytes(l.bytes()))
	}
	return nil
}

// CheckType refuses a content that is not wanted here, or not what its name says.
func (l Limit) CheckType(is Type) error {
	if err := CheckName(l.Name, is); err != nil {
		return err
	}
	if !slices.Contains(l.types(), is) {
		return fault.New(fault.Invalid, "blob.type", "此处不接收%s，请上传：%s", is.Say(), list(l.types()))
	}
	return nil
}

func list(types []Type) string {
	words := make([]string, len(types))
	for i, t := range types {
		words[i] = t.Say()
	}
	return strings.Join(words, "、")
}

func quoted(name string) string {
	if name == "" {
		return ""
	}
	return "“" + name + "”"
}
