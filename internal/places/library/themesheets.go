package library

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/page"
)

// A themeDraft is the text of a theme with what its editor offers to choose from.
type themeDraft struct {
	themes.Theme
	made *themes.Composed
	seat []string // agencies of the city, as choices: identifier, tab, name
}

// draftOf copies the text, so that what is typed changes nothing else.
func draftOf(t *themes.Theme, made *themes.Composed, dir *agencies.Directory) *themeDraft {
	d := &themeDraft{Theme: *t, made: made, seat: []string{""}}
	for _, a := range dir.List(agencies.Filter{}) {
		d.seat = append(d.seat, a.ID+"\t"+a.Name)
	}
	return d
}

// parts are the components as choices.
func (d *themeDraft) parts() []items.ID {
	all := []items.ID{""}
	for _, c := range d.Components {
		all = append(all, c.Item+"\t"+items.ID(cmp.Or(c.Name, d.itemName(c.Item))))
	}
	return all
}

func (d *themeDraft) itemName(id items.ID) string {
	if p, ok := d.made.Part(id); ok {
		return p.Title
	}
	return string(id)
}

// fields are the questions and fields of all components as choices.
func (d *themeDraft) fields() []string {
	var all []string
	for _, p := range d.made.Parts {
		for _, f := range p.Edition.Form.With(p.Edition.Questions).All() {
			all = append(all, refText(themes.Ref{Item: p.Item, Field: f.ID})+"\t"+p.Title+"："+f.Label)
		}
	}
	return all
}

func refText(r themes.Ref) string { return string(r.Item) + "." + r.Field }

func refsOf(texts []string) []themes.Ref {
	var all []themes.Ref
	for _, text := range texts {
		if item, field, ok := strings.Cut(text, "."); ok {
			all = append(all, themes.Ref{Item: items.ID(item), Field: field})
		}
	}
	return all
}

// refColumn picks several questions and fields of the components.
func refColumn[T any](key, label string, choices []string, at func(*T) *[]themes.Ref) column[T] {
	return column[T]{key, label, "", several, choices, func(t *T) string {
		var all []string
		for _, r := range *at(t) {
			all = append(all, refText(r))
		}
		return strings.Join(all, "、")
	}, func(t *T, s string) error { *at(t) = refsOf(words(s)); return nil }}
}

// whenColumn picks for whom something is meant by the answer to one question; a
// condition of more than that is kept as it is.
func whenColumn[T any](d *themeDraft, label string, at func(*T) *string) column[T] {
	choices := []string{"\t所有人"}
	for _, q := range d.Questions {
		for _, o := range optionsOf(q) {
			choices = append(choices, q.ID+` == "`+o.Value+"\"\t"+q.Text+" 回答“"+cmp.Or(o.Label, o.Value)+"”")
		}
	}
	return column[T]{"when", label, "", choose, choices, func(t *T) string { return *at(t) }, func(t *T, s string) error { *at(t) = s; return nil }}
}

func optionsOf(q forms.Question) []forms.Option {
	if len(q.Options) > 0 {
		return q.Options
	}
	return []forms.Option{{Value: forms.Yes, Label: forms.Yes}, {Value: forms.No, Label: forms.No}}
}

// themeSheets are the parts of the editor, in order.
func themeSheets(d *themeDraft) []sheetOf[themeDraft] {
	parts, order := themeComponents, themeOrder
	parts.name = func(c *themes.Component) string { return cmp.Or(c.Name, d.itemName(c.Item)) }
	order.name = func(o *themes.Order) string {
		return "先办" + d.itemName(o.Before) + "，再办" + d.itemName(o.After)
	}
	order.sum = func(o *themes.Order) string { return o.Why }
	return []sheetOf[themeDraft]{themeBasics(d), themePartners, themeQuestions, parts, order, themeNames, themeJoined, themePeople{}, themeCarried, themeMaterials, themeAside}
}

