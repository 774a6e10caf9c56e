package secret

import (
	"crypto/cipher"
	"fmt"
	"strconv"
	"strings"

	"tongban/internal/ground/fault"
)

// Seal encrypts plain with the current field key: "k1." and the rest, where 1
// is the number of the key.
func (r *Ring) Seal(plain, about string) (string, error) {
	if plain == "" {
		return "", nil
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	n := r.inUse(Field)
	return fmt.Sprintf("k%d.%s", n, lock(r.fields[n], []byte(plain), about)), nil
}

// Open gives back what Seal was told, whichever key sealed it.
func (r *Ring) Open(sealed, about string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	n, rest := keyOf(sealed)
	aead := r.field(n)
	if aead == nil {
		return "", fault.New(fault.Internal, "secret.open", "数据所用的密钥不在密钥库中，请联系系统管理员")
	}
	plain, err := unlock(aead, rest, about)
	if err != nil {
		return "", fault.New(fault.Internal, "secret.open", "数据无法解密，可能已被改动，请联系系统管理员")
	}
	return string(plain), nil
}

// Stale reports whether sealed was made with a key that has been replaced and
// should be sealed anew.
func (r *Ring) Stale(sealed string) bool {
	n, _ := keyOf(sealed)
	r.mu.RLock()
	defer r.mu.RUnlock()
	return sealed != "" && n != r.inUse(Field)
}

// field is the field key of that number; one that another program has made
// since is looked for in the directory.
func (r *Ring) field(n int) cipher.AEAD {
	r.mu.RLock()
	aead, newest := r.fields[n], r.newest[Field]
	r.mu.RUnlock()
	if aead != nil || n <= newest {
		return aead
	}
	if err := r.Refresh(); err != nil {
		return nil // Open says that the key is not here
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.fields[n]
}

// keyOf splits "k1.text"; a text without a key has key 0, which is never kept.
func keyOf(sealed string) (n int, rest string) {
	head, rest, _ := strings.Cut(sealed, ".")
	n, err := strconv.Atoi(strings.TrimPrefix(head, "k"))
	if err != nil {
		return 0, ""
	}
	return n, rest
}
