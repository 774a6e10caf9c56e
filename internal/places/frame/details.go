package frame

import (
	"bytes"
	"context"
	"io"

	"github.com/a-h/templ"
)

// faultMark stands in every field that was refused.
const faultMark = `class="err-m"`

// Details hides what most people need not read. It is open where a field in it was
// refused: nobody looks for a fault in what is folded away.
func Details(title string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		var inside bytes.Buffer
		if err := templ.GetChildren(ctx).Render(templ.ClearChildren(ctx), &inside); err != nil {
			return err
		}
		open := bytes.Contains(inside.Bytes(), []byte(faultMark))
		return folded(title, open).Render(templ.WithChildren(ctx, templ.Raw(inside.String())), w)
	})
}
