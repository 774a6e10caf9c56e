package scheme

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/civic/codes"
)

// names are the words schemes have for what we call by the key.
var names = map[string][]string{
	"id":          {"id", "编号", "标识"},
	"name":        {"name", "名称", "主题名称", "一件事名称", "title", "事项名称", "theme", "标题", "industry", "行业", "行业名称"},
	"itemName":    {"name", "名称", "事项名称", "title", "标题", "事项", "事项名", "matter", "item", "item_name", "许可事项", "许可", "permit", "service", "task"},
	"code":        {"code", "编码", "主题编码", "事项编码"},
	"class":       {"class", "kind", "类别", "类型", "type"},
	"region":      {"region", "地区", "适用地区", "city", "area"},
	"document":    {"document", "文号", "文件"},
	"stage":       {"stage", "life_stage", "生命周期", "阶段"},
	"subject":     {"subject", "服务对象", "对象"},
	"lead":        {"lead", "牵头部门", "牵头单位", "lead_department", "lead_agency", "lead_dept", "牵头", "主办部门", "主办单位"},
	"partners":    {"partners", "配合部门", "协办部门", "责任部门", "配合单位", "departments", "co_departments", "partner_departments", "partner", "协同部门", "协同单位", "参与部门", "参与单位", "责任单位", "配合"},
	"promise":     {"promise_limit", "承诺时限", "承诺办结时限", "联办时限", "办理时限", "promise", "limit", "total", "time_limit", "promised", "deadline", "days", "时限", "承诺期限", "承诺办理时限", "办结时限", "总时限", "总承诺时限", "total_limit", "promise_day", "promise_days", "promise_time"},
	"statutory":   {"legal_limit", "法定时限", "法定办结时限", "statutory_limit", "法定期限"},
	"items":       {"items", "事项", "联办事项", "事项清单", "包含事项", "components", "sub_items", "matters", "services", "tasks", "涉及事项", "联办事项清单", "子事项", "permits", "许可事项", "许可", "许可清单", "涉及许可", "licences", "licenses"},
	"assignments": {"assignments", "职责分工", "分工"},
	"materials":   {"materials", "申请材料", "材料", "材料清单", "docs", "documents", "needs", "required_materials", "所需材料", "提交材料", "应交材料"},
	"conditions":  {"conditions", "申请条件", "受理条件", "办理条件"},
	"stages":      {"stages", "阶段划分", "办理阶段"},
	"questions":   {"questions", "情形", "问卷", "情形引导"},
	"text":        {"text", "question", "问题", "题目", "name"},
	"options":     {"options", "选项", "answers"},
	"order":       {"order", "constraints", "先后顺序", "办理顺序", "依赖", "dependencies", "sequence", "办理次序"},
	"beforeAfter": {"before_after", "改革前后", "对比", "优化前后"},
	"counts":      {"counts", "数量", "统计"},
	"itemCount":   {"item_count", "事项数", "事项数量", "item_count_in_source"},
	"fee":         {"fee", "收费", "是否收费", "fees"},
	"online":      {"online", "网办深度", "是否网办", "mode", "办理方式"},
	"steps":       {"steps", "办理流程", "流程"},
	"source":      {"source", "来源"},
	"themes":      {"themes", "主题", "schemes", "方案", "一件事"},
	"org":         {"org", "实施主体", "部门", "责任部门", "dept", "agency", "实施机关", "办理部门", "department", "承办部门", "承办单位"},
	"result":      {"result", "results", "办理结果", "结果", "证照", "output", "outputs", "certificate", "出件"},
	"kind":        {"kind", "材料类型", "原件复印件"},
	"form":        {"form", "材料形式", "形式"},
	"copies":      {"copies", "份数"},
	"required":    {"required", "必要性", "是否必要", "necessity", "is_must"},
	"auto":        {"auto_filled", "自动生成", "系统生成"},
	"exempt":      {"exempt", "免提交", "免交"},
	"note":        {"note", "说明", "备注", "notes"},
	"optional":    {"optional", "可选", "是否可选"},
	"when":        {"when", "适用情形", "情形条件", "情形", "适用条件"},
	"value":       {"value", "n", "数值", "时限"},
	"most":        {"max", "最长", "上限", "至多", "不超过"},
	"unit":        {"unit", "单位", "时限单位"},
	"prior":       {"depends_on", "depends", "after", "前置", "前置事项", "先办事项", "依赖", "依赖事项", "前序", "前序事项", "prerequisite", "prerequisites", "predecessors"},
	"before":      {"before", "之前", "先办", "前置", "after_of"},
	"after":       {"after", "之后", "后办", "item", "事项"},
}

// aside are what those who gathered a scheme noted beside it, and what a
// composition has no use for.
var aside = []string{
	"quirks", "coverage", "detail", "faq", "常见问题", "in_seeds", "pilot_note", "scope", "实施范围", "date", "日期", "basis", "依据",
	"known_guides", "known_versions", "source", "in_seed",
}

// fields is one record of a scheme.
type fields map[string]any

// find is the value under any name for the key, and the name it stands under.
func (f fields) find(key string) (any, string) {
	for _, n := range names[key] {
		if v, ok := f[n]; ok && v != nil {
			return v, n
		}
	}
	for _, n := range slices.Sorted(maps.Keys(f)) {
		if f[n] != nil && slices.ContainsFunc(folded(n), func(word string) bool { return slices.Contains(names[key], word) }) {
			return f[n], n
		}
	}
	return nil, ""
}

