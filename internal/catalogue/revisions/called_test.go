package revisions

import "testing"

func TestFieldsAreCalledAsPeopleCallThem(t *testing.T) {
	for path, want := range map[string]string{
		"promised": "承诺时限", "materials[2].basis": "材料第3项的设定依据", "materials": "材料", "codes.handling": "编码", "remedies.review.body": "复议和诉讼",
		"procedure.s1": "办理流程", "fees[0]": "收费项目第1项", "materials!F7（份数）": "materials!F7（份数）", "材料!F7（份数）": "材料!F7（份数）", "extras[1].value": "其他要素第2项的内容",
	} {
		if got := Called(path); got != want {
			t.Errorf("%s is called %s, want %s", path, got, want)
		}
	}
}
