package forms

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
)

// Normalize brings what was typed into the form in which it is kept (see the
// kinds), joins the three fields of a date, and drops what is empty or is not
// asked under these answers. What cannot be read stays as it is, and so do
// fields the form does not have: Check speaks about both. What hangs on the day
// (今天) is kept, for the day is not told here. Doing it twice changes nothing.
func Normalize(f Form, given Answers) Answers {
	tidy := normal(f, given)
	asked := f.asked(tidy, 0)
	for _, field := range f.All() {
		if !asked[field.ID] {
			delete(tidy, field.ID)
		}
	}
	return tidy
}

// normal tidies every answer and drops the empty ones.
func normal(f Form, given Answers) Answers {
	tidy := maps.Clone(given)
	if tidy == nil {
		tidy = Answers{}
	}
	for _, field := range f.All() {
		if field.Kind == Date || field.Kind == Birth {
			joinDay(tidy, field.ID)
		}
		if v, ok := tidy[field.ID]; ok {
			tidy[field.ID] = field.normal(v)
		}
	}
	maps.DeleteFunc(tidy, func(_, v string) bool { return v == "" })
	return tidy
}

// joinDay makes one answer of ID.year, ID.month and ID.day.
func joinDay(a Answers, id string) {
	var parts []string
	for _, part := range []string{".year", ".month", ".day"} {
		v, ok := a[id+part]
		if !ok {
			return
		}
		parts = append(parts, codes.Tidy(v))
	}
	for _, part := range []string{".year", ".month", ".day"} {
		delete(a, id+part)
	}
	if a[id] = strings.Join(parts, "-"); a[id] == "--" {
		delete(a, id)
	}
}

// What people write between the figures of an amount and of a day.
var (
	figures  = strings.NewReplacer(",", "", "¥", "", "，", "")
	daySigns = strings.NewReplacer("年", "-", "月", "-", "日", "", "/", "-", ".", "-")
)

// normal is one answer in the form in which it is kept.
func (f *Field) normal(v string) string {
	switch f.Kind {
	case Number, Money:
		return figures.Replace(codes.Tidy(v))
	case Date, Birth:
		return normalDay(v)
	case Mobile:
		return readOr(v, codes.ParseMobile)
	case IDNumber, USCC:
		return codes.Tidy(v)
	case Bank:
		return strings.ReplaceAll(codes.Tidy(v), "-", "")
	case Region:
		return readOr(v, func(s string) (string, error) { d, err := codes.ParseDivision(s); return string(d), err })
	case YesNo:
		return normalYesNo(v)
	case Choices, File:
		return f.normalSeveral(v)
	case Email:
		return strings.TrimSpace(v)
	default:
		return tidyText(v, f.Kind == LongText)
	}
}

// readOr is what read makes of the text, or the text trimmed if it makes nothing.
func readOr(v string, read func(string) (string, error)) string {
	if out, err := read(v); err == nil {
		return out
	}
	return strings.TrimSpace(v)
}

// normalDay reads the ways people write a date: 2026-9-24, 2026/9/24, 2026.9.24,
// 2026年9月24日, 20260924. One that is no day stays as it is.
func normalDay(v string) string {
	v = codes.Tidy(v)
	text := daySigns.Replace(v)
	if len(text) == 8 && strings.Trim(text, "0123456789") == "" {
		text = text[:4] + "-" + text[4:6] + "-" + text[6:]
	}
	p := strings.Split(text, "-")
	if len(p) != 3 {
		return v
	}
	for i := range p {
		n, err := strconv.Atoi(p[i])
		if err != nil || n < 0 {
			return v
		}
		if p[i] = strconv.Itoa(n); len(p[i]) == 1 {
			p[i] = "0" + p[i]
		}
	}
	if day := calendar.Parse(strings.Join(p, "-")); day != 0 {
		return day.String()
	}
	return v
}

func normalYesNo(v string) string {
	switch v = strings.TrimSpace(v); strings.ToLower(v) {
	case "yes", "true", "1", "on", "y":
		return Yes
	case "no", "false", "0", "off", "n":
		return No
	default:
		return v
	}
}

// normalSeveral puts the values each once: those of options in the order of the
// options, others after them as they came.
func (f *Field) normalSeveral(v string) string {
	var values []string
	for line := range strings.SplitSeq(v, "\n") {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(values, line) {
			values = append(values, line)
		}
	}
	slices.SortStableFunc(values, func(a, b string) int { return f.place(a) - f.place(b) })
	return strings.Join(values, "\n")
}

// place is where the option stands, past the last for what is no option.
func (f *Field) place(value string) int {
	if at := slices.IndexFunc(f.Options, func(o Option) bool { return o.Value == value }); at >= 0 {
		return at
	}
	return len(f.Options)
}
