package guides

import (
	"tongban/internal/catalogue/items"
)

// A Guide is an edition as people read it.
type Guide struct {
	Item     items.ID  `json:"item"`
	Number   int       `json:"number"`
	Name     string    `json:"name"`
	Agency   string    `json:"agency"`
	Sections []Section `json:"sections"`
	Steps    []Step    `json:"steps"`
	Plain    string    `json:"plain,omitempty"` // 白话版
	Video    string    `json:"video,omitempty"`
}

// A Section is one of the twenty-one that the standard demands.
type Section struct {
	No     int     `json:"no"`
	ID     string  `json:"id"` // stable, for addresses: "materials"
	Title  string  `json:"title"`
	Blocks []Block `json:"blocks"` // never empty: where there is nothing, the guide says 无
}

// A Block is a piece of a section: exactly one of its fields is filled.
type Block struct {
	Text  string     `json:"text,omitempty"`
	List  []string   `json:"list,omitempty"`
	Facts []Fact     `json:"facts,omitempty"` // a name and a value each
	Table *Table     `json:"table,omitempty"`
	QA    []items.QA `json:"qa,omitempty"`
}

// A Fact is a name and what it is: 咨询电话, 0516-….
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// A Table has a head and rows of as many cells.
type Table struct {
	Head []string   `json:"head"`
	Rows [][]string `json:"rows"`
}

// none is what a section says that has nothing to say.
const none = "无"

// writer makes the blocks of one section.
type writer func(e *items.Edition, g *Guide) []Block

// sections are those of GB/T 36114-2018, in its order.
var sections = []struct {
	id, title string
	write     writer
}{
	{"scope", "适用范围", scope},
	{"review", "事项审查类型", review},
	{"bases", "办理依据", bases},
	{"accepting", "受理机构", accepting},
	{"deciding", "决定机构", deciding},
	{"quota", "数量限制", quota},
	{"conditions", "申请条件", conditions},
	{"prohibitions", "禁止性要求", prohibitions},
	{"materials", "申请材料目录", materials},
	{"receiving", "申请接收", receiving},
	{"procedure", "办理基本流程", procedure},
	{"ways", "办理方式", ways},
	{"limits", "办结时限", limits},
	{"fees", "收费依据及标准", fees},
	{"results", "审批结果", results},
	{"delivery", "结果送达", delivery},
	{"rights", "申请人权利和义务", rights},
	{"consulting", "咨询途径", consulting},
	{"complaints", "监督投诉渠道", complaints},
	{"places", "办公地址和时间", places},
	{"progress", "办理进程和结果公开查询", progress},
}

// Of is the guide of an edition. agency gives the name of an agency by its ID,
// for steps that other agencies do; an ID without a name stands for itself.
func Of(e *items.Edition, agency func(id string) string) Guide {
	g := Guide{Item: e.Item, Number: e.Number, Name: e.Name, Agency: e.AgencyName, Plain: e.Plain, Video: e.Video, Steps: Steps(e, agency)}
	for i, s := range sections {
		blocks := append(s.write(e, &g), extras(e, s.id)...)
		if len(blocks) == 0 {
			blocks = []Block{{Text: none}}
		}
		g.Sections = append(g.Sections, Section{i + 1, s.id, s.title, blocks})
	}
	return g
}

// short are the sections of the short version (简版).
var short = []string{"conditions", "materials", "procedure", "limits", "fees", "places", "consulting"}

// Short is the guide with the sections that most people need.
func (g Guide) Short() Guide {
	all := g.Sections
	g.Sections = nil
	for _, id := range short {
		for _, s := range all {
			if s.ID == id {
				g.Sections = append(g.Sections, s)
			}
		}
	}
	return g
}

// Section finds a section by its ID.
func (g Guide) Section(id string) (Section, bool) {
	for _, s := range g.Sections {
		if s.ID == id {
			return s, true
		}
	}
	return Section{}, false
}
