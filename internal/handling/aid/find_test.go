package aid

import (
	"strings"
	"testing"
)

// The number of a matter finds it as people type it, whatever kind it is of.
func TestANumberFindsAMatterOfEveryKind(t *testing.T) {
	for _, k := range Kinds {
		m := Matter{ID: "38g0w8z0p001mpvm", Kind: k.ID, At: friday}
		for _, text := range []string{m.Number(), strings.ToLower(m.Number()), strings.ReplaceAll(m.Number(), "-", " "), m.Tail()} {
			if f := (Filter{}).Find(text); f.Tail != m.Tail() {
				t.Errorf("%q looks for %+v", text, f)
			}
		}
	}
	if f := (Filter{}).Find("320300-gg26-000123"); f.Case != "320300-GG26-000123" || f.Tail != "" {
		t.Errorf("the number of a case looks for %+v", f)
	}
	if f := (Filter{}).Find("王大爷"); f.Name != "王大爷" {
		t.Errorf("a name looks for %+v", f)
	}
}
