package frame_test

import (
	"strings"
	"testing"
	"tongban/internal/catalogue/items"

	"tongban/internal/civic/agencies"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// What was put right on the spot is told once: what was changed, why, and who confirmed it.
func TestWhatWasPutRightIsToldOnce(t *testing.T) {
	put := cases.Event{Moved: cases.Moved{Act: cases.Rectify, From: cases.Received, To: cases.Received, Reason: "漏签名，已当场补签",
		Materials: []cases.Handed{{Material: "m1", Name: "申请书", Paper: true}}, Confirmed: &cases.Confirmed{Self: true}}}
	said := frame.FactsOf([]cases.Event{put}, &items.Edition{}, &agencies.Directory{})[0].Said
	if strings.Count(said, "漏签名") != 1 || !strings.Contains(said, "重新收下：申请书") || strings.Contains(said, "材料 1 份") {
		t.Error(said)
	}
	put.Act, put.Confirmed, put.Changes = cases.Correct, nil, []cases.Change{{Label: "经营面积", Old: "120", New: "140"}}
	if said := frame.FactsOf([]cases.Event{put}, &items.Edition{}, &agencies.Directory{})[0].Said; !strings.Contains(said, "理由：漏签名") || !strings.Contains(said, "材料 1 份") {
		t.Error(said)
	}
}

// A fact shows its article where the law is about items of the kind, and of what
// happened to a grant the one that was told.
func TestAFactRestsOnTheLawOfItsKind(t *testing.T) {
	told := cases.Moved{Act: cases.Annul, Basis: "某条例第二条", Later: &cases.Later{Kind: cases.Annulling}}
	for _, tt := range []struct {
		kind items.Type
		m    cases.Moved
		want string
	}{
		{items.Licence, cases.Moved{Act: cases.Accept}, "行政许可法第三十二条"},
		{items.Payment, cases.Moved{Act: cases.Accept}, ""},
		{items.Payment, cases.Moved{Act: cases.Urge}, "徐政发〔2022〕21号（十九）"},
		{items.Licence, told, "某条例第二条"},
		{items.Payment, told, "某条例第二条"},
		{items.Payment, cases.Moved{Act: cases.Annul, Basis: "行政许可法第六十九条", Later: told.Later}, ""},
	} {
		fact := frame.FactsOf([]cases.Event{{Moved: tt.m}}, &items.Edition{Type: tt.kind}, &agencies.Directory{})[0]
		if fact.Basis != tt.want {
			t.Errorf("%s of %s rests on %q, want %q", tt.m.Act, tt.kind, fact.Basis, tt.want)
		}
	}
}
