package window_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

func TestOnlyHoldersOfAWindowPostComeIn(t *testing.T) {
	c := open(t)
	filed := c.liMin().apply("road-freight", limin)
	of := "/window/cases/" + string(filed.ID)
	addresses := map[string]string{
		"/window": "GET", "/window/find?q=a": "GET", "/window/issue": "GET", "/window/file": "GET",
		of: "GET", of + "/do/accept": "GET", of + "/files/" + filed.Materials[0].Files[0].Hash: "GET", of + "/files/x/view": "GET",
		of + "/papers/receipt-1": "GET", of + "/judge": "POST", of + "/sight": "POST", of + "/do/refuse": "POST",
		"/window/who": "POST", "/window/sight": "POST",
	}
	for login, want := range map[string]int{"": http.StatusSeeOther, "limin": http.StatusForbidden, "market-r": http.StatusForbidden, "supervisor": http.StatusForbidden, "admin": http.StatusForbidden} {
		w := &who{c.Nobody(), c}
		if login != "" {
			w = c.signIn(login)
		}
		for address, method := range addresses {
			res, body := w.Ask(method, address, url.Values{})
			if res.StatusCode != want && !(login == "" && method == "POST" && res.StatusCode == http.StatusUnauthorized) {
				t.Errorf("%s %s as %q: %s", method, address, login, res.Status)
			}
			if strings.Contains(body, "道路货物") {
				t.Errorf("%s as %q tells of the case", address, login)
			}
		}
	}
	for _, address := range []string{"/window/cases/none", "/window/cases/none/do/accept", of + "/do/fly", of + "/papers/acceptance-9", of + "/papers/x", of + "/files/" + strings.Repeat("0", 64)} {
		if res, _ := c.signIn("window1").Ask("GET", address, nil); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", address, res.Status)
		}
	}
}

func TestAWindowOfACountySeesNothingOfTheCity(t *testing.T) {
	c := open(t)
	filed := c.liMin().apply("road-freight", limin)
	county := c.signIn("yl-window1")
	if body := county.Sees("/window"); strings.Contains(body, "道路货物") {
		t.Error("the county's queue shows the city's case")
	}
	if res, _ := county.Ask("GET", "/window/cases/"+string(filed.ID), nil); res.StatusCode != http.StatusNotFound {
		t.Errorf("the county opens the city's case: %s", res.Status)
	}
	if res, _ := county.Ask("POST", "/window/cases/"+string(filed.ID)+"/do/refuse", url.Values{"reason": {"试一试"}}); res.StatusCode != http.StatusNotFound {
		t.Errorf("the county refuses the city's case: %s", res.Status)
	}
}

func TestTheQueueIsInOrderAndCanBeNarrowed(t *testing.T) {
	c := open(t)
	li := c.liMin()
	first := li.apply("road-freight", limin)
	c.At = c.At.AddDate(0, 0, 1)
	li.apply("social-card", limin)
	w := c.signIn("window1")
	body := w.Sees("/window", "道路货物运输经营许可", "社会保障卡申领", "2026年9月29日前", "李敏")
	if strings.Index(body, "道路货物") > strings.Index(body, "社会保障卡") {
		t.Error("the later case stands first")
	}
	if body := w.Sees("/window?name=王", "没有等待处理的办件"); strings.Contains(body, "道路货物") {
		t.Error("the name does not narrow the queue")
	}
	w.Sees("/window?name=李", "道路货物")
	if to := w.Sent("/window?next=1"); to != "/window/cases/"+string(first.ID) {
		t.Errorf("the next case is %s", to)
	}
	if to := w.Sent("/window?name=" + first.Number); to != "/window/cases/"+string(first.ID) {
		t.Errorf("its number leads to %s", to)
	}
	w.Sees("/window?state=correcting", "没有等待处理的办件")
}

