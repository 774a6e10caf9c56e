package library

import (
	"fmt"
	"net/http"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// whose is under which codes an item is known and who carries it out.
var whose = self{"编码和归属", "编码按国家规则核对；新设的事项改选实施主体后，层级、区划和编码由系统重新编好。", []column[items.Edition]{
	codeColumn("codes.catalogue", "基本编码", "12位", func(e *items.Edition) *string { return &e.Codes.Catalogue }),
	codeColumn("codes.implementation", "实施编码", "31位：统一社会信用代码、行使层级、基本编码", func(e *items.Edition) *string { return &e.Codes.Implementation }),
	codeColumn("codes.handling", "业务办理项编码", "33位；不分办理项的留空", func(e *items.Edition) *string { return &e.Codes.Handling }),
	codeColumn("codes.localCatalogue", "地方基本编码", "本省自己的编码，没有留空", func(e *items.Edition) *string { return &e.Codes.LocalCatalogue }),
	codeColumn("codes.local", "地方实施编码", "", func(e *items.Edition) *string { return &e.Codes.Local }),
	textColumn("agency", "实施主体", "", func(e *items.Edition) *string { return &e.Agency }),
	textColumn("agencyName", "实施主体名称", "文书上的写法", func(e *items.Edition) *string { return &e.AgencyName }),
	chooseColumn("agencyKind", "实施主体性质", agencyKinds(), func(e *items.Edition) *string { return &e.AgencyKind }),
	chooseColumn("level", "行使层级", []items.Level{items.Province, items.City, items.County, items.Town, items.Village}, func(e *items.Edition) *items.Level { return &e.Level }),
	textColumn("region", "行政区划", "12位代码", func(e *items.Edition) *string { return &e.Region }),
	tickColumn("filing", "备案事项：报送即可，不需批准", func(e *items.Edition) *bool { return &e.Filing }),
	tickColumn("safety", "直接关系公共安全、人身健康、生命财产安全：骗取或者造假的，一年或者三年内不得再次申请", func(e *items.Edition) *bool { return &e.Safety }),
	chooseColumn("joint", "并联办理方式", append([]items.JointWay{""}, items.JointWays()...), func(e *items.Edition) *items.JointWay { return &e.Joint }),
	textColumn("regulator", "监管主体", "", func(e *items.Edition) *string { return &e.Regulator }),
	textColumn("outsideHall", "未进驻大厅的原因", "进驻的留空；填写后列入进驻负面清单", func(e *items.Edition) *string { return &e.OutsideHall }),
	textColumn("source", "资料来源", "", func(e *items.Edition) *string { return &e.Source }),
	dayColumn("retired", "停用日期", "从这一天起不再受理；没有留空", func(e *items.Edition) *calendar.Day { return &e.Retired }),
}}

// codeColumn writes a code the way its scheme does: without blanks, in capitals.
func codeColumn(key, label, hint string, at func(*items.Edition) *string) column[items.Edition] {
	c := textColumn(key, label, hint, at)
	c.set = func(e *items.Edition, s string) error {
		*at(e) = codes.Tidy(s)
		return nil
	}
	return c
}

func agencyKinds() []string {
	all := []string{""}
	for _, one := range codes.Lists()["agency-nature"].Entries {
		all = append(all, one.Label)
	}
	return all
}

// extras are the elements by which nothing is done here.
var extras = grid[items.Extra]{
	path: "extras", title: "其他要素", noun: "个要素", note: "交换表和实施规范里有、平台不据以办理的要素；随事项保存、对照和导出。",
	list: func(e *items.Edition) *[]items.Extra { return &e.Extras }, sum: func(x *items.Extra) string { return fmt.Sprintf("%.60s", x.Value) },
	key: func(x *items.Extra) string { return x.Name }, name: func(x *items.Extra) string { return x.Name },
	fresh: func(*items.Edition, int) items.Extra { return items.Extra{} },
	columns: func(*items.Edition) []column[items.Extra] {
		return []column[items.Extra]{
			chooseColumn("name", "要素", append([]string{""}, items.ExtraNames()...), func(x *items.Extra) *string { return &x.Name }),
			longColumn("value", "内容", "", func(x *items.Extra) *string { return &x.Value }),
		}
	},
}

// seat prepares the choice of the agency: only a new item may be given to another,
// and to one within the editor's own region.
func (v *editView) seat(l *Library, r *http.Request) error {
	own := v.R.Region
	for i := range v.Sheets {
		for k := range v.Sheets[i].Rows {
			for j := range v.Sheets[i].Rows[k].Cells {
				c := &v.Sheets[i].Rows[k].Cells[j]
				switch {
				case c.Name == "agency" && v.R.Base == 0:
					choices, err := l.agencyChoices(r, own, c.Value, func(agencies.Agency) bool { return true })
					if err != nil {
						return err
					}
					if !has(choices, c.Value) {
						choices = append(choices, frame.Choice{Value: c.Value, Label: c.Value + "（不在本级部门中）", On: true})
					}
					c.Kind, c.Choices = choose, choices
				case slices.Contains([]string{"agency", "region", "level"}, c.Name):
					c.Fixed = true
				}
			}
		}
	}
	return nil
}

// reseated gives a new item to the agency that was chosen.
func (l *Library) reseated(r *http.Request, v editView, f *page.Form) (func(*items.Edition) error, error) {
	same := func(*items.Edition) error { return nil }
	id := f.Text("agency")
	if v.Tab.ID != "whose" || v.R.Base > 0 || id == "" || id == v.R.Text.Agency {
		return same, nil
	}
	a, err := l.agency(r, id)
	if err != nil {
		return nil, err
	}
	return func(e *items.Edition) error {
		if err := revisions.Reseat(e, a); err != nil {
			return fault.New(fault.Invalid, "library.seat", "%s", fault.Say(err)).At("agency", fault.Code(err), "%s", fault.Say(err))
		}
		return nil
	}, nil
}

// listed are the codes of a list with their labels, to be picked.
func listed(id string) []string {
	var all []string
	for _, one := range codes.Lists()[id].Entries {
		all = append(all, one.Code+"\t"+one.Label)
	}
	return all
}

// lifeStages are the stages of life under which items are found.
var lifeStages = []string{"出生", "上学", "就业", "婚育", "置业", "创业", "就医", "出行", "退休", "身后"}

// severalColumn picks several of a list; what stands in no list is kept. The order
// of what was there stays.
func severalColumn[T any, S ~string](key, label string, choices []string, at func(*T) *[]S) column[T] {
	return column[T]{key, label, "", several, choices, func(t *T) string { return joined(*at(t)) }, func(t *T, s string) error {
		picked := words(s)
		var all []S
		for _, one := range *at(t) {
			if slices.Contains(picked, string(one)) {
				all = append(all, one)
			}
		}
		for _, one := range picked {
			if !slices.Contains(all, S(one)) {
				all = append(all, S(one))
			}
		}
		*at(t) = all
		return nil
	}}
}

// texts are values as they are picked.
func texts[S ~string](all ...S) []string {
	var list []string
	for _, one := range all {
		list = append(list, string(one))
	}
	return list
}

// topics are the subjects under which people find the item.
var topics = self{"主题分类", "按国家政务服务平台的主题分类勾选。", []column[items.Edition]{
	severalColumn("personTopics", "面向自然人的主题", listed("person-topic"), func(e *items.Edition) *[]string { return &e.PersonTopics }),
	severalColumn("firmTopics", "面向法人的主题", listed("legal-topic"), func(e *items.Edition) *[]string { return &e.FirmTopics }),
	severalColumn("lifeStages", "人生阶段", lifeStages, func(e *items.Edition) *[]string { return &e.LifeStages }),
}}

// openness is what the public may see of cases.
var openness = self{"办理公开", "", []column[items.Edition]{
	tickColumn("publicity.progress", "办理进程可以公开查询", func(e *items.Edition) *bool { return &e.Publicity.Progress }),
	tickColumn("publicity.result", "结果自作出之日起七日内公开（双公示）", func(e *items.Edition) *bool { return &e.Publicity.Result }),
	tickColumn("publicity.notice", "决定前向社会公示", func(e *items.Edition) *bool { return &e.Publicity.Notice }),
}}

// remedies are where one may turn against a decision.
var remedies = self{"救济途径", "", []column[items.Edition]{
	textColumn("remedies.review.body", "行政复议机关", "", func(e *items.Edition) *string { return &e.Remedies.Review.Body }),
	textColumn("remedies.review.address", "复议机关地址", "", func(e *items.Edition) *string { return &e.Remedies.Review.Address }),
	textColumn("remedies.review.phone", "复议机关电话", "", func(e *items.Edition) *string { return &e.Remedies.Review.Phone }),
	textColumn("remedies.suit.body", "行政诉讼管辖法院", "", func(e *items.Edition) *string { return &e.Remedies.Suit.Body }),
	textColumn("remedies.suit.address", "法院地址", "", func(e *items.Edition) *string { return &e.Remedies.Suit.Address }),
	textColumn("remedies.suit.phone", "法院电话", "", func(e *items.Edition) *string { return &e.Remedies.Suit.Phone }),
}}

// paying is how fees are paid.
var paying = self{"缴费方式", "", []column[items.Edition]{
	tickColumn("payOnline", "支持网上支付", func(e *items.Edition) *bool { return &e.PayOnline }),
}}
