package identity

import (
	"bytes"
	_ "embed"
	"sort"

	"github.com/emmansun/gmsm/sm3"
)

// leakedDigests are the first leakedBytes of the SM3 of passwords that were found most
// often in what leaked elsewhere, in order: 11,315 of at least eight characters that no
// other rule refuses, from the list of the zxcvbn project (MIT, Dropbox Inc.). Digests
// and not words, for many of them are not fit to be read. Written anew by
// TONGBAN_LEAKED=words.txt go test ./internal/civic/identity -run TestLeakedPasswords.
//
//go:embed leaked.bin
var leakedDigests []byte

const leakedBytes = 5

// leaked reports whether a password, in small letters, is one of those.
func leaked(password string) bool {
	sum := sm3.Sum([]byte(password))
	n := len(leakedDigests) / leakedBytes
	at := func(i int) []byte { return leakedDigests[i*leakedBytes : (i+1)*leakedBytes] }
	i := sort.Search(n, func(i int) bool { return bytes.Compare(at(i), sum[:leakedBytes]) >= 0 })
	return i < n && bytes.Equal(at(i), sum[:leakedBytes])
}
