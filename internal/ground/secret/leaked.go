package secret

import (
	"bufio"
	"crypto/sha1" //nolint:gosec // lists of leaked passwords are published by SHA-1; nothing is protected by it
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// A Leak is a list of leaked passwords in a file (泄露口令库), as such lists are
// published: the SHA-1 of one a line in hex, in order, with or without ":" and how often
// it was found. It is searched where it lies, however large it is.
type Leak struct {
	file *os.File
	size int64
}

// OpenLeak opens a list and checks that it is one.
func OpenLeak(name string) (*Leak, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("list of leaked passwords: %w", err)
	}
	stat, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("list of leaked passwords: %w", err)
	}
	l := &Leak{f, stat.Size()}
	first, _, err := l.line(0)
	if err == nil && len(first) != 2*sha1.Size {
		err = fmt.Errorf("%s 不是泄露口令库：每行应为40位的SHA-1，按次序排列", name)
	}
	return l, err
}

// Close closes the file.
func (l *Leak) Close() error { return l.file.Close() }

// Has reports whether a password is in the list.
func (l *Leak) Has(password string) (bool, error) {
	sum := sha1.Sum([]byte(password)) //nolint:gosec // see above
	want := strings.ToUpper(hex.EncodeToString(sum[:]))
	for low, high := int64(0), l.size; low < high; {
		middle := low + (high-low)/2
		found, next, err := l.line(middle)
		if err != nil {
			return false, fmt.Errorf("search leaked passwords: %w", err)
		}
		switch {
		case found == "" || found > want:
			high = middle
		case found == want:
			return true, nil
		default:
			low = next
		}
	}
	return false, nil
}

// line is the digest on the first line that begins at or after a place, and where the
// next begins; "" after the last.
func (l *Leak) line(at int64) (digest string, next int64, err error) {
	begin := max(at-1, 0)
	r := bufio.NewReaderSize(io.NewSectionReader(l.file, begin, l.size-begin), 256)
	next = begin
	if at > 0 { // to the end of the line that at is in
		rest, err := r.ReadString('\n')
		next += int64(len(rest))
		if err != nil {
			return "", next, ended(err)
		}
	}
	text, err := r.ReadString('\n')
	next += int64(len(text))
	digest, _, _ = strings.Cut(strings.TrimSpace(text), ":")
	return strings.ToUpper(digest), next, ended(err)
}

func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
