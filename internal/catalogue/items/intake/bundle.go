package intake

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/flow/bpmn"
	"tongban/internal/ground/fault"
)

// Bounds of a bundle: what a packed file says of its own size is believed only
// because the reader stops there.
const (
	mostFiles    = 20_000
	mostUnpacked = 1 << 30   // of all files together
	mostPart     = 256 << 20 // of one file
	mostDrawings = 64 << 20  // of all drawings, which are held
	mostRatio    = 400       // a file packed more tightly is no text of ours
)

// bundleOf opens a packed file that is not a workbook; nil if it is one, or none
// at all.
func bundleOf(f File) *zip.Reader {
	archive, err := zip.NewReader(f, f.Size)
	if err != nil || slices.ContainsFunc(archive.File, func(one *zip.File) bool { return one.Name == "[Content_Types].xml" }) {
		return nil
	}
	return archive
}

// bundle reads a packed folder (打包文件): items in any of the forms we read, and
// beside them procedures drawn in BPMN, each named after its item. Faults:
// intake.bundle.many, .bomb, .nested.
func bundle(archive *zip.Reader, see func(Entry) error) error {
	parts, err := admitted(archive)
	if err != nil {
		return err
	}
	drawn, err := drawings(parts)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if strings.HasSuffix(strings.ToLower(p.Name), ".bpmn") {
			continue
		}
		body, err := unpacked(p)
		if err != nil {
			return err
		}
		inner := File{Name: p.Name, Size: int64(len(body)), ReaderAt: bytes.NewReader(body)}
		if bytes.HasPrefix(body, []byte("PK\x03\x04")) && bundleOf(inner) != nil {
			return fault.New(fault.Invalid, "intake.bundle.nested", "压缩包里不能再有压缩包（%s），请解开后重新打包", short(p.Name))
		}
		var held []Entry
		err = Look(inner, func(e Entry) error { held = append(held, e); return nil }, func() { held = nil })
		if err != nil {
			held = []Entry{{Findings: faulty(err)}}
		}
		for _, e := range held {
			e.Place = strings.TrimSpace(p.Name + " " + e.Place)
			drawn.attach(&e)
			if err := see(e); err != nil {
				return err
			}
		}
	}
	return drawn.rest(see)
}

func admitted(archive *zip.Reader) ([]*zip.File, error) {
	var parts []*zip.File
	var total uint64
	for _, f := range archive.File {
		if f.FileInfo().IsDir() || strings.HasPrefix(path.Base(f.Name), ".") || strings.HasPrefix(f.Name, "__MACOSX/") {
			continue
		}
		total += f.UncompressedSize64
		if total > mostUnpacked || f.UncompressedSize64 > mostPart || f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/mostRatio > f.CompressedSize64 {
			return nil, fault.New(fault.TooLarge, "intake.bundle.bomb", "压缩包解开后大得不合常理，不予读取；确是正常文件的请分开上传")
		}
		if parts = append(parts, f); len(parts) > mostFiles {
			return nil, fault.New(fault.TooLarge, "intake.bundle.many", "压缩包里超过%d个文件，请分开上传", mostFiles)
		}
	}
	return parts, nil
}

func unpacked(f *zip.File) ([]byte, error) {
	broken := fault.New(fault.Invalid, "intake.bundle.broken", "压缩包里的“%s”解不开，请重新打包", short(f.Name))
	r, err := f.Open()
	if err != nil {
		return nil, broken
	}
	defer r.Close()
	body, err := io.ReadAll(io.LimitReader(r, int64(f.UncompressedSize64)+1))
	if err != nil || uint64(len(body)) != f.UncompressedSize64 {
		return nil, broken
	}
	return body, nil
}

func short(name string) string { return fmt.Sprintf("%.80s", path.Base(name)) }

// drawn are the procedures of a bundle by the name of their file.
type drawn struct {
	by    map[string]drawnOne
	order []string
}

type drawnOne struct {
	file string
	d    flow.Definition
	err  error
	said []items.Finding
}

func drawings(parts []*zip.File) (*drawn, error) {
	all := &drawn{by: map[string]drawnOne{}}
	var total uint64
	for _, p := range parts {
		if !strings.HasSuffix(strings.ToLower(p.Name), ".bpmn") {
			continue
		}
		if total += p.UncompressedSize64; total > mostDrawings {
			return nil, fault.New(fault.TooLarge, "intake.bundle.bomb", "压缩包里的流程图合计超过%dMB，请分开上传", mostDrawings>>20)
		}
		body, err := unpacked(p)
		if err != nil {
			return nil, err
		}
		one := drawnOne{file: p.Name}
		var found []flow.Finding
		one.d, found, one.err = bpmn.Import(body)
		one.said = drawnFindings(found)
		name := strings.TrimSuffix(path.Base(p.Name), path.Ext(p.Name))
		if _, twice := all.by[name]; !twice {
			all.order = append(all.order, name)
		}
		all.by[name] = one
	}
	return all, nil
}

// attach gives an item the procedure that bears its name.
func (all *drawn) attach(e *Entry) {
	if e.Edition == nil {
		return
	}
	name := string(e.Edition.Item)
	one, ok := all.by[name]
	if !ok {
		return
	}
	delete(all.by, name)
	if one.err != nil {
		e.Findings = append(e.Findings, items.Finding{Rule: fault.Code(one.err), Severity: items.Error, Path: "procedure", Say: one.file + "：" + fault.Say(one.err)})
		return
	}
	own := e.Edition.Procedure
	one.d.ID, one.d.Name = own.ID, own.Name
	if own.ID == "" {
		one.d.ID, one.d.Name = name, e.Edition.Name
	}
	if !alike(own, one.d) {
		e.Edition.Procedure = one.d
	}
	e.Findings = append(e.Findings, one.said...)
}

// alike reports whether two definitions differ only in where things stand.
func alike(a, b flow.Definition) bool {
	one, err := json.Marshal(unplaced(a))
	other, err2 := json.Marshal(unplaced(b))
	return err == nil && err2 == nil && bytes.Equal(one, other)
}

func unplaced(d flow.Definition) flow.Definition {
	d.Nodes, d.Edges, d.Notes = slices.Clone(d.Nodes), slices.Clone(d.Edges), slices.Clone(d.Notes)
	for i := range d.Nodes {
		d.Nodes[i].Box = nil
	}
	for i := range d.Edges {
		d.Edges[i].Points = nil
	}
	for i := range d.Notes {
		d.Notes[i].Box = nil
	}
	return d
}

// rest shows the drawings that belong to no item of the bundle.
func (all *drawn) rest(see func(Entry) error) error {
	for _, name := range all.order {
		one, ok := all.by[name]
		if !ok {
			continue
		}
		e := Entry{Place: one.file, Findings: one.said}
		if one.err != nil {
			e.Findings = faulty(one.err)
		} else {
			e.Drawing, e.Of = &one.d, []items.ID{items.ID(name), items.ID(one.d.ID)}
		}
		if err := see(e); err != nil {
			return err
		}
	}
	return nil
}
