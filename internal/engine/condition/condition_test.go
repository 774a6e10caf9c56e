package condition

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

var facts1 = Env{
	"面积": 120.5, "人数": 3, "类型": "新设", "连锁": true, "经营项目": []string{"热食", "冷食"},
	"出生日期": calendar.Parse("1960-03-01"), "今天": "2026-09-24", "写成文字的数": "200",
	"申请人": map[string]any{"年龄": 65, "地址": map[string]any{"区": "云龙区"}}, "扁平.名": "有",
}

func TestConditionsAsTheyAreWritten(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"", true},
		{"面积 > 100", true},
		{"面积 > 100 and 类型 == '新设'", true},
		{`类型 in ["变更", "延续"]`, false},
		{`类型 not in ["变更", "延续"]`, true},
		{`经营项目 contains "热食"`, true},
		{`"生食" in 经营项目`, false},
		{"连锁", true},
		{`连锁 == "是"`, true},
		{"not 连锁", false},
		{"not (面积 > 100)", false},
		{"申请人.年龄 >= 60", true},
		{`申请人.地址.区 == "云龙区"`, true},
		{`扁平.名 == "有"`, true},
		{"周岁(出生日期, 今天) >= 66", true},
		{"周岁(出生日期, \"2026-03-01\") == 65", true},
		{"周岁(出生日期, \"2026-03-02\") == 66", true},
		{"相隔天数(\"2026-09-20\", 今天) == 4", true},
		{`今天 >= "2026-01-01"`, true},
		{"个数(经营项目) == 2", true},
		{"人数 % 2 == 1", true},
		{"0.1 + 0.2 == 0.3", true},
		{"写成文字的数 > 100", true},
		{"写成文字的数 == 200", true},
		{`类型 startsWith "新"`, true},
		{"面积 > 100 ? 连锁 : false", true},
		{"没有的 ?? true", true},
	} {
		got, err := Judge(tt.text, facts1)
		if err != nil || got != tt.want {
			t.Errorf("%s: %v, %v; want %v", tt.text, got, err, tt.want)
		}
	}
}

func TestWhatNobodyToldIsNotTrue(t *testing.T) {
	for _, tt := range []struct {
		text        string
		holds, know bool
	}{
		{"缺 > 100", false, false},
		{"not (缺 > 100)", false, false},
		{`缺 != "甲"`, false, false},
		{"缺", false, false},
		{"缺 and false", false, true},
		{"缺 or true", true, true},
		{"缺 or 缺.更缺", false, false},
		{"已填(缺)", false, true},
		{"not 已填(缺)", true, true},
		{"周岁(缺, 今天) > 3", false, false},
		{"1 / 0 > 5", false, false},
		{"类型 in [缺]", false, false},
		{"缺 ? true : true", false, false},
	} {
		p, err := Compile(tt.text, nil)
		if err != nil {
			t.Errorf("%s: %v", tt.text, err)
			continue
		}
		if got, err := p.Eval(facts1); err != nil || got != tt.holds || p.Known(facts1) != tt.know {
			t.Errorf("%s: %v (known %v), %v; want %v (known %v)", tt.text, got, p.Known(facts1), err, tt.holds, tt.know)
		}
	}
}

