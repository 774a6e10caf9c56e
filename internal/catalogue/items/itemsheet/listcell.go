package itemsheet

import (
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/forms"
)

// lines are several texts, one a line of the cell.
func lines[T any, S ~string](head string, at func(*T) *[]S) column[T] {
	return column[T]{head: head, width: 30,
		get: func(t *T) string {
			all := texts(*at(t))
			for i, s := range all {
				all[i] = escaped(s, "\n")
			}
			return strings.Join(all, "\n")
		},
		set: func(t *T, s string) error {
			*at(t) = nil
			for _, one := range divided(s, '\n') {
				if one = unescaped(one); one != "" {
					*at(t) = append(*at(t), S(one))
				}
			}
			return nil
		}}
}

// bases are laws, one a line: 《食品安全法》第三十五条：条文.
func bases[T any](head string, at func(*T) *[]items.Basis) column[T] {
	return column[T]{head: head, width: 36,
		get: func(t *T) string {
			all := make([]string, len(*at(t)))
			for i, b := range *at(t) {
				all[i] = "《" + escaped(b.Law, "《》\n") + "》" + escaped(b.Article, "：\n")
				if b.Text != "" {
					all[i] += "：" + escaped(b.Text, "\n")
				}
			}
			return strings.Join(all, "\n")
		},
		set: func(t *T, s string) error {
			*at(t) = nil
			for _, one := range divided(s, '\n') {
				if strings.TrimSpace(one) != "" {
					*at(t) = append(*at(t), basisOf(one))
				}
			}
			return nil
		}}
}

func basisOf(s string) items.Basis {
	var law string
	rest := s
	if after, ok := strings.CutPrefix(s, "《"); ok {
		parts := divided(after, '》')
		for n := 1; n < len(parts); n++ { // 《关于《办法》的批复》 closes as often as it opens
			if law = strings.Join(parts[:n], "》"); strings.Count(law, "《")-strings.Count(law, `\《`) == n-1 {
				rest = strings.Join(parts[n:], "》")
				return withText(items.Basis{Law: unescaped(law)}, rest)
			}
		}
	}
	parts := divided(rest, '：')
	return items.Basis{Law: unescaped(parts[0]), Text: unescaped(strings.Join(parts[1:], "："))}
}

func withText(b items.Basis, rest string) items.Basis {
	parts := divided(rest, '：')
	b.Article, b.Text = unescaped(parts[0]), unescaped(strings.Join(parts[1:], "："))
	return b
}

// options are the answers to choose from, one a line: value, or value=label.
func options[T any](head string, at func(*T) *[]forms.Option) column[T] {
	return column[T]{head: head, width: 24,
		get: func(t *T) string {
			all := make([]string, len(*at(t)))
			for i, o := range *at(t) {
				if all[i] = escaped(o.Value, "=\n"); o.Label != o.Value || o.Value == "" {
					all[i] += "=" + escaped(o.Label, "\n")
				}
			}
			return strings.Join(all, "\n")
		},
		set: func(t *T, s string) error {
			*at(t) = nil
			for _, one := range divided(s, '\n') {
				if one == "" {
					continue
				}
				parts := divided(one, '=')
				o := forms.Option{Value: unescaped(parts[0]), Label: unescaped(parts[0])}
				if len(parts) > 1 {
					o.Label = unescaped(strings.Join(parts[1:], "="))
				}
				*at(t) = append(*at(t), o)
			}
			return nil
		}}
}

// escaped writes a text so that marks in it do not divide it.
func escaped(s, marks string) string {
	if !strings.ContainsAny(s, marks+`\`) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' && strings.ContainsRune(marks, '\n'):
			b.WriteString(`\n`)
			continue
		case r == '\\' || strings.ContainsRune(marks, r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func unescaped(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	quoted := false
	for _, r := range s {
		switch {
		case !quoted && r == '\\':
			quoted = true
			continue
		case quoted && r == 'n':
			r = '\n'
		}
		quoted = false
		b.WriteRune(r)
	}
	if quoted {
		b.WriteByte('\\')
	}
	return b.String()
}

// divided divides a text at a mark that is not escaped; it never is empty.
func divided(s string, mark rune) []string {
	var parts []string
	from, quoted := 0, false
	for i, r := range s {
		switch {
		case quoted:
			quoted = false
		case r == '\\':
			quoted = true
		case r == mark:
			parts = append(parts, s[from:i])
			from = i + len(string(mark))
		}
	}
	return append(parts, s[from:])
}
