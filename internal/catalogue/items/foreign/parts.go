package foreign

import "strings"

// partOf are the headings of what an item has several of, and of codes of which a
// table has more than one, by the element of the edition. Records have them too,
// beside plain keys of their own.
var partOf = map[string][]string{
	"materials.name": {"材料名称", "material_name", "申请材料名称", "申报材料名称", "提交材料名称"}, "materials.kind": {"材料类型", "material_type"}, "materials.form": {"材料形式", "material_format", "material_form"},
	"materials.copies": {"份数", "材料份数", "纸质份数", "原件份数", "copies", "page_num", "paper_num"}, "materials.necessity": {"材料必要性", "必要性", "是否必需", "是否必须", "是否必要", "是否必备", "is_need", "necessity"},
	"materials.channel": {"来源渠道", "材料来源", "source_type"}, "materials.basis": {"要求依据"}, "materials.issuer": {"出具机构", "issuer"}, "materials.standard": {"受理标准", "accept_stand"},
	"materials.note": {"填报须知", "fill_explain"}, "materials.deferrable": {"是否容缺", "可否容缺"}, "materials.submit": {"提交方式"}, "materials.situation": {"情形", "适用情形", "办理情形", "申请情形", "材料适用情形", "situation"},
	"steps.name": {"环节名称", "process_name"}, "steps.limit": {"所需时限"}, "steps.standard": {"审查标准"}, "steps.post": {"岗位"},
	"fees.name": {"收费项目", "收费项目名称", "fee_name"}, "fees.standard": {"收费标准", "fee_stand"}, "fees.basis": {"收费依据"}, "fees.relief": {"减免情形", "收费减免", "减免条件"},
	"codes.catalogue": {"基本编码", "catalog_code", "基本码", "目录编码", "事项基本编码"}, "codes.implementation": {"实施编码", "task_code", "实施码", "实施清单编码"},
	"codes.local": {"地方实施编码", "local_task_code"}, "codes.localCatalogue": {"地方基本编码", "local_catalog_code"},
}

// part takes out an element of a part as one text: under a key of records, or under
// any of the headings.
func (f fields) part(element string, keys ...string) string {
	return f.text(append(keys, partOf[element]...)...)
}

// groups are the headings of partOf, each under the field that holds what an item
// has several of.
var groups = func() map[string]string {
	all := map[string]string{}
	for path, words := range partOf {
		element, _, _ := strings.Cut(path, ".")
		for _, w := range words {
			if element != "codes" {
				all[w] = elementOf[element]
			}
		}
	}
	return all
}()

// heads reports whether any heading of an element is there.
func (f fields) heads(element string) bool {
	for _, w := range partOf[element] {
		if f[w] != nil {
			return true
		}
	}
	return false
}
