package foreign_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"tongban/internal/catalogue/items/foreign"
)

// shapes are the ways in which other places write one element, what of it must stand in
// the draft, and what must be told.
var shapes = []struct {
	name, text string
	drafted    []string // of the edition as JSON
	told       []string // in a finding
}{
	{"fees, each a record", "收费: [{收费项目名称: 号牌工本费, 收费标准: 每副100元, 收费依据: 《收费办法》第三条, 减免: 小微企业免收}, {环节: 检验, 收费标准: 200元, 税目: 甲}]",
		[]string{`"fees":[{"name":"号牌工本费","standard":"每副100元","basis":[{"law":"收费办法","article":"第三条"}],"relief":"小微企业免收"},{"name":"检验","standard":"200元"}]`}, []string{"税目"}},
	{"the amount of a fee beside whether there is one", "是否收费: 是\n收费标准: 120元/本\n收费依据: 《降费通知》（发改价格〔2019〕914号）",
		[]string{`"fees":[{"name":"","standard":"120元/本","basis":[{"law":"降费通知"}]}]`}, []string{"发改价格〔2019〕914号"}},
	{"papers by the name", "申请材料: {申请书: {份数: 2}, 论证报告: {份数: 一式三份, 原件: 是}}", []string{`"name":"申请书"`, `"copies":2`, `"name":"论证报告"`, `"copies":3`}, []string{"原件"}},
	{"papers of which one is enough", "材料: [{name: 申请表}, {group: 住址证明, at_least: 1, options: [{name: 租赁合同}, {name: 房产证}]}]", []string{`"name":"住址证明"`, "任选1份：租赁合同；房产证"}, []string{"任选材料"}},
	{"papers by situations", "办理情形: [{情形名称: 首次, 申请材料: [{材料名称: 申请书}, {材料名称: 章程}]}, {情形名称: 变更, 申请材料: [{材料名称: 申请书}], 备案: 是}]",
		[]string{`"options":[{"value":"首次","label":"首次"},{"value":"变更","label":"变更"}]`, `"name":"章程","necessity":"","kind":"","form":"","copies":0,"channel":"","when":"办理情形 == \"首次\""`, `"name":"申请书","necessity":"","kind":"","form":"","copies":0,"channel":""}`}, []string{"2种情形", "备案"}},
	{"a situation at each paper", "材料: [{name: 甲, 情形: 新办、变更}, {name: 乙, 情形: 注销}, {name: 丙, 情形: 全部}]",
		[]string{`"when":"办理情形 == \"新办\" or 办理情形 == \"变更\""`, `"name":"丙","necessity":"","kind":"","form":"","copies":0,"channel":""}`}, []string{"3种情形"}},
	{"one situation is no question", "材料: [{name: 甲, 情形: 新办}]", nil, []string{"新办"}},
	{"steps with posts and limits", "办理流程: [{环节: 受理, 办理时限: 1个工作日, 办理岗位: 受理岗}, {环节: 决定, 办理岗位: 局长, 下一环节: 无此}]", []string{`"name":"受理","post":"受理岗","limit":{"n":1,"unit":"工作日"}`, `"post":"局长"`}, []string{"下一环节"}},
	{"special procedures, each a record", "特别程序: [{名称: 现场勘验, 时限: 10个工作日, 依据: 《甲法》第三条}, {名称: 听证, 时限: 20日}]", []string{`"name":"现场勘验","kind":"现场勘验","limit":{"n":10,"unit":"工作日"}`, `"law":"甲法"`}, []string{"“听证”时限“20日”"}},
	{"mediators, each a record", "中介服务: [{服务名称: 消防检测, 机构: 检测机构, 付费: 申请人, 依据: 《消防法》第三十四条, 周期: 年}]", []string{`"name":"消防检测","provider":"检测机构","payer":"申请人"`, `"law":"消防法"`}, []string{"周期"}},
	{"bases with their number and text", "设定依据: [{法律法规名称: 食品安全法, 依据文号: 主席令第21号, 条款号: 第三十五条, 条款内容: 国家实行许可}]", []string{`"law":"食品安全法","article":"第三十五条","text":"国家实行许可"`}, []string{"主席令第21号"}},
	{"a basis with its number in brackets", "设定依据: 《甲办法》（总局令第78号）第四条", []string{`"law":"甲办法","article":"第四条"`}, []string{"总局令第78号"}},
	{"places, each a record", "办理地点: [{名称: 政务中心, 地址: 元和路1号, 窗口: A12, 办公时间: '9:00-17:00', 电话: 0516-1, 楼层: 二}]", []string{`"name":"政务中心","address":"元和路1号","windows":"A12","hours":"9:00-17:00","phone":"0516-1"`}, []string{"楼层"}},
	{"remedies, each a record", "行政复议: {部门: 市政府, 地址: 新城区, 电话: '123'}\n行政诉讼: {部门: 铁路法院}", []string{`"review":{"body":"市政府","address":"新城区","phone":"123"}`, `"suit":{"body":"铁路法院"}`}, nil},
	{"a record where a text is", "咨询电话: {电话: 0516-1, 网址: www.x.cn}", []string{`"phone":"电话：0516-1；网址：www.x.cn"`}, nil},
	{"a form with groups and kinds", "表单: [{分组: 基本信息, 字段: [{名称: 姓名, 必填: 是}, {名称: 原因, 类型: 下拉, 选项: [甲, 乙]}, {名称: 面积, 类型: 声音}]}]", []string{`"title":"基本信息"`, `"label":"姓名","kind":"text","required":true`, `"label":"原因","kind":"choice","options":[{"value":"甲","label":"甲"},{"value":"乙","label":"乙"}]`}, []string{"“声音”不认识"}},
	{"codes that lost their zeros", "基本编码: 131019000\n业务办理项编码: 13101900001", []string{`"catalogue":"000131019000"`, `"local":"00013101900001"`}, []string{"已补成“000131019000”"}},
	{"two codes of no scheme", "基本编码: 甲1\n业务办理项编码: 乙2", []string{`"local":"乙2"`}, []string{"甲1"}},
	{"an answer that is neither yes nor no", "是否网办: 部分网办", nil, []string{"部分网办"}},
	{"a day in Chinese numerals", "施行日期: 自二〇二六年十一月二十一日起施行", []string{`"effective":"2026-11-21"`}, nil},
}