func TestACaseIsAcceptedWithADeficitWithoutAScript(t *testing.T) {
	c := open(t)
	filed := c.liMin().apply("road-freight", limin, "安全生产管理制度文本")
	w, of := c.signIn("window1"), "/window/cases/"+string(filed.ID)
	w.Sees(of, "容缺材料须先作出书面承诺：安全生产管理制度文本", "还不能受理", "普通货运", "可容缺")
	judged := url.Values{"request": {"r1"}, "next": {"accept"}, "v.m2": {"promised"}, "r.m2": {"1"}}
	for _, m := range []string{"m1", "m3", "m4", "m5"} {
		judged.Set("v."+m, "complete")
	}
	if to := w.Posts(of+"/judge", judged); to != of+"/do/accept" {
		t.Fatalf("after judging: %s", to)
	}
	w.Sees(of+"/do/accept", "容缺受理承诺书", "受理通知书", "主要材料齐全", "安全生产管理制度文本，补齐日期", `value="2026-09-29"`)
	if res, body := w.Ask("POST", of+"/do/accept", url.Values{"request": {"r2"}, "materials[1]": {"2026-09-28"}}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "容缺受理由申请人自愿选择") {
		t.Errorf("accepted without the applicant's word: %s", res.Status)
	}
	if res, body := w.Ask("POST", of+"/do/accept", url.Values{"request": {"r2"}, "letter": {"1"}, "materials[1]": {"2026-09-20"}}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "承诺补交日期应晚于今日") {
		t.Errorf("accepted with a day that is past: %s", res.Status)
	}
	yes := url.Values{"request": {"r2"}, "letter": {"1"}, "materials[1]": {"2026-09-25"}}
	done := w.Posts(of+"/do/accept", yes)
	if again := w.Posts(of+"/do/accept", yes); again != done {
		t.Errorf("a double click leads to %s", again)
	}
	c.Deliver()
	w.Sees(done, "已受理", "容缺待补：安全生产管理制度文本", "2026年9月25日前", "/papers/acceptance-3", "/papers/promise-3")
	w.Sees(of+"/papers/acceptance-3", "受理通知书", "徐州市交通运输局受〔2026〕1号", "受理专用章", "容缺受理，请于2026年9月25日前补交")
	w.Sees(of+"/papers/promise-3", "容缺受理承诺书", "承诺于2026年9月25日前补交")
	w.Sees(of+"?tab=history", "核对材料", "任国（综合窗口）")
	got, err := c.Cases.Case(t.Context(), filed.ID, w.Actor)
	if err != nil || got.Head.Seq != 3 || len(got.Promises) != 1 {
		t.Errorf("%d facts, promises %v, %v", got.Head.Seq, got.Promises, err)
	}
}

func TestOneNoticeAsksForEverythingAndASecondOnlyForWhatIsNew(t *testing.T) {
	c := open(t)
	li := c.liMin()
	filed := li.apply("road-freight", limin)
	w, of := c.signIn("window1"), "/window/cases/"+string(filed.ID)
	if body := w.Sees(of+"/do/correct", "请先回到办件逐项核对"); strings.Contains(body, "需要修改") || strings.Contains(body, "请至少列出一项") {
		t.Error("a notice just opened is refused before anything was entered")
	}
	if res, body := w.Ask("POST", of+"/do/correct", url.Values{"until": {"2026-09-30"}}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "请至少列出一项") {
		t.Errorf("an empty notice was given: %s", res.Status)
	}
	judged := url.Values{"request": {"r1"}, "next": {"correct"}, "v.m1": {"defective"}, "r.m1": {"4"}, "v.m3": {"complete"}}
	w.Posts(of+"/judge", judged)
	w.Sees(of+"/do/correct", "没有签字或者盖章", "一次性补正告知书", "2026-10-12")
	if res, body := w.Ask("POST", of+"/do/correct", url.Values{"items[0].say": {""}, "until": {"2026-09-30"}}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "缺什么、怎样补") {
		t.Errorf("a notice without words: %s", res.Status)
	}
	w.Posts(of+"/do/correct", url.Values{"request": {"r2"}, "items[0].say": {"请在申请表末页签字"}, "until": {"2026-09-30"}})
	c.Deliver()
	w.Sees(of, "待补正", "等申请人补正 1 项", "2026年9月30日前")
	w.Sees(of+"/papers/correction-3", "一次性补正告知书", "请在申请表末页签字")
	w.Sees("/window?state=correcting", "道路货物")

	if _, err := c.Cases.Correct(t.Context(), filed.ID, cases.Correction{Handed: []cases.Handed{{Material: "m1", Files: []cases.File{c.picture()}}}}, li.Actor); err != nil {
		t.Fatal(err)
	}
	w.Posts(of+"/judge", url.Values{"request": {"r3"}, "v.m3": {"defective"}, "r.m3": {"3"}})
	w.Sees(of, "在第一次告知时就应发现，不得再次要求补正")
	res, body := w.Ask("POST", of+"/do/correct", url.Values{"request": {"r4"}, "items[0].say": {"看不清"}, "until": {"2026-10-30"}})
	if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "不得再次要求补正") {
		t.Errorf("a second notice about the same: %s", res.Status)
	}
	w.Sees(of+"/do/correct", "因为外部情况才要补正")
	why := url.Values{"request": {"r5"}, "items[0].say": {"请换成新样式"}, "until": {"2026-10-30"}, "outside.what": {"新的样式标准施行，旧样式不再有效"}, "outside.source": {"交通运输部公告2026年第9号"}, "outside.on": {"2026-09-01"}}
	if res, body := w.Ask("POST", of+"/do/correct", why); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "以前就已发生") || !strings.Contains(body, `href="#f-outside-on"`) {
		t.Errorf("an event before the first notice: %s", res.Status)
	}
	why.Set("outside.on", calendar.DayOf(c.At).String())
	w.Posts(of+"/do/correct", why)
	c.Deliver()
	w.Sees(of+"/papers/correction-6", "第一次告知时不能发现", "新的样式标准施行，旧样式不再有效（交通运输部公告2026年第9号）")
}