func TestFaultsSayWhereAndWhatToDo(t *testing.T) {
	vars := Vars{"面积": Number, "类型": Text, "连锁": Truth, "开业": Day, "项目": List}
	for _, tt := range []struct{ text, code, say string }{
		{"面积 ＞ 100", "condition.wide", "第4个字：“＞”是中文标点，请改用英文的 >"},
		{"类型 == “新设”", "condition.wide", "第7个字"},
		{"面积 = 100", "condition.syntax", "判断相等请写两个等号 =="},
		{"面积 > 100 且 连锁", "condition.syntax", "请用 and 表示“且”"},
		{"面积 >", "condition.syntax", "条件没有写完"},
		{`类型 == "新设`, "condition.syntax", "文字的引号没有配对"},
		{"面职 > 100", "condition.name", "第1个字：没有叫“面职”的问题或字段"},
		{"面积", "condition.truth", "条件要能判断是或否，“面积”是数字"},
		{`面积 == "大"`, "condition.kind", "“面积”是数字，“\"大\"”是文字，不能比较"},
		{`开业 > "2026-9-1"`, "condition.day", "不是日期"},
		{`项目 == "热食"`, "condition.kind", "不能比较"},
		{`项目 in ["热食"]`, "condition.kind", "请写 项目 contains"},
		{`类型 in "新设"`, "condition.kind", "这里要多项"},
		{"not 面积 > 100", "condition.not", "请写成 not (面积 > 100)"},
		{"连锁 and 面积", "condition.kind", "“面积”是数字，这里要是否"},
		{"面积 == nil", "condition.nil", "请用 已填(名称)"},
		{"now() > 开业", "condition.syntax", "条件里不能用这种写法（now）"},
		{"删除(面积)", "condition.function", "没有叫“删除”的函数"},
		{"周岁(开业)", "condition.function", "周岁 要2个值，这里给了1个"},
		{"类型 matches '^新'", "condition.operator", "条件里不能用 matches"},
		{"项目[0] == '甲'", "condition.member", "只能用点号取下一级"},
		{"any(项目, # == '甲')", "condition.syntax", "any"},
		{"let x = 1; x == 1", "condition.syntax", "不能用"},
		{strings.Repeat("(", 1999), "condition.syntax", "条件没有写完"},
		{strings.Repeat("连锁 and ", 300) + "连锁", "condition.long", "条件有"},
		{"连锁" + strings.Repeat(" and 连锁", 120), "condition.long", "条件太复杂"},
		{"连锁" + strings.Repeat("?连锁:连锁", 60), "condition.long", ""},
		{"a\xff", "condition.encoding", "无法识别"},
	} {
		_, err := Compile(tt.text, vars)
		if fault.Code(err) != tt.code || !strings.Contains(fault.Say(err), tt.say) {
			t.Errorf("%.60s: %s %s; want %s %s", tt.text, fault.Code(err), fault.Say(err), tt.code, tt.say)
		}
	}
}

