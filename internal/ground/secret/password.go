package secret

import (
	"context"
	"crypto/pbkdf2"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"hash"
	"strings"

	"github.com/emmansun/gmsm/sm3"
	"golang.org/x/crypto/argon2"

	"tongban/internal/ground/fault"
)

// A Profile is a way to make guessing passwords dear.
type Profile struct {
	Name            string // "argon2id" or "pbkdf2-sm3"
	Memory          uint32 // KiB, argon2id
	Rounds          uint32 // passes of argon2id, iterations of PBKDF2
	Lanes           uint8  // argon2id
	saltLen, keyLen uint32
}

var (
	// Argon2id needs 19 MiB for each guess (RFC 9106; the floor that OWASP gives).
	Argon2id = Profile{Name: "argon2id", Memory: 19 << 10, Rounds: 2, Lanes: 1, saltLen: 16, keyLen: 32}
	// PBKDF2SM3 is for installations that may use only commercial cryptography
	// (GB/T 39786); it is dear in time but not in memory.
	PBKDF2SM3 = Profile{Name: "pbkdf2-sm3", Rounds: 210_000, saltLen: 16, keyLen: 32}
)

// Passwords hashes and checks passwords, a few at a time, so that a flood of
// sign-ins can take neither all memory nor all processors.
type Passwords struct {
	profile Profile
	turns   chan struct{}
}

// NewPasswords hashes by profile, at most `at once` passwords together.
func NewPasswords(profile Profile, atOnce int) *Passwords {
	return &Passwords{profile, make(chan struct{}, max(1, atOnce))}
}

// LongestPassword is in bytes: longer ones cost time and protect no better.
const LongestPassword = 256

// Hash makes the text to keep for a password. Faults: secret.password.long.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	if len(password) > LongestPassword {
		return "", fault.New(fault.Invalid, "secret.password.long", "密码太长，请不要超过%d个字节", LongestPassword)
	}
	salt := random(int(p.profile.saltLen))
	key, err := p.derive(ctx, p.profile, password, salt)
	if err != nil {
		return "", err
	}
	return encode(p.profile, salt, key), nil
}

// Check reports whether password is the one that kept was made from, and
// whether it should be hashed again because the profile has changed since. For
// an account that does not exist, pass "": it takes as long and is never right.
func (p *Passwords) Check(ctx context.Context, password, kept string) (right, again bool, err error) {
	profile, salt, want, ok := decode(kept)
	if !ok {
		profile, salt, want = p.profile, make([]byte, p.profile.saltLen), make([]byte, p.profile.keyLen)
	}
	if len(password) > LongestPassword {
		return false, false, nil
	}
	got, err := p.derive(ctx, profile, password, salt)
	if err != nil {
		return false, false, err
	}
	right = subtle.ConstantTimeCompare(got, want) == 1 && ok
	return right, right && !profile.as(p.profile), nil
}

func (p Profile) as(q Profile) bool {
	return p.Name == q.Name && p.Memory == q.Memory && p.Rounds == q.Rounds && p.Lanes == q.Lanes
}

// derive waits for its turn; a caller that has left gives up its place.
func (p *Passwords) derive(ctx context.Context, profile Profile, password string, salt []byte) ([]byte, error) {
	select {
	case p.turns <- struct{}{}:
		defer func() { <-p.turns }()
	case <-ctx.Done():
		return nil, fault.New(fault.Busy, "secret.password.busy", "登录人数较多，请稍后再试")
	}
	if profile.Name == Argon2id.Name {
		return argon2.IDKey([]byte(password), salt, profile.Rounds, profile.Memory, profile.Lanes, profile.keyLen), nil
	}
	key, err := pbkdf2.Key(func() hash.Hash { return sm3.New() }, password, salt, int(profile.Rounds), int(profile.keyLen))
	if err != nil {
		return nil, fmt.Errorf("derive password: %w", err)
	}
	return key, nil
}

// encode writes "$argon2id$v=19$m=19456,t=2,p=1$salt$key", the form other
// programs read too, and "$pbkdf2-sm3$i=210000$salt$key".
func encode(p Profile, salt, key []byte) string {
	b64 := base64.RawStdEncoding.EncodeToString
	if p.Name == Argon2id.Name {
		return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.Memory, p.Rounds, p.Lanes, b64(salt), b64(key))
	}
	return fmt.Sprintf("$pbkdf2-sm3$i=%d$%s$%s", p.Rounds, b64(salt), b64(key))
}

// decode reads what encode wrote, and refuses what would be too dear to check.
func decode(kept string) (p Profile, salt, key []byte, ok bool) {
	parts := strings.Split(kept, "$")
	if len(parts) < 4 || parts[0] != "" {
		return p, nil, nil, false
	}
	p.Name = parts[1]
	var err error
	switch p.Name {
	case Argon2id.Name:
		var v int
		_, err = fmt.Sscanf(parts[2]+"$"+parts[3], "v=%d$m=%d,t=%d,p=%d", &v, &p.Memory, &p.Rounds, &p.Lanes)
		parts = parts[3:]
		if v != argon2.Version || p.Memory > 256<<10 || p.Rounds > 16 || p.Rounds == 0 || p.Lanes == 0 || p.Lanes > 16 {
			return p, nil, nil, false
		}
	case PBKDF2SM3.Name:
		_, err = fmt.Sscanf(parts[2], "i=%d", &p.Rounds)
		parts = parts[2:]
		if p.Rounds > 10_000_000 || p.Rounds == 0 {
			return p, nil, nil, false
		}
	default:
		return p, nil, nil, false
	}
	if err != nil || len(parts) != 3 {
		return p, nil, nil, false
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[1])
	key, keyErr := base64.RawStdEncoding.DecodeString(parts[2])
	if saltErr != nil || keyErr != nil || len(salt) < 8 || len(salt) > 64 || len(key) < 16 || len(key) > 64 {
		return p, nil, nil, false
	}
	p.saltLen, p.keyLen = uint32(len(salt)), uint32(len(key))
	return p, salt, key, true
}
