package industries

import (
	"slices"

	"github.com/goccy/go-yaml"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
)

// ID names an industry for good.
type ID string

// Industry is the template of one industry.
type Industry struct {
	ID       ID         `json:"id"`
	Name     string     `json:"name"` // 便利店
	Synonyms []string   `json:"synonyms,omitempty"`
	Plain    string     `json:"plain"`   // what it is, in plain words
	Theme    themes.ID  `json:"theme"`   // what one applies with
	Permits  []items.ID `json:"permits"` // whose certificates are parts of the licence
	Assumed  []string   `json:"assumed,omitempty"`
}

// Covers reports whether the certificate of an item is part of the licence.
func (i *Industry) Covers(item items.ID) bool { return slices.Contains(i.Permits, item) }

// Step is one of the things that an industry's licence makes one of many.
type Step struct {
	Name string `json:"name"` // 一表申请
	Say  string `json:"say"`
}

// Practice is what another place has written down (各地做法), for those who
// keep the templates.
type Practice struct {
	Place      string   `json:"place"`
	Document   string   `json:"document,omitempty"`
	Title      string   `json:"title,omitempty"`
	Date       string   `json:"date"`
	Since      string   `json:"since,omitempty"`
	Industries int      `json:"industries,omitempty"` // how many, in its first list
	Steps      []string `json:"steps,omitempty"`
	Note       string   `json:"note,omitempty"`
}

// Book is all templates of a city.
type Book struct {
	Steps      []Step     `json:"steps"`
	Industries []Industry `json:"industries"`
	Practices  []Practice `json:"practices,omitempty"`
	Basis      string     `json:"basis"`
}

// Read reads templates written in YAML; a field it does not know, an industry
// without a theme or a permit, and one that stands there twice are refused.
// Faults: industries.read, industries.read.incomplete, industries.read.twice.
func Read(text []byte) (*Book, error) {
	if err := items.Plain(text); err != nil {
		return nil, err
	}
	var b Book
	if err := yaml.UnmarshalWithOptions(text, &b, yaml.Strict()); err != nil {
		refused := fault.New(fault.Invalid, "industries.read", "行业模板的文字读不懂，请按所列位置修改")
		return nil, legible.Unread(refused, err)
	}
	seen := map[ID]bool{}
	for _, i := range b.Industries {
		if i.ID == "" || i.Name == "" || i.Theme == "" || len(i.Permits) == 0 {
			return nil, fault.New(fault.Invalid, "industries.read.incomplete", "行业“%.40s”要写明名称、一件事和至少一项许可", i.Name+string(i.ID))
		}
		if seen[i.ID] {
			return nil, fault.New(fault.Invalid, "industries.read.twice", "行业“%s”写了两次", i.Name)
		}
		seen[i.ID] = true
	}
	return &b, nil
}

// Industry finds one; the fault is industries.none.
func (b *Book) Industry(id ID) (*Industry, error) {
	for i := range b.Industries {
		if b.Industries[i].ID == id {
			return &b.Industries[i], nil
		}
	}
	return nil, fault.New(fault.NotFound, "industries.none", "没有“%.40s”这个行业，请从一业一证目录中选择", id)
}

// OfTheme is the industry that one applies for with a theme.
func (b *Book) OfTheme(id themes.ID) (*Industry, bool) {
	for i := range b.Industries {
		if b.Industries[i].Theme == id {
			return &b.Industries[i], true
		}
	}
	return nil, false
}
