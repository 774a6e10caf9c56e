package frame

import (
	"context"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
)

// ReadShown reads ShownFields, and keeps the files.
func ReadShown(ctx context.Context, f *page.Form, files blob.Store) (cases.Shown, error) {
	x := cases.Shown{Say: f.Text("say"), Paper: f.Has("paper")}
	for _, sent := range f.Files("files") {
		file, err := Keep(ctx, sent, "files", files)
		if err != nil {
			return x, err
		}
		x.Files = append(x.Files, file)
	}
	return x, f.Err()
}
