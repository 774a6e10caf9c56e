package page

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/cespare/xxhash/v2"
)

// A Component writes itself as HTML. Every templ component is one.
type Component interface {
	Render(ctx context.Context, w io.Writer) error
}

// keepBuffer is the largest buffer worth keeping for the next answer, in bytes.
const keepBuffer = 1 << 20

var (
	buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	zippers = sync.Pool{New: func() any { z, _ := gzip.NewWriterLevel(nil, 4); return z }} // 4 is a valid level: no error
)

func borrow() *bytes.Buffer {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	return b
}

func giveBack(b *bytes.Buffer) {
	if b.Cap() <= keepBuffer {
		buffers.Put(b)
	}
}

// Show answers 200 with a page.
func Show(w http.ResponseWriter, r *http.Request, c Component) {
	ShowStatus(w, r, http.StatusOK, c)
}

// ShowFault shows a form again with what must change: the page c, under the
// status of err (422 for fault.Invalid). An unforeseen err is told by Fail.
func ShowFault(w http.ResponseWriter, r *http.Request, err error, c Component) {
	if status := Status(err); status != http.StatusInternalServerError {
		ShowStatus(w, r, status, c)
		return
	}
	Fail(w, r, err)
}

// ShowStatus answers with a page under any status. Nothing is sent before the
// page is complete, so a component that fails still ends in a whole answer.
func ShowStatus(w http.ResponseWriter, r *http.Request, status int, c Component) {
	out := borrow()
	defer giveBack(out)
	if err := c.Render(r.Context(), out); err != nil {
		Fail(w, r, fmt.Errorf("render page: %w", err))
		return
	}
	send(w, r, status, "text/html; charset=utf-8", out)
}

// JSON answers 200 with v for a program.
func JSON(w http.ResponseWriter, r *http.Request, v any) {
	out := borrow()
	defer giveBack(out)
	if err := json.NewEncoder(out).Encode(v); err != nil {
		Fail(w, r, fmt.Errorf("encode answer: %w", err))
		return
	}
	send(w, r, http.StatusOK, "application/json; charset=utf-8", out)
}

// SeeOther sends the browser to another page of this site after a post.
func SeeOther(w http.ResponseWriter, r *http.Request, path string) {
	http.Redirect(w, r, Local(path, "/"), http.StatusSeeOther)
}

// Local returns path if it is an address within this site, else fallback: a
// link may not carry people to another site through us.
func Local(path, fallback string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return fallback
	}
	return path
}

// Partial reports whether only a fragment of the page was asked for, by htmx.
func Partial(r *http.Request) bool {
	return r.Header.Get("HX-Request") == "true" && r.Header.Get("HX-History-Restore-Request") != "true"
}

// send writes a complete answer: an unchanged page as 304, a long one zipped.
func send(w http.ResponseWriter, r *http.Request, status int, kind string, out *bytes.Buffer) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Vary", "Accept-Encoding, Cookie, HX-Request")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	if status == http.StatusOK && r.Method == http.MethodGet && unchanged(h, r, out.Bytes()) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := out
	if out.Len() > 1024 && zips(r) {
		body = borrow()
		defer giveBack(body)
		zip(body, out.Bytes())
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	w.Write(body.Bytes()) // a reader who went away is not our fault
}

// unchanged sets the page's ETag and reports whether the browser has it already. The
// tag tells a page from its next version; nobody gains by forging it.
func unchanged(h http.Header, r *http.Request, body []byte) bool {
	tag := `W/"` + strconv.FormatUint(xxhash.Sum64(body), 36) + `"`
	h.Set("ETag", tag)
	return r.Header.Get("If-None-Match") == tag
}

func zip(to *bytes.Buffer, body []byte) {
	z := zippers.Get().(*gzip.Writer)
	z.Reset(to)
	z.Write(body) // a bytes.Buffer never fails
	z.Close()
	zippers.Put(z)
}

func zips(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) == "gzip" {
			q = strings.ReplaceAll(q, " ", "")
			return q != "q=0" && q != "q=0.0"
		}
	}
	return false
}
