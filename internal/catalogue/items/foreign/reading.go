package foreign

import (
	"fmt"
	"strconv"

	"tongban/internal/catalogue/items"
)

// names are the words other systems have for what we call by the key: those of
// guides, of catalogues, of the exchange tables and of people's own tables.
var names = map[string][]string{
	"name":       {"name", "事项名称", "task_name", "item_name", "title", "名称", "政务服务事项名称", "许可事项名称", "事项", "服务事项", "政务服务事项", "许可事项", "审批事项", "审批事项名称", "公共服务事项名称", "项目名称", "权力事项名称", "行政权力事项名称", "职权名称", "服务事项名称", "事项（子项）名称", "主项名称", "权力名称", "业务办理项名称", "子项名称", "办理项名称", "情形名称"},
	"id":         {"id", "row_guid", "事项标识", "guid", "序号", "事项ID", "task_guid"},
	"code":       {"code", "item_code", "catalog_code", "事项编码", "基本编码", "实施编码", "task_code", "implement_code", "实施清单编码", "目录编码", "事项代码", "地方实施编码", "地方基本编码", "基本码", "实施码", "事项编号", "local_task_code", "local_catalog_code", "编码", "事项基本编码"},
	"handling":   {"sub_code", "task_handle_item", "业务办理项编码", "办理项编码", "handle_item_code"},
	"type":       {"type", "事项类型", "task_type", "item_type", "权力类型", "事项类别", "类型", "职权类别", "职权类型", "权力类别", "事项性质"},
	"typeCode":   {"type_code", "typeCode", "事项类型代码"},
	"objects":    {"objects", "面向对象", "服务对象", "server_type", "service_object", "办理对象", "申请主体", "适用对象", "申请对象", "行政相对人类型"},
	"agency":     {"org", "dept", "dept_name", "实施主体", "实施机关", "agency", "部门", "实施部门", "办理机构", "实施主体名称", "org_name", "责任部门", "主管部门", "所属部门", "决定机构", "责任单位", "实施单位", "承办单位", "办理单位", "实施主体（机关）", "行使主体", "行使机关", "行使主体名称", "审批部门", "审批机关", "许可机关"},
	"uscc":       {"org_credit_code", "dept_code", "统一社会信用代码", "实施主体编码", "uscc", "部门编码", "部门统一社会信用代码"},
	"usccSound":  {"org_code_checksum_ok"},
	"region":     {"area_code", "region", "行政区划", "division", "行政区划代码", "区划代码", "区划"},
	"levels":     {"levels", "level", "行使层级", "use_level", "实施层级", "层级", "办理层级"},
	"scope":      {"scope", "通办范围", "handle_area"},
	"visits":     {"min_visits", "visits", "limit_scene_num", "最多跑动次数", "到办事现场次数", "跑动次数", "到现场次数", "最多跑一次次数", "到场次数", "现场次数", "最多到现场次数"},
	"online":     {"online", "is_online", "是否网办", "网上办理"},
	"statutory":  {"legal_limit", "法定办结时限", "法定时限", "anticipate_day", "statutory_limit", "legal_day", "legal_days", "法定期限", "法定时间", "法定办理时限", "法定办理期限", "法定办结期限", "法定审批时限"},
	"promised":   {"promise_limit", "承诺办结时限", "承诺时限", "promise_day", "promise_days", "承诺期限", "承诺办理时限", "承诺时间", "承诺办理期限", "承诺办结期限", "承诺审批时限", "办理时限", "办结时限", "办理期限"},
	"conditions": {"conditions", "受理条件", "申请条件", "accept_condition", "apply_condition", "apply_conditions", "办理条件", "准予条件", "办事条件", "许可条件", "批准条件", "审批条件", "登记条件", "申报条件", "准入条件"},
	"materials":  {"materials", "申请材料", "材料", "material", "申报材料", "所需材料", "办理材料", "提交材料", "材料清单", "申请材料清单", "申请材料目录", "材料列表", "material_list"},
	"situations": {"situations", "办理情形", "申请情形", "情形材料", "情形列表", "情形"},
	"steps":      {"steps", "办理流程", "handle_flow", "流程", "办理环节", "审批流程", "办理程序"},
	"fee":        {"fee", "是否收费", "is_fee", "charge_flag", "收费", "fees", "收费情况"},
	"results":    {"results", "办理结果", "result_name", "审批结果", "结果名称", "审批结果名称", "证照名称", "办结结果"},
	"bases":      {"legal_basis", "设定依据", "by_law", "law_basis", "法律依据", "依据", "basis", "实施依据", "审批依据", "办理依据", "设定和实施依据", "设定及实施依据", "设立依据", "法定依据"},
	"article":    {"依据条款", "设定依据条款", "法律条款", "依据条款号", "具体条款"},
	"special":    {"special_procedure", "特别程序"},
	"mediator":   {"intermediary", "中介服务", "是否存在中介服务"},
	"phone":      {"phone", "consult_phone", "咨询电话", "link_way", "咨询方式", "咨询途径", "联系电话", "联系方式", "联系人及电话"},
	"complaint":  {"complaint", "supervise_phone", "监督投诉电话", "supervise_way", "投诉电话", "监督投诉方式"},
	"rights":     {"rights", "申请人权利", "权利"},
	"duties":     {"duties", "申请人义务", "义务"},
	"quota":      {"quota", "数量限制", "limit_explain"},
	"power":      {"power_source", "权力来源"},
	"retired":    {"valid_to", "废止日期", "停用日期", "plan_cancel_date", "计划取消日期"},
	"effective":  {"valid_from", "施行日期", "effective", "plan_effective_date", "计划生效日期", "生效日期", "生效时间", "实施日期", "施行时间", "启用日期"},
	"ways":       {"ways", "办理形式", "handle_type", "办理方式", "申请方式"},
	"depth":      {"online_depth", "网上办理深度", "online_handle_depth", "网办深度"},
	"address":    {"address", "办理地点", "transact_addr", "window_address", "办公地址", "办理地址", "受理地点"},
	"hours":      {"hours", "办理时间", "transact_time", "work_time", "办公时间", "工作时间"},
	"kind":       {"project_type", "办件类型"},
	"review":     {"审查类型"},
	"accepting":  {"受理时限", "承诺受理时限"},
	"agencyKind": {"dept_type", "实施主体性质"},
	"guidance":   {"guidance", "业务指导部门", "中央业务指导部门", "central_dept"},
	"must":       {"limit_scene_explain", "必须现场办理原因", "必须现场办理的原因"},
	"reviewBody": {"行政复议机关", "复议机关", "行政复议部门", "行政复议"},
	"suitBody":   {"行政诉讼法院", "诉讼法院", "管辖法院", "行政诉讼部门", "行政诉讼"},
	"resultKind": {"审批结果类型", "结果类型"},
	"form":       {"form_fields", "表单字段", "表单", "申请表单", "申请表字段"},
	"source":     {"source", "来源"},
	"detail":     {"detail"},
	"remarks":    {"quirks", "remark", "remarks", "备注", "整理者备注"},
	"parent":     {"parent", "主项"},
	"children":   {"sub_items", "业务办理项", "子项"},
}

