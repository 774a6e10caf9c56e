package app_test

import (
	"bytes"
	"compress/gzip"
	"encoding/pem"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
)

func TestPublicPagesAreThereForEverybody(t *testing.T) {
	c := openCity(t)
	v := c.visitor()
	for _, tt := range []struct {
		path string
		says []string
	}{
		{"/", []string{"今天想办什么事", "按主题找", "徐州市政务服务中心", "登录后接着办", "全部 80 项"}},
		{"/?for=firm", []string{"企业要办的事", "准营准办"}},
		{"/search", []string{"找要办的事", "想办什么，直接说"}},
		{"/items", []string{"按人生阶段找", "变更户口婚姻状况", "下一页"}},
		{"/items?topic=life:出生", []string{"出生", "出生"}},
		{"/departments", []string{"徐州市市场监督管理局", "云龙区"}},
		{"/departments/xz-market", []string{"办理的事项", "食品经营许可"}},
		{"/regions", []string{"徐州市", "云龙区", "铜山区"}},
		{"/regions?in=320303000000", []string{"云龙区", "彭城街道"}},
		{"/halls", []string{"政务服务中心", "便民服务站", "徐州市云龙区政务服务中心"}},
		{"/halls?q=郑集&kind=便民服务站", []string{"郑集镇南王村便民服务站"}},
		{"/halls?q=没有的地方", []string{"没有找到这样的大厅"}},
		{"/halls/xz-centre", []string{"A01 A02", "无差别", "在这里办的事项", "0516-00000201"}},
		{"/lists", []string{"行政许可事项清单", "容缺受理事项清单", "进驻事项负面清单"}},
		{"/open", []string{"办件结果", "7 个工作日"}},
		{"/open/ratings", []string{"好差评"}},
		{"/halls/xz-centre/public", []string{"事项清单和流程图", "首问负责", "办不成事反映窗口"}},
		{"/halls/xz-centre/public/print", []string{"规章制度", "投诉受理方式"}},
		{"/open/pledges", []string{"现在没有公开的承诺"}},
		{"/help", []string{"怎么登录和实名", "隐私与个人信息保护"}},
		{"/help/stuck", []string{"办不成事怎么办", "12345", "徐州市政务服务中心"}},
		{"/accessibility", []string{"GB/T 37668-2019"}},
		{"/privacy", []string{"个人信息保护法", "留多久", "180 天"}},
		{"/help/verify", []string{"根证书", "tongban verify"}},
	} {
		v.get(tt.path)
		v.sees(http.StatusOK, tt.says...)
		v.misses("style=", "示范市", "lorem")
	}
	for _, path := range []string{"/nowhere", "/items/none", "/items/food-permit/editions/9", "/items/food-permit/editions/x", "/halls/none",
		"/departments/none", "/lists/none", "/help/none", "/regions?in=999999", "/items/none/print"} {
		v.get(path)
		v.sees(http.StatusNotFound, "办不成事反映", "12345")
	}
}

func TestPeopleFindWhatTheyMean(t *testing.T) {
	c := openCity(t)
	v := c.visitor()
	first := regexp.MustCompile(`class="t" href="([^"]+)"`)
	for _, tt := range []struct{ name, query, path string }{
		{"the item's own words", "食品经营许可", "/items/food-permit"},
		{"what people say, as one matter", "开饭店", "/themes/restaurant"},
		{"a whole sentence", "孩子上户口要什么材料", "/items/newborn-household"},
		{"initials", "spjyxk", "/items/food-permit"},
		{"pinyin", "shenfenzheng", "/items/id-card"},
		{"a slip of the pen", "食品经宫许可", "/items/food-permit"},
		{"a character too many", "居民身份份证", "/items/id-card"},
	} {
		v.get("/search?q=" + url.QueryEscape(tt.query))
		v.sees(http.StatusOK)
		if m := first.FindStringSubmatch(v.raw); m == nil || m[1] != tt.path {
			t.Errorf("%s: %q finds %v, want %s", tt.name, tt.query, m, tt.path)
		}
	}
	v.get("/search?q=" + url.QueryEscape("开饭店"))
	if !strings.Contains(v.raw, `href="/items/food-permit"`) {
		t.Error("the matter hides its items")
	}
	v.get("/search?q=" + url.QueryEscape("紫禁城qqq"))
	v.sees(http.StatusOK, "没有找到", "换个说法", "打 12345", "办不成事反映")
	v.get("/search?q=" + url.QueryEscape(`<script>alert(1)</script>' OR 1=1 --`))
	v.sees(http.StatusOK)
	v.misses("<script>alert")
	v.get("/search?for=firm&q=" + url.QueryEscape("身份证"))
	v.misses(`href="/items/id-card"`)
	v.get("/search?q=" + url.QueryEscape("市市场监管"))
	v.sees(http.StatusOK, "部门和大厅", "徐州市市场监督管理局")
	v.get("/search?page=x&q=a")
	v.sees(http.StatusUnprocessableEntity, "请填写整数")
	v.get("/items?after=nonsense")
	v.sees(http.StatusOK, "3周岁内国内出生新生儿上户")
}

