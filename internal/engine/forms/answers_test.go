package forms

import (
	"reflect"
	"strings"
	"testing"
)

func TestADraftOnANewerForm(t *testing.T) {
	f, _ := shopForm(t)
	kept, lost := Carry(f, Answers{"姓名": " 李敏 ", "传真": "1", "年检": "2"})
	if !reflect.DeepEqual(kept, Answers{"姓名": "李敏"}) || !reflect.DeepEqual(lost, []string{"传真", "年检"}) {
		t.Errorf("%v %v", kept, lost)
	}
}

func TestPrefillNeverStandsInTheWay(t *testing.T) {
	f, _ := shopForm(t)
	at := today.Start()
	got := Prefill(f, map[string]Known{
		"person.name": {"李敏", "实名认证", at}, "person.idnumber": {"错的", "实名认证", at}, "": {"x", "", at},
	}, today)
	if !reflect.DeepEqual(got, map[string]Known{"姓名": {"李敏", "实名认证", at}}) {
		t.Errorf("%v", got)
	}
	for source, ok := range map[string]bool{"person.name": true, "certificate:营业执照.名称": true, "register:户籍.住址": true, "certificate:.名称": false, "certificate:营业执照": false, "people.name": false} {
		if soundSource(source) != ok {
			t.Errorf("%s: %v", source, !ok)
		}
	}
}

func TestShownAndMasked(t *testing.T) {
	f, _ := shopForm(t)
	for id, want := range map[string][2]string{
		"姓名": {"李敏", "李敏"}, "身份证号": {"11010519491231002X", "1****************X"}, "手机": {"13800000000", "138****0000"},
		"面积": {"80.5平方米", "80.5"}, "项目": {"热食、冷食", "hot\ncold"}, "出生": {"1949年12月31日", "1949-12-31"},
	} {
		field := f.Field(id)
		if got := [2]string{field.Show(sound()[id]), field.Mask(sound()[id])}; got != want {
			t.Errorf("%s: %v", id, got)
		}
	}
	if got := strings.Join(f.Sensitive(), " "); got != "身份证号 手机 地址 账号" {
		t.Errorf("%s", got)
	}
}

func TestGuide(t *testing.T) {
	questions := []Question{
		{ID: "类型", Text: "您是", Options: []Option{{"个人", "个人"}, {"企业", "企业"}}},
		{ID: "连锁", Text: "是否连锁", When: `类型 == "企业"`},
		{ID: "项目", Text: "经营哪些", Options: []Option{{"热食", "热食"}, {"冷食", "冷食"}}, Many: true},
	}
	for _, tt := range []struct {
		answers     Answers
		asked, next string
		faults      int
	}{
		{nil, "类型 项目", "类型", 0},
		{Answers{"类型": "个人"}, "类型 项目", "项目", 0},
		{Answers{"类型": "企业"}, "类型 连锁 项目", "连锁", 0},
		{Answers{"类型": "企业", "连锁": "是", "项目": "热食"}, "类型 连锁 项目", "", 0},
		{Answers{"类型": "个人", "连锁": "乱写", "项目": "热食\n冷食", "别的": "x"}, "类型 项目", "", 0},
		{Answers{"类型": "政府"}, "类型 项目", "类型", 1},
	} {
		g := Guide(questions, tt.answers, today)
		var asked []string
		for _, q := range g.Asked {
			asked = append(asked, q.ID)
		}
		next := ""
		if g.Next != nil {
			next = g.Next.ID
		}
		if strings.Join(asked, " ") != tt.asked || next != tt.next || len(g.Faults) != tt.faults {
			t.Errorf("%v: %v, next %s, %v", tt.answers, asked, next, g.Faults)
		}
	}
	g := Guide(questions, Answers{"类型": "企业", "连锁": "是", "项目": "热食"}, today)
	if g.Facts["连锁"] != true || !reflect.DeepEqual(g.Facts["项目"], []string{"热食"}) {
		t.Errorf("%v", g.Facts)
	}
}
