package guides

import "tongban/internal/catalogue/items"

// extrasIn are the other elements (其他要素) that concern whoever applies, by the
// section in which the guide tells them. How agencies share out the work among
// themselves, what systems they run and how they supervise is not told here.
var extrasIn = map[string][]string{
	"scope":      {"行使内容"},
	"accepting":  {"委托部门", "承办机构", "共同实施部门", "是否由审批机关受理", "受理层级", "是否存在初审环节", "初审层级"},
	"deciding":   {"审批层级", "权限划分"},
	"quota":      {"公布数量限制的方式", "公布数量限制的周期", "数量限制的分配方式"},
	"receiving":  {"每天可预约量", "预约规则", "办件收取凭证"},
	"ways":       {"电脑端办理网址", "移动端办理网址"},
	"results":    {"涉企经营许可证件名称", "许可证件地域范围", "是否需要办理变更手续", "变更手续要求", "是否需要办理延续手续", "延续手续要求"},
	"rights":     {"复议网址", "诉讼网址", "有无年检要求", "年检要求和周期", "有无年报要求", "年报内容和周期"},
	"consulting": {"网络咨询方式"},
	"complaints": {"网络投诉方式"},
	"places":     {"交通指引", "乡镇街道名称", "村居名称"},
}

// extras tell what the edition says of the section beyond its own elements.
func extras(e *items.Edition, section string) []Block {
	if len(e.Extras) == 0 {
		return nil
	}
	var told []Fact
	for _, name := range extrasIn[section] {
		told = append(told, Fact{name, e.Extra(name)})
	}
	return facts(told...)
}
