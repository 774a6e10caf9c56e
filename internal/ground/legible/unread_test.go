package legible

import (
	"testing"

	"github.com/goccy/go-yaml"

	"tongban/internal/ground/fault"
)

func TestWhereAndWhyATextIsNotReadIsSaidInChinese(t *testing.T) {
	type record struct {
		Name  string   `json:"name"`
		Count int      `json:"count"`
		Own   bool     `json:"own"`
		List  []string `json:"list"`
		Part  struct {
			X int8 `json:"x"`
		} `json:"part"`
	}
	for _, tt := range []struct{ name, text, place, say string }{
		{"a field nobody knows", "name: 甲\n名称: 乙\n", "第2行第1列", "不认识“名称”这一项，请检查写法"},
		{"a word for a number", "count: 很多\n", "第1行第8列", "“很多”不对，这里应是整数"},
		{"a word for yes or no", "own: 对\n", "第1行第6列", "“对”不对，这里应是 true 或者 false"},
		{"a value for a list", "list: 3\n", "第1行第7列", "这里应是列表"},
		{"a list for a record", "part: [1]\n", "第1行第7列", "这里应是分项写的内容"},
		{"too large a number", "part: {x: 300}\n", "第1行第11列", "“300”这个数太大"},
		{"a key twice", "name: 甲\nname: 乙\n", "第2行第1列", "“name”写了两次，请只留一处"},
		{"a bracket that is open", "list: [甲\n", "第1行第7列", "这附近的缩进、冒号或者引号不对"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r record
			err := yaml.UnmarshalWithOptions([]byte(tt.text), &r, yaml.Strict())
			got := Unread(fault.New(fault.Invalid, "x.read", "读不懂"), err)
			if len(got.Fields) != 1 || got.Fields[0].Path != tt.place || got.Fields[0].Say != tt.say || got.Fields[0].Code != "x.read" {
				t.Errorf("%v: %+v", err, got.Fields)
			}
		})
	}
}
