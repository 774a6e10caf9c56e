package credit

import (
	"strings"
	"testing"

	"tongban/data"
	"tongban/internal/ground/fault"
)

// What ships says how each grade is handled; rules that nobody could follow, or
// that an applicant could not understand, are refused.
func TestGradesSayHowACaseIsHandled(t *testing.T) {
	shipped, err := data.Credit.ReadFile("credit.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := ReadRules(shipped)
	if err != nil || r.Grades[GradeA].Path.Quicker != 50 || r.Grades[GradeB].Path != (Path{}) || !r.Grades[GradeD].Path.OnSite {
		t.Fatalf("%+v %v", r.Grades, err)
	}
	for _, tt := range []struct{ name, path, code string }{
		{"another share", "{name: 绿色通道, quicker: 80}", ""},
		{"longer than promised", "{name: 慢车道, quicker: 120}", "credit.rules.quicker"},
		{"without a name", "{quicker: 50}", "credit.rules.path"},
		{"faster and looked at", "{name: 又快又严, quicker: 50, onSite: true}", "credit.rules.path"},
	} {
		text := strings.Replace(string(shipped), "{name: 绿色通道, quicker: 50}", tt.path, 1)
		if _, err := ReadRules([]byte(text)); (err == nil) != (tt.code == "") || err != nil && fault.Code(err) != tt.code {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
