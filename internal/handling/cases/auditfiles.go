package cases

import (
	"context"
	"fmt"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
)

// A FileKeeper knows what is kept under a hash.
type FileKeeper interface {
	Stat(ctx context.Context, hash string) (blob.Ref, error)
}

// AuditFiles looks whether every file of every case is kept, in its full length, and
// returns how many it asked for. Their content proves itself whenever it is read.
func (s *Service) AuditFiles(ctx context.Context, kept FileKeeper, see func(*Difference)) (files int, err error) {
	err = s.auditPages(ctx, func(ids []ID) error {
		for _, id := range ids {
			c, err := s.Store.Case(ctx, id)
			if err != nil {
				return fmt.Errorf("files of case %s: %w", id, err)
			}
			for of, f := range c.Files() {
				files++
				say, err := lacking(ctx, kept, f)
				if err != nil {
					return fmt.Errorf("files of case %s: %w", id, err)
				}
				if say != "" {
					see(&Difference{id, fmt.Sprintf("“%s”的文件“%s”%s（%s）", of, f.Name, say, f.Hash)})
				}
			}
		}
		return nil
	})
	return files, err
}

// lacking says what is wrong with a file; "" nothing.
func lacking(ctx context.Context, kept FileKeeper, f File) (string, error) {
	ref, err := kept.Stat(ctx, f.Hash)
	switch {
	case fault.Of(err) == fault.NotFound:
		return "不在附件存放处", nil
	case err != nil:
		return "", err
	case ref.Size != f.Size:
		return fmt.Sprintf("现有%d字节，提交时是%d字节", ref.Size, f.Size), nil
	}
	return "", nil
}