func themeBasics(d *themeDraft) selfOf[themeDraft] {
	seat := d.seat
	return selfOf[themeDraft]{"名称、牵头部门和承诺", "", []column[themeDraft]{
		textColumn("name", "名称", "", func(d *themeDraft) *string { return &d.Name }),
		listColumn("synonyms", "大白话", "群众会怎么说，用顿号隔开", func(d *themeDraft) *[]string { return &d.Synonyms }),
		chooseColumn("class", "类别", themes.Classes(), func(d *themeDraft) *themes.Class { return &d.Class }),
		textColumn("stage", "人生阶段或者企业生命周期", "出生、就业、开办、注销……", func(d *themeDraft) *string { return &d.Stage }),
		textColumn("lead", "牵头部门", "按文件里的写法", func(d *themeDraft) *string { return &d.Lead.Name }),
		chooseColumn("leadAgency", "本市对应的牵头部门", seat, func(d *themeDraft) *string { return &d.Lead.Agency }),
		promiseColumn,
		tickColumn("org", "由企业和其他组织来办", func(d *themeDraft) *bool { return &d.Org }),
		longColumn("plain", "白话说明", "这是一件什么事，两三句话", func(d *themeDraft) *string { return &d.Plain }),
		linesColumn("conditions", "谁能办", "一行一条", func(d *themeDraft) *[]string { return &d.Conditions }),
	}}
}

// promiseColumn is the term of the whole, which every theme promises.
var promiseColumn = func() column[themeDraft] {
	c := limitColumn("promised", "整件事承诺时限", func(d *themeDraft) *clock.Limit { return &d.Promised })
	c.hint = "例如：8个工作日、即办"
	return c
}()

type department = themes.Department

var themePartners = table[themeDraft, department]{
	path: "partners", title: "配合部门", noun: "个配合部门",
	list: func(d *themeDraft) *[]department { return &d.Partners },
	key:  func(p *department) string { return p.Name }, name: func(p *department) string { return p.Name },
	fresh: func(*themeDraft, int) department { return department{} },
	columns: func(d *themeDraft) []column[department] {
		return []column[department]{
			textColumn("name", "部门", "按文件里的写法", func(p *department) *string { return &p.Name }),
			chooseColumn("agency", "本市对应的部门", d.seat, func(p *department) *string { return &p.Agency }),
		}
	},
}

var themeQuestions = table[themeDraft, forms.Question]{
	path: "questions", title: "问卷", noun: "个问题", note: "回答决定要办哪几项；各事项自己的问题会自动接在后面，相同的只问一次。不写选项的，回答是或者否。",
	list: func(d *themeDraft) *[]forms.Question { return &d.Questions }, sum: func(q *forms.Question) string { return q.ID },
	key: func(q *forms.Question) string { return q.ID }, name: func(q *forms.Question) string { return cmp.Or(q.Text, q.ID) },
	fresh: func(*themeDraft, int) forms.Question { return forms.Question{} },
	columns: func(d *themeDraft) []column[forms.Question] {
		all := slices.Clone(questionColumns)
		for i := range all {
			if all[i].key == "when" {
				all[i] = whenColumn(d, "问谁", func(q *forms.Question) *string { return &q.When })
			}
		}
		return all
	},
}

var themeComponents = table[themeDraft, themes.Component]{
	path: "components", title: "联办事项", noun: "个联办事项", note: "可以在下面按名称查找后勾选加入。",
	list: func(d *themeDraft) *[]themes.Component { return &d.Components }, sum: func(c *themes.Component) string { return facts(string(c.Item), c.When) },
	key:   func(c *themes.Component) string { return string(c.Item) },
	fresh: func(*themeDraft, int) themes.Component { return themes.Component{} },
	columns: func(d *themeDraft) []column[themes.Component] {
		return []column[themes.Component]{
			textColumn("item", "事项标识", "", func(c *themes.Component) *items.ID { return &c.Item }),
			textColumn("name", "对群众的叫法", "不填就用事项的名称", func(c *themes.Component) *string { return &c.Name }),
			whenColumn(d, "谁要办", func(c *themes.Component) *string { return &c.When }),
			{"given", "办这件事时已经知道的回答", "一行一个，例如：参保人类别=新生儿", long, nil, func(c *themes.Component) string { return givenSay(c.Given) },
				func(c *themes.Component, s string) (err error) { c.Given, err = givenOf(s); return err }},
			tickColumn("optional", "可以不办：办不成也不影响其他事项", func(c *themes.Component) *bool { return &c.Optional }),
		}
	},
}

