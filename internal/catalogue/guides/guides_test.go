package guides_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongban/data"
	"tongban/internal/catalogue/guides"
	"tongban/internal/catalogue/items"
	"tongban/internal/engine/forms"
)

func edition(t testing.TB, id string) *items.Edition {
	t.Helper()
	text, err := data.Sample.ReadFile("sample/items/" + id + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	e, err := items.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func name(id string) string { return map[string]string{"xz-fire": "徐州市消防救援支队"}[id] }

// titles are those of GB/T 36114-2018 in its order.
var titles = []string{
	"适用范围", "事项审查类型", "办理依据", "受理机构", "决定机构", "数量限制", "申请条件", "禁止性要求", "申请材料目录", "申请接收", "办理基本流程",
	"办理方式", "办结时限", "收费依据及标准", "审批结果", "结果送达", "申请人权利和义务", "咨询途径", "监督投诉渠道", "办公地址和时间", "办理进程和结果公开查询",
}

func TestAGuideHasEverySectionInOrder(t *testing.T) {
	for _, id := range []string{"food-permit", "marriage-registration", "unemployment"} {
		var got []string
		for i, s := range guides.Of(edition(t, id), name).Sections {
			got = append(got, s.Title)
			if s.No != i+1 || len(s.Blocks) == 0 {
				t.Errorf("%s: section %d %s is empty or misnumbered", id, i+1, s.Title)
			}
		}
		if diff := cmp.Diff(titles, got); diff != "" {
			t.Errorf("%s: %s", id, diff)
		}
	}
	for i, s := range guides.Of(&items.Edition{}, name).Sections {
		if s.Title != titles[i] || len(s.Blocks) == 0 {
			t.Errorf("an empty edition: section %s", s.Title)
		}
	}
}

func TestWhereThereIsNothingTheGuideSaysSo(t *testing.T) {
	g := guides.Of(edition(t, "food-permit"), name)
	for id, want := range map[string]string{"quota": "无", "fees": "不收费"} {
		s, ok := g.Section(id)
		if !ok || s.Blocks[0].Text != want {
			t.Errorf("%s: %+v", id, s)
		}
	}
}

func TestTheGuideSaysWhatTheEditionSays(t *testing.T) {
	e := edition(t, "food-permit")
	g := guides.Of(e, name)
	for id, words := range map[string][]string{
		"materials":  {e.Materials[5].Name, "可以容缺后补", "可自动调取", "《中华人民共和国食品安全法》第三十五条", "“经营场所是自己的房产吗”"},
		"conditions": {e.Conditions[0].Text}, "prohibitions": {"仅销售预包装食品"},
		"limits": {"8个工作日", "20个工作日", "现场核查", "不计入"}, "procedure": {"徐州市消防救援支队审查岗", "与同组环节并行"},
		"results": {"食品经营许可证", "5年"}, "places": {"徐州市政务服务中心"},
	} {
		s, _ := g.Section(id)
		for _, w := range words {
			if !strings.Contains(all(s), w) {
				t.Errorf("section %s lacks %q: %s", id, w, all(s))
			}
		}
	}
}

// all is everything a section says.
func all(s guides.Section) string {
	var b strings.Builder
	for _, block := range s.Blocks {
		b.WriteString(block.Text + strings.Join(block.List, "\n"))
		for _, f := range block.Facts {
			b.WriteString(f.Name + f.Value)
		}
		if block.Table != nil {
			for _, row := range block.Table.Rows {
				b.WriteString(strings.Join(row, "|"))
			}
		}
	}
	return b.String()
}

func TestStepsStandInOrder(t *testing.T) {
	var got []string
	for _, s := range guides.Of(edition(t, "food-permit"), name).Steps {
		got = append(got, s.Name)
	}
	if diff := cmp.Diff([]string{"材料审查", "场所布局审查", "消防安全核对", "审核", "决定"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestThePersonalListFollowsTheAnswers(t *testing.T) {
	e := edition(t, "food-permit")
	for _, tt := range []struct {
		name     string
		answers  forms.Answers
		complete bool
		bring    []string
		fetched  []string
	}{
		{"nothing answered yet", nil, false,
			[]string{"食品经营许可申请书", "场所平面图和操作流程图", "食品安全管理制度文本", "从业人员健康证明"}, []string{"营业执照"}},
		{"a small restaurant in a rented room", forms.Answers{"经营类别": "餐饮服务", "自有房产": "否", "经营面积档": "150平方米及以下"}, true,
			[]string{"食品经营许可申请书", "经营场所使用证明", "场所平面图和操作流程图", "食品安全管理制度文本", "从业人员健康证明"}, []string{"营业执照"}},
		{"a large restaurant in one's own house", forms.Answers{"经营类别": "餐饮服务", "自有房产": "是", "经营面积档": "150平方米以上"}, true,
			[]string{"食品经营许可申请书", "场所平面图和操作流程图", "食品安全管理制度文本", "从业人员健康证明", "专间或者专用操作区设计说明"}, []string{"营业执照", "不动产权证书"}},
	} {
		p := guides.For(e, tt.answers)
		if p.Complete != tt.complete {
			t.Errorf("%s: complete is %v", tt.name, p.Complete)
		}
		if diff := cmp.Diff([2][]string{tt.bring, tt.fetched}, [2][]string{names(p.Bring), names(p.Fetched)}); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
		if p.Saved != len(e.Materials)-len(p.Bring) {
			t.Errorf("%s: saved %d", tt.name, p.Saved)
		}
	}
}

func names(all []items.Material) []string {
	var n []string
	for _, m := range all {
		n = append(n, m.Name)
	}
	return n
}

func TestTheShortVersionKeepsWhatMostPeopleNeed(t *testing.T) {
	g := guides.Of(edition(t, "food-permit"), name)
	if s := g.Short(); len(s.Sections) != 7 || s.Sections[1].ID != "materials" || len(g.Sections) != 21 {
		t.Errorf("%d sections, the whole has %d", len(s.Sections), len(g.Sections))
	}
}

func BenchmarkGuide(b *testing.B) {
	e := edition(b, "food-permit")
	for b.Loop() {
		guides.Of(e, name)
	}
}
