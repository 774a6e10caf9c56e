package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Assets are the files that pages refer to: styles, scripts, pictures. Each is
// served under a name that carries its hash, so a browser keeps it for good;
// and under its plain name, checked by ETag.
type Assets struct {
	prefix string
	paths  map[string]string // plain name: address with hash
	files  map[string]*asset // both names without prefix
}

type asset struct {
	kind, tag    string
	body, zipped []byte
}

// kinds are the types of file we serve; any other is refused at the start.
var kinds = map[string]string{
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
	".png":  "image/png",
	".ico":  "image/x-icon",
	".json": "application/json; charset=utf-8",
	".txt":  "text/plain; charset=utf-8",

	".woff2": "font/woff2",
}

// NewAssets reads every file of fsys, zips it, and serves it below prefix ("/static/").
func NewAssets(prefix string, fsys fs.FS) (*Assets, error) {
	a := &Assets{prefix, map[string]string{}, map[string]*asset{}}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		return a.add(name, body)
	})
	return a, err
}

func (a *Assets) add(name string, body []byte) error {
	ext := path.Ext(name)
	kind, ok := kinds[ext]
	if !ok {
		return fmt.Errorf("asset %s: a kind of file we do not serve", name)
	}
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:4])
	file := &asset{kind: kind, tag: `"` + hex.EncodeToString(sum[:9]) + `"`, body: body, zipped: smaller(body)}
	hashed := strings.TrimSuffix(name, ext) + "-" + hash + ext
	a.files[name], a.files[hashed] = file, file
	a.paths[name] = a.prefix + hashed
	return nil
}

// smaller is body zipped as small as it gets, or nil if that saves little.
func smaller(body []byte) []byte {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	z.Write(body)
	z.Close()
	if out.Len() > len(body)*9/10 {
		return nil
	}
	return out.Bytes()
}

// Path is the address of the file, or "" if there is none.
func (a *Assets) Path(name string) string { return a.paths[name] }

// Zipped is the size in bytes of the file as most browsers receive it.
func (a *Assets) Zipped(name string) int {
	f := a.files[name]
	switch {
	case f == nil:
		return 0
	case f.zipped == nil:
		return len(f.body)
	}
	return len(f.zipped)
}

// ServeHTTP serves a file, for good under its hashed name.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, a.prefix)
	file := a.files[name]
	if file == nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", file.kind)
	h.Set("Vary", "Accept-Encoding")
	h.Set("ETag", file.tag)
	h.Set("Cache-Control", "no-cache")
	if _, plain := a.paths[name]; !plain {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if r.Header.Get("If-None-Match") == file.tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := file.body
	if file.zipped != nil && zips(r) {
		h.Set("Content-Encoding", "gzip")
		body = file.zipped
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		w.Write(body) // a reader who went away is not our fault
	}
}
