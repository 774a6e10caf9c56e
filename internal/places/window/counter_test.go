package window_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tongban/internal/handling/cases"
)

// socialCard is the page of a social card for Li Min, whole and right.
func socialCard() url.Values {
	return url.Values{
		"request": {"f1"}, "item": {"social-card"}, "party": {"p-limin"}, "s.七岁以下": {"否"}, "s.监护人代办": {"否"},
		"answers.姓名": {"李敏"}, "answers.公民身份号码": {"3****************5"}, "answers.联系电话": {"199****0001"},
		"answers.持卡人姓名": {"李敏"}, "answers.持卡人公民身份号码": {"320399199003070025"}, "answers.发卡银行": {"中国银行"}, "answers.领取方式": {"银行网点领取"},
		"v.m1": {"exempt"}, "v.m2": {"complete"}, "way": {"window"}, "do": {"accept"},
	}
}

func TestTheCounterTakesDownAndAcceptsInOneGo(t *testing.T) {
	c := open(t)
	w := c.signIn("window1")
	w.Sees("/window/file?item=social-card", "谁来办", "证件号码")
	to := w.Posts("/window/who", url.Values{"number": {"320399199003070025"}, "item": {"social-card"}})
	if to != "/window/file?item=social-card&party=p-limin" {
		t.Fatalf("identified: %s", to)
	}
	w.Sees(to, "持卡人是否7岁以下？", "下一步")
	page := w.Sees(to+"&s.七岁以下=否&s.监护人代办=否", "社会保障卡申领", "个人照片", `value="李敏"`, "199****0001", "提交并受理", "申请表还有 4 项", "电子证照库", "可免提交")
	if strings.Contains(page, "320399199003070025") || strings.Contains(page, "监护关系证明") {
		t.Error("the page shows a whole number, or a material that is not needed")
	}
	form := socialCard()
	done := w.Posts("/window/file", form)
	if again := w.Posts("/window/file", form); again != done {
		t.Errorf("a double click files %s", again)
	}
	id := cases.ID(strings.TrimSuffix(strings.TrimPrefix(done, "/window/cases/"), "?done=1"))
	got, err := c.Cases.Case(t.Context(), id, c.liMin().Actor)
	if err != nil || got.State != cases.Accepted || got.Channel != "window" {
		t.Fatalf("%+v %v", got, err)
	}
	if h, ok := got.Has("m2"); !ok || !h.Paper || h.Verdict.Finding != cases.Complete {
		t.Errorf("the photograph on paper: %+v", h)
	}
	if h, ok := got.Has("m1"); !ok || h.Certificate == "" || h.Verdict.Finding != cases.Exempt {
		t.Errorf("the identity card that the city holds was not fetched: %+v", h)
	}
	answers, err := c.Cases.Answers(t.Context(), got, c.liMin().Actor)
	if err != nil || answers["公民身份号码"] != "320399199003070025" || answers["联系电话"] != "19900000001" {
		t.Errorf("what was shown masked was filed as %q, %q (%v)", answers["公民身份号码"], answers["联系电话"], err)
	}
	seen, err := c.Parties.Unmaskings(t.Context(), "p-limin", "", "", 10, c.liMin().Actor)
	if err != nil || len(seen) == 0 || seen[0].Name != "任国" {
		t.Errorf("nobody wrote down that the numbers were used: %v %v", seen, err)
	}
	w.Sees(done, "已受理", "/papers/acceptance-2", "窗口收件", "窗口收取纸质")
}

func TestTheCounterSaysWhatMustChangeAndKeepsWhatWasTyped(t *testing.T) {
	c := open(t)
	w := c.signIn("window1")
	form := socialCard()
	form.Set("answers.持卡人公民身份号码", "320399199003070026")
	form.Del("answers.发卡银行")
	form.Set("answers.持卡人姓名", `李"敏<b>`)
	res, body := w.Ask("POST", "/window/file", form)
	if res.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("%s", res.Status)
	}
	for _, want := range []string{"有 2 处需要修改", "请选择发卡银行", `value="3****************5"`, "李&#34;敏&lt;b&gt;", `value="320399199003070026"`, "#f-answers-持卡人公民身份号码"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(body, "320399199003070025") {
		t.Error("the page shows a number whole that it had shown masked")
	}
	missing := socialCard()
	missing.Set("v.m2", "missing")
	if res, body := w.Ask("POST", "/window/file", missing); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "缺少主要材料：个人照片") {
		t.Errorf("accepted without the photograph: %s", res.Status)
	}
	if body := w.Sees("/window", "没有等待处理的办件"); strings.Contains(body, "社会保障卡") {
		t.Error("what was refused was filed all the same")
	}
	missing.Set("do", "receive")
	if to := w.Posts("/window/file", missing); !strings.HasPrefix(to, "/window/cases/") {
		t.Errorf("only taken in: %s", to)
	}
	w.Sees("/window", "社会保障卡申领")
}

