package items

import "slices"

// An Extra is an element of the exchange tables or of the implementation
// specification by which nothing is done here: it is kept, shown and exported as it
// stands (其他要素).
type Extra struct {
	Name  string `json:"name"` // one of ExtraNames
	Value string `json:"value"`
}

// extraNames are the elements by the table they belong to: the national exchange
// tables of 实施清单 and 基本目录, GB/T 39046-2020 table 4, and the groups of
// 行政许可事项实施规范.
var extraNames = []struct {
	table string
	names []string
}{
	{"实施清单", []string{
		"委托部门", "承办机构", "共同实施部门", "权限划分", "行使内容", "运行系统层级", "业务系统名称", "电脑端办理网址", "移动端办理网址",
		"网络咨询方式", "网络投诉方式", "复议网址", "诉讼网址", "交通指引", "每天可预约量", "预约规则", "乡镇街道名称", "村居名称", "办件收取凭证", "备注",
	}},
	{"基本目录", []string{"子项情况", "主项名称", "对应国家级基本目录名称", "要素统一情况"}},
	{"实施规范", []string{
		"监管依据", "审批层级", "是否由审批机关受理", "受理层级", "是否存在初审环节", "初审层级", "涉企经营许可证件名称", "改革举措", "加强监管措施",
		"是否委托服务机构", "是否需要办理变更手续", "变更手续要求", "是否需要办理延续手续", "延续手续要求", "许可证件地域范围",
		"公布数量限制的方式", "公布数量限制的周期", "数量限制的分配方式", "有无年检要求", "年检要求和周期", "有无年报要求", "年报内容和周期",
	}},
}

// ExtraNames lists the elements in the order of their tables.
func ExtraNames() []string {
	var all []string
	for _, t := range extraNames {
		all = append(all, t.names...)
	}
	return all
}

// Extra is what the edition says of an element; "" if it says nothing.
func (e *Edition) Extra(name string) string {
	for _, x := range e.Extras {
		if x.Name == name {
			return x.Value
		}
	}
	return ""
}

var extraRules = []Rule{
	{"items.extra.name", Error, "其他要素须是交换表或者实施规范中的要素，一个要素只写一次", "国家政务服务平台交换表；行政许可事项实施规范", wrongExtras},
}

func wrongExtras(e *Edition, say report) {
	known := ExtraNames()
	for i, x := range e.Extras {
		switch {
		case !slices.Contains(known, x.Name):
			say(at("extras", i)+".name", "没有“%.30s”这个要素，请从列出的要素中选择", x.Name)
		case slices.ContainsFunc(e.Extras[:i], func(o Extra) bool { return o.Name == x.Name }):
			say(at("extras", i)+".name", "要素“%s”写了两次，请合并", x.Name)
		case x.Value == "":
			say(at("extras", i)+".value", "请填写“%s”，没有的删去这一行", x.Name)
		}
	}
}
