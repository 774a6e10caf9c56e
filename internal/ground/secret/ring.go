package secret

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/emmansun/gmsm/sm4"
)

// Ring is the key ring: files that only the program's own account may read, in
// a directory beside the database and never in it. Every key but the master
// stands there wrapped by the master, so that a copy of the directory without
// master.key (which an operator may keep elsewhere) opens nothing.
//
// Every key has generations: Rotate makes the next one of a Series and RotateMaster
// the next master, all while other programs use the ring.
type Ring struct {
	dir string

	mu      sync.RWMutex
	fields  map[int]cipher.AEAD // by key number
	hashing map[Series]map[int][]byte
	signers map[string]*signer
	newest  map[Series]int
	used    map[Series]int // as Use was told
	elder   bool           // the ring was there before this program looked
}

// Open opens the key ring in dir, making it when there is none. Several
// programs may open the same ring; whoever is first makes the keys.
func Open(dir string) (*Ring, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make key ring: %w", err)
	}
	r := &Ring{dir: dir, fields: map[int]cipher.AEAD{}, signers: map[string]*signer{}, newest: map[Series]int{}, used: map[Series]int{},
		hashing: map[Series]map[int][]byte{Index: {}, Marks: {}}}
	_, err := r.file(masterFile, func() ([]byte, error) { return []byte(newMaster() + "\n"), nil })
	if err != nil {
		return nil, err
	}
	return r, r.load()
}

// load takes up every key there is, and lets go of those that were retired. In a
// ring from before there were marks the first index key made them, too.
func (r *Ring) load() error {
	for _, s := range AllSeries {
		all, err := r.found(s)
		if err != nil {
			return err
		}
		if s == Index {
			r.elder = len(all) > 0
		}
		if len(all) == 0 && !s.signs() {
			all = []int{1}
		}
		for _, n := range all {
			if err := r.add(s, n); err != nil {
				return err
			}
		}
		for n := range r.hashing[s] {
			if !slices.Contains(all, n) {
				delete(r.hashing[s], n)
			}
		}
	}
	return nil
}

// Refresh takes up keys that another program made. Every replica asks for it every
// few seconds, so that all soon know the newest.
func (r *Ring) Refresh() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.load()
}

// add takes up one key, making it when it is missing.
func (r *Ring) add(s Series, n int) error {
	r.newest[s] = max(r.newest[s], n)
	if s.signs() || r.fields[n] != nil && s == Field || r.hashing[s][n] != nil {
		return nil
	}
	key, err := r.wrapped(s.file(n), func() ([]byte, error) {
		if s == Marks && r.elder && n == 1 {
			return r.hashing[Index][1], nil
		}
		return random(s.size()), nil
	})
	if err != nil {
		return err
	}
	if s != Field {
		r.hashing[s][n] = key
		return nil
	}
	aead, err := gcm(key)
	if err != nil {
		return fmt.Errorf("use field key %d: %w", n, err)
	}
	r.fields[n] = aead
	return nil
}

// file reads a file of the ring, making it when it is missing. It is written
// whole and then given its name, which only one of several programs can do.
func (r *Ring) file(name string, make func() ([]byte, error)) ([]byte, error) {
	path := filepath.Join(r.dir, name)
	if data, err := os.ReadFile(path); err == nil || !os.IsNotExist(err) {
		return data, err
	}
	data, err := make()
	if err != nil {
		return nil, fmt.Errorf("make %s: %w", name, err)
	}
	if err := place(r.dir, path, data); err != nil {
		return nil, fmt.Errorf("keep %s: %w", name, err)
	}
	return os.ReadFile(path)
}

// place writes data under path unless someone already did.
func place(dir, path string, data []byte) error {
	tmp, err := os.CreateTemp(dir, ".new-*") // 0600 from the start
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if _, err := tmp.Write(data); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Sync(); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	if err := os.Link(tmp.Name(), path); err != nil && !os.IsExist(err) {
		return err
	}
	return nil
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := sm4.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// lock encrypts with a fresh nonce and writes the result as text.
func lock(aead cipher.AEAD, plain []byte, about string) string {
	nonce := random(aead.NonceSize())
	return base64.RawURLEncoding.EncodeToString(aead.Seal(nonce, nonce, plain, []byte(about)))
}

func unlock(aead cipher.AEAD, text, about string) ([]byte, error) {
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	if len(data) < aead.NonceSize() {
		return nil, fmt.Errorf("%d bytes are too few", len(data))
	}
	return aead.Open(nil, data[:aead.NonceSize()], data[aead.NonceSize():], []byte(about))
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: the program stops if the system has no randomness
	return b
}
