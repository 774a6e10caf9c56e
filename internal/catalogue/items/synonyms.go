package items

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
)

// Synonyms are the plain words in which people ask, and the words of the
// catalogue that mean the same (大白话词表).
type Synonyms struct {
	Fillers []string  `json:"fillers"` // words that say nothing: 我想, 怎么
	Pairs   []Synonym `json:"pairs"`
}

// A Synonym says that who says one thing means another.
type Synonym struct {
	Say  []string `json:"say"`
	Mean []string `json:"mean"`
}

// ReadSynonyms reads a synonym table in YAML.
func ReadSynonyms(text []byte) (*Synonyms, error) {
	var s Synonyms
	if err := yaml.UnmarshalWithOptions(text, &s, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read synonyms: %w", err)
	}
	return &s, nil
}

// bare is a folded query without the words that say nothing; a query of
// nothing else stays as it is.
func (s *Synonyms) bare(query string) string {
	if s == nil {
		return query
	}
	left := query
	for _, f := range s.Fillers {
		left = strings.ReplaceAll(left, f, "")
	}
	if len([]rune(left)) < 2 {
		return query
	}
	return left
}

// meanings are what a folded query may mean besides what it says.
func (s *Synonyms) meanings(query string) []string {
	if s == nil {
		return nil
	}
	var means []string
	for _, p := range s.Pairs {
		for _, say := range p.Say {
			if strings.Contains(query, say) {
				means = append(means, p.Mean...)
				break
			}
		}
	}
	return means
}
