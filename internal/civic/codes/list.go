package codes

import (
	"embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed lists/*.csv
var listFiles embed.FS

// A List is a code list (代码表): the entries of one standard, each with the
// codes that other systems use for the same thing.
type List struct {
	ID       string   // the name of its file: item-type
	Title    string   // 事项类型
	Source   string   // GB/T 39046-2020 A.1
	Variants []string // the other systems: platform, letters…
	Entries  []Entry
}

// An Entry is one line of a code list.
type Entry struct {
	Code     string
	Label    string
	Variants map[string]string // code in another system; absent where it has none
}

// Find returns the entry with this code.
func (l List) Find(code string) (Entry, bool) { return l.From("", code) }

// Label is the words for a code; the code itself where the list has none.
func (l List) Label(code string) string {
	if e, ok := l.Find(code); ok {
		return e.Label
	}
	return code
}

// Named returns the entry with this label.
func (l List) Named(label string) (Entry, bool) {
	return l.first(func(e Entry) bool { return e.Label == label })
}

// From returns the entry that another system writes as code; the variant "" is
// the list's own.
func (l List) From(variant, code string) (Entry, bool) {
	return l.first(func(e Entry) bool {
		if variant == "" {
			return e.Code == code
		}
		return e.Variants[variant] != "" && slices.Contains(strings.Split(e.Variants[variant], "|"), code)
	})
}

func (l List) first(is func(Entry) bool) (Entry, bool) {
	i := slices.IndexFunc(l.Entries, is)
	if i < 0 {
		return Entry{}, false
	}
	return l.Entries[i], true
}

// Lists are all code lists, by ID.
func Lists() map[string]List { return lists() }

// ItemTypes is the list of item types (事项类型).
func ItemTypes() List { return lists()["item-type"] }

// lists reads the files once. They are part of the program, and a test reads
// every line of them, so a bad one cannot ship.
var lists = sync.OnceValue(func() map[string]List {
	all, err := readLists()
	if err != nil {
		panic(err)
	}
	return all
})

func readLists() (map[string]List, error) {
	files, err := listFiles.ReadDir("lists")
	if err != nil {
		return nil, fmt.Errorf("read code lists: %w", err)
	}
	all := map[string]List{}
	for _, f := range files {
		text, err := listFiles.ReadFile("lists/" + f.Name())
		if err != nil {
			return nil, fmt.Errorf("read code list %s: %w", f.Name(), err)
		}
		l, err := readList(strings.TrimSuffix(f.Name(), ".csv"), string(text))
		if err != nil {
			return nil, fmt.Errorf("read code list %s: %w", f.Name(), err)
		}
		all[l.ID] = l
	}
	return all, nil
}

// readList reads one file: a line "# title, source", the names of the columns,
// then the entries.
func readList(id, text string) (List, error) {
	head, body, _ := strings.Cut(text, "\n")
	title, source, ok := strings.Cut(strings.TrimPrefix(head, "# "), ", ")
	if !ok {
		return List{}, fmt.Errorf("no title and source in %q", head)
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		return List{}, err
	}
	if len(rows) < 2 || rows[0][0] != "code" || rows[0][1] != "label" {
		return List{}, fmt.Errorf("no columns code and label, or no entries")
	}
	l := List{ID: id, Title: title, Source: source, Variants: rows[0][2:]}
	for _, row := range rows[1:] {
		e := Entry{row[0], row[1], map[string]string{}}
		for i, variant := range l.Variants {
			e.Variants[variant] = row[2+i]
		}
		if _, twice := l.Find(e.Code); twice || e.Code == "" || e.Label == "" {
			return List{}, fmt.Errorf("code %q is there twice or empty", e.Code)
		}
		l.Entries = append(l.Entries, e)
	}
	return l, nil
}
