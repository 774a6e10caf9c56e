package foreign_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/foreign"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

const guide = `
id: zz-1
name: 户外广告设置审批（含立柱、墙面、屋顶、灯箱）
code: '000117099000'
sub_code: '00011709900001'
type: 行政许可
objects: [个人, 法人]
org: 某市城市管理局
levels: [市级, 县级]
scope: 不可通办
min_visits: 1
online: true
legal_limit: {value: 20}
promise_limit: {value: 10, note: 一般10个工作日、简单3个工作日}
conditions: [拟设置的场地已取得使用权, 设置期满30日前申请延续]
materials:
- {name: 申请表, required: 必要, kind: 原件, form: 纸质和电子, copies: 1, channel: 申请人自备, submit: 网上, note: 一式三份}
- {name: 居民身份证, required: 必要, kind: 复印件, form: 纸质, copies: 1, channel: 申请人自备, submit: 网上和现场均可}
- {name: 其他材料, required: 容缺后补, kind: 原件, form: 电子, copies: 1, channel: 其他, note: 新就业职工}
steps: [申请, 5个工作日内审查, 3个工作日内决定, 公示7天]
fee: {charged: true}
results: [户外广告设置许可证]
legal_basis:
- {law: 城市市容和环境卫生管理条例, articles: 第十一条}
- 《某省城市容貌办法》第八条
special_procedure: {types: [现场考察, 专家评审], value: 15}
intermediary: true
hue: 蓝
`

// found is whether a finding of a rule stands at a path.
func found(all []items.Finding, rule, path string) bool {
	for _, f := range all {
		if f.Rule == rule && f.Path == path {
			return true
		}
	}
	return false
}

// read reads a guide written in YAML or JSON.
func read(text string) (*foreign.Draft, error) {
	if err := items.Plain([]byte(text)); err != nil {
		return nil, err
	}
	var f map[string]any
	if err := yaml.Unmarshal([]byte(text), &f); err != nil {
		return nil, err
	}
	return foreign.Of(f), nil
}

// findings are those of the reading and of the check together.
func findings(d *foreign.Draft) []items.Finding { return slices.Concat(d.Findings, d.Edition.Check()) }

func TestAGuideBecomesADraftWithFindings(t *testing.T) {
	d, err := read(guide)
	if err != nil {
		t.Fatal(err)
	}
	e, all := d.Edition, findings(d)
	if e.Item != "zz-1" || e.Codes.Catalogue != "000117099000" || e.Type != items.Licence || e.Statutory != (clock.Limit{N: 20}) || e.Kind != "" || e.Level != "" ||
		len(e.Objects) != 4 || len(e.Materials) != 3 || e.Materials[2].Deferrable != true || e.Materials[0].Form != items.PaperOrElectronic || len(e.Procedure.Nodes) != 6 ||
		e.Bases[1] != (items.Basis{Law: "某省城市容貌办法", Article: "第八条"}) || e.Results[0].Kind != items.Certificate || len(e.Special) != 2 || e.Scope != items.NotShared {
		t.Errorf("%+v", e)
	}
	for _, want := range []string{
		"foreign.field hue", "foreign.levels level", "foreign.objects objects[1]", "foreign.limit.unit statutory", "items.limit.shape statutory",
		"items.limit.tiers promised", "items.lead conditions[1].text", "items.name.several name", "foreign.material.form materials[0].form",
		"items.material.copies materials[0].copies", "foreign.material.submit materials[1].form", "items.material.source materials[1].channel",
		"items.material.catchall materials[2].name", "items.material.situational materials[2].when", "items.material.basis materials[0].basis",
		"foreign.step.sum procedure", "foreign.step.limit procedure.s4", "items.fee.basis fees[0]", "foreign.special.total special", "foreign.mediator mediators",
		"items.visits.reason visitReason", "items.element.missing level",
	} {
		rule, path, _ := strings.Cut(want, " ")
		if !found(all, rule, path) {
			t.Errorf("no finding %s", want)
		}
	}
	if d.Rest["hue"] != "蓝" || d.Rest["materials[0].submit"] != "网上" {
		t.Errorf("%v", d.Rest)
	}
}

