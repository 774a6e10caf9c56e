// Package s3test is an S3-compatible store in memory for tests. It takes nothing
// that is not signed by the right key (AWS Signature Version 4), checks every
// chunk's signature and every digest, and can be made to fail.
package s3test

import (
	"bytes"
	"crypto/md5" //nolint:gosec // the protocol's checksum, not a protection
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The key that requests must be signed with.
const (
	AccessKey = "TONGBANTEST"
	SecretKey = "tongban/test/secret/key"
	Region    = "cn-north-1"
)

// Store is the store and its faults.
type Store struct {
	URL string // s3+http://host/bucket

	mu      sync.Mutex
	objects map[string]object
	fail    int // so many requests are answered with 503
	hang    chan struct{}
	asked   int
	refused []string
}

type object struct {
	body []byte
	made time.Time
}

// New starts a store with one bucket and sets the key in the test's environment.
func New(t *testing.T) *Store {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", AccessKey)
	t.Setenv("AWS_SECRET_ACCESS_KEY", SecretKey)
	return Start(t)
}

// Start is New for tests that run beside others and bring the key themselves.
func Start(t *testing.T) *Store {
	t.Helper()
	s := &Store{objects: map[string]object{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = "s3+http" + strings.TrimPrefix(server.URL, "http") + "/files/city?region=" + Region
	return s
}

// Fail answers the next n requests with 503.
func (s *Store) Fail(n int) { s.mu.Lock(); defer s.mu.Unlock(); s.fail = n }

// Hang leaves requests without an answer until the function it returns is called.
func (s *Store) Hang() (goOn func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	hang := make(chan struct{})
	s.hang = hang
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.hang = nil
		close(hang)
	}
}

// hanging counts a request, and says what it has to wait for.
func (s *Store) hanging() chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	return s.hang
}

// Asked is how many requests have come.
func (s *Store) Asked() int { s.mu.Lock(); defer s.mu.Unlock(); return s.asked }

// Refused is what was refused, and why.
func (s *Store) Refused() []string { s.mu.Lock(); defer s.mu.Unlock(); return slices.Clone(s.refused) }

// Keys are the names of all objects.
func (s *Store) Keys() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.objects))
}

// Spoil changes the first byte of an object, as a failing disk would.
func (s *Store) Spoil(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o, ok := s.objects[key]; ok {
		o.body = bytes.Clone(o.body)
		o.body[0] ^= 1
		s.objects[key] = o
	}
}

// Age makes an object older.
func (s *Store) Age(key string, by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o, ok := s.objects[key]; ok {
		o.made = o.made.Add(-by)
		s.objects[key] = o
	}
}

// ServeHTTP implements http.Handler.
func (s *Store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if hang := s.hanging(); hang != nil {
		<-hang
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		refuse(w, http.StatusBadRequest, "IncompleteBody")
		return
	}
	if s.fail > 0 {
		s.fail--
		refuse(w, http.StatusServiceUnavailable, "SlowDown")
		return
	}
	body, err := signed(r, raw)
	if err != nil {
		s.refused = append(s.refused, r.Method+" "+r.URL.Path+": "+err.Error())
		refuse(w, http.StatusForbidden, "SignatureDoesNotMatch")
		return
	}
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if bucket != "files" {
		refuse(w, http.StatusNotFound, "NoSuchBucket")
		return
	}
	s.answer(w, r, key, body)
}

func (s *Store) answer(w http.ResponseWriter, r *http.Request, key string, body []byte) {
	o, there := s.objects[key]
	switch {
	case r.Method == http.MethodHead && key == "":
	case r.Method == http.MethodGet && key == "":
		s.list(w, r.URL.Query().Get("prefix"))
	case r.Method == http.MethodPut:
		sum := md5.Sum(body) //nolint:gosec // the protocol's checksum
		if want := r.Header.Get("Content-Md5"); want != "" && want != base64.StdEncoding.EncodeToString(sum[:]) {
			refuse(w, http.StatusBadRequest, "BadDigest")
			return
		}
		s.objects[key] = object{body, time.Now()}
		w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:])+`"`)
	case r.Method == http.MethodDelete:
		delete(s.objects, key)
		w.WriteHeader(http.StatusNoContent)
	case !there:
		refuse(w, http.StatusNotFound, "NoSuchKey")
	default:
		sum := md5.Sum(o.body) //nolint:gosec // the protocol's checksum
		w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:])+`"`)
		http.ServeContent(w, r, "", o.made, bytes.NewReader(o.body))
	}
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s</Message></Error>", code, code)
}

type listing struct {
	XMLName  xml.Name `xml:"ListBucketResult"`
	Name     string
	Contents []entry
}

type entry struct {
	Key          string
	LastModified string
	Size         int
	ETag         string
}

func (s *Store) list(w http.ResponseWriter, prefix string) {
	all := listing{Name: "files"}
	for _, key := range slices.Sorted(maps.Keys(s.objects)) {
		if o := s.objects[key]; strings.HasPrefix(key, prefix) {
			all.Contents = append(all.Contents, entry{key, o.made.UTC().Format("2006-01-02T15:04:05.000Z"), len(o.body), `"` + strconv.Itoa(len(o.body)) + `"`})
		}
	}
	w.Header().Set("Content-Type", "application/xml")
	xml.NewEncoder(w).Encode(all) //nolint:errcheck // whoever went away asks again
}
