package secret

import (
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"

	"github.com/emmansun/gmsm/sm3"
)

// Token is a new unguessable text of 43 letters (256 bits), fit for addresses
// and cookies. Keep its Digest, not the token.
func Token() string { return base64.RawURLEncoding.EncodeToString(random(32)) }

// Digits is a new random number of n digits as text, for codes that people type.
func Digits(n int) string { return draw(n, "0123456789") }

// Letters is a new random text of n digits and capitals, such as the serial
// number of a certificate: about 5.17 bits each.
func Letters(n int) string { return draw(n, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") }

// draw takes n letters, none likelier than another: bytes above the last whole
// multiple of the alphabet are thrown away.
func draw(n int, alphabet string) string {
	fair := 256 - 256%len(alphabet)
	b := make([]byte, 0, n)
	for len(b) < n {
		for _, r := range random(n) {
			if int(r) < fair && len(b) < n {
				b = append(b, alphabet[int(r)%len(alphabet)])
			}
		}
	}
	return string(b)
}

// Same compares two secrets in a time that does not tell where they differ.
func Same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// Digest is the SM3 digest of data in 64 hexadecimal letters.
func Digest(data []byte) string {
	sum := sm3.Sum(data)
	return hex.EncodeToString(sum[:])
}
