package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/foreign"
)

// A Kind is what a file is that is not of items (文件种类).
type Kind string

// The kinds of files that come along with items.
const (
	Scheme    Kind = "一件事方案"
	Listing   Kind = "清单资料"
	Policy    Kind = "惠企政策"
	Calendar  Kind = "工作日历"
	Hotline   Kind = "诉求或者知识问答"
	Decisions Kind = "决策表（DMN）"
	EventLog  Kind = "事件日志"
	Document  Kind = "规范性文件"
	Stranger  Kind = "" // none that we know
)

// An Other is a file, or a document in it, that is not of items.
type Other struct {
	Kind Kind
	Name string
	Text []byte // as it came; only of a scheme, which others check
}

// uses say which command or page reads a kind.
var uses = map[Kind]string{
	Scheme:    "用 tongban check 体检、tongban compose 推算，在“一件事”页编辑发布",
	Listing:   "只作核对，不产生事项；其中的事项请按事项文件导入",
	Policy:    "本平台还没有惠企政策的功能，只认出种类",
	Calendar:  "由系统管理员在“工作日历”页上传，先看哪些办件的到期日会变，再生效",
	Hotline:   "本平台还没有诉求和知识库的功能，只认出种类",
	Decisions: "自动审查规则在事项的“自动办理”页填写，不从这里导入",
	Document:  "本平台只认出种类，其中的规定请写进所涉及的事项",
	EventLog:  "本平台还没有分析事件日志的功能，只认出种类",
}

// told is the finding that a document is of another kind.
func told(o *Other) items.Finding {
	return items.Finding{Rule: "intake.kind", Severity: items.Warning, Say: fmt.Sprintf("这是%s“%s”，不是事项，没有作为事项读取；%s", o.Kind, short(o.Name), uses[o.Kind])}
}

// kindOf tells what a record is when it is not an item; Stranger where it may be
// an item, or is nothing that we know.
func kindOf(f map[string]any) Kind {
	switch {
	case text(f["item"]) != "" && f["kind"] == nil:
		return Stranger
	case isScheme(f):
		return Scheme
	case has(f, "clauses", "subsidy_text", "subsidy_field_wan", "政策条款", "facts_needed"):
		return Policy
	case has(f, "days") && has(f, "year", "papers"):
		return Calendar
	case has(f, "reply", "label1", "留言内容", "up") && has(f, "text", "title"), has(f, "q", "question", "问题") && has(f, "a", "answer", "答案") && !foreign.Evident(f):
		return Hotline
	case isListing(f):
		return Listing
	case isDocument(f):
		return Document
	}
	return Stranger
}

// isDocument reports whether a record is of a document of the government: it has a
// title, and who issued it or what it rules.
func isDocument(f map[string]any) bool {
	return has(f, "title", "标题", "文件名称") && has(f, "issuer", "发文机关", "发文单位", "rules", "text", "正文", "文号") && !foreign.Evident(f)
}

// isScheme reports whether a record is of a theme: it names the items it is made
// of, or who leads and who helps, and is itself no item.
func isScheme(f map[string]any) bool {
	if has(f, "legal_basis", "设定依据", "by_law", "sub_items", "业务办理项") {
		return false
	}
	if many(f, "themes", "主题", "一件事", "assignments", "职责分工") {
		return true
	}
	for _, k := range []string{"schemes", "方案"} {
		for _, one := range records(f[k]) {
			if many(one, "stages", "阶段划分", "办理阶段", "items", "联办事项", "assignments") || has(one, "lead", "牵头部门", "牵头单位") {
				return true
			}
		}
	}
	name := named(f)
	if strings.Contains(name, "清单") && !strings.Contains(name, "一件事") {
		return false
	}
	parts := many(f, "items", "联办事项", "事项清单", "包含事项", "components", "事项", "stages", "办理阶段")
	return name != "" && (parts || strings.Contains(name, "一件事") && !has(f, "org", "实施主体", "sub_code") ||
		has(f, "lead", "牵头部门", "牵头单位") && has(f, "partners", "配合部门", "配合单位", "责任部门", "协办部门") || has(f, "counts", "before_after", "改革前后"))
}

// isListing reports whether a record is a list about items rather than one: it
// says of what kind it is, or has no name and several lists.
func isListing(f map[string]any) bool {
	if foreign.Evident(f) {
		return false
	}
	if text(f["kind"]) != "" || text(f["清单"]) != "" || has(f, "清单名称") {
		return true
	}
	if n := named(f); n != "" && !strings.Contains(n, "清单") {
		return false
	}
	for _, v := range f {
		if l, ok := v.([]any); ok && len(l) > 0 {
			return true
		}
	}
	return false
}

func named(f map[string]any) string {
	for _, k := range []string{"name", "名称", "主题名称", "一件事名称", "title", "标题", "事项名称", "清单名称", "kind", "year"} {
		if s := text(f[k]); s != "" {
			if k == "kind" || k == "year" {
				break
			}
			return s
		}
	}
	return ""
}

// titled is what a document of another kind is called.
func titled(f map[string]any) string {
	for _, s := range []string{named(f), text(f["kind"]), text(f["region"]), text(f["document"]), text(f["note"])} {
		if s != "" {
			return s
		}
	}
	if keys := slices.Sorted(maps.Keys(f)); len(keys) > 0 {
		return strings.Join(keys[:min(4, len(keys))], "、")
	}
	return ""
}

func has(f map[string]any, keys ...string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return f[k] != nil })
}

// many reports whether one of the keys holds a list with something in it.
func many(f map[string]any, keys ...string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { l, ok := f[k].([]any); return ok && len(l) > 0 })
}

func records(v any) (all []map[string]any) {
	l, _ := v.([]any)
	for _, one := range l {
		if m, ok := one.(map[string]any); ok {
			all = append(all, m)
		}
	}
	return all
}

func text(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case nil, []any, map[string]any:
		return ""
	default:
		return fmt.Sprint(v)
	}
}
