package intake

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"io"

	"github.com/goccy/go-yaml"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/flow/bpmn"
	"tongban/internal/engine/flow/draw"
)

// A Packer packs items into one file (打包导出), each as YAML beside its procedure
// as other modelling tools read it. What it packs is read back by Look.
type Packer struct{ zip *zip.Writer }

// Pack begins a packed file, which is written as items are added.
func Pack(to io.Writer) *Packer { return &Packer{zip.NewWriter(to)} }

// Add packs one item.
func (p *Packer) Add(e *items.Edition) error {
	text, err := YAML(e)
	if err != nil {
		return err
	}
	d := e.Procedure
	if !draw.Placed(d) {
		d = draw.Layout(d)
	}
	name := FileName(e.Item)
	return errors.Join(p.put(name+".yaml", text), p.put(name+".bpmn", bpmn.Export(d)))
}

func (p *Packer) put(name string, body []byte) error {
	part, err := p.zip.Create(name)
	if err != nil {
		return err
	}
	_, err = part.Write(body)
	return err
}

// Close ends the packed file.
func (p *Packer) Close() error { return p.zip.Close() }

// YAML is an edition as text that people edit and we read again.
func YAML(e *items.Edition) ([]byte, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	return yaml.JSONToYAML(body)
}

// FileName is an item's name as a file of any system may have it.
func FileName(id items.ID) string {
	safe := []rune(string(id))
	for i, r := range safe {
		if r < ' ' || r == '/' || r == '\\' || r == ':' || r == '.' && i == 0 {
			safe[i] = '_'
		}
	}
	return string(safe)
}
