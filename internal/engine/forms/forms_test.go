package forms

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
	"tongban/internal/civic/calendar"
)

var today = calendar.Parse("2026-09-24")

// shop is a form with something of every kind.
const shop = `
groups:
  - id: who
    title: 申请人
    fields:
      - {id: 姓名, label: 姓名, kind: text, required: true, pattern: name, prefill: person.name, maxLen: 30}
      - {id: 身份证号, label: 身份证号码, kind: idnumber, required: true, sensitive: true, prefill: person.idnumber}
      - {id: 手机, label: 手机号码, kind: mobile, required: true, sensitive: true}
  - id: place
    title: 经营场所
    hint: 以不动产权证为准
    fields:
      - {id: 面积, label: 经营面积, kind: number, unit: 平方米, min: 1, max: 100000, required: true}
      - {id: 所在地, label: 所在区县, kind: region, required: true}
      - {id: 地址, label: 经营地址, kind: address, required: true, sensitive: true}
      - {id: 项目, label: 经营项目, kind: choices, required: true, max: 2, options: [{value: hot, label: 热食}, {value: cold, label: 冷食}, {value: raw, label: 生食}]}
      - {id: 租赁, label: 是否租赁, kind: yesno, required: true}
      - {id: 租期止, label: 租期截止日, kind: date, required: true, when: 租赁, min: today, max: today+30y}
  - id: guardian
    title: 监护人
    when: 周岁(出生, 今天) < 18
    fields:
      - {id: 监护人, label: 监护人姓名, kind: text, required: true}
  - id: more
    title: 其他
    fields:
      - {id: 资金, label: 投入资金, kind: money, max: 1000000}
      - {id: 邮箱, label: 电子邮箱, kind: email}
      - {id: 账号, label: 银行账号, kind: bank, sensitive: true}
      - {id: 代码, label: 统一社会信用代码, kind: uscc, when: 面积 >= 100}
      - {id: 说明, label: 情况说明, kind: longtext, maxLen: 20}
      - {id: 照片, label: 门头照片, kind: file, max: 2}
`

func shopForm(t testing.TB) (Form, []Question) {
	t.Helper()
	var f Form
	if err := yaml.Unmarshal([]byte(shop), &f); err != nil {
		t.Fatal(err)
	}
	// The date of birth is asked first, so that the group of the guardian may use it.
	f.Groups[0].Fields = append(f.Groups[0].Fields, Field{ID: "出生", Label: "出生日期", Kind: Birth, Required: true})
	return f, []Question{
		{ID: "情形", Text: "您要办哪一种", Options: []Option{{"new", "新办"}, {"change", "变更"}}},
		{ID: "变更地址", Text: "是否变更经营地址", When: `情形 == "change"`},
	}
}

func sound() Answers {
	return Answers{
		"情形": "new", "姓名": "李敏", "身份证号": "11010519491231002X", "手机": "13800000000", "出生": "1949-12-31", "面积": "80.5", "所在地": "320303",
		"地址": "和平路1号", "项目": "hot\ncold", "租赁": "否",
	}
}

func TestASoundApplication(t *testing.T) {
	f, questions := shopForm(t)
	if found := CheckForm(f, questions...); len(found) > 0 {
		t.Fatalf("%+v", found)
	}
	if bad := Check(f.With(questions), sound(), today); len(bad) > 0 {
		t.Fatalf("%+v", bad)
	}
	if Check(Form{}, nil, today) != nil || !(Form{}).Empty() || f.Empty() {
		t.Error("an empty form asks something")
	}
}

