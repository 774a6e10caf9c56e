package eep

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"
)

// Write writes the package. Fault: archives.digest, when the package on the shelf is not what was taken in.
func Write(w io.Writer, p Parcel) error {
	text, err := p.Package.Text()
	if err != nil {
		return err
	}
	content, err := p.Package.Open()
	if err != nil {
		return err
	}
	out := packing{zip: zip.NewWriter(w), about: describe(p, content), made: p.Made}
	for _, f := range p.Files {
		if err := out.file(f); err != nil {
			return err
		}
	}
	for _, one := range []struct {
		path, title string
		text        []byte
	}{{Facts, "归档信息包（全部记录）", text}, {Record, "自动审查重演的依据", p.Record}, {Proof, "归档记录的存证凭据", p.Proof}} {
		if one.text == nil {
			continue
		}
		if err := out.add(one.path, one.title, bytes.NewReader(one.text)); err != nil {
			return err
		}
	}
	return out.close(p.Stamp)
}

// packing is a package in the making.
type packing struct {
	zip   *zip.Writer
	about Described
	made  time.Time
}

func (k *packing) file(f File) error {
	content, err := f.Open()
	if err != nil {
		return fmt.Errorf("open %s: %w", f.Name, err)
	}
	defer content.Close()
	return k.add(fmt.Sprintf("%s/%03d_%s", f.Folder, len(k.about.Files)+1, safe(f.Name)), f.Title, content)
}

// add puts a file into the package and into its description.
func (k *packing) add(name, title string, content io.Reader) error {
	into, err := k.create(name)
	if err != nil {
		return err
	}
	sum := sm3.New()
	size, err := io.Copy(io.MultiWriter(into, sum), content)
	if err != nil {
		return fmt.Errorf("pack %s: %w", name, err)
	}
	k.about.Files = append(k.about.Files, Entry{name, title, size, hex.EncodeToString(sum.Sum(nil))})
	return nil
}

func (k *packing) create(name string) (io.Writer, error) {
	return k.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: k.made})
}

// close writes the description and the seal on it.
func (k *packing) close(stamp func([]byte) ([]byte, error)) error {
	text, err := xml.MarshalIndent(k.about, "", "  ")
	if err != nil {
		return fmt.Errorf("describe the package: %w", err)
	}
	text = slices.Concat([]byte(xml.Header), text, []byte("\n"))
	sum := sm3.Sum(text)
	sealed, err := stamp(sum[:])
	if err != nil {
		return err
	}
	for _, one := range []struct {
		name    string
		content []byte
	}{{Description, text}, {Seal, sealed}} {
		into, err := k.create(one.name)
		if err != nil {
			return err
		}
		if _, err := into.Write(one.content); err != nil {
			return err
		}
	}
	return k.zip.Close()
}

// safe is a name that any system can keep.
func safe(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	letters := []rune(strings.Trim(name, ". "))
	if len(letters) > 80 {
		ending := []rune(path.Ext(name))
		if len(ending) > 10 {
			ending = nil
		}
		letters = append(letters[:80-len(ending)], ending...)
	}
	return string(letters)
}
