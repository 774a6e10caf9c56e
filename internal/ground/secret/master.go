package secret

import (
	"bytes"
	"crypto/cipher"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tongban/internal/ground/durable"
	"tongban/internal/ground/fault"
)

// masterFile holds the master key in hexadecimal letters. While it is being
// replaced the new one stands in the first line and the one before it in the
// second.
const masterFile = "master.key"

func newMaster() string { return hex.EncodeToString(random(16)) }

// A masterKey is one line of the file.
type masterKey struct {
	line string
	aead cipher.AEAD
}

// masters reads the file anew: another program may have replaced what stands in
// it a moment ago. The first wraps, all of them unwrap.
func (r *Ring) masters() ([]masterKey, error) {
	text, err := os.ReadFile(filepath.Join(r.dir, masterFile))
	if err != nil {
		return nil, fmt.Errorf("read master key: %w", err)
	}
	return readMasters(text)
}

// ReadMaster reports what is wrong with the content of a master key's file.
func ReadMaster(text []byte) error {
	if _, err := readMasters(text); err != nil {
		return fault.New(fault.Invalid, "secret.master", "主密钥文件里应是一行32个十六进制字母和数字，更换途中是两行")
	}
	return nil
}

func readMasters(text []byte) (all []masterKey, err error) {
	for _, line := range strings.Fields(string(text)) {
		key, err := hex.DecodeString(line)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", masterFile, err)
		}
		aead, err := gcm(key)
		if err != nil {
			return nil, fmt.Errorf("use %s: %w", masterFile, err)
		}
		all = append(all, masterKey{line, aead})
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s is empty", masterFile)
	}
	return all, nil
}

// wrapped returns the key of that name, which stands in its file encrypted by
// the master key and bound to its name. If the master is replaced while the file
// is made, the file is wrapped again: it may have come too late for RotateMaster
// to see it.
func (r *Ring) wrapped(name string, make func() ([]byte, error)) ([]byte, error) {
	var mine []byte // what was made here
	text, err := r.file(name, func() ([]byte, error) {
		masters, err := r.masters()
		if err != nil {
			return nil, err
		}
		key, err := make()
		if err != nil {
			return nil, err
		}
		mine = key
		return []byte(lock(masters[0].aead, key, name) + "\n"), nil
	})
	if err != nil {
		return nil, err
	}
	key, old, err := r.unwrap(name, text)
	if err != nil {
		// It may have been wrapped anew between the two readings.
		if text, err = os.ReadFile(filepath.Join(r.dir, name)); err == nil {
			key, old, err = r.unwrap(name, text)
		}
	}
	if mine != nil && (err != nil || old) {
		return mine, r.wrap(name, mine)
	}
	if err != nil {
		return nil, fmt.Errorf("unwrap %s: the master key does not fit: %w", name, err)
	}
	return key, nil
}

// unwrap opens a key file with any of the masters; old says that it was not the
// first.
func (r *Ring) unwrap(name string, text []byte) (key []byte, old bool, err error) {
	masters, err := r.masters()
	if err != nil {
		return nil, false, err
	}
	for i, m := range masters {
		if key, err = unlock(m.aead, strings.TrimSpace(string(text)), name); err == nil {
			return key, i > 0, nil
		}
	}
	return nil, false, err
}

// wrap writes a key file by today's master, in place of the one that is there.
func (r *Ring) wrap(name string, key []byte) error {
	masters, err := r.masters()
	if err != nil {
		return err
	}
	return r.replace(name, []byte(lock(masters[0].aead, key, name)+"\n"))
}

// replace puts a new content under a name at one stroke.
func (r *Ring) replace(name string, data []byte) error {
	tmp, err := os.CreateTemp(r.dir, ".new-*") // 0600 from the start
	if err != nil {
		return fmt.Errorf("replace %s: %w", name, err)
	}
	defer os.Remove(tmp.Name()) // after the rename there is nothing to remove
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Sync()
	}
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(tmp.Name(), filepath.Join(r.dir, name))
	}
	if err != nil {
		return fmt.Errorf("replace %s: %w", name, err)
	}
	return durable.Folder(r.dir)
}

