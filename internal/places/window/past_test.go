package window_test

import (
	"net/url"
	"strings"
	"testing"
)

func TestACaseThatEndedIsNotSpokenOfAsIfItWereToBeJudged(t *testing.T) {
	c := open(t)
	li := c.liMin()
	filed := li.apply("road-freight", limin, "安全生产管理制度文本")
	w, of := c.signIn("window1"), "/window/cases/"+string(filed.ID)
	w.Sees(of, "待核对")
	if _, err := c.Cases.Withdraw(t.Context(), filed.ID, "不办了", li.Actor); err != nil {
		t.Fatal(err)
	}
	body := w.Sees(of, "已撤回", "未逐项核对", "材料 5 项：未逐项核对 4 项，未提交 1 项")
	for _, never := range []string{"待核对", "可容缺", "可用电子证照"} {
		if strings.Contains(body, never) {
			t.Errorf("a withdrawn case says %s", never)
		}
	}
}

func TestWhatWasAskedForBeforeACaseEndedIsNotWaitedFor(t *testing.T) {
	c := open(t)
	li := c.liMin()
	filed := li.apply("road-freight", limin)
	w, of := c.signIn("window1"), "/window/cases/"+string(filed.ID)
	w.Posts(of+"/judge", url.Values{"request": {"r1"}, "next": {"correct"}, "v.m1": {"defective"}, "r.m1": {"4"}, "v.m3": {"complete"}})
	w.Posts(of+"/do/correct", url.Values{"request": {"r2"}, "items[0].say": {"请签字"}, "until": {"2026-09-30"}})
	w.Sees(of, "等申请人补正 1 项")
	if _, err := c.Cases.Withdraw(t.Context(), filed.ID, "不办了", li.Actor); err != nil {
		t.Fatal(err)
	}
	if body := w.Sees(of, "要求补正的 1 项没有补正", "不符合要求"); strings.Contains(body, "等申请人补正 1 项") {
		t.Error("a withdrawn case waits for its applicant")
	}
}

func TestWhatCameLaterIsShownAsIn(t *testing.T) {
	c := open(t)
	filed := c.liMin().apply("road-freight", limin, "安全生产管理制度文本")
	w, of := c.signIn("window1"), "/window/cases/"+string(filed.ID)
	w.Posts(of+"/judge", url.Values{"request": {"r1"}, "v.m1": {"complete"}, "v.m2": {"promised"}, "v.m3": {"complete"}, "v.m4": {"complete"}, "v.m5": {"complete"}})
	w.Posts(of+"/do/accept", url.Values{"request": {"r2"}, "letter": {"1"}, "materials[1]": {"2026-09-28"}})
	w.Sees(of, "容缺待补", "容缺 1 项")
	w.Posts(of+"/do/cured", url.Values{"request": {"r3"}, "materials[0]": {"1"}})
	if body := w.Sees(of, "材料 5 项：齐全 4 项，已补齐 1 项"); strings.Contains(body, "待核对") {
		t.Error("an accepted case is still to be judged")
	}
}
