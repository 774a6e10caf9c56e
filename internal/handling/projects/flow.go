package projects

import (
	"fmt"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/condition"
	"tongban/internal/engine/forms"
)

// Parallel is the number of the fifth stage, which runs beside the four and
// holds up none of them (并行推进).
const Parallel = 5

// stageNames are the stages by number (国办发〔2019〕11号).
var stageNames = [...]string{"", "立项用地规划许可", "工程建设许可", "施工许可", "竣工验收", "并行推进"}

// A Type is a kind of project with the way it takes (项目类型、审批流程). A project
// keeps the type as it was when it was opened.
type Type struct {
	ID        string           `json:"id"`
	Version   int              `json:"version"`
	Name      string           `json:"name"`
	Plain     string           `json:"plain,omitempty"`
	Region    string           `json:"region"` // 12-digit division code
	Scope     string           `json:"scope,omitempty"`
	Basis     []string         `json:"basis,omitempty"`
	Source    string           `json:"source,omitempty"`
	Assumed   []string         `json:"assumed,omitempty"`
	Total     clock.Limit      `json:"total"` // declared for the four stages together
	Questions []forms.Question `json:"questions,omitempty"`
	Stages    []Stage          `json:"stages"`
	Order     []Order          `json:"order,omitempty"`
}

// A Stage is one acceptance: what is applied for at once, who leads, and how
// long it may take.
type Stage struct {
	No        int         `json:"no"` // 1–4, Parallel
	Name      string      `json:"name"`
	Lead      string      `json:"lead"` // agencies.ID
	LeadName  string      `json:"leadName"`
	Limit     clock.Limit `json:"limit"`
	Items     []Entry     `json:"items,omitempty"`
	Gathering []Gathering `json:"meetings,omitempty"`
	Services  []Offered   `json:"services,omitempty"`
	Merges    []string    `json:"merges,omitempty"` // stages that are handled with it (国办发〔2019〕11号)
}

// An Entry is an item of a stage.
type Entry struct {
	Item     items.ID `json:"item"`
	Name     string   `json:"name"`
	When     string   `json:"when,omitempty"` // over the answers about the project
	Optional bool     `json:"optional,omitempty"`
}

// A Gathering is a joint visit, drawing review or acceptance that a stage has
// (联合踏勘、联合审图、联合验收).
type Gathering struct {
	Kind    string   `json:"kind"`
	Parties []Bidden `json:"parties"`
	Must    bool     `json:"must,omitempty"` // the stage is not finished without it
	When    string   `json:"when,omitempty"`
}

// Bidden is an agency that takes part.
type Bidden struct {
	Agency string `json:"agency"`
	Name   string `json:"name"`
}

// Kinds of gathering.
const (
	Visit      = "联合踏勘"
	Drawings   = "联合审图"
	Acceptance = "联合验收"
)

// Offered is a technical service or a utility that is seen to in the same file
// (技术服务、市政公用服务).
type Offered struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	Agency string `json:"agency,omitempty"` // who answers for it here; "": the steward writes it down
	By     string `json:"by"`               // who provides it, in words
}

// Order says that one item waits for another, and why.
type Order struct {
	Before items.ID `json:"before"`
	After  items.ID `json:"after"`
	Why    string   `json:"why,omitempty"`
}

// Stage finds a stage by its number.
func (t *Type) Stage(no int) (Stage, bool) {
	i := slices.IndexFunc(t.Stages, func(s Stage) bool { return s.No == no })
	if i < 0 {
		return Stage{}, false
	}
	return t.Stages[i], true
}

// entry finds an item and the stage it stands in.
func (t *Type) entry(item items.ID) (Entry, int) {
	for _, s := range t.Stages {
		for _, e := range s.Items {
			if e.Item == item {
				return e, s.No
			}
		}
	}
	return Entry{}, 0
}

// applies judges a condition over the answers about the project; one that cannot
// be judged holds: better to look at an item once too often.
func (t *Type) applies(when string, answers forms.Answers) bool {
	if when == "" {
		return true
	}
	holds, err := condition.Judge(when, forms.Facts(forms.Form{}.With(t.Questions), answers, 0))
	return err != nil || holds
}

// Theme is a stage as one matter: one form, one list, one submission.
func (t *Type) Theme(s Stage) *themes.Theme {
	theme := &themes.Theme{
		ID: themes.ID(fmt.Sprintf("project-%s-v%d-%d", t.ID, t.Version, s.No)), Name: t.Name + s.Name, Class: themes.Local, Stage: "工程建设", Org: true, Inner: true,
		Region: t.Region, Lead: themes.Department{Name: s.LeadName, Agency: s.Lead}, Promised: s.Limit, Assumed: t.Assumed, Source: t.Source, Effective: calendar.Parse("2020-01-01"),
		Plain: s.Name + "阶段的事项一次申请：一份办事指南、一张申请表单、一套申报材料。",
	}
	for _, e := range s.Items {
		theme.Components = append(theme.Components, themes.Component{Item: e.Item, Name: e.Name, When: e.When, Optional: e.Optional})
	}
	for _, q := range t.Questions {
		if slices.ContainsFunc(s.Items, func(e Entry) bool { return strings.Contains(e.When, q.ID) }) {
			theme.Questions = append(theme.Questions, q)
		}
	}
	for _, o := range t.Order {
		_, before := t.entry(o.Before)
		if _, after := t.entry(o.After); before == s.No && after == s.No {
			theme.Order = append(theme.Order, themes.Order{Before: o.Before, After: o.After, Why: o.Why})
		}
	}
	return theme
}

// Agencies are those that have a part in projects of the type besides deciding
// its items: leads, those bidden to gatherings, and those that serve.
func (t *Type) Agencies() []string {
	var all []string
	for _, s := range t.Stages {
		all = append(all, s.Lead)
		for _, g := range s.Gathering {
			for _, b := range g.Parties {
				all = append(all, b.Agency)
			}
		}
		for _, o := range s.Services {
			all = append(all, o.Agency)
		}
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(a string) bool { return a == "" })
}