var themeOrder = table[themeDraft, themes.Order]{
	path: "order", title: "先后顺序", noun: "条先后顺序", note: "一项的结果是另一项的材料的，系统已经排好先后；这里只写方案另外规定的。",
	list:  func(d *themeDraft) *[]themes.Order { return &d.Order },
	key:   func(o *themes.Order) string { return string(o.Before) + " → " + string(o.After) },
	fresh: func(*themeDraft, int) themes.Order { return themes.Order{} },
	columns: func(d *themeDraft) []column[themes.Order] {
		return []column[themes.Order]{
			chooseColumn("before", "先办", d.parts(), func(o *themes.Order) *items.ID { return &o.Before }),
			chooseColumn("after", "后办", d.parts(), func(o *themes.Order) *items.ID { return &o.After }),
			textColumn("why", "理由", "", func(o *themes.Order) *string { return &o.Why }),
		}
	},
}

var themeNames = table[themeDraft, themes.Same]{
	path: "names", title: "同种材料", noun: "组同种材料", note: "已经由人确认的。系统提示的在上面确认；系统没有看出来的，在这里添加。",
	list: func(d *themeDraft) *[]themes.Same { return &d.Names }, sum: func(s *themes.Same) string { return s.By + "确认" },
	key: func(s *themes.Same) string { return strings.Join(s.Names, "、") }, name: func(s *themes.Same) string {
		if s.Apart {
			return "不是同一份：" + strings.Join(s.Names, "、")
		}
		return cmp.Or(s.As, strings.Join(s.Names, "、"))
	},
	fresh: func(*themeDraft, int) themes.Same { return themes.Same{} },
	columns: func(*themeDraft) []column[themes.Same] {
		return []column[themes.Same]{
			listColumn("names", "各事项里的叫法", "用顿号隔开", func(s *themes.Same) *[]string { return &s.Names }),
			textColumn("as", "合并后的名称", "", func(s *themes.Same) *string { return &s.As }),
			tickColumn("apart", "不是同一份，各交各的", func(s *themes.Same) *bool { return &s.Apart }),
		}
	},
}

var themeJoined = table[themeDraft, themes.Joined]{
	path: "joined", title: "问同一件事的填写项", noun: "组相同的填写项", note: "数据元相同的已经自动合并；这里写系统没有看出来的。只勾一个的，表示它单独填写。",
	list: func(d *themeDraft) *[]themes.Joined { return &d.Fields },
	key:  func(j *themes.Joined) string { return j.As }, name: func(j *themes.Joined) string { return j.As },
	fresh: func(*themeDraft, int) themes.Joined { return themes.Joined{} },
	columns: func(d *themeDraft) []column[themes.Joined] {
		return []column[themes.Joined]{
			textColumn("as", "合并后的叫法", "", func(j *themes.Joined) *string { return &j.As }),
			refColumn("fields", "哪些填写项", d.fields(), func(j *themes.Joined) *[]themes.Ref { return &j.Fields }),
		}
	},
}

var themeCarried = table[themeDraft, themes.Carried]{
	path: "carried", title: "办好一项才知道的内容", noun: "处自动带出", note: "例如上了户口才有公民身份号码：不再问申请人，由前一项带给后一项。",
	list: func(d *themeDraft) *[]themes.Carried { return &d.Carried },
	key:  func(c *themes.Carried) string { return string(c.From) + c.Why }, name: func(c *themes.Carried) string { return cmp.Or(c.Why, string(c.From)) },
	fresh: func(*themeDraft, int) themes.Carried { return themes.Carried{} },
	columns: func(d *themeDraft) []column[themes.Carried] {
		return []column[themes.Carried]{
			chooseColumn("from", "由哪一项办出", d.parts(), func(c *themes.Carried) *items.ID { return &c.From }),
			textColumn("why", "理由", "", func(c *themes.Carried) *string { return &c.Why }),
			refColumn("to", "带给哪些填写项", d.fields(), func(c *themes.Carried) *[]themes.Ref { return &c.To }),
		}
	},
}