// RotateMaster replaces the master key and wraps every key of the ring by the
// new one; what the keys have sealed and signed stays as it is. Other programs
// may use the ring meanwhile: settle is how long one may take that is making a
// key just now. Broken off, it goes on where it stopped when it is asked again.
// It returns how many keys were wrapped anew.
func (r *Ring) RotateMaster(settle time.Duration) (rewrapped int, err error) {
	masters, err := r.masters()
	if err != nil {
		return 0, err
	}
	if len(masters) == 1 { // otherwise it was broken off: go on
		if err := r.replace(masterFile, []byte(newMaster()+"\n"+masters[0].line+"\n")); err != nil {
			return 0, err
		}
		if masters, err = r.masters(); err != nil {
			return 0, err
		}
	}
	n, err := r.rewrap()
	if err != nil {
		return n, err
	}
	time.Sleep(settle)
	late, err := r.rewrap()
	if err != nil {
		return n + late, err
	}
	return n + late, r.replace(masterFile, []byte(masters[0].line+"\n"))
}

// rewrap wraps by the first master whatever is still wrapped by another.
func (r *Ring) rewrap() (n int, err error) {
	names, err := r.wrappedFiles()
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(r.dir, name))
		if err != nil {
			return n, fmt.Errorf("wrap %s anew: %w", name, err)
		}
		key, old, err := r.unwrap(name, text)
		if err != nil {
			return n, fmt.Errorf("wrap %s anew: no master key fits: %w", name, err)
		}
		if !old {
			continue
		}
		if err := r.wrap(name, key); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// wrappedFiles are the files that the master key protects.
func (r *Ring) wrappedFiles() ([]string, error) {
	entries, err := os.ReadDir(r.dir)
	if err != nil {
		return nil, fmt.Errorf("list keys: %w", err)
	}
	var names []string
	for _, e := range entries {
		name := e.Name()
		ours := strings.HasSuffix(name, ".key") && name != masterFile || strings.HasSuffix(name, ".sign")
		if ours && !strings.HasPrefix(name, ".") {
			names = append(names, name)
		}
	}
	return names, nil
}

// A Key is one of the ring, for the administrator's list: never the key itself.
type Key struct {
	Name    string
	Kind    string // "field", "index", "marks", "sign"
	Current bool   // of its series the one that makes what is made now; others only read
	Late    bool   // still wrapped by a master that is being replaced
	Made    time.Time
}

// Keys lists what the ring holds, oldest first.
func (r *Ring) Keys() ([]Key, error) {
	names, err := r.wrappedFiles()
	if err != nil {
		return nil, err
	}
	var all []Key
	for _, name := range names {
		k, err := r.key(name)
		if err != nil {
			return nil, err
		}
		all = append(all, k)
	}
	slices.SortStableFunc(all, func(a, b Key) int { return bytes.Compare([]byte(a.Kind), []byte(b.Kind)) })
	return all, nil
}

// key is what is told of the key in a file.
func (r *Ring) key(name string) (Key, error) {
	path := filepath.Join(r.dir, name)
	stat, err := os.Stat(path)
	if err != nil {
		return Key{}, fmt.Errorf("list keys: %w", err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return Key{}, fmt.Errorf("list keys: %w", err)
	}
	_, late, err := r.unwrap(name, text)
	if err != nil {
		return Key{}, fmt.Errorf("unwrap %s: the master key does not fit: %w", name, err)
	}
	k := Key{Name: name, Kind: "sign", Late: late, Made: stat.ModTime()}
	for _, one := range AllSeries {
		if n := one.number(name); n > 0 {
			k.Current = n == r.Used(one)
			if !one.signs() {
				k.Kind = string(one)
			}
		}
	}
	return k, nil
}
