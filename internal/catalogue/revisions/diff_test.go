package revisions

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

func TestDifferencesInWords(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*items.Edition)
		path   string
		label  string
		was    string
		is     string
		kind   Kind
	}{
		{"a shorter promise", func(e *items.Edition) { e.Promised = clock.Limit{N: 5, Unit: clock.WorkingDays} }, "promised", "承诺时限", "8个工作日", "5个工作日", Changed},
		{"a material less", func(e *items.Edition) { e.Materials = append(e.Materials[:5:5], e.Materials[6:]...) }, "materials.m6", "材料", "食品安全管理制度文本；", "", Removed},
		{"a basis gone", func(e *items.Edition) { e.Materials[0].Basis = nil }, "materials.m1.basis", "材料“食品经营许可申请书”的设定依据", "《中华人民共和国食品安全法》第三十五条", "", Removed},
		{"a step shorter", func(e *items.Edition) { node(e, "review").Limit.N = 1 }, "procedure.review.limit", "环节“审核”的时限", "2个工作日", "1个工作日", Changed},
		{"a step of another role", func(e *items.Edition) { node(e, "review").Role = identity.Head }, "procedure.review.role", "环节“审核”的角色", "审查岗", "行政机关负责人", Changed},
		{"a step by others", func(e *items.Edition) { node(e, "decide").Apart = []string{"review"} }, "procedure.decide.apart", "环节“决定”的须由不同的人办理", "材料审查、场所布局审查、审核", "审核", Changed},
		{"an arrow moved", func(e *items.Edition) { e.Procedure.Edges[len(e.Procedure.Edges)-1].When = "x == 1" }, "procedure.edges", "流程走向", "开始", "", Changed},
		{"a field asked of all", func(e *items.Edition) { e.Form.Groups[1].Fields[4].Required = true }, "form.fields.开业日期.required", "表单字段“开业日期”的必填", "否", "是", Changed},
		{"materials in another order", func(e *items.Edition) { e.Materials[0], e.Materials[1] = e.Materials[1], e.Materials[0] }, "materials", "材料的顺序", "", "", Changed},
		{"a question reworded", func(e *items.Edition) { e.Questions[1].Text = "店面是自己的吗？" }, "questions.自有房产.text", "情形问题“店面是自己的吗？”的问法", "", "", Changed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			old := sample(t, "food-permit")
			changed := Clone(old)
			tt.change(changed)
			all := Diff(old, changed)
			if len(all) != 1 {
				t.Fatalf("%d differences: %+v", len(all), all)
			}
			d := all[0]
			if d.Path != tt.path || d.Label != tt.label || !strings.HasPrefix(d.Was, tt.was) || !strings.HasPrefix(d.Is, tt.is) || d.Kind != tt.kind {
				t.Errorf("%+v", d)
			}
		})
	}
}

func node(e *items.Edition, id string) *flow.Node {
	for i := range e.Procedure.Nodes {
		if e.Procedure.Nodes[i].ID == id {
			return &e.Procedure.Nodes[i]
		}
	}
	return nil
}

// No difference means that nothing differs, and a difference that something does,
// whatever leaf of an edition is changed.
func TestNoChangeGoesUnsaid(t *testing.T) {
	all, err := library()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		old := rapid.SampledFrom(all).Draw(t, "item")
		changed := Clone(old)
		leaf := changeLeaf(t, reflect.ValueOf(changed).Elem(), "")
		said := Diff(old, changed)
		same := alike(old, changed)
		if same != (len(said) == 0) {
			t.Fatalf("%s: alike %v, said %+v", leaf, same, said)
		}
		if len(Diff(changed, changed)) != 0 {
			t.Fatal("an edition differs from itself")
		}
	})
}

// changeLeaf walks down to some text, number or truth and changes it.
func changeLeaf(t *rapid.T, v reflect.Value, path string) string {
	switch v.Kind() {
	case reflect.Struct:
		i := rapid.IntRange(0, v.NumField()-1).Draw(t, "field")
		return changeLeaf(t, v.Field(i), path+"."+v.Type().Field(i).Name)
	case reflect.Slice:
		if v.Len() == 0 {
			return path + " (empty)"
		}
		return changeLeaf(t, v.Index(rapid.IntRange(0, v.Len()-1).Draw(t, "index")), path)
	case reflect.String:
		v.SetString(v.String() + "改")
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Pointer:
		if !v.IsNil() {
			return changeLeaf(t, v.Elem(), path)
		}
	}
	return path
}

func TestChangesOfTwoPeopleAreBroughtTogether(t *testing.T) {
	base := sample(t, "food-permit")
	latest, mine := Clone(base), Clone(base)
	latest.Number, latest.Phone, latest.Plain = 2, "0516-00000099", "他们的白话"
	mine.Promised.N, mine.Plain = 5, "我的白话"
	text, both, err := merge(base, latest, mine)
	if err != nil {
		t.Fatal(err)
	}
	if text.Phone != latest.Phone || text.Promised.N != 5 || text.Plain != "我的白话" {
		t.Errorf("phone %s, promise %s, plain %s", text.Phone, text.Promised, text.Plain)
	}
	if len(both) != 1 || both[0].Path != "plain" || both[0].Was != "他们的白话" {
		t.Errorf("%+v", both)
	}
}

func TestAnEditionSurvivesItsOwnWriting(t *testing.T) {
	e := sample(t, "food-permit")
	body, err := json.Marshal(Clone(e))
	if err != nil || !alike(e, Clone(e)) || len(body) == 0 {
		t.Errorf("%v", err)
	}
}

func BenchmarkDiff(b *testing.B) {
	old := sample(b, "food-permit")
	changed := Clone(old)
	changed.Materials = changed.Materials[1:]
	for b.Loop() {
		Diff(old, changed)
	}
}

// What has several parts names those that are filled in.
func TestPartsThatAreEmptyAreNotSaid(t *testing.T) {
	for _, d := range Diff(&items.Edition{}, sample(t, "food-permit")) {
		if strings.Contains(d.Was+d.Is, "、、") || strings.Contains(d.Is, "：、") {
			t.Errorf("%s: %q → %q", d.Path, d.Was, d.Is)
		}
	}
}
