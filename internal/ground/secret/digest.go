package secret

import (
	"crypto/hmac"
	"encoding/base64"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/emmansun/gmsm/sm3"
)

// Index is the first 128 bits of HMAC-SM3, in 22 letters, behind the number of its
// key and a "~" if that is not the first.
func (r *Ring) Index(value, about string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.digest(Index, r.inUse(Index), value, about)
}

// Indexes are the digests under which a value may stand while a key is replaced, the
// one of the key in use first. "" has none.
func (r *Ring) Indexes(value, about string) []string { return r.digests(Index, value, about) }

// Mark is a digest of the series Marks by the key of that generation: what stands in
// facts and on papers is never made anew, so its keys stay. "" if the ring does not
// hold the key.
func (r *Ring) Mark(generation int, value, about string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.digest(Marks, generation, value, about)
}

// Marking is the generation that marks what is written now.
func (r *Ring) Marking() int { return r.Used(Marks) }

// Marks are the marks that a value may have been given, today's first.
func (r *Ring) Marks(value, about string) []string { return r.digests(Marks, value, about) }

func (r *Ring) digests(s Series, value, about string) []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if value == "" {
		return nil
	}
	all := []string{r.digest(s, r.inUse(s), value, about)}
	for _, n := range slices.Sorted(maps.Keys(r.hashing[s])) {
		if n != r.inUse(s) {
			all = append(all, r.digest(s, n, value, about))
		}
	}
	return all
}

func (r *Ring) digest(s Series, n int, value, about string) string {
	key := r.hashing[s][n]
	if value == "" || key == nil {
		return ""
	}
	h := hmac.New(sm3.New, key)
	h.Write([]byte(about))
	h.Write([]byte{0})
	h.Write([]byte(value))
	text := base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16])
	if n == 1 {
		return text
	}
	return strconv.Itoa(n) + "~" + text
}

// Generation is the number of the key that made a digest.
func Generation(digest string) int {
	head, _, tagged := strings.Cut(digest, "~")
	if n, err := strconv.Atoi(head); tagged && err == nil {
		return n
	}
	return 1
}
