package items

import (
	"slices"

	"tongban/internal/ground/fault"
)

// A List is one of the lists the government publishes of its items
// (公布清单). It is drawn from the editions in force, never kept beside them:
// what an edition says is what every list says.
type List struct {
	ID     string // "deferrable": stands in addresses and topics
	Name   string // 容缺受理事项清单
	Note   string // what it is good for, in plain words
	Source string // the notice that demands it
	holds  func(*Edition) bool
}

// lists are the published lists, in the order in which pages show them.
var lists = []List{
	{"licence", "行政许可事项清单", "依法设定的行政许可都在这里，清单之外不得实施许可", "徐政发〔2022〕21号（二）", func(e *Edition) bool { return e.Type == Licence }},
	{"service", "公共服务事项清单", "政府和公共企事业单位提供的服务", "徐政发〔2022〕21号（二）", func(e *Edition) bool { return e.Type == PublicService }},
	{"business", "涉企经营许可事项清单", "“证照分离”改革按四种方式分类办理", "国发〔2021〕7号", func(e *Edition) bool { return e.Reform != "" }},
	{"filing", "备案事项清单", "报送材料即可，不需要批准", "优化营商环境条例第三十九条", func(e *Edition) bool { return e.Filing }},
	{"deferrable", "容缺受理事项清单", "主要材料齐了就先受理，列出的材料可以承诺后补", "徐政发〔2022〕21号（七）", holdsMaterial(Material.MayFollow)},
	{"promisable", "告知承诺事项清单", "书面承诺符合条件，就可以不交证明或者先行办理；自愿选择，不承诺的按一般程序提交材料", "徐政发〔2022〕21号（七）", (*Edition).Pledgeable},
	{"unpledged", "不适用告知承诺事项清单", "风险较大、纠错成本较高的，按一般程序办理", "国办发〔2020〕42号（三）", func(e *Edition) bool { return e.Pledge.Excluded != "" }},
	{"auxiliary", "审批辅助性程序清单", "现场勘验、专家评审、听证等程序和它们的限时", "徐政发〔2022〕21号（六）", func(e *Edition) bool { return len(e.Special) > 0 }},
	{"mediators", "中介服务事项清单", "审批前依法须由中介机构出具的意见，清单之外不得要求", "徐政发〔2022〕21号（九）", func(e *Edition) bool { return len(e.Mediators) > 0 }},
	{"shared", "通办事项清单", "不用回到属地，在通办范围内任何一个大厅都能办", "徐政发〔2022〕21号（二十二）", shared},
	{"outside", "进驻事项负面清单", "因故没有进驻政务服务中心的事项和原因", "徐政发〔2022〕21号（十三）", func(e *Edition) bool { return e.OutsideHall != "" }},
}

// Lists are all published lists.
func Lists() []List { return slices.Clone(lists) }

// ListOf finds a published list: items.list.none if there is none of that name.
func ListOf(id string) (List, error) {
	i := slices.IndexFunc(lists, func(l List) bool { return l.ID == id })
	if i < 0 {
		return List{}, fault.New(fault.NotFound, "items.list.none", "没有这份清单，请从清单目录中选择")
	}
	return lists[i], nil
}

// Topic is the subject under which the items of the list are found; see Filter.
func (l List) Topic() string { return "list:" + l.ID }

// Reforms are the four ways in which a licence to do business is reformed
// (“证照分离”, 国发〔2021〕7号).
var Reforms = []string{"直接取消审批", "审批改备案", "告知承诺", "优化审批服务"}

// ReformTopic is the subject under which the licences of one way are found.
func ReformTopic(way string) string { return "reform:" + way }

// HallTopic is the subject under which what is done in a hall is found.
func HallTopic(hall string) string { return "hall:" + hall }

func holdsMaterial(is func(Material) bool) func(*Edition) bool {
	return func(e *Edition) bool { return slices.ContainsFunc(e.Materials, is) }
}

func promised(e *Edition) bool {
	return e.Promisable || slices.ContainsFunc(e.Materials, func(m Material) bool { return m.Promisable })
}

func shared(e *Edition) bool { return e.Scope != "" && e.Scope != NotShared }

// listed are the subjects of the lists that hold the edition, and of the halls
// where it is done.
func (e *Edition) listed() []string {
	var topics []string
	for _, l := range lists {
		if l.holds(e) {
			topics = append(topics, l.Topic())
		}
	}
	if e.Reform != "" {
		topics = append(topics, ReformTopic(e.Reform))
	}
	for _, p := range e.Places {
		if p.Hall != "" {
			topics = append(topics, HallTopic(p.Hall))
		}
	}
	return topics
}
