package scheme

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/foreign"
	"tongban/internal/civic/codes"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
)

// typed are ways of typing that YAML does not know and people do not see: tabs
// before a line, a full-width colon behind its key, full-width dashes of a list.
var typed = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`(?m)^( *)\t`), "$1  "},
	{regexp.MustCompile(`(?m)^([ ]*(?:[-－—] *)?[^\s:：'"#{\[][^:：'"#{\[]*)：[ \t]*`), "$1: "},
	{regexp.MustCompile(`(?m)^( *)[－—][ \t]*`), "$1- "},
}

// retyped is the text as it was probably meant.
func retyped(text []byte) []byte {
	for _, t := range typed {
		for range 20 { // as deep as anybody indents
			next := t.pattern.ReplaceAll(text, []byte(t.instead))
			if bytes.Equal(next, text) {
				break
			}
			text = next
		}
	}
	return text
}

// parse reads every document of a text.
func parse(text []byte) ([]any, error) {
	if err := items.Plain(text); err != nil {
		return nil, err
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	var all []any
	for {
		var v any
		err := d.Decode(&v)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, unreadable(err)
		}
		all = append(all, tidied(v))
	}
}

func unreadable(err error) error {
	refused := fault.New(fault.Invalid, "themes.read", "方案文件读不懂，请检查是否为 YAML 或者 JSON 格式")
	return legible.Unread(refused, err)
}

// tidied is a value whose keys are written as we write ours: no space around
// them, nothing full-width, small letters, words joined by _.
func tidied(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = tidied(v[i])
		}
		return v
	case map[string]any:
		made := make(map[string]any, len(v))
		for _, key := range slices.Sorted(maps.Keys(v)) {
			plain := keyOf(key)
			if _, there := made[plain]; there || plain == "" {
				plain = key // two that differ in nothing else: neither is lost
			}
			made[plain] = tidied(v[key])
		}
		return made
	}
	return v
}

// camel is where one word of a key ends and the next begins, as in leadDept.
var camel = regexp.MustCompile(`([a-z0-9])([A-Z])`)

func keyOf(key string) string {
	key = strings.TrimSpace(strings.Map(codes.Halfwidth, key))
	key = strings.Trim(key, "“”\"'：: 　")
	if strings.IndexFunc(key, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		return strings.ReplaceAll(key, " ", "")
	}
	key = camel.ReplaceAllString(key, "${1}_$2")
	return strings.ToLower(strings.NewReplacer("-", "_", " ", "_").Replace(key))
}

// apart are the things that a text names: on lines of their own, or divided by 、
// or ；, but not within brackets.
func apart(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		line = foreign.Unnumbered(line)
		depth := 0
		parts := strings.FieldsFunc(line, func(r rune) bool {
			switch r {
			case '（', '(', '【', '[':
				depth++
			case '）', ')', '】', ']':
				depth--
			}
			return depth <= 0 && strings.ContainsRune("、；;，,\n", r)
		})
		for _, p := range parts {
			if p = strings.TrimSpace(p); p != "" {
				all = append(all, p)
			}
		}
	}
	return all
}
