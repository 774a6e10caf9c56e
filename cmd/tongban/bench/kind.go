package bench

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
)

// A Kind is what the cases under measurement are about, and who does their work.
type Kind struct {
	item      string
	arranged  []byte            // its definition; nil: the sample city offers it
	questions map[string]string // beside what both forms ask
	materials []string
	who       map[string][2]string // by step: the first and the second person
}

//go:embed permit.yaml
var permit []byte

// Permit is the life for which the goals are set: a form and two materials, three
// parallel reviews, one decision, a certificate, a rating: seven acts.
var Permit = Kind{
	item: "bench-permit", arranged: permit, materials: []string{"m1", "m2"},
	who: map[string][2]string{"papers": {"market-r"}, "layout": {"market-r2"}, "fire": {"fire-r"}, "decide": {"market-a"}},
}

// Food is the sample city's food permit: six materials, five reviews, one by two
// people, and a decision by two: ten acts.
var Food = Kind{
	item: "food-permit", materials: []string{"m1", "m2", "m3", "m5", "m6", "m7"},
	questions: map[string]string{"经营类别": "食品销售（含散装食品）", "自有房产": "否", "经营面积档": "150平方米及以下"},
	who: map[string][2]string{
		"papers": {"market-r", "market-r2"}, "layout": {"market-r", "market-r2"}, "fire": {"fire-r"},
		"review": {"market-r2"}, "decide": {"market-a", "market-a2"},
	},
}

// Arrange has a running city offer the item, as an item manager imports one.
func (k Kind) Arrange(ctx context.Context, program, data, db string) error {
	if k.arranged == nil {
		return nil
	}
	file := filepath.Join(data, "permit.yaml")
	if err := os.WriteFile(file, k.arranged, 0o600); err != nil {
		return err
	}
	args := []string{"import", "--apply", "--data", data}
	if db != "" {
		args = append(args, "--db", db)
	}
	if said, err := exec.CommandContext(ctx, program, append(args, file)...).CombinedOutput(); err != nil {
		return fmt.Errorf("import the item: %w: %s", err, said)
	}
	return nil
}

// application is what one of the applicants sends in, with the same file for
// every material.
func (k Kind) application(n int, hash string) []byte {
	answers := map[string]string{
		"单位名称": fmt.Sprintf("徐州示例%02d号食品店", n), "统一社会信用代码": "91320300YB9000012R", "法定代表人": "张伟", "经办人姓名": "李敏", "经办人手机": "19900000001",
		"经营场所地址": "徐州市云龙区示例路18号", "经营面积": "120", "主体业态": "食品销售经营者", "经营项目": "散装食品销售",
		"食品安全管理员姓名": "王芳", "食品安全管理员手机": "19900000004", "从业人员数": "6",
	}
	maps.Copy(answers, k.questions)
	var materials []map[string]any
	for _, m := range k.materials {
		materials = append(materials, map[string]any{"material": m, "files": []map[string]string{{"hash": hash, "name": "material.pdf"}}})
	}
	text, err := json.Marshal(map[string]any{"item": k.item, "answers": answers, "materials": materials, "delivery": map[string]string{"way": "electronic"}})
	if err != nil {
		panic(err) // texts only
	}
	return text
}
