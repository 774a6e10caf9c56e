package themes

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/pinyin"
)

// Answers reports whether a search in a list means the theme: by a part of its
// name or of what people say instead, or by their initials (xse). An empty query
// means every theme.
func (t *Theme) Answers(query string) bool {
	query = items.Tidy(query)
	return slices.ContainsFunc(append([]string{t.Name}, t.Synonyms...), func(name string) bool {
		return strings.Contains(items.Tidy(name), query) || strings.Contains(pinyin.Initials(pinyin.Syllables(name)), strings.ToLower(query))
	})
}