func TestTheCounterKnowsPeopleByTheirDocument(t *testing.T) {
	c := open(t)
	w := c.signIn("window1")
	for number, say := range map[string]string{
		"":                   "请填写18位公民身份号码",
		"李敏":                 "请填写18位公民身份号码",
		"320399199003070026": "校验",
		"320399200001010032": "这个证件第一次来",
	} {
		if res, body := w.Ask("POST", "/window/who", url.Values{"number": {number}}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, say) {
			t.Errorf("%q: %s lacks %q", number, res.Status, say)
		}
	}
	to := w.Posts("/window/who", url.Values{"number": {"320399200001010032"}, "name": {"钱多多"}, "mobile": {"19900000088"}})
	w.Sees(to, "办什么事", "钱多多")
	if again := w.Posts("/window/who", url.Values{"number": {"320399200001010032"}}); again != to {
		t.Errorf("came again as %s, was %s", again, to)
	}
	w.Sees(to+"&q=shbzk", "社会保障卡申领")
	firm := w.Posts("/window/who", url.Values{"number": {"91320300YB9000012R"}, "agent": {"陈洁"}})
	w.Sees(firm, "徐州示例餐饮管理有限公司", "陈洁")
}

func TestThePaletteFindsItemsPeopleAndCases(t *testing.T) {
	c := open(t)
	filed := c.liMin().apply("road-freight", limin)
	w := c.signIn("window1")
	w.Sees("/window/find?q=dlhw", "道路货物运输经营许可", "/window/file?item=road-freight")
	w.Sees("/window/find?q=dlhw&party=p-limin", "party=p-limin")
	w.Sees("/window/find?q=320399199003070025", "李敏", "/window/file?party=p-limin")
	w.Sees("/window/find?q="+filed.Number, "/window/cases/"+string(filed.ID))
	w.Sees("/window/find?q="+url.QueryEscape("李"), "/window/cases/"+string(filed.ID))
	w.Sees("/window/find?q="+url.QueryEscape("无此事"), "没有找到“无此事”")
	if body := c.signIn("yl-window1").Sees("/window/find?q=" + filed.Number); strings.Contains(body, string(filed.ID)) {
		t.Error("a county's window finds the city's case by its number")
	}
	// the city's item is for the city to receive; a county's window takes it in for it (市区通办)
	c.signIn("yl-window1").Sees("/window/find?q=dlhw", "road-freight", "代收 ")
}

func TestResultsAreHandedOverAndProved(t *testing.T) {
	c := open(t)
	filed := c.liMin().apply("social-card", limin)
	w, of := c.signIn("window1"), "/window/cases/"+string(filed.ID)
	w.Posts(of+"/judge", url.Values{"v.m1": {"complete"}, "v.m2": {"complete"}})
	w.Posts(of+"/do/accept", url.Values{"request": {"a"}})
	w.Sees("/window/issue", "没有等待送达的结果")
	c.decide(filed.ID)
	w.Sees("/window/issue", "社会保障卡申领", "准予")
	if res, body := w.Ask("POST", of+"/do/deliver", url.Values{"way": {"post"}, "receiver": {"李敏"}}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "请填写运单号") {
		t.Errorf("by post without a waybill: %s", res.Status)
	}
	w.Sees(of+"/do/deliver", "送达回证", "签收人")
	done := w.Posts(of+"/do/deliver", url.Values{"request": {"d"}, "way": {"window"}, "receiver": {"李敏"}})
	c.Deliver()
	w.Sees(done, "窗口领取，李敏签收")
	w.Sees("/window/issue", "没有等待送达的结果")
}

// decide takes an accepted case through its procedure to a grant.
func (c *city) decide(id cases.ID) {
	c.T.Helper()
	for range 20 {
		got, err := c.Cases.Store.Case(c.T.Context(), id)
		if err != nil {
			c.T.Fatal(err)
		}
		if got.State != cases.Accepted {
			return
		}
		c.step(got)
	}
	c.T.Fatal("the case comes to no end")
}

// step finishes the first open work as somebody who may.
func (c *city) step(got *cases.Case) {
	c.T.Helper()
	for _, login := range []string{"hr-r", "hr-r2", "hr-a", "hr-h"} {
		s := c.signIn(login)
		for _, work := range got.WorkFor(s.Actor) {
			var err error
			if work.Decides {
				_, err = c.Cases.Decide(c.T.Context(), got.ID, work.ID, cases.Ruling{Grant: true}, s.Actor)
			} else {
				_, err = c.Cases.Review(c.T.Context(), got.ID, work.ID, "同意", "", s.Actor)
			}
			if err == nil {
				return
			}
		}
	}
	c.T.Fatalf("nobody does %+v", got.Flow.Open)
}
