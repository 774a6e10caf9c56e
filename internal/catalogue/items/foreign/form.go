package foreign

import (
	"fmt"
	"slices"

	"tongban/internal/engine/forms"
)

// fieldKinds are the words for kinds of fields.
var fieldKinds = map[forms.Kind][]string{
	forms.Text: {"text", "文本", "单行文本", "文字", "字符", "字符串", "string", "input"}, forms.LongText: {"longtext", "textarea", "多行文本", "长文本"},
	forms.Number: {"number", "数字", "数值", "整数", "小数", "integer"}, forms.Money: {"money", "金额"}, forms.Date: {"date", "日期"}, forms.Birth: {"birth", "出生日期"},
	forms.Mobile: {"mobile", "手机", "手机号", "手机号码"}, forms.IDNumber: {"idnumber", "身份证", "身份证号", "身份证号码", "公民身份号码"}, forms.USCC: {"uscc", "统一社会信用代码"},
	forms.Choice: {"choice", "单选", "下拉", "下拉框", "下拉选择", "radio", "select"}, forms.Choices: {"choices", "多选", "复选", "复选框", "checkbox"}, forms.YesNo: {"yesno", "是否", "布尔", "boolean"},
	forms.Region: {"region", "行政区划"}, forms.Address: {"address", "地址"}, forms.File: {"file", "附件", "文件", "上传"}, forms.Email: {"email", "邮箱", "电子邮箱"}, forms.Bank: {"bank", "银行账号", "银行卡号"},
}

// form reads a form: names of fields, records of them, or either under headings.
func (r *reading) form() {
	v, name, found := r.f.take(names["form"]...)
	if !found {
		return
	}
	plain := forms.Group{ID: "applicant", Title: "申请信息"}
	var groups []forms.Group
	for i, m := range (fields{name: v}).maps("名称", name) {
		inner, _, grouped := m.take("字段", "fields", "表单项")
		if !grouped {
			plain.Fields = append(plain.Fields, r.field(at("form", i), m))
			continue
		}
		g := forms.Group{ID: fmt.Sprintf("g%d", i+1), Title: m.text("分组", "标题", "title", "名称", "name", "group")}
		for _, one := range (fields{"字段": inner}).maps("名称", "字段") {
			g.Fields = append(g.Fields, r.field(at("form", i), one))
		}
		r.leftOf(at("form", i), m)
		groups = append(groups, g)
	}
	if len(plain.Fields) > 0 {
		groups = append([]forms.Group{plain}, groups...)
	}
	r.e.Form = forms.Form{Groups: groups}
	n := 0
	for _, f := range r.e.Form.All() {
		n++
		f.ID = fmt.Sprintf("字段%d", n)
	}
	if n > 0 {
		r.warn("form", "form", "来源给出%d个表单项，没有写明的类型、是否必填和校验请逐项设置", n)
	}
}

// field reads one field. A kind that we do not know is asked as a text.
func (r *reading) field(path string, m fields) forms.Field {
	f := forms.Field{Label: m.text("名称", "name", "label", "字段名称", "字段名", "标题", "title"), Kind: forms.Text, Hint: m.text("提示", "hint", "说明", "备注", "note")}
	if word := m.text("类型", "type", "kind", "字段类型"); word != "" {
		f.Kind = kindNamed(word)
		if f.Kind == "" {
			f.Kind = forms.Text
			r.warn(path, "form.kind", "表单项“%s”的类型“%s”不认识，已按文本读取", short(f.Label), short(word))
		}
	}
	f.Required, _ = m.yes("必填", "required", "是否必填")
	for _, o := range m.list("选项", "options", "可选值") {
		f.Options = append(f.Options, forms.Option{Value: o, Label: o})
	}
	r.leftOf(path, m)
	return f
}

func kindNamed(word string) forms.Kind {
	for kind, words := range fieldKinds {
		if slices.Contains(words, word) {
			return kind
		}
	}
	return ""
}
