package secret

import (
	"crypto"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/emmansun/gmsm/sm2"

	"tongban/internal/ground/fault"
)

// signer is a key of the ring that can be used but not taken away.
type signer struct{ key *sm2.PrivateKey }

func (s *signer) Public() crypto.PublicKey { return s.key.Public() }

func (s *signer) Sign(random io.Reader, message []byte, opts crypto.SignerOpts) ([]byte, error) {
	return s.key.Sign(random, message, opts)
}

// Signer returns the SM2 key of that name from the ring.
func (r *Ring) Signer(name string) (crypto.Signer, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.signer(name)
}

func (r *Ring) signer(name string) (crypto.Signer, error) {
	if s, ok := r.signers[name]; ok {
		return s, nil
	}
	file, err := fileName(name, ".sign")
	if err != nil {
		return nil, err
	}
	raw, err := r.wrapped(file, func() ([]byte, error) {
		key, err := sm2.GenerateKey(rand.Reader)
		if err != nil {
			return nil, err
		}
		return key.D.FillBytes(make([]byte, 32)), nil
	})
	if err != nil {
		return nil, err
	}
	key, err := sm2.NewPrivateKey(raw)
	if err != nil {
		return nil, fmt.Errorf("use signing key %s: %w", name, err)
	}
	s := &signer{key}
	r.signers[name] = s
	return s, nil
}

// Keep returns the public thing of that name from the ring.
func (r *Ring) Keep(name string, make func() ([]byte, error)) ([]byte, error) {
	file, err := fileName(name, ".pub")
	if err != nil {
		return nil, err
	}
	return r.file(file, make)
}

// Kept is the public thing of that name, nil if there is none.
func (r *Ring) Kept(name string) ([]byte, error) {
	file, err := fileName(name, ".pub")
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(r.dir, file))
	if os.IsNotExist(err) {
		return nil, nil
	}
	return text, err
}

// fileName is the file of a name; a name that could leave the directory has none.
func fileName(name, suffix string) (string, error) {
	if name == "" || len(name) > 120 || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "" {
		return "", fault.New(fault.Invalid, "secret.name", "密钥名称只能用字母、数字、短横线和下划线：%q", name)
	}
	return name + suffix, nil
}