func TestLimitsAreNeverGuessed(t *testing.T) {
	for _, tt := range []struct {
		text string
		want clock.Limit
		rule string
	}{
		{"promise_limit: 10个工作日", clock.Limit{N: 10, Unit: clock.WorkingDays}, ""},
		{"承诺时限: 即办", clock.Immediate, ""},
		{"promise_limit: {value: 7, unit: 自然日}", clock.Limit{N: 7, Unit: clock.CalendarDays}, ""},
		{"promise_limit: {value: 7, unit: 日}", clock.Limit{N: 7}, "foreign.limit.unit"},
		{"promise_limit: 7", clock.Limit{N: 7}, "foreign.limit.unit"},
		{"promise_limit: {value: 1, note: 1个工作日}", clock.Limit{N: 1, Unit: clock.WorkingDays}, "foreign.limit.unit"},
		{"promise_limit: {value: 1, note: 2个工作日}", clock.Limit{N: 1}, "foreign.limit.unit"},
		{"promise_limit: 一旬", clock.Limit{}, "foreign.limit"},
		{"promise_limit: {note: 验收之日起15日内由建设单位报备}", clock.Limit{}, "foreign.limit.note"},
		{"promise_day: 5\npromise_type: 工作日", clock.Limit{N: 5, Unit: clock.WorkingDays}, ""},
	} {
		d, err := read("name: 甲\n" + tt.text + "\n")
		if err != nil {
			t.Fatal(err)
		}
		if d.Edition.Promised != tt.want || tt.rule != "" && !found(d.Findings, tt.rule, "promised") || tt.rule == "" && found(d.Findings, "foreign.limit.unit", "promised") {
			t.Errorf("%s: %v %+v", tt.text, d.Edition.Promised, d.Findings)
		}
	}
}

func TestCatalogueLines(t *testing.T) {
	var lines []int
	var drafts []*foreign.Draft
	var codes []string
	foreign.Lines([]byte(`{"name": "甲", "dept": "某局", "type_code": "07", "type": "行政许可", "item_code": "511F33033003-511602000000-000-115113010833722043-1-00", "area_code": "511602000001", "org_credit_code": "115113010833722044", "org_code_checksum_ok": true}

{"name": 
{"事项名称": "乙", "事项编码": "000131004000", "事项类型": "XK", "颜色": "红"}
`), func(line int, record map[string]any, err error) bool {
		lines, codes = append(lines, line), append(codes, fault.Code(err))
		if record != nil {
			drafts = append(drafts, foreign.Of(record))
		}
		return true
	})
	if len(lines) != 3 || lines[1] != 3 || codes[1] != "foreign.line" || len(drafts) != 2 {
		t.Fatalf("%v %v", lines, codes)
	}
	a := drafts[0]
	for _, want := range []string{"foreign.type type", "foreign.agency agency", "foreign.region region", "foreign.code.type codes.local"} {
		rule, path, _ := strings.Cut(want, " ")
		if !found(a.Findings, rule, path) {
			t.Errorf("no %s in %+v", want, a.Findings)
		}
	}
	if a.Edition.Codes.Local == "" || a.Edition.Codes.LocalCatalogue != "511F33033003" || a.Edition.Item == "" {
		t.Errorf("%+v", a.Edition.Codes)
	}
	if b := drafts[1]; b.Edition.Type != items.Licence || b.Edition.Codes.Catalogue != "000131004000" || !found(b.Findings, "foreign.field", "颜色") {
		t.Errorf("%+v %+v", b.Edition, b.Findings)
	}
}

func TestWhatIsNoGuide(t *testing.T) {
	for _, record := range []map[string]any{{"name": "甲"}, {"title": "留言", "time": "昨天"}, {"事项编码": "000131004000"}} {
		if foreign.Evident(record) {
			t.Errorf("%v is taken for an item", record)
		}
	}
	if !foreign.Evident(map[string]any{" 事项-名称 ": "甲", "承诺时限": "5个工作日"}) || foreign.Full(map[string]any{"name": "甲", "promise_limit": 5}) {
		t.Error("what is an item is mixed up")
	}
}

func FuzzGuide(f *testing.F) {
	f.Add([]byte(guide))
	f.Add([]byte(`{"name":"甲","legal_limit":[1,{"value":null}],"materials":{"name":[]},"steps":3,"fee":"每件10元","special_procedure":"听证^鉴定"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if d, err := read(string(text)); err == nil {
			findings(d)
			if _, err := json.Marshal(d); err != nil && !strings.Contains(err.Error(), "unsupported value") {
				t.Fatal(err)
			}
		}
		foreign.Lines(text, func(_ int, record map[string]any, _ error) bool {
			if record != nil {
				findings(foreign.Of(record))
			}
			return true
		})
	})
}
