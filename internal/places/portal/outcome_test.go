package portal

import (
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/handling/cases"
)

// However a case ends, its page says why and what comes next, once and in whole sentences.
func TestWhatACaseCameTo(t *testing.T) {
	edition := &items.Edition{Results: []items.Result{{Name: "取水许可申请的批复"}}}
	ended := func(to cases.State, why string) []cases.Event {
		return []cases.Event{{Moved: cases.Moved{From: cases.Received, To: to, Reason: why}}}
	}
	for _, tt := range []struct {
		name   string
		c      cases.Case
		events []cases.Event
		want   []string
	}{
		{"granted, electronic", cases.Case{State: cases.Granted, Decision: &cases.Decision{Granted: true}, Delivery: cases.Delivery{Way: "electronic"}}, nil, []string{"您拿到的是：取水许可申请的批复。电子版在下面"}},
		{"granted, at the window", cases.Case{State: cases.Granted, Decision: &cases.Decision{Granted: true}, Delivery: cases.Delivery{Way: "window"}}, nil, []string{"请带身份证件到窗口领取"}},
		{"granted on conditions", cases.Case{State: cases.Granted, Decision: &cases.Decision{Granted: true, Conditions: "装计量设施。"}}, nil, []string{"附带条件：装计量设施。您拿到的是"}},
		{"denied", cases.Case{State: cases.Denied, Decision: &cases.Decision{Reason: "在禁采区。"}}, nil, []string{"理由：在禁采区。不同意这个决定的", "决定书"}},
		{"refused", cases.Case{State: cases.Refused}, ended(cases.Refused, "不属于本机关职权"), []string{"理由：不属于本机关职权。不同意不予受理的", "不予受理通知书", "可以重新申请"}},
		{"not needed", cases.Case{State: cases.NotNeeded}, ended(cases.NotNeeded, "家庭生活取水不用许可"), []string{"理由：家庭生活取水不用许可。"}},
		{"terminated", cases.Case{State: cases.Terminated}, ended(cases.Terminated, "逾期没有补正"), []string{"理由：逾期没有补正。"}},
		{"withdrawn", cases.Case{State: cases.Withdrawn}, ended(cases.Withdrawn, "填错了"), []string{"到此结束", "可以重新申请"}},
		{"going on", cases.Case{State: cases.Accepted}, nil, []string{""}},
		{"with a certificate", cases.Case{State: cases.Granted, Decision: &cases.Decision{Granted: true}, Certificate: "1"}, nil, []string{""}},
	} {
		got := outcome(&tt.c, edition, nil, tt.events)
		for _, want := range tt.want {
			if !strings.Contains(got, want) || (want == "") != (got == "") || strings.Contains(got, "。。") {
				t.Errorf("%s: %s, want %s", tt.name, got, want)
			}
		}
	}
}

// What became of a grant names the article that was told, and none where no law has one.
func TestWhatBecameOfAGrantNamesWhatWasTold(t *testing.T) {
	for basis, want := range map[string]string{"": "已经注销，具体见决定书。", "社会保险法第五十七条": "已经注销，依据社会保险法第五十七条，具体见决定书。"} {
		c := cases.Case{Later: &cases.Later{Kind: cases.Cancelling, Done: true, Granted: true, Basis: basis}}
		if got := laterOutcome(&c); got != want {
			t.Errorf("%q says %s", basis, got)
		}
	}
}

// A receipt opened after the case moved on, or of what rules decided at once, does not
// say that a window is still to look at it.
func TestAReceiptDoesNotTellOfWhatIsOver(t *testing.T) {
	said := strings.Join((&Portal{}).comesNext(&cases.Case{State: cases.Granted}, &items.Edition{}), "")
	if strings.Contains(said, "窗口核对") || !strings.Contains(said, "办好了") {
		t.Error(said)
	}
}

// What was granted and is no more does not go on being told as done.
func TestACaseWhoseGrantIsGoneIsNotDone(t *testing.T) {
	for _, tt := range []struct {
		later *cases.Later
		say   string
	}{
		{nil, "办好了"},
		{&cases.Later{Kind: cases.Annulling}, "办好了"},
		{&cases.Later{Kind: cases.Annulling, Done: true}, "办好了"},
		{&cases.Later{Kind: cases.Changing, Done: true, Granted: true}, "办好了"},
		{&cases.Later{Kind: cases.Annulling, Done: true, Granted: true}, "办好后已撤销"},
		{&cases.Later{Kind: cases.Cancelling, Done: true, Granted: true}, "办好后已注销"},
	} {
		if _, say := standingOf(&cases.Case{State: cases.Granted, Later: tt.later}); say != tt.say {
			t.Errorf("%+v: %s", tt.later, say)
		}
	}
}
