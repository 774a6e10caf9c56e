package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
)

// file numbers objects as they are written.
type file struct {
	objects []string
}

// add keeps an object and returns how others refer to it.
func (f *file) add(object string) string {
	f.objects = append(f.objects, object)
	return fmt.Sprintf("%d 0 R", len(f.objects))
}

// later reserves the number of an object that is not known yet.
func (f *file) later() (ref string, set func(string)) {
	ref = f.add("")
	at := len(f.objects) - 1
	return ref, func(object string) { f.objects[at] = object }
}

// stream keeps data, deflated.
func (f *file) stream(dictionary string, data []byte) (string, error) {
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, zlib.BestCompression)
	if err != nil {
		return "", fmt.Errorf("deflate: %w", err)
	}
	if _, err := w.Write(data); err != nil {
		return "", fmt.Errorf("deflate: %w", err)
	}
	if err := w.Close(); err != nil {
		return "", fmt.Errorf("deflate: %w", err)
	}
	return f.add(fmt.Sprintf("<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream", dictionary, b.Len(), b.Bytes())), nil
}

// bytes is the file, with the table of where things stand.
func (f *file) bytes(root, info string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe6\x96\x87\xe4\xb9\xa6\n")
	at := make([]int, len(f.objects))
	for i, o := range f.objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(f.objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root %s/Info %s>>\nstartxref\n%d\n%%%%EOF\n", len(f.objects)+1, root, info, start)
	return b.Bytes()
}

// words is a text that the file says about itself.
func words(s string) string {
	return "<FEFF" + hex16(s) + ">"
}

func hex16(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

func moment(t time.Time) string {
	return t.UTC().Format("(D:20060102150405Z)")
}
