package themes

import (
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/goccy/go-yaml"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
)

// Read reads one theme written in YAML or JSON; a field it does not know is
// refused, with the place where it stands.
func Read(text []byte) (*Theme, error) {
	if err := items.Plain(text); err != nil {
		return nil, err
	}
	var t Theme
	if err := yaml.UnmarshalWithOptions(text, &t, yaml.Strict()); err != nil {
		refused := fault.New(fault.Invalid, "themes.read", "一件事的文字读不懂，请按所列位置修改")
		return nil, legible.Unread(refused, err)
	}
	return &t, nil
}

// ReadAll reads every *.yaml file of a folder in the order of their names.
func ReadAll(files fs.FS, folder string) ([]*Theme, error) {
	names, err := fs.Glob(files, path.Join(folder, "*.yaml"))
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", folder, err)
	}
	slices.Sort(names)
	var all []*Theme
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		t, err := Read(text)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w %v", name, err, fault.Fields(err))
		}
		all = append(all, t)
	}
	return all, nil
}
