package data

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
)

// song is Noto Serif SC (思源宋体) under the SIL Open Font License 1.1, see fonts/README.md.
//
//go:embed fonts/NotoSerifSC-Regular.ttf.gz
var song []byte

// Song unpacks the typeface of papers: TrueType, 14 MB, 30 900 characters. Unpacking
// takes some tenths of a second: do it once, and not before a paper is asked for.
func Song() ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(song))
	if err != nil {
		return nil, fmt.Errorf("unpack typeface: %w", err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("unpack typeface: %w", err)
	}
	return data, nil
}