func TestEveryProblemAtItsField(t *testing.T) {
	f, questions := shopForm(t)
	f = f.With(questions)
	for _, tt := range []struct{ name, field, answer, code, say string }{
		{"left out", "姓名", "", "required", "请填写姓名"},
		{"only spaces", "姓名", " 　\t", "required", "请填写姓名"},
		{"nothing chosen", "项目", "", "required", "请选择经营项目"},
		{"a name is not a sentence", "姓名", "我叫李敏！", "format", "姓名格式不对，应是证件上的姓名"},
		{"NUL", "地址", "和平路\x00号", "characters", "控制字符"},
		{"escape", "地址", "和平路\x1b[31m", "characters", "控制字符"},
		{"right-to-left override", "地址", "和平路\u202e号", "characters", "改变文字方向"},
		{"isolate", "地址", "和平路\u2066号", "characters", "改变文字方向"},
		{"zero width", "地址", "和平\u200b路", "characters", "看不见的字符"},
		{"tag", "地址", "和平\U000e0041路", "characters", "看不见的字符"},
		{"a rare name", "姓名", "𠮷〇\ue000·买买提", "", ""},
		{"byte order mark", "地址", "\ufeff和平路", "characters", "看不见的字符"},
		{"bytes that are no text", "地址", "和平\xff路", "characters", "无法识别"},
		{"markup is only text", "地址", "<script>alert('1')</script> & \"; DROP TABLE cases;--", "", ""},
		{"four bytes are welcome", "地址", "𠮷祥路𪚥号😀", "", ""},
		{"too long", "说明", strings.Repeat("长", 21), "length", "情况说明最多20个字，现在有21个字，请缩短"},
		{"too long for its kind", "手机", strings.Repeat("1", 1000), "length", "请缩短"},
		{"full-width digits", "面积", "１２０．５", "", ""},
		{"thousands", "资金", "¥1,200.50", "", ""},
		{"not a number", "面积", "八十", "format", "经营面积应是数字"},
		{"scientific", "面积", "1e3", "format", "应是数字"},
		{"infinite", "面积", "Inf", "format", "应是数字"},
		{"too small", "面积", "0.5", "range", "经营面积不能小于1平方米"},
		{"too large", "面积", "100001", "range", "不能大于100000平方米"},
		{"as large as may be", "面积", "100000", "", ""},
		{"as small as may be", "面积", "1", "", ""},
		{"a third decimal", "资金", "1.234", "format", "最多两位小数"},
		{"less than nothing", "资金", "-1", "format", "应是金额"},
		{"too much", "资金", "1000000.01", "range", "不能大于1000000"},
		{"born tomorrow", "出生", "2026-09-25", "range", "出生日期不能晚于今天"},
		{"born today", "出生", "2026-09-24", "required", "请填写监护人姓名"},
		{"born on the first day of computers", "出生", "1970-01-01", "", ""},
		{"born too long ago", "出生", "1800-01-01", "range", "核对年份"},
		{"no such day", "出生", "1999-02-29", "format", "不是存在的日期"},
		{"written with 年月日", "出生", "1999年2月8日", "", ""},
		{"written with dots", "出生", "1999.2.8", "", ""},
		{"written without anything", "出生", "19990208", "", ""},
		{"wrong check", "身份证号", "110105194912310021", "format", "身份证号码有误"},
		{"small x", "身份证号", "11010519491231002x", "", ""},
		{"landline", "手机", "0516-83730000", "format", "手机号码应是1开头的11位数字"},
		{"with country", "手机", "+86 138 0000 0000", "", ""},
		{"no such option", "项目", "hot\nboiled", "option", "没有“boiled”这个选项"},
		{"too many options", "项目", "hot\ncold\nraw", "count", "经营项目最多选2项"},
		{"twice the same", "项目", "hot\nhot\ncold", "", ""},
		{"neither yes nor no", "租赁", "也许", "option", "请选择“是”或“否”"},
		{"true", "租赁", "false", "", ""},
		{"region", "所在地", "3203", "format", "所在区县有误"},
		{"long region", "所在地", "320303000000", "", ""},
		{"mail without a domain", "邮箱", "li@min", "format", "电子邮箱应像"},
		{"mail of Han", "邮箱", "李@敏.中国", "format", "电子邮箱应像"},
		{"mail", "邮箱", " li.min@example.cn ", "", ""},
		{"account", "账号", "6222 0200 0000 1234 567", "", ""},
		{"account with letters", "账号", "6222O200", "format", "银行账号应是8至30位数字"},
		{"file not uploaded", "照片", "C:\\照片.jpg", "format", "没有传完"},
		{"files", "照片", strings.Repeat("a", 64) + "\n" + strings.Repeat("b", 64) + "\n" + strings.Repeat("c", 64), "count", "最多上传2个文件"},
		{"a field that is gone", "传真", "12345678", "unknown", "当前表单没有“传真”这一项"},
		{"no such situation", "情形", "move", "option", "没有“move”这个选项"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := sound()
			a[tt.field] = tt.answer
			bad := Check(f, a, today)
			if tt.code == "" {
				if len(bad) > 0 {
					t.Fatalf("%+v", bad)
				}
				return
			}
			if len(bad) == 0 || bad[0].Code != tt.code || !strings.Contains(bad[0].Say, tt.say) {
				t.Fatalf("%+v", bad)
			}
		})
	}
}

