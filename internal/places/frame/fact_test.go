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
