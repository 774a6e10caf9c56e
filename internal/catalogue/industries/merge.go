package industries

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/engine/condition"
	"tongban/internal/engine/forms"
)

// A Topic is what a condition is about.
type Topic string

// The topics, in the order in which lists show them.
const (
	Who    Topic = "经营资格"
	Place  Topic = "场所"
	Gear   Topic = "设备设施"
	People Topic = "人员"
	Rules  Topic = "管理制度"
	Other  Topic = "其他"
)

// Topics are all topics in their order.
func Topics() []Topic { return []Topic{Who, Place, Gear, People, Rules, Other} }

// words tell the topics apart; the first topic that has a word in the text is it.
var words = []struct {
	topic Topic
	words []string
}{
	{Place, []string{"场所", "场地", "经营场", "周边", "布局", "距离", "面积", "环境", "通道", "出口", "建筑"}},
	{Gear, []string{"设备", "设施", "器材", "仓储"}},
	{Who, []string{"营业执照", "主体资格", "登记", "备案"}},
	{People, []string{"人员", "药师", "负责人", "救助", "培训"}},
	{Rules, []string{"制度", "预案"}},
}

// About is what a condition is about, judged by its words.
func About(text string) Topic {
	for _, w := range words {
		if slices.ContainsFunc(w.words, func(word string) bool { return strings.Contains(text, word) }) {
			return w.topic
		}
	}
	return Other
}

// For says which permit a condition belongs to.
type For struct {
	Item   items.ID `json:"item"`
	Title  string   `json:"title"`
	Agency string   `json:"agency"`
	Basis  string   `json:"basis,omitempty"`
}

// Condition is what the permits of an industry demand, said once.
type Condition struct {
	Topic Topic               `json:"topic"`
	Kind  items.ConditionKind `json:"kind"`
	Text  string              `json:"text"`
	For   []For               `json:"for"`
	May   bool                `json:"may,omitempty"` // depends on what is not known yet
}

// Merge is every condition of the permits on the licence, each said once with
// all that demand it, by topic. Conditions that do not concern who gave these
// answers are left out; none is made weaker: two that read differently both stay.
func (i *Industry) Merge(c *themes.Composed, answers forms.Answers) []Condition {
	var all []Condition
	for _, p := range c.Parts {
		if !i.Covers(p.Item) {
			continue
		}
		facts := forms.Facts(p.Edition.Form.With(p.Edition.Questions), c.Local(p.Item, answers), 0)
		for _, own := range p.Edition.Conditions {
			holds, err := condition.Judge(own.When, facts)
			if err == nil && !holds && known(own.When, facts) {
				continue
			}
			may := p.When != "" || own.When != "" && (err != nil || !holds)
			all = add(all, own, For{p.Item, p.Title, p.Agency, items.Cited(own.Basis)}, may)
		}
	}
	slices.SortStableFunc(all, func(a, b Condition) int {
		return slices.Index(Topics(), a.Topic) - slices.Index(Topics(), b.Topic)
	})
	return all
}

// known reports whether the answers are enough to judge by.
func known(when string, facts condition.Env) bool {
	program, err := condition.Compile(when, nil)
	return err == nil && program.Known(facts)
}

func add(all []Condition, own items.Condition, by For, may bool) []Condition {
	i := slices.IndexFunc(all, func(c Condition) bool { return c.Kind == own.Kind && plain(c.Text) == plain(own.Text) })
	if i < 0 {
		return append(all, Condition{About(own.Text), own.Kind, own.Text, []For{by}, may})
	}
	all[i].For = append(all[i].For, by)
	all[i].May = all[i].May && may
	return all
}

// plain is a text without what does not change its meaning.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("，。；、：,.;: （）()的", r) {
			return -1
		}
		return r
	}, text)
}

// Check is one line of the list of a joint visit.
type Check struct {
	Topic Topic  `json:"topic"`
	Text  string `json:"text"`
	For   []For  `json:"for"` // who looks at it
	May   bool   `json:"may,omitempty"`
}

// Visit is the list of the joint inspection (联合踏勘清单): what can only be
// seen on the spot, of the permits that are inspected on the spot. Agencies is
// who goes; one agency needs no joint visit, and the list says so by its length.
func (i *Industry) Visit(c *themes.Composed, conditions []Condition) (list []Check, agencies []string) {
	goes := map[items.ID]bool{}
	for _, p := range c.Parts {
		if !i.Covers(p.Item) || !OnSite(p.Edition) {
			continue
		}
		goes[p.Item] = true
		if !slices.Contains(agencies, p.Agency) {
			agencies = append(agencies, p.Agency)
		}
	}
	for _, own := range conditions {
		if own.Topic != Place && own.Topic != Gear || own.Kind == items.Prohibition {
			continue
		}
		who := slices.DeleteFunc(slices.Clone(own.For), func(f For) bool { return !goes[f.Item] })
		if len(who) > 0 {
			list = append(list, Check{own.Topic, own.Text, who, own.May})
		}
	}
	return list, agencies
}

// OnSite reports whether an item is inspected on the spot.
func OnSite(e *items.Edition) bool {
	return slices.ContainsFunc(e.Special, func(s items.Special) bool { return s.Kind == items.Inspection })
}