// A sentence neither begins twice with the field nor tells people to choose a question.
func TestWhatIsWrongIsSaidOnce(t *testing.T) {
	for _, tt := range []struct {
		field      Field
		told, says string
	}{
		{Field{ID: "a", Label: "统一社会信用代码", Kind: USCC, Required: true}, "9132", "统一社会信用代码应是18位，请核对后重新填写"},
		{Field{ID: "a", Label: "信用代码", Kind: USCC, Required: true}, "9132", "信用代码有误：统一社会信用代码应是18位，请核对后重新填写"},
		{Field{ID: "a", Label: "取用哪一种水？", Kind: YesNo, Required: true}, "", "请回答“取用哪一种水？”"},
		{Field{ID: "a", Label: "取水方式", Kind: YesNo, Required: true}, "", "请选择取水方式"},
	} {
		if _, say := tt.field.check(tt.told, today); say != tt.says {
			t.Errorf("%s: %s", tt.field.Label, say)
		}
	}
}

func TestHiddenFieldsAreDroppedAndNeverMissed(t *testing.T) {
	f, _ := shopForm(t)
	a := sound()
	delete(a, "情形")
	a["租期止"] = "不是日期" // 租赁 is 否: not asked, so not judged
	if bad := Check(f, a, today); len(bad) > 0 {
		t.Errorf("%+v", bad)
	}
	if _, kept := Normalize(f, a)["租期止"]; kept {
		t.Error("an answer nobody asked for is kept")
	}
	a["租赁"] = "是"
	if bad := Check(f, a, today); len(bad) != 1 || bad[0].Path != "租期止" {
		t.Errorf("%+v", bad)
	}
	delete(a, "租期止")
	if bad := Check(f, a, today); len(bad) != 1 || bad[0].Say != "请填写租期截止日" {
		t.Errorf("%+v", bad)
	}
	a["租期止"] = "2026-09-23"
	if bad := Check(f, a, today); len(bad) != 1 || bad[0].Say != "租期截止日不能早于今天" {
		t.Errorf("%+v", bad)
	}
	a["租期止"] = "2056-09-25"
	if bad := Check(f, a, today); len(bad) != 1 || bad[0].Say != "租期截止日不能晚于2056年9月24日" {
		t.Errorf("%+v", bad)
	}
}

// An answer that cannot be read is neither yes nor no.
func TestAnUnreadableAnswerDecidesNothing(t *testing.T) {
	f := Form{[]Group{{ID: "g", Title: "组", Fields: []Field{
		{ID: "甲", Label: "甲", Kind: YesNo}, {ID: "乙", Label: "乙", Kind: Text, When: "not 甲", Required: true}, {ID: "丙", Label: "丙", Kind: Text, When: "甲", Required: true},
	}}}}
	if bad := Check(f, Answers{"甲": "也许"}, today); len(bad) != 1 || bad[0].Path != "甲" {
		t.Errorf("%+v", bad)
	}
}

// What hangs on a hidden field is hidden, whatever was left in it.
func TestAnAnswerNobodyWasAskedForIsNone(t *testing.T) {
	f := Form{[]Group{{ID: "g", Title: "组", Fields: []Field{
		{ID: "甲", Label: "甲", Kind: YesNo}, {ID: "乙", Label: "乙", Kind: YesNo, When: "甲"}, {ID: "丙", Label: "丙", Kind: Text, When: "乙", Required: true},
	}}}}
	if bad := Check(f, Answers{"甲": No, "乙": Yes}, today); len(bad) > 0 {
		t.Errorf("%+v", bad)
	}
	if got := Normalize(f, Answers{"甲": No, "乙": Yes, "丙": "x"}); !reflect.DeepEqual(got, Answers{"甲": No}) {
		t.Errorf("%v", got)
	}
}

func TestThreeFieldsOfADateBecomeOne(t *testing.T) {
	f := Form{[]Group{{ID: "g", Title: "组", Fields: []Field{{ID: "出生", Label: "出生日期", Kind: Birth, Required: true}}}}}
	for _, tt := range []struct{ y, m, d, want, code string }{
		{"1990", "3", "７", "1990-03-07", ""}, {"1990", "2", "30", "1990-2-30", "format"}, {"", "", "", "", "required"}, {"1990", "", "7", "1990--7", "format"},
		{"99999999999999999999", "1", "1", "99999999999999999999-1-1", "length"},
	} {
		a := Answers{"出生.year": tt.y, "出生.month": tt.m, "出生.day": tt.d}
		if got := Normalize(f, a); got["出生"] != tt.want || len(got) > 1 {
			t.Errorf("%v became %v", a, got)
		}
		bad := Check(f, a, today)
		if tt.code == "" && len(bad) > 0 || tt.code != "" && (len(bad) != 1 || bad[0].Code != tt.code || bad[0].Path != "出生") {
			t.Errorf("%v: %+v", a, bad)
		}
	}
}

