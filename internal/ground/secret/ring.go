package secret

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/emmansun/gmsm/sm4"
)

// Ring is the key ring: files that only the program's own account may read, in
// a directory beside the database and never in it. Every key but the master
// stands there wrapped by the master, so that a copy of the directory without
// master.key (which an operator may keep elsewhere) opens nothing.
//
// Field keys and the master key have generations: Rotate makes the next field
// key and RotateMaster the next master, both while other programs use the ring.
type Ring struct {
	dir   string
	index []byte

	mu      sync.RWMutex
	fields  map[int]cipher.AEAD // by key number
	current int
	signers map[string]*signer
}

// Open opens the key ring in dir, making it when there is none. Several
// programs may open the same ring; whoever is first makes the keys.
func Open(dir string) (*Ring, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make key ring: %w", err)
	}
	r := &Ring{dir: dir, fields: map[int]cipher.AEAD{}, signers: map[string]*signer{}}
	_, err := r.file(masterFile, func() ([]byte, error) { return []byte(newMaster() + "\n"), nil })
	if err != nil {
		return nil, err
	}
	if r.index, err = r.wrapped("index.key", func() ([]byte, error) { return random(32), nil }); err != nil {
		return nil, err
	}
	return r, r.loadFields()
}

// loadFields reads every field key there is; the highest number is current.
func (r *Ring) loadFields() error {
	names, err := filepath.Glob(filepath.Join(r.dir, "field-*.key"))
	if err != nil {
		return fmt.Errorf("list field keys: %w", err)
	}
	if len(names) == 0 {
		return r.addField(1)
	}
	for _, name := range names {
		n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), "field-"), ".key"))
		if err != nil || r.fields[n] != nil {
			continue // not one of ours, or known
		}
		if err := r.addField(n); err != nil {
			return err
		}
	}
	return nil
}

// Refresh takes up field keys that another program made. Every replica asks for
// it every few seconds, so that all soon seal with the newest.
func (r *Ring) Refresh() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.loadFields()
}

// Generation is the number of the field key that Seal uses.
func (r *Ring) Generation() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.current
}

func (r *Ring) addField(n int) error {
	key, err := r.wrapped(fmt.Sprintf("field-%d.key", n), func() ([]byte, error) { return random(16), nil })
	if err != nil {
		return err
	}
	aead, err := gcm(key)
	if err != nil {
		return fmt.Errorf("use field key %d: %w", n, err)
	}
	r.fields[n], r.current = aead, max(r.current, n)
	return nil
}

// Rotate makes a new field key. What was sealed with the old ones still opens;
// what is sealed from now on needs the new one. Stale says which is which.
func (r *Ring) Rotate() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.loadFields(); err != nil {
		return err
	}
	return r.addField(r.current + 1)
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