// bothUnits are the fields that hold one unit for all limits of an item.
var bothUnits = []string{"时限单位", "时限类型", "办结时限单位"}

// unitWords are the fields that hold the unit of a limit beside its number.
var unitWords = map[string][]string{
	"statutory": {"statutory_unit", "法定时限单位", "法定办结时限单位", "法定期限单位", "法定办理时限单位", "anticipate_type", "legal_limit_unit", "legal_day_unit"},
	"promised":  {"promised_unit", "承诺时限单位", "承诺办结时限单位", "承诺期限单位", "承诺办理时限单位", "promise_type", "promise_limit_unit", "promise_day_unit"},
}

// subNames are the names of a part of an item, beside the item's own.
var subNames = []string{"业务办理项名称", "子项名称", "办理项名称", "情形名称", "办理项"}

// A reading is one record on its way to a draft.
type reading struct {
	f fields
	e *items.Edition
	d *Draft
}

// Of makes a draft of a record. It never fails: what cannot be understood is a
// finding.
func Of(record map[string]any) *Draft {
	e := &items.Edition{State: items.Draft}
	r := reading{f: spelt(record), e: e, d: &Draft{Edition: e, Rest: map[string]any{}}}
	r.identity()
	r.codes()
	r.who()
	r.counter()
	r.limits()
	r.demands()
	r.procedure()
	r.outcome()
	r.remarks()
	r.rest()
	return r.d
}

func (r *reading) warn(path, rule, say string, args ...any) {
	r.d.Findings = append(r.d.Findings, items.Finding{Rule: "foreign." + rule, Severity: items.Warning, Path: path, Say: fmt.Sprintf(say, args...)})
}

func (r *reading) wrong(path, rule, say string, args ...any) {
	r.warn(path, rule, say, args...)
	r.d.Findings[len(r.d.Findings)-1].Severity = items.Error
}

// keep keeps what the edition has no place for.
func (r *reading) keep(name string, v any) { r.d.Rest[name] = v }

// rest names what nobody took.
func (r *reading) rest() {
	for _, n := range r.f.left() {
		r.keep(n, r.f[n])
		r.warn(n, "field", "来源的“%s”（%s）没有对应的要素，已随草稿保留，请人工处理", short(n), short(textOf(r.f[n])))
	}
}

// leftOf names what nobody took of a part of the record.
func (r *reading) leftOf(path string, f fields) {
	for _, n := range f.left() {
		r.keep(path+"."+n, f[n])
		r.warn(path, "field", "来源的“%s”（%s）没有对应的要素，已随草稿保留，请人工处理", short(n), short(textOf(f[n])))
	}
}

// remarks are what those who gathered the data noted beside it; they are no
// elements.
func (r *reading) remarks() {
	r.e.Source = r.f.text(names["source"]...)
	if v, n, found := r.f.take(names["detail"]...); found {
		r.keep(n, v)
	}
	if v, n, found := r.f.take(names["remarks"]...); found {
		r.keep(n, v)
		r.warn("source", "remarks", "来源带有整理者的备注，已随草稿保留，没有作为要素导入")
	}
}

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
