package frame

import (
	"bytes"
	"context"
	"encoding/base64"
	"strings"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
)

// strokesField is the field in which the drawn signature is sent.
const strokesField = "strokes"

// mostStrokes is how long a drawn signature may be as it is sent, in bytes.
const mostStrokes = 400 << 10

// Sign reads a signature from a form with a SignPad: the name from field, the
// confirmation from "free", and the strokes, which are kept among the files.
func Sign(ctx context.Context, f *page.Form, field string, files blob.Store) (s cases.Signature, err error) {
	s = cases.Signature{Name: f.Text(field), Free: f.Has("free")}
	picture := f.Text(strokesField)
	if picture == "" {
		return s, nil
	}
	bad := fault.New(fault.Invalid, "frame.sign.strokes", "手写签名没有传好，请重写，或者只签姓名").At(field, "strokes", "手写签名没有传好，请点“重写签名”后再写一次")
	text, ok := strings.CutPrefix(picture, "data:image/png;base64,")
	if !ok || len(picture) > mostStrokes {
		return s, bad
	}
	png, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return s, bad
	}
	ref, err := files.Put(ctx, bytes.NewReader(png), blob.Limit{Types: []blob.Type{blob.PNG}})
	if fault.Of(err) == fault.Internal && err != nil {
		return s, err
	}
	if err != nil {
		return s, bad
	}
	s.Picture = &cases.File{Hash: ref.Hash, Name: "手写签名.png", Type: string(ref.Type), Size: ref.Size}
	return s, nil
}
