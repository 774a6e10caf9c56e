package blob

import (
	"encoding/hex"
	"errors"
	"hash"
	"io"

	"github.com/emmansun/gmsm/sm3"

	"tongban/internal/ground/fault"
)

// IsHash reports whether a text can be the hash of a file.
func IsHash(text string) bool {
	if len(text) != 2*sm3.Size {
		return false
	}
	for _, r := range text {
		if (r < '0' || r > '9') && (r < 'a' || r > 'f') {
			return false
		}
	}
	return true
}

// prover holds a file that comes over the network against its hash while it is
// read from end to end. Who jumps about in it reads a part, and proves nothing.
type prover struct {
	io.ReadSeekCloser
	ref  Ref
	sum  hash.Hash
	read int64 // bytes from the beginning that are in sum; -1: somebody jumped
}

func proving(from io.ReadSeekCloser, ref Ref) io.ReadSeekCloser {
	return &prover{from, ref, sm3.New(), 0}
}

// Read implements io.Reader. Faults: blob.changed, blob.away.
func (p *prover) Read(b []byte) (int, error) {
	n, err := telling{p.ReadSeekCloser}.Read(b)
	if p.read < 0 {
		return n, err
	}
	p.sum.Write(b[:n])
	p.read += int64(n)
	if p.read == p.ref.Size && hex.EncodeToString(p.sum.Sum(nil)) != p.ref.Hash {
		return 0, changed(p.ref.Hash)
	}
	return n, err
}

// Seek implements io.Seeker. Back to the beginning the proof begins anew; to
// ask for the length is not to jump.
func (p *prover) Seek(offset int64, whence int) (int64, error) {
	at, err := p.ReadSeekCloser.Seek(offset, whence)
	if err != nil {
		return at, err
	}
	p.read = -1
	if at == 0 {
		p.sum.Reset()
		p.read = 0
	}
	return at, nil
}

func changed(hash string) error {
	return fault.New(fault.Invalid, "blob.changed", "文件%s的内容与它的名称不符，可能已损坏", hash)
}

// telling reads what comes over the network, and says of a break what a person can do.
type telling struct{ io.ReadCloser }

// Read implements io.Reader. Fault: blob.away.
func (t telling) Read(b []byte) (int, error) {
	n, err := t.ReadCloser.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = away(err)
	}
	return n, err
}