// qualifiers are the words before a name that say only that it is the theme's, or the
// record's own; plurals are those after it that say that there are many.
var (
	qualifiers = []string{"theme_", "one_thing_", "material_", "整件事", "一件事", "方案", "主题"}
	plurals    = []string{"_list", "列表", "清单"}
)

// folded are a name as others write it: 整件事承诺时限 is 承诺时限, itemList is items.
func folded(n string) []string {
	words := []string{n}
	for _, q := range qualifiers {
		if rest, ok := strings.CutPrefix(n, q); ok && rest != "" {
			words = append(words, rest)
		}
	}
	for _, l := range plurals {
		if rest, ok := strings.CutSuffix(n, l); ok && rest != "" {
			words = append(words, rest, rest+"s")
		}
	}
	return words
}

func (f fields) missing(key string) bool { v, _ := f.find(key); return v == nil }

func (f fields) says(keys ...string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return !f.missing(k) })
}

func (f fields) without(key string) fields {
	rest := maps.Clone(f)
	delete(rest, key)
	return rest
}

// take is find, and notes that the value was understood.
func (r *reading) take(f fields, key string) any {
	v, n := f.find(key)
	if n != "" {
		r.taken[n] = true
	}
	return v
}

func (r *reading) text(f fields, key string) string { return textOf(r.take(f, key)) }

// textOf is a value as text; lists are joined.
func textOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return strings.TrimSpace(v)
	case bool:
		if v {
			return "是"
		}
		return "否"
	case []any:
		return strings.Join(texts(v), "；")
	case map[string]any:
		var all []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			all = append(all, key+"："+textOf(v[key]))
		}
		return strings.Join(all, "；")
	default:
		return fmt.Sprint(v)
	}
}

// texts are the texts of a list, or of one value; a text of several, divided by
// 、 or ；, is several.
func texts(v any) []string {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		var all []string
		for _, one := range v {
			if m, ok := one.(map[string]any); ok {
				all = append(all, texts(m)...)
			} else if s := textOf(one); s != "" {
				all = append(all, s)
			}
		}
		return all
	case map[string]any:
		return named(fields(v))
	default:
		return strings.FieldsFunc(textOf(v), func(r rune) bool { return strings.ContainsRune("、；;，,\n", r) })
	}
}

// sentences are the texts of a list; one that stands alone stays whole.
func sentences(v any) []string {
	if _, ok := v.([]any); ok {
		return texts(v)
	}
	if s := textOf(v); s != "" {
		return []string{s}
	}
	return nil
}

// named are the names in a record: its own, its department's, or those that it
// lists under headings (配合: [消防, 卫健]).
func named(f fields) []string {
	for _, key := range []string{"name", "org"} {
		if v, _ := f.find(key); v != nil {
			return texts(v)
		}
	}
	var all []string
	for _, head := range slices.Sorted(maps.Keys(f)) {
		if under, ok := f[head].([]any); ok {
			all = append(all, texts(under)...)
		}
	}
	return all
}

func first(a, b any) any {
	if a != nil {
		return a
	}
	return b
}

// list is a list of records; a bare text is a record of that name.
func list(v any) []fields {
	var all []fields
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			all = append(all, list(one)...)
		}
	case map[string]any:
		all = append(all, fields(v))
	case nil:
	default:
		if s := textOf(v); s != "" {
			all = append(all, fields{"name": s})
		}
	}
	return all
}

// values are texts as a list in a file has them.
func values(texts []string) []any {
	all := make([]any, len(texts))
	for i, t := range texts {
		all[i] = t
	}
	return all
}

// listed is a value of which each part is one thing: a text that names several
// names each.
func listed(v any) any {
	if text, ok := v.(string); ok {
		return values(apart(text))
	}
	return v
}

// title is what a record of an item or a material calls it, and the key it stands
// under.
func (f fields) title() (any, string) {
	for _, n := range names["itemName"] {
		switch v := f[n].(type) {
		case nil, []any, map[string]any:
		default:
			return v, n
		}
	}
	return f.find("name")
}

// sorted divides a record that is no thing by itself but lists things under
// headings, such as departments: 公安: [...], 医保: [...]. False for a thing.
func (f fields) sorted() (heads []string, ok bool) {
	if v, _ := f.title(); v != nil || len(f) == 0 {
		return nil, false
	}
	return slices.Sorted(maps.Keys(f)), true
}

// number reads 22, "22份", "72个工作日", "５".
func number(v any) (int, bool) {
	s := strings.Map(codes.Halfwidth, textOf(v))
	if at := strings.IndexAny(s, "一二两三四五六七八九十"); at >= 0 && !strings.ContainsAny(s, "0123456789") {
		s = codes.Digits(s[at:])
	}
	i := strings.IndexAny(s, "0123456789")
	if i < 0 {
		return 0, false
	}
	j := i
	for j < len(s) && s[j] >= '0' && s[j] <= '9' {
		j++
	}
	n, err := strconv.Atoi(s[i:j])
	return n, err == nil && n < 100000
}

// truth reads yes and no; known is false for anything else.
func truth(v any) (yes, known bool) {
	switch strings.ToLower(textOf(v)) {
	case "是", "true", "yes", "1", "必要", "必须", "y":
		return true, true
	case "否", "false", "no", "0", "非必要", "选交", "可选", "n":
		return false, true
	}
	return false, false
}