func TestEveryItemIsOnExactlyOnePageOfTheList(t *testing.T) {
	c := openCity(t)
	v, seen, pages := c.visitor(), map[string]int{}, 0
	item := regexp.MustCompile(`class="t" href="([^"]+)"`)
	next := regexp.MustCompile(`href="([^"]+)" rel="next"`)
	for path := "/items"; path != ""; pages++ {
		v.get(path)
		v.sees(http.StatusOK)
		for _, m := range item.FindAllStringSubmatch(v.raw, -1) {
			seen[m[1]]++
		}
		m := next.FindStringSubmatch(v.raw)
		if path = ""; m != nil {
			path = strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
	if len(seen) != 80 || pages != 4 {
		t.Errorf("%d items on %d pages", len(seen), pages)
	}
	for path, n := range seen {
		if n != 1 {
			t.Errorf("%s stands there %d times", path, n)
		}
	}
}

func TestAGuideHasEverySectionAndTheProcedureTwice(t *testing.T) {
	c := openCity(t)
	v := c.visitor()
	v.get("/items/food-permit")
	v.sees(http.StatusOK, "1. 适用范围", "2. 事项审查类型", "3. 办理依据", "4. 受理机构", "5. 决定机构", "6. 数量限制", "7. 申请条件", "8. 禁止性要求",
		"9. 申请材料目录", "10. 申请接收", "11. 办理基本流程", "12. 办理方式", "13. 办结时限", "14. 收费依据及标准", "15. 审批结果", "16. 结果送达",
		"17. 申请人权利和义务", "18. 咨询途径", "19. 监督投诉渠道", "20. 办公地址和时间", "21. 办理进程和结果公开查询",
		"常见问题", "示例假定", "免交，自动调取", "可容缺后补", "可承诺代替", "看情形", "开始办", "场所布局审查")
	if !strings.Contains(v.raw, `<svg xmlns="http://www.w3.org/2000/svg" class="flow" role="img"`) || !strings.Contains(v.raw, `href="/apply/food-permit"`) {
		t.Error("no picture of the procedure, or no way to apply")
	}
	for path, say := range map[string]string{"/plain": "用大白话说", "/picture": "一步一步"} {
		v.get("/items/food-permit" + path)
		v.sees(http.StatusOK, say)
	}
	v.get("/items/food-permit/print")
	v.sees(http.StatusOK, "食品经营许可（新办）办事指南", "附：办理流程图")
	if n := strings.Count(v.raw, "<h2>"); n != 21+1 {
		t.Errorf("%d sections on paper, want 21 and the drawing", n)
	}
}

// On a narrow page what stands beside comes last: the contents are folded away before
// the first chapter, too.
func TestAGuidesContentsStandBeforeIt(t *testing.T) {
	v := openCity(t).visitor()
	v.get("/items/water-permit")
	head, _, _ := strings.Cut(v.raw, `<section class="card" id=`)
	for _, part := range []string{`<div class="upper">`, "<details", `href="#materials"`} {
		if !strings.Contains(head, part) {
			t.Errorf("before the first chapter there is no %s", part)
		}
	}
}

func TestAnEarlierGuideStaysReadableAndSaysSo(t *testing.T) {
	c := openCity(t)
	old, err := c.Items.Current(t.Context(), "food-permit")
	if err != nil {
		t.Fatal(err)
	}
	changed := *old
	changed.Promised = clock.Limit{N: 6, Unit: clock.WorkingDays}
	changed.Extras = []items.Extra{{Name: "交通指引", Value: "地铁1号线市政府站"}, {Name: "复议网址", Value: "https://fy.example.cn/a"}, {Name: "业务系统名称", Value: "内部系统"}}
	if _, err := c.Items.PublishAll(t.Context(), []*items.Edition{&changed}, identity.TheSystem); err != nil {
		t.Fatal(err)
	}
	c.now = c.now.Add(2 * time.Second)
	v := c.visitor()
	v.get("/items/food-permit")
	v.sees(http.StatusOK, "6个工作日", "以前的版本", "第 1 版", "交通指引", "地铁1号线市政府站")
	v.misses("内部系统")
	if !strings.Contains(v.raw, `<a href="https://fy.example.cn/a"`) {
		t.Error("an address on the web is no link")
	}
	v.get("/items/food-permit/editions/1")
	v.sees(http.StatusOK, "8个工作日", "已经不用了", "现在用的是第 2 版")
	v.misses(`href="/apply/food-permit"`)
	v.get("/items/food-permit/editions/2")
	v.misses("已经不用了")
}

func TestQuestionsGiveOnesOwnList(t *testing.T) {
	c := openCity(t)
	v := c.visitor()
	at := "/items/food-permit/check"
	v.get(at)
	v.sees(http.StatusOK, "您准备经营什么", "经营场所是自己的房产吗")
	v.misses("您要准备")
	v.get(at + "?" + url.Values{"经营类别": {"餐饮服务"}}.Encode())
	v.sees(http.StatusOK, "还有 2 个问题没有回答")
	v.get(at + "?" + url.Values{"经营类别": {"餐饮服务"}, "自有房产": {"否"}, "经营面积档": {"150平方米及以下"}}.Encode())
	v.sees(http.StatusOK, "您要准备 5 份材料", "经营场所使用证明", "下面 1 份不用交", "营业执照", "8个工作日", "不收费", "开始办", "现场核查")
	v.misses("不动产权证书", "专间或者专用操作区设计说明")
	v.get(at + "?" + url.Values{"经营类别": {"餐饮服务"}, "自有房产": {"是"}, "经营面积档": {"150平方米以上"}}.Encode())
	v.sees(http.StatusOK, "不动产权证书", "专间或者专用操作区设计说明")
	v.misses("经营场所使用证明")
	v.get(at + "?" + url.Values{"经营类别": {"开飞机"}}.Encode())
	v.sees(http.StatusUnprocessableEntity, "需要修改")
}

func TestListsSayWhatTheGuidesSay(t *testing.T) {
	c := openCity(t)
	v := c.visitor()
	for path, says := range map[string][]string{
		"/lists/licence":                 {"食品经营许可（新办）", "《中华人民共和国食品安全法》第三十五条"},
		"/lists/service":                 {"公共服务事项清单"},
		"/lists/filing":                  {"第二类医疗器械经营备案"},
		"/lists/deferrable":              {"食品经营许可（新办）", "食品安全管理制度文本"},
		"/lists/promisable":              {"从业人员健康证明", "书面承诺符合全部条件"},
		"/lists/auxiliary":               {"现场核查：10个工作日，不计入办理时限"},
		"/lists/mediators":               {"这份清单现在没有事项"},
		"/lists/shared?q=身份证":            {"全国", "居民身份证申领"},
		"/lists/outside":                 {"这份清单现在没有事项"},
		"/lists/business":                {"优化审批服务", "审批改备案"},
		"/lists/business?way=告知承诺":       {"道路货物运输经营许可"},
		"/lists/deferrable?q=食品经营许可":     {"食品安全管理制度文本"},
		"/lists/filing?q=紫禁城":            {"清单里没有"},
		"/lists/deferrable/print":        {"容缺受理事项清单", "徐政发〔2022〕21号（七）"},
		"/lists/business/print?way=告知承诺": {"建筑工程施工许可证核发"},
		"/lists/licence/print?from=1000": {"1001"},
	} {
		v.get(path)
		v.sees(http.StatusOK, says...)
	}
	v.get("/lists/business?way=告知承诺")
	v.misses("食品经营许可（新办）")
	v.get("/lists/business?way=随便")
	v.sees(http.StatusUnprocessableEntity)
}

func TestResultsArePublicWithNamesMasked(t *testing.T) {
	c := openCity(t)
	c.deliver()
	v := c.visitor()
	v.get("/open?name=" + url.QueryEscape("李"))
	before := strings.Count(v.raw, "李*")
	k := c.readyToDecide()
	form := url.Values{"grant": {"1"}}
	c.signedIn("market-a").does(k.ID, "decide", "决定", form)
	c.signedIn("market-a2").does(k.ID, "decide", "决定", form)
	c.deliver()
	c.now = c.now.Add(2 * time.Minute)
	v.get("/open?name=" + url.QueryEscape("李"))
	v.sees(http.StatusOK, "食品经营许可（新办）", "准予", calendar.DayOf(c.now).Han())
	if n := strings.Count(v.raw, "李*"); n != before+1 {
		t.Errorf("%d results, %d before", n, before)
	}
	v.misses("李敏", k.Number)
	v.get("/open")
	v.sees(http.StatusOK, "近 30 天公开的许可", "在承诺时限内作出")
	v.get("/")
	v.sees(http.StatusOK, "办得怎么样，都公开", "最近公开的许可")
	v.misses("李敏", k.Number)
}

func TestTheFrontPageKnowsWhoIsThere(t *testing.T) {
	c := openCity(t)
	k := c.accepted()
	v := c.signedIn("limin")
	v.get("/")
	v.sees(http.StatusOK, "李敏，您好", "全部办件", "食品经营许可")
	if !strings.Contains(v.raw, "/my/cases/"+k.Number) {
		t.Error("no way to the case")
	}
	other := c.signedIn("zhangwei")
	other.get("/")
	other.misses(k.Number, "李敏")
	clerk := c.signedIn("window1")
	clerk.get("/")
	clerk.sees(http.StatusOK, "去我的岗位")
	clerk.misses(k.Number)
}

func TestTheRootCertificateIsHandedOut(t *testing.T) {
	c := openCity(t)
	v := c.visitor()
	v.get("/root.pem")
	if block, _ := pem.Decode([]byte(v.raw)); v.code != http.StatusOK || block == nil || block.Type != "CERTIFICATE" {
		t.Errorf("got %d %q", v.code, v.raw)
	}
	v.get("/robots.txt")
	v.sees(http.StatusOK, "Disallow: /my")
}

// firstLoad is what a first visit may weigh, zipped, in bytes.
const firstLoad = 60 << 10

func TestAFirstVisitIsLight(t *testing.T) {
	c := openCity(t)
	v := c.visitor()
	file := regexp.MustCompile(`(?:src|href)="(/static/[^"]+)"`)
	for _, path := range []string{"/", "/search?q=食品", "/items/food-permit", "/items", "/lists/licence"} {
		v.get(path)
		v.sees(http.StatusOK)
		weight, requests := zipped(t, []byte(v.raw)), 1
		for _, m := range file.FindAllStringSubmatch(v.raw, -1) {
			res, err := v.Get(c.site.URL + m[1])
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(res.Body)
			res.Body.Close()
			if err != nil {
				t.Fatal(err)
			}
			weight, requests = weight+zipped(t, body), requests+1
		}
		if weight > firstLoad || requests > 6 {
			t.Errorf("%s weighs %d bytes in %d requests", path, weight, requests)
		}
		t.Log(path, weight, requests)
	}
}

func zipped(t *testing.T, body []byte) int {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(body); err != nil {
		t.Fatal(err)
	}
	z.Close()
	return out.Len()
}