func TestTheWindowTakesInWhatWasAskedForAndWhatWasPromised(t *testing.T) {
	c := open(t)
	filed := c.liMin().apply("road-freight", limin, "安全生产管理制度文本")
	w, of := c.signIn("window1"), "/window/cases/"+string(filed.ID)
	w.Posts(of+"/judge", url.Values{"request": {"r1"}, "v.m1": {"defective"}, "r.m1": {"4"}, "v.m2": {"promised"}, "v.m3": {"complete"}})
	w.Posts(of+"/do/correct", url.Values{"request": {"r2"}, "items[0].say": {"请签字"}, "until": {"2026-09-30"}})
	w.Sees(of, of+"/do/corrected", "收补正材料")
	if res, body := w.Ask("POST", of+"/do/corrected", url.Values{"request": {"r3"}}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "请补交“道路货物运输经营申请表”") {
		t.Errorf("received again without the paper: %s", res.Status)
	}
	w.Posts(of+"/do/corrected", url.Values{"request": {"r4"}, "materials[0]": {"1"}})
	w.Sees(of, "窗口收取纸质", "可以")
	w.Posts(of+"/judge", url.Values{"request": {"r5"}, "v.m1": {"complete"}, "v.m2": {"promised"}, "v.m3": {"complete"}, "v.m4": {"complete"}, "v.m5": {"complete"}})
	w.Posts(of+"/do/accept", url.Values{"request": {"r6"}, "letter": {"1"}, "materials[1]": {"2026-09-28"}})
	w.Sees(of, of+"/do/cured")
	if res, _ := w.Ask("POST", of+"/do/cured", url.Values{"request": {"r7"}}); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("nothing ticked: %s", res.Status)
	}
	w.Posts(of+"/do/cured", url.Values{"request": {"r8"}, "materials[0]": {"1"}})
	if body := w.Sees(of, "已补齐：安全生产管理制度文本"); strings.Contains(body, "/do/cured") {
		t.Error("what was promised is still asked for")
	}
}

func TestRefusalsNeedTheirReasonAndGiveTheirPaper(t *testing.T) {
	for slug, want := range map[string]struct{ state, paper string }{
		"refuse": {"不予受理", "refusal"}, "not-needed": {"不受理", "not-needed"},
	} {
		t.Run(slug, func(t *testing.T) {
			c := open(t)
			filed := c.liMin().apply("road-freight", limin)
			w, of := c.signIn("window1"), "/window/cases/"+string(filed.ID)
			if res, body := w.Ask("POST", of+"/do/"+slug, url.Values{}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "请写明理由") {
				t.Errorf("without a reason: %s", res.Status)
			}
			hostile := `<script>alert(1)</script>请向县交通运输局申请`
			w.Posts(of+"/do/"+slug, url.Values{"reason": {hostile}, "basis": {"道路运输条例第二十四条"}})
			c.Deliver()
			w.Sees(of, want.state, "/papers/"+want.paper+"-2")
			if body := w.Sees(of+"/papers/"+want.paper+"-2", "请向县交通运输局申请"); strings.Contains(body, "<script>alert") {
				t.Error("the paper runs a script")
			}
			if res, body := w.Ask("POST", of+"/do/accept", url.Values{}); res.StatusCode != http.StatusConflict || !strings.Contains(body, "办件当前为") {
				t.Errorf("accepted afterwards: %s", res.Status)
			}
		})
	}
}

func TestFilesAreShownThroughTheirCaseOnly(t *testing.T) {
	c := open(t)
	filed := c.liMin().apply("road-freight", limin)
	w, of := c.signIn("window1"), "/window/cases/"+string(filed.ID)
	hash := filed.Materials[0].Files[0].Hash
	res, body := w.Ask("GET", of+"/files/"+hash, nil)
	if res.StatusCode != http.StatusOK || !strings.HasPrefix(body, "\x89PNG") {
		t.Fatalf("the file: %s", res.Status)
	}
	for name, want := range map[string]string{"Content-Type": "image/png", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox", "X-Frame-Options": "SAMEORIGIN"} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	w.Sees(of+"/files/"+hash+"/view", "<img", "单独打开")
	w.Sees(of, "上传1个文件", "看图")
}
