package scheme

import (
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
)

// Match puts editions of a catalogue in the place of what the scheme itself
// tells of an item, where name or code is the same. What is said of the items
// that were found, and how many, is reported as findings.
func (s *Scheme) Match(catalogue []*items.Edition) {
	for i := range s.Theme.Components {
		c := &s.Theme.Components[i]
		told := s.Editions[c.Item]
		e := matching(c.Name, told, catalogue)
		if e == nil {
			continue
		}
		if told != nil && !told.Promised.None() && !e.Promised.None() && told.Promised != e.Promised {
			s.Findings = append(s.Findings, themes.Finding{Rule: "scheme.match.limit", Severity: items.Warning, Path: "items." + c.Name,
				Say: "“" + c.Name + "”方案写" + told.Promised.String() + "，清单写" + e.Promised.String() + "，按清单推算"})
		}
		delete(s.Editions, c.Item)
		for j := range s.Theme.Order {
			s.Theme.Order[j] = renamed(s.Theme.Order[j], c.Item, e.Item)
		}
		c.Item = e.Item
		s.Editions[e.Item] = e
	}
}

func renamed(o themes.Order, from, to items.ID) themes.Order {
	if o.Before == from {
		o.Before = to
	}
	if o.After == from {
		o.After = to
	}
	return o
}

func matching(name string, told *items.Edition, catalogue []*items.Edition) *items.Edition {
	bare := plain(name)
	for _, e := range catalogue {
		if told != nil && told.Codes.Catalogue != "" && told.Codes.Catalogue == e.Codes.Catalogue || plain(e.Name) == bare {
			return e
		}
		for _, former := range e.FormerNames {
			if plain(former) == bare {
				return e
			}
		}
	}
	return nil
}

// plain is a name without what stands in brackets.
func plain(name string) string {
	for _, pair := range [][2]string{{"（", "）"}, {"(", ")"}} {
		for {
			before, rest, ok := strings.Cut(name, pair[0])
			_, after, closed := strings.Cut(rest, pair[1])
			if !ok || !closed {
				break
			}
			name = before + after
		}
	}
	return strings.ReplaceAll(name, " ", "")
}
