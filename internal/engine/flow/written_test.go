package flow_test

import (
	"encoding/json"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongban/internal/engine/flow"
)

func TestDefinitionsSurviveBeingWrittenDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDefinition(t)
		for name, through := range map[string]func(any, any) error{"json": throughJSON, "yaml": throughYAML} {
			var read flow.Definition
			if err := through(d, &read); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if diff := cmp.Diff(d, read); diff != "" {
				t.Fatalf("%s: %s", name, diff)
			}
		}
	})
}

func throughJSON(from, to any) error {
	text, err := json.Marshal(from)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, to)
}

func throughYAML(from, to any) error {
	text, err := yaml.Marshal(from)
	if err != nil {
		return err
	}
	return yaml.Unmarshal(text, to)
}