var themeMaterials = table[themeDraft, items.Material]{
	path: "materials", title: "整件事另外要的材料", noun: "份材料", note: "不属于哪一个事项、整件事才要的；各事项的材料已经自动合并。",
	list: func(d *themeDraft) *[]items.Material { return &d.Materials }, sum: materialLine, key: materials.key, name: materials.name,
	fresh: func(d *themeDraft, n int) items.Material {
		return materials.fresh(&items.Edition{Materials: d.Materials}, n)
	},
	columns: func(*themeDraft) []column[items.Material] {
		return slices.DeleteFunc(materials.columns(nil), func(c column[items.Material]) bool { return c.key == "basis" || c.key == "proves" })
	},
}

var themeAside = selfOf[themeDraft]{"其他", "", []column[themeDraft]{
	linesColumn("generated", "系统自动生成的材料", "一行一个，不用申请人提交", func(d *themeDraft) *[]string { return &d.Generated }),
	linesColumn("assumed", "推定的要素", "来源没有给出、推定的；核实一项删去一行", func(d *themeDraft) *[]string { return &d.Assumed }),
	textColumn("source", "来源", "文件名称和文号", func(d *themeDraft) *string { return &d.Source }),
	dayColumn("effective", "生效日期", "早于发布之日的，自发布之日起执行", func(d *themeDraft) *calendar.Day { return &d.Effective }),
	dayColumn("retired", "停止办理日期", "继续办理的留空", func(d *themeDraft) *calendar.Day { return &d.Retired }),
}}

// A meant is a word of an item for somebody, and who that is in this theme.
type meant struct{ Word, Whom string }

// themePeople is who is who, as a list.
type themePeople struct{}

func (themePeople) table(d *themeDraft) table[themeDraft, meant] {
	var list []meant
	for _, word := range slices.Sorted(maps.Keys(d.People)) {
		list = append(list, meant{word, d.People[word]})
	}
	return table[themeDraft, meant]{
		path: "people", title: "谁是谁", noun: "个称呼", note: "各事项对同一个人的叫法不同，例如社保卡的持卡人就是新生儿；说清楚了，同一个人的信息只填一次。",
		list: func(*themeDraft) *[]meant { return &list }, key: func(m *meant) string { return m.Word }, name: func(m *meant) string { return m.Word + "就是" + m.Whom },
		fresh: func(*themeDraft, int) meant { return meant{} },
		columns: func(*themeDraft) []column[meant] {
			return []column[meant]{
				textColumn("word", "事项里的叫法", "", func(m *meant) *string { return &m.Word }),
				textColumn("whom", "在这件事里是谁", "", func(m *meant) *string { return &m.Whom }),
			}
		},
	}
}

// unsaid is the cell of a row that is empty.
func unsaid(m meant) string {
	if m.Word == "" {
		return "word"
	}
	return "whom"
}

func (p themePeople) rows(d *themeDraft, posted *page.Form) sheetView {
	return p.table(d).rows(d, posted)
}

func (p themePeople) read(d *themeDraft, f *page.Form) {
	g := p.table(d)
	g.read(d, f)
	d.People = nil
	for i, m := range *g.list(d) {
		if m.Word == "" || m.Whom == "" {
			f.Refuse(g.cellName(i, unsaid(m)), "library.people", "请写明事项里的叫法和在这件事里是谁，不要的删除")
			continue
		}
		if d.People == nil {
			d.People = map[string]string{}
		}
		d.People[m.Word] = m.Whom
	}
}
