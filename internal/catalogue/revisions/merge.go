package revisions

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"tongban/internal/catalogue/items"
)

// merge takes the changes from base to mine over to latest, element by element,
// and names the elements that both changed: there mine stands, and was is what
// the latest edition says.
func merge(base, latest, mine *items.Edition) (*items.Edition, []Difference, error) {
	var parts [3]map[string]json.RawMessage
	for i, e := range []*items.Edition{base, latest, mine} {
		var err error
		if parts[i], err = elements(e); err != nil {
			return nil, nil, err
		}
	}
	was, now, own := parts[0], parts[1], parts[2]
	clash := false
	for name := range allNames(now, own) {
		if bytes.Equal(own[name], was[name]) {
			put(own, name, now[name])
		} else if !bytes.Equal(now[name], was[name]) && !bytes.Equal(now[name], own[name]) {
			clash = true
		}
	}
	text, err := edition(own)
	if err != nil || !clash {
		return text, nil, err
	}
	return text, bothChanged(base, latest, mine), nil
}

// bothChanged are the differences between latest and mine at places that latest
// changed too.
func bothChanged(base, latest, mine *items.Edition) []Difference {
	theirs := Diff(base, latest)
	ours := Diff(base, mine)
	var both []Difference
	for _, d := range Diff(latest, mine) {
		same := func(o Difference) bool { return o.Path == d.Path }
		if slices.ContainsFunc(theirs, same) && slices.ContainsFunc(ours, same) {
			both = append(both, d)
		}
	}
	return both
}

func allNames(maps ...map[string]json.RawMessage) map[string]bool {
	names := map[string]bool{}
	for _, m := range maps {
		for name := range m {
			names[name] = true
		}
	}
	return names
}

func put(m map[string]json.RawMessage, name string, value json.RawMessage) {
	if value == nil {
		delete(m, name)
		return
	}
	m[name] = value
}

func elements(e *items.Edition) (map[string]json.RawMessage, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("write edition %s: %w", e.Item, err)
	}
	parts := map[string]json.RawMessage{}
	if err := json.Unmarshal(body, &parts); err != nil {
		return nil, fmt.Errorf("take edition %s apart: %w", e.Item, err)
	}
	return parts, nil
}

func edition(parts map[string]json.RawMessage) (*items.Edition, error) {
	body, err := json.Marshal(parts)
	if err != nil {
		return nil, fmt.Errorf("put edition together: %w", err)
	}
	var e items.Edition
	if err := json.Unmarshal(body, &e); err != nil {
		return nil, fmt.Errorf("put edition together: %w", err)
	}
	e.State = items.Draft
	return &e, nil
}
