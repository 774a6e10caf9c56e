package scheme

import (
	"strings"
	"testing"

	"tongban/data"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// Schemes of other cities call things otherwise, leave things out and write
// limits as they please: each is read as far as it goes, what is not understood
// is named at its place, and nothing fails.
func TestSchemesOfOtherCities(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		parts      int
		lead       string
		limits     string   // of the whole, then of the items
		rules      []string // of findings that must be there
		not        []string // that must not
	}{
		{"English keys and hours", "title: 出生\nlead_department: 卫健委\nco_departments: 公安局、医保局\ntime_limit: 48小时\nmatters: [{title: 签发, days: 5个工作日, output: 出生医学证明}, {title: 落户, days: '10', needs: [出生医学证明]}]", 2, "卫健委", "48个工作小时 5个工作日 10个工作日", []string{"scheme.limit.unit"}, []string{"scheme.field"}},
		{"items under headings that count", "名称: 开饭店\n牵头单位: 市监局\n责任单位: {配合: [消防, 卫健]}\n涉及事项: {事项一: {名称: 执照, 时限: 1个工作日}, 事项二: {名称: 许可, 时限: 5个工作日, 前置: [执照]}}", 2, "市监局", " 1个工作日 5个工作日", []string{"themes.plan.promise"}, []string{"scheme.field", "scheme.order"}},
		{"departments as records", "name: 结婚\nlead: {name: 民政局}\npartners: [{department: 公安, duty: 户口}, {name: 卫健}]\npromise_limit: {value: 三, unit: 个工作日}\nitems: [{name: 登记, department: 民政局, promise_limit: 当场}, {name: 变更, promise_limit: 不超过五个工作日办结, after: 登记}]", 2, "民政局", "3个工作日 即时办结 5个工作日", nil, []string{"scheme.field", "scheme.limit", "scheme.order"}},
		{"odd limits", "name: 怪\nlead: 甲\npromise_limit: 法定时限内\nitems: [{name: a, limit: 7-10个工作日}, {name: b, limit: -3}, {name: c, limit: 1000000000000}, {name: d, limit: 三十日}, {name: e, limit: ''}]", 5, "甲", " 10个工作日   30个工作日 ", []string{"scheme.limit", "scheme.limit.range"}, nil},
		{"a ring", "name: 圈\nlead: 甲\nitems: [{name: 甲可, limit: 3天, result: 甲证, materials: [丙证]}, {name: 乙可, result: 乙证, materials: [甲证]}, {name: 丙可, result: 丙证, materials: [乙证]}]", 3, "甲", "", []string{"themes.plan.cycle"}, nil},
		{"a ring that is declared", "name: 圈\nlead: 甲\nitems: [{name: 甲可, 前置: 乙可}, {name: 乙可, 前置: 甲可}]", 2, "甲", "", []string{"themes.plan.cycle"}, nil},
		{"no departments", "name: 无\nitems: [a, b]", 2, "", "", []string{"scheme.lead"}, nil},
		{"twice", "name: 双\nlead: 甲\nitems: [{name: a}, {name: a}]", 1, "甲", "", []string{"themes.item.twice"}, nil},
		{"waits for what is not there", "name: 缺\nlead: 甲\nitems: [{name: a, 前置: 没有的事项}]", 1, "甲", "", []string{"scheme.order"}, nil},
		{"an order about one item", "name: 序\nlead: 甲\nitems: [{name: 甲可, limit: 2个工作日}, {name: 乙可, limit: 3个工作日}, {name: 丙可, limit: 1个工作日}]\nconstraints: [{item: 乙可, before: 甲可}, {item: 丙可, after: 甲可}]", 3, "甲", " 2个工作日 3个工作日 1个工作日", []string{"themes.plan.promise"}, []string{"scheme.order"}},
		{"conditions and materials that contradict", "name: 矛盾\nlead: 甲\nitems: 甲可、乙可\nconditions: [父母同一民族, 简易注销：公示20日, 普通注销：公告45日]\nmaterials: [{name: 民族申请, note: 父母不同民族}, 简易注销承诺书, 平面图, 平面图]", 2, "甲", "", []string{"scheme.contradiction", "scheme.material.situation", "scheme.material.twice"}, []string{"scheme.field"}},
		{"limits with remarks and parts", "name: 附\nlead: 甲\nlimit: 5个工作日（不含公示）\nitems: [{name: 甲可, limit: 0.5个工作日}, {name: 乙可, limit: 10-15 working days}, {name: 丙可, limit: 2天, when: 要办丙}]", 3, "甲", "5个工作日 1个工作日 15个工作日 2个工作日", []string{"scheme.limit.remark", "scheme.limit.part", "scheme.limit.range", "scheme.limit.unit", "themes.when"}, nil},
		{"one of two papers is made", "name: 后\nlead: 甲\nfee: {charged: true, detail: 邮寄20元}\nitems: [{name: 甲可, result: 死亡医学证明}, 乙可]\nmaterials: [死亡医学证明或法院判决书]\ncounts: {items: 3}", 2, "甲", "", []string{"themes.material.either", "scheme.fee"}, []string{"themes.material.made"}},
		{"tabs and full-width colons", "名称：开园\n牵头部门：教育局\n事项：\n\t- 名称：甲可\n\t  承诺时限：半天\n\t- 名称：乙可\n\t  承诺时限：约5个工作日\n", 2, "教育局", " 1个工作日 5个工作日", []string{"scheme.typed", "scheme.limit.part", "scheme.limit.vague"}, []string{"scheme.field"}},
		{"items called items", "名称: 旅馆\n牵头: 公安\n法定时限: 5个工作日\n承诺时限: 7个工作日\n事项: [{事项: 甲可, 依赖: 乙可, 材料: '1. 申请书\\n2、身份证（原件、复印件各1份）'}, {事项: 乙可, 依赖: 甲可, 承诺时限: {min: 3, max: 5, unit: work_days}}, {事项: 乙可, 承诺时限: 法定20日，承诺8个工作日}]", 2, "公安", "7个工作日  5个工作日", []string{"scheme.limit.legal", "scheme.limit.range", "scheme.limit.twice", "scheme.limit.two", "themes.plan.cycle"}, []string{"scheme.field"}},
		{"an industry and its permits", "行业: 宾馆\nlead: 市监局\npermits: 营业执照、特种行业许可证、公共场所卫生许可证", 3, "市监局", "", nil, []string{"scheme.field", "scheme.name"}},
		{"keys typed in other ways", "{\" Title \": \"扶残\", \"LEAD-AGENCY\": \"残联\", \"Items\": {\"残联\": \"甲可、乙可\"}, \"materials\": {\"户口簿\": \"残联、民政\"}, \"order\": \"甲可->乙可；乙可→甲可\", \"partners\": null}", 2, "残联", "", []string{"themes.plan.cycle"}, []string{"scheme.field", "scheme.order"}},
		{"stages with items in them, better before", "name: 建厂\nlead: 住建\n阶段: [{名称: 立项, 时限: 二十个工作日, 事项: [甲可, 乙可]}, {名称: 验收, 时限: 5个工作日}]\n改革前后: {改革前: {环节: 三个}, 改革后: {环节: 十二个}}", 3, "住建", "", []string{"scheme.stage.limit", "scheme.claim.worse"}, []string{"scheme.field"}},
		{"headings that say whose they are", "方案名称: 开理发店\n牵头部门: 市监局\n整件事承诺时限: 15个工作日\n事项列表: [{事项名称: 甲可, 办理时限: 1个工作日}, {事项名称: 乙可, 前置: 甲可}]", 2, "市监局", "15个工作日 1个工作日 ", nil, []string{"scheme.field", "scheme.name"}},
		{"as an interface answers", `{"code": 0, "msg": "ok", "data": {"themeName": "就业", "leadDept": "人社局", "promiseDay": "5个工作日", "itemList": [{"itemName": "甲可"}, {"itemName": "乙可"}], "materialList": [{"materialName": "身份证", "isMust": "1"}]}}`, 2, "人社局", "5个工作日  ", nil, []string{"scheme.field", "scheme.name"}},
		{"the encoding of older machines", "name: \xd2\xbb\xbc\xfe\xca\xc2\nlead: \xb9\xab\xb0\xb2\nitems: [a]\n", 1, "公安", "", nil, []string{"scheme.name"}},
		{"saved with a mark and line ends", "\xef\xbb\xbfname: 标\r\nlead: 甲\r\nitems: [a]\r\n", 1, "甲", "", nil, []string{"scheme.field", "scheme.name"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all, err := Read([]byte(tt.text))
			if err != nil || len(all) != 1 {
				t.Fatal(all, err)
			}
			s := all[0]
			c := themes.Compose(s.Theme, s.Editions, days(t), calendar.Parse("2026-03-02"))
			found := append(append([]themes.Finding{}, s.Findings...), c.Findings...)
			var rules []string
			for _, f := range found {
				rules = append(rules, f.Rule)
				if f.Path == "" || f.Say == "" || !strings.ContainsFunc(f.Say, func(r rune) bool { return r > 0x4e00 }) {
					t.Errorf("says nothing, or not where: %+v", f)
				}
			}
			said := " " + strings.Join(rules, " ") + " "
			for _, rule := range tt.rules {
				if !strings.Contains(said, " "+rule+" ") {
					t.Errorf("no finding %s in%s", rule, said)
				}
			}
			for _, rule := range tt.not {
				if strings.Contains(said, " "+rule+" ") {
					t.Errorf("finding %s: %+v", rule, found)
				}
			}
			if len(c.Parts) != tt.parts || s.Theme.Lead.Name != tt.lead {
				t.Errorf("%d parts, lead %q", len(c.Parts), s.Theme.Lead.Name)
			}
			if tt.limits == "" {
				return
			}
			limits := []string{limitSay(s.Theme.Promised.None(), s.Theme.Promised.String())}
			for _, p := range c.Parts {
				limits = append(limits, limitSay(p.Edition.Promised.None(), p.Edition.Promised.String()))
			}
			if got := strings.Join(limits, " "); got != tt.limits {
				t.Errorf("limits %q, want %q", got, tt.limits)
			}
		})
	}
}

