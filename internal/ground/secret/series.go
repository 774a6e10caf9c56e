package secret

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/ground/durable"
	"tongban/internal/ground/fault"
)

// A Series is the generations of one key of the ring (密钥的各代): each replaces
// the one before it while the program runs.
type Series string

// The series of a ring.
const (
	Field    Series = "field"     // seals columns
	Index    Series = "index"     // makes the digests by which what is sealed is looked up
	Marks    Series = "marks"     // makes the digests that stand in facts and on papers
	Partners Series = "partners"  // signs what is sent to other installations
	Root     Series = "city-root" // the root certificate of the city's seals
)

// AllSeries are all of them.
var AllSeries = []Series{Field, Index, Marks, Partners, Root}

var seriesNames = map[Series]string{Field: "数据密钥", Index: "查找密钥", Marks: "标记密钥", Partners: "与协作平台往来的密钥", Root: "根证书"}

// Say is what administrators call its keys.
func (s Series) Say() string { return seriesNames[s] }

// lasting reports whether older keys are needed as long as there are facts, which are
// never made anew.
func (s Series) lasting() bool { return s == Field || s == Marks }

// file is the file of that generation.
func (s Series) file(n int) string {
	suffix := ".key"
	if s.signs() {
		suffix = ".sign"
	}
	if n == 1 && s != Field {
		return string(s) + suffix
	}
	return fmt.Sprintf("%s-%d%s", s, n, suffix)
}

// Name is what the signing key of that generation is called.
func (s Series) Name(n int) string { return strings.TrimSuffix(s.file(n), ".sign") }

func (s Series) signs() bool { return s == Partners || s == Root }

// size is how many bytes a key has that does not sign.
func (s Series) size() int {
	if s == Field {
		return 16
	}
	return 32
}

// number is the generation that a file of the series holds, 0 if it is none.
func (s Series) number(file string) int {
	if file == s.file(1) {
		return 1
	}
	stem := strings.TrimSuffix(file, filepath.Ext(file))
	n, err := strconv.Atoi(strings.TrimPrefix(stem, string(s)+"-"))
	if err != nil || n < 1 || s.file(n) != file {
		return 0
	}
	return n
}

// found are the generations of a series that the directory holds, in order.
func (r *Ring) found(s Series) (all []int, err error) {
	files, err := os.ReadDir(r.dir)
	if err != nil {
		return nil, fmt.Errorf("list keys: %w", err)
	}
	for _, f := range files {
		if n := s.number(f.Name()); n > 0 {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return all, nil
}

// Known is the newest generation of every series that this program can use.
func (r *Ring) Known() map[Series]int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return maps.Clone(r.newest)
}

// Used is the generation that makes what is made now: the newest, unless Use said
// otherwise.
func (r *Ring) Used(s Series) int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.inUse(s)
}

func (r *Ring) inUse(s Series) int {
	if n := r.used[s]; n > 0 {
		return n
	}
	return max(r.newest[s], 1)
}

// Use says by which generation things are made from now on; until it is said again
// a newer one is only read. Fault: secret.generation, when the ring does not hold it.
func (r *Ring) Use(s Series, n int) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n > max(r.newest[s], 1) {
		if err := r.load(); err != nil {
			return err
		}
	}
	if n > max(r.newest[s], 1) {
		return fault.New(fault.Internal, "secret.generation", "密钥环里没有正在使用的密钥 %s，请从主机上的密钥环补齐", s.file(n))
	}
	r.used[s] = n
	return nil
}

// Rotate makes the next generation of a series and returns its number. What the
// older ones made is still read; a ring that was told what to Use goes on with that.
func (r *Ring) Rotate(s Series) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.load(); err != nil {
		return 0, err
	}
	next := max(r.newest[s], 1) + 1
	if !s.signs() {
		return next, r.add(s, next)
	}
	if _, err := r.signer(s.Name(next)); err != nil {
		return 0, err
	}
	r.newest[s] = next
	return next, nil
}

// Retire takes the generations of a series that are older than n out of the ring
// for good, and returns how many they were. Fault: secret.retire, where facts need them.
func (r *Ring) Retire(s Series, n int) (gone int, err error) {
	if s.lasting() {
		return 0, fault.New(fault.Conflict, "secret.retire", "%s的旧的一代还要用来打开、核对已经写下的记录，不能删去", s.Say())
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.load(); err != nil {
		return 0, err
	}
	all, err := r.found(s)
	if err != nil {
		return 0, err
	}
	for _, old := range all {
		if old >= min(n, r.newest[s]) {
			break
		}
		if err := os.Remove(filepath.Join(r.dir, s.file(old))); err != nil {
			return gone, fmt.Errorf("retire key: %w", err)
		}
		delete(r.signers, s.Name(old))
		gone++
	}
	if err := durable.Folder(r.dir); err != nil {
		return gone, err
	}
	return gone, r.load()
}