func TestScreens(t *testing.T) {
	f, questions := shopForm(t)
	f = f.With(questions)
	ids := func(a Answers) string {
		var all []string
		for _, s := range Screens(f, a, today) {
			var of []string
			for _, field := range s.Fields {
				of = append(of, field.ID)
			}
			all = append(all, strings.Join(of, "+"))
		}
		return strings.Join(all, " ")
	}
	if got, want := ids(Answers{}), "情形 姓名 身份证号 手机 出生 面积 所在地 地址 项目 租赁 资金 邮箱 账号 说明 照片"; got != want {
		t.Errorf("%s", got)
	}
	young := sound()
	young["情形"], young["出生"], young["面积"], young["租赁"] = "change", "2015-01-01", "100", "是"
	if got, want := ids(young), "情形 变更地址 姓名 身份证号 手机 出生 面积 所在地 地址 项目 租赁 租期止 监护人 资金 邮箱 账号 代码 说明 照片"; got != want {
		t.Errorf("%s", got)
	}
	few := Form{[]Group{{ID: "g", Title: "联系人", Hint: "一人即可", Fields: []Field{{ID: "甲", Label: "甲", Kind: Text}, {ID: "乙", Label: "乙", Kind: Mobile}}}}}
	if s := Screens(few, nil, today); len(s) != 1 || s[0].ID != "甲" || s[0].Hint != "一人即可" || !s[0].Has("乙") {
		t.Errorf("%+v", s)
	}
}

func TestResumeAtTheFirstScreenThatIsNotDone(t *testing.T) {
	f, _ := shopForm(t)
	a := sound()
	delete(a, "情形")
	if at, n := Resume(f, a, today), len(Screens(f, a, today)); at != n {
		t.Errorf("done, but resumes at %d of %d", at, n)
	}
	delete(a, "面积")
	if s := Screens(f, a, today); s[Resume(f, a, today)].ID != "面积" {
		t.Errorf("resumes at %s", s[Resume(f, a, today)].ID)
	}
}

func TestFormsSurviveTheirFiles(t *testing.T) {
	f, questions := shopForm(t)
	f = f.With(questions)
	var fromYAML, fromJSON Form
	y, err := yaml.Marshal(f)
	if err == nil {
		err = yaml.Unmarshal(y, &fromYAML)
	}
	if diff := cmp.Diff(f, fromYAML); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	j, err := json.Marshal(f)
	if err == nil {
		err = json.Unmarshal(j, &fromJSON)
	}
	if diff := cmp.Diff(f, fromJSON); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

// Normalizing twice is normalizing once, and neither changes what Check says.
func TestNormalizeIsDoneOnce(t *testing.T) {
	f, questions := shopForm(t)
	f = f.With(questions)
	var ids []string
	for _, field := range f.All() {
		ids = append(ids, field.ID)
	}
	value := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"是", "否", " １２ ", "change", "hot\ncold", "1990年1月1日", "19900101", "+8613800000000", "320303000000", "1,000.5", "raw\nhot"}))
	rapid.Check(t, func(t *rapid.T) {
		a := Answers(rapid.MapOf(rapid.SampledFrom(ids), value).Draw(t, "answers"))
		once := Normalize(f, a)
		if twice := Normalize(f, once); !reflect.DeepEqual(once, twice) {
			t.Fatalf("%q, then %q", once, twice)
		}
		if diff := cmp.Diff(Check(f, a, today), Check(f, once, today)); diff != "" {
			t.Fatal(diff)
		}
		if at := Resume(f, a, today); at < len(Screens(f, a, today)) != (len(Check(f, a, today)) > 0) {
			t.Fatalf("resumes at %d with %v", at, Check(f, a, today))
		}
	})
}

func FuzzCheck(f *testing.F) {
	form, questions := shopForm(f)
	form = form.With(questions)
	f.Add("出生", "2026-09-24", "x")
	f.Add("出生.year", "1999", "说明")
	f.Add("地址", "\u202e\x00\xff", "𠮷")
	f.Fuzz(func(t *testing.T, id, v, w string) {
		a := sound()
		a[id], a["说明"] = v, w
		for _, bad := range Check(form, a, today) {
			if bad.Say == "" || bad.Code == "" || hostile(bad.Say) != "" {
				t.Fatalf("%+q", bad)
			}
		}
		for _, field := range form.All() {
			field.Show(a[field.ID])
			field.Mask(a[field.ID])
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	f, questions := shopForm(b)
	f = f.With(questions)
	a := sound()
	for b.Loop() {
		Check(f, a, today)
	}
}