func TestKindsThatGoTogether(t *testing.T) {
	vars := Vars{"面积": Number, "类型": Text, "连锁": Truth, "开业": Day, "今天": Day, "项目": List, "申请人.年龄": Number}
	for _, text := range []string{
		`开业 >= "2026-01-01"`, `"2026-01-01" < 开业`, "开业 <= 今天", `连锁 == "是"`, `"否" != 连锁`, `项目 contains "热食"`, `"热食" in 项目`,
		`开业 startsWith "2026"`, `类型 contains "新"`, "申请人.年龄 + 1 > 60", "周岁(开业, 今天) > 1", `相隔天数("2026-01-01", 今天) > 1`,
		"(连锁 ? 面积 : 10) > 5", "(面积 ?? 0) == 0", "个数(项目) > 1", "-面积 < 0", "已填(开业) and 已填(项目)",
	} {
		if _, err := Compile(text, vars); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestAFactThatCannotBeJudgedIsAFault(t *testing.T) {
	for _, text := range []string{"人 > 3", `类型 > 3`, "类型 and true", "类 == 1", "-类型 > 1", "类型 contains 经营项目"} {
		env := Env{"人": "三", "类型": "新设", "类": struct{}{}, "经营项目": []string{"甲"}}
		if ok, err := Judge(text, env); ok || fault.Code(err) != "condition.value" || strings.Contains(fault.Say(err), "三") {
			t.Errorf("%s: %v, %v", text, ok, err)
		}
	}
}

func TestTheTraceOfAReplayIsTheSame(t *testing.T) {
	p, err := Compile(`(面积 > 100 or 缺 == "甲") and not (类型 in ["变更"]) and 人数 < 2`, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := `(面积 > 100 or 缺 == "甲") and not (类型 in ["变更"]) and 人数 < 2：不成立
  (面积 > 100 or 缺 == "甲") and not (类型 in ["变更"])：成立
    面积 > 100 or 缺 == "甲"：成立
      面积 > 100：成立
        面积：120.5
      缺 == "甲"：不明
        缺：缺
    not (类型 in ["变更"])：成立
      类型 in ["变更"]：不成立
        类型：新设
  人数 < 2：不成立
    人数：3
`
	for range 3 {
		if got := p.Explain(facts1).String(); got != want {
			t.Fatalf("got\n%s", got)
		}
	}
}

func TestNamesMentionsAndWords(t *testing.T) {
	p, err := Compile(`申请人.类型 == "企业" and (面积 > 100 or 类型 in ["新设", "变更"]) and not 已填(批文)`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(p.Names(), " "); got != "批文 申请人.类型 类型 面积" {
		t.Errorf("names: %s", got)
	}
	if got := p.Mentions(); strings.Join(got["类型"], " ") != "变更 新设" || got["申请人.类型"][0] != "企业" {
		t.Errorf("mentions: %v", got)
	}
	words := p.Words(func(name string) string { return map[string]string{"面积": "经营面积"}[name] })
	if words != "申请人.类型 为 企业 且 （经营面积 大于 100 或 类型 属于 新设、变更） 且 不是（已填（批文））" {
		t.Errorf("words: %s", words)
	}
}

// Adding a fact never turns an answer that was known into another.
func TestToldMoreNeverUnsays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawn(3).Draw(t, "text")
		p, err := Compile(text, nil)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		env, more := Env{}, Env{}
		for _, name := range []string{"甲", "乙", "丙"} {
			v := rapid.Bool().Draw(t, name)
			if more[name] = v; rapid.Bool().Draw(t, name+" told") {
				env[name] = v
			}
		}
		before, _ := p.Eval(env)
		if after, _ := p.Eval(more); p.Known(env) && before != after {
			t.Fatalf("%s: %v with %v, but %v with %v", text, before, env, after, more)
		}
	})
}

// drawn makes sound conditions over three truths.
func drawn(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		if depth == 0 {
			return rapid.SampledFrom([]string{"甲", "乙", "丙", "true", "false"}).Draw(t, "leaf")
		}
		part := drawn(depth - 1)
		switch rapid.IntRange(0, 3).Draw(t, "shape") {
		case 0:
			return "not (" + part.Draw(t, "part") + ")"
		case 1:
			return "(" + part.Draw(t, "left") + ") and (" + part.Draw(t, "right") + ")"
		case 2:
			return "(" + part.Draw(t, "left") + ") or (" + part.Draw(t, "right") + ")"
		default:
			return drawn(0).Draw(t, "left") + " == (" + part.Draw(t, "right") + ")"
		}
	})
}

func FuzzCompile(f *testing.F) {
	for _, seed := range []string{"面积 > 100 and 类型 in ['a']", "a.b.c ?? 1 == -2.5e3", "周岁(a, b) > 60 ? c : d", "not (a contains `x`)", "((((", "a|len()", "#", "::f()", "if a {b} else {c}", "\x00", "1..9", "a?.b", "{a:1}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Compile(text, nil)
		if err != nil {
			if fault.Of(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		one, errOne := p.Eval(facts1)
		two, errTwo := p.Eval(facts1)
		if one != two || (errOne == nil) != (errTwo == nil) {
			t.Fatalf("%q is not the same twice", text)
		}
		if p.Explain(facts1).String() != p.Explain(facts1).String() {
			t.Fatalf("%q explains itself in two ways", text)
		}
		p.Names()
		p.Mentions()
		p.Words(func(string) string { return "" })
	})
}

func BenchmarkEval(b *testing.B) {
	p, _ := Compile(`面积 > 100 and 类型 == "新设" and 人数 < 10`, nil)
	for b.Loop() {
		if ok, _ := p.Eval(facts1); !ok {
			b.Fatal()
		}
	}
}

func BenchmarkJudge(b *testing.B) {
	for b.Loop() {
		if ok, _ := Judge(`面积 > 100 and 类型 == "新设" and 人数 < 10`, facts1); !ok {
			b.Fatal()
		}
	}
}
