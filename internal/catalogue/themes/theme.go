package themes

import (
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/condition"
	"tongban/internal/engine/forms"
)

// ID names a theme for good; its editions are numbered under it.
type ID string

// A Class is who set the standard of a theme (苏协调小组〔2021〕1号 二).
type Class string

// The classes, in the order in which portals show them.
const (
	Finest     Class = "精品"
	Provincial Class = "省定标准"
	Local      Class = "地方探索"
)

// Classes are all classes.
func Classes() []Class { return []Class{Finest, Provincial, Local} }

// A Theme is one edition of one matter made of several items.
type Theme struct {
	ID       ID       `json:"id"`
	Number   int      `json:"number"` // 1, 2, … in the order of publication
	Name     string   `json:"name"`
	Synonyms []string `json:"synonyms,omitempty"` // what people say instead
	Class    Class    `json:"class"`
	Stage    string   `json:"stage"`            // of the life of a person or a firm: 出生, 开办
	Org      bool     `json:"org,omitempty"`    // for firms and organizations; otherwise for persons
	Region   string   `json:"region,omitempty"` // 12-digit division code it is offered in

	Lead     Department   `json:"lead"` // 牵头部门
	Partners []Department `json:"partners,omitempty"`

	Plain      string           `json:"plain,omitempty"`      // what it is, in plain words
	Conditions []string         `json:"conditions,omitempty"` // who may apply, in plain words
	Questions  []forms.Question `json:"questions,omitempty"`  // which components apply
	Components []Component      `json:"components"`
	Order      []Order          `json:"order,omitempty"`
	Promised   clock.Limit      `json:"promised"` // for the whole

	Names     []Same            `json:"names,omitempty"`     // names of materials that a person has judged
	Fields    []Joined          `json:"fields,omitempty"`    // fields a person found to ask the same thing
	People    map[string]string `json:"people,omitempty"`    // who is meant: 持卡人 → 新生儿
	Materials []items.Material  `json:"materials,omitempty"` // demanded of the whole, of no item in particular

	Carried []Carried `json:"carried,omitempty"` // answers that a component gives to others

	Generated []string `json:"generated,omitempty"` // materials the program writes itself

	Assumed   []string     `json:"assumed,omitempty"` // elements the source lacks
	Source    string       `json:"source,omitempty"`
	Effective calendar.Day `json:"effective,omitzero"`
	Retired   calendar.Day `json:"retired,omitzero"`

	Superior *Superior `json:"superior,omitempty"` // the edition of a superior's library that this was made of

	Inner bool `json:"inner,omitempty"` // offered only from within something else, such as a construction project; not in any list
}

// A Department takes part in a theme: by the words of its source, and as the
// agency of this city that stands for it.
type Department struct {
	Name   string `json:"name"`
	Agency string `json:"agency,omitempty"` // agencies.ID
}

// A Component is an item within a theme.
type Component struct {
	Item     items.ID      `json:"item"`
	Edition  int           `json:"edition,omitempty"`  // 0: the one in force
	Name     string        `json:"name,omitempty"`     // for people, where the item's own name says too much
	When     string        `json:"when,omitempty"`     // over the questionnaire; empty: for everyone
	Optional bool          `json:"optional,omitempty"` // one may leave it out, and its failure holds up nobody
	Given    forms.Answers `json:"given,omitempty"`    // what this theme answers for the item
}

// An Order says that one component waits for another, and why.
type Order struct {
	Before items.ID `json:"before"`
	After  items.ID `json:"after"`
	Why    string   `json:"why,omitempty"`
}

// Same is what a person said of several names: that they mean one paper, or,
// when Apart, that they do not.
type Same struct {
	Names []string `json:"names"`
	As    string   `json:"as,omitempty"`
	Apart bool     `json:"apart,omitempty"`
	By    string   `json:"by"`
}

// Joined is what a person said of several fields: that they ask one thing,
// called As; or of a single field, that it is a thing of its own.
type Joined struct {
	As     string `json:"as"`
	Fields []Ref  `json:"fields"`
	By     string `json:"by"`
}

// Carried says which answers become known when a component is done: the number
// of the child once it is registered. They are not asked before.
type Carried struct {
	From items.ID `json:"from"`
	To   []Ref    `json:"to"`
	Why  string   `json:"why,omitempty"`
}

// A Ref is a field or question of an item.
type Ref struct {
	Item  items.ID `json:"item"`
	Field string   `json:"field"`
}

// For is the theme for someone who gave these answers to the questionnaire and
// left out these components: only what concerns them is in it. A condition that
// cannot be judged keeps its component.
func (t *Theme) For(answers forms.Answers, without ...items.ID) *Theme {
	facts := forms.Facts(forms.Form{}.With(t.Questions), answers, 0)
	mine := *t
	mine.Components = slices.DeleteFunc(slices.Clone(t.Components), func(c Component) bool {
		if c.Optional && slices.Contains(without, c.Item) {
			return true
		}
		holds, err := condition.Judge(c.When, facts)
		return err == nil && !holds
	})
	for i := range mine.Components {
		mine.Components[i].When = "" // it holds
	}
	return &mine
}

// Component finds a component by its item.
func (t *Theme) Component(id items.ID) (Component, bool) {
	i := slices.IndexFunc(t.Components, func(c Component) bool { return c.Item == id })
	if i < 0 {
		return Component{}, false
	}
	return t.Components[i], true
}

// Items are the items of the theme in their order.
func (t *Theme) Items() []items.ID {
	ids := make([]items.ID, len(t.Components))
	for i, c := range t.Components {
		ids[i] = c.Item
	}
	return ids
}

// InForce reports whether one may apply on day.
func (t *Theme) InForce(day calendar.Day) bool {
	return t.Effective <= day && (t.Retired == 0 || day < t.Retired)
}