func TestOneElementInManyShapes(t *testing.T) {
	for _, tt := range shapes {
		t.Run(tt.name, func(t *testing.T) {
			var record map[string]any
			if err := yaml.Unmarshal([]byte("事项名称: 甲许可\n事项类型: 行政许可\n"+tt.text), &record); err != nil {
				t.Fatal(err)
			}
			d := foreign.Of(record)
			text, err := json.Marshal(d.Edition)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range tt.drafted {
				if !strings.Contains(string(text), want) {
					t.Errorf("%s\nhas no %s", text, want)
				}
			}
			for _, want := range tt.told {
				if !saysOf(d, want) {
					t.Errorf("%s is not told: %+v", want, d.Findings)
				}
			}
		})
	}
}

func saysOf(d *foreign.Draft, words string) bool {
	for _, f := range d.Findings {
		if strings.Contains(f.Say, words) {
			return true
		}
	}
	return false
}

// A limit is read out of the words around it; what is said beside it is told, and of
// several none is picked.
func TestLimitsInWords(t *testing.T) {
	for text, want := range map[string]struct{ limit, told string }{
		"20（工作日）": {"20个工作日", ""},
		"自受理之日起15个工作日内作出是否准予许可的决定": {"15个工作日", ""},
		"法定时限：20个工作日（不含听证、检验时间）":   {"20个工作日", "其余的话没有计入"},
		"20个工作日内办结，检验时间另计":         {"20个工作日", "其余的话没有计入"},
		"72小时":     {"72个工作小时", "按工作小时读取"},
		"当天":       {"即时办结", ""},
		"5至10个工作日": {"无时限", "几个期限"},
		"15个工作日；重大项目三十个工作日": {"无时限", "几个期限"},
		"45日内": {"无时限", "歧义"},
		"二十":   {"无时限", "“20”不是时限"},
	} {
		d := foreign.Of(map[string]any{"事项名称": "甲许可", "法定时限": text})
		if got := d.Edition.Statutory.String(); got != want.limit {
			t.Errorf("%s: %s, want %s", text, got, want.limit)
		}
		if want.told != "" && !saysOf(d, want.told) || want.told == "" && saysOf(d, "法定时限") {
			t.Errorf("%s: %+v, want %q", text, d.Findings, want.told)
		}
	}
}
