package frame

import (
	"context"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/ground/page"
)

// ReadInk keeps what the person called who gave in the InkPad called field.
// Whoever gave nothing, or somebody else's name, is refused at that field.
func ReadInk(ctx context.Context, f *page.Form, field, who string, files blob.Store) (ink.Signature, error) {
	s, err := ink.Sign(ctx, files, who, f.Text(field), f.Text(field+".typed"))
	return s, fault.Placed(err, field)
}

// Inked is the field of an InkPad with what a form gave in it: nobody signs again
// because something else was refused.
func (f Field) Inked(given *page.Form) Field {
	f.Value, f.Strokes = given.Text(f.Name+".typed"), given.Text(f.Name)
	return f
}

// HasInk reports whether anything was given in the InkPad called field.
func HasInk(f *page.Form, field string) bool { return f.Has(field) || f.Has(field+".typed") }
