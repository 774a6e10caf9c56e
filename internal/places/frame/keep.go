package frame

import (
	"context"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
)

// Keep stores a file that was sent with a form as evidence: a photo, a film, a paper. What is wrong with it is said at
// the field it was sent under.
func Keep(ctx context.Context, sent page.File, field string, into blob.Store) (cases.File, error) {
	in, err := sent.Open()
	if err != nil {
		return cases.File{}, err
	}
	defer in.Close()
	name := blob.Clean(sent.Name)
	ref, err := into.Put(ctx, in, blob.Limit{Name: name, Types: blob.Evidence})
	return cases.FileOf(ref, name), fault.Placed(err, field)
}
