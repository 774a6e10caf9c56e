package agencies

import (
	"fmt"

	"github.com/goccy/go-yaml"
)

// Parse reads agencies from a YAML list, refusing fields it does not know.
func Parse(text []byte) ([]Agency, error) {
	var all []Agency
	if err := yaml.UnmarshalWithOptions(text, &all, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read agencies: %w", err)
	}
	for _, a := range all {
		if err := a.Check(); err != nil {
			return nil, fmt.Errorf("agency %s: %w", a.ID, err)
		}
	}
	return all, nil
}
