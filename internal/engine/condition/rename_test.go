package condition

import "testing"

func TestRename(t *testing.T) {
	words := map[string]string{"面积": "经营面积_2", "类别": `"新生儿"`, "已婚": "true"}
	with := func(name string) (string, bool) { w, ok := words[name]; return w, ok }
	for text, want := range map[string]string{
		``:         ``,
		`面积 > 100`: `经营面积_2 > 100`,
		`类别 == "面积" and 面积 > 面积 / 2`: `"新生儿" == "面积" and 经营面积_2 > 经营面积_2 / 2`,
		`已婚 == "是"`: `true == "是"`,
		`not (甲 in ["面积", "乙"]) or 已填(面积)`: `not (甲 in ["面积", "乙"]) or 已填(经营面积_2)`,
	} {
		got, err := Rename(text, with)
		if err != nil || got != want {
			t.Errorf("%s became %s (%v), want %s", text, got, err, want)
		}
		if _, err := Compile(got, nil); err != nil {
			t.Errorf("%s cannot be read: %v", got, err)
		}
	}
	if holds, err := Judge(`true == "是"`, nil); err != nil || !holds {
		t.Error(holds, err)
	}
	if _, err := Rename("面积 >", with); err == nil {
		t.Error("read what cannot be read")
	}
}