func limitSay(none bool, say string) string {
	if none {
		return ""
	}
	return say
}

// Every document of a file is read; what nobody can read is told in Chinese, with
// its place.
func TestDocumentsAndUnreadableFiles(t *testing.T) {
	all, err := Read([]byte("name: 甲\nitems: [a]\n---\nname: 乙\nitems: [b]\n"))
	if err != nil || len(all) != 2 || all[1].Theme.Name != "乙" {
		t.Errorf("%d themes, %v", len(all), err)
	}
	for _, text := range []string{"name: [", "\x00\xff\xfe\x81", "- {a: b", "name: 'x"} {
		_, err := Read([]byte(text))
		said := fault.Say(err)
		for _, f := range fault.Fields(err) {
			said += f.Say
		}
		if err == nil || strings.ContainsFunc(said, func(r rune) bool { return r >= 'a' && r <= 'z' }) && !strings.Contains(said, "UTF-8") && !strings.Contains(said, "YAML") {
			t.Errorf("%q: %v %s", text, err, said)
		}
	}
}

// What a file says of all its schemes holds for those that have such items.
func TestAnOrderForAllSchemesOfAFile(t *testing.T) {
	all, err := Read([]byte("kind: 四阶段\nschemes:\n- {region: 甲市, lead: 甲, items: [规划许可证, 施工许可证]}\n- {region: 乙市, lead: 乙, items: [验收]}\nconstraints:\n- {item: 规划许可证, before: 施工许可证}\n"))
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	if o := all[0].Theme.Order; len(o) != 1 || o[0].Before != "规划许可证" || len(all[1].Theme.Order) != 0 {
		t.Errorf("order %v, %v", o, all[1].Theme.Order)
	}
	for _, f := range all[1].Findings {
		if f.Rule == "scheme.order" {
			t.Errorf("found in a scheme without such items: %v", f)
		}
	}
}

// Forty items in a row, each needing what the one before makes.
func TestAThemeOfFortyItems(t *testing.T) {
	var b strings.Builder
	b.WriteString("name: 四十项\nlead: 甲\npromise_limit: 200个工作日\nitems:\n")
	for i := range 40 {
		before, now := string(rune('一'+i)), string(rune('一'+i+1))
		b.WriteString("  - {name: 办" + now + "许可, limit: 2个工作日, result: " + now + "号证, materials: [" + before + "号证, 身份证]}\n")
	}
	all, err := Read([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	c := themes.Compose(all[0].Theme, all[0].Editions, days(t), calendar.Parse("2026-03-02"))
	if len(c.Parts) != 40 || len(c.Plan.Critical) != 40 || len(c.Materials.Materials) != 2 {
		t.Errorf("%d parts, %d on the longest way, %d materials", len(c.Parts), len(c.Plan.Critical), len(c.Materials.Materials))
	}
}

func days(t *testing.T) calendar.Calendar {
	t.Helper()
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	return days
}
