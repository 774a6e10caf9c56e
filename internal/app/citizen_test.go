package app_test

import (
	"bytes"
	"context"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

// city is the sample city with its doors open, for one test.
type city struct {
	*app.App
	t    *testing.T
	now  time.Time
	site *httptest.Server
}

func openCity(t *testing.T) *city {
	t.Helper()
	c := &city{t: t, now: time.Date(2026, 9, 21, 9, 30, 0, 0, calendar.Zone)}
	a, err := app.Open(t.Context(), app.Settings{Data: t.TempDir(), Now: func() time.Time { return c.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if _, _, err := a.LoadSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	doors, err := a.Doors()
	if err != nil {
		t.Fatal(err)
	}
	c.App, c.site = a, httptest.NewServer(doors)
	t.Cleanup(c.site.Close)
	return c
}

// deliver carries the news about until there is none.
func (c *city) deliver() {
	c.t.Helper()
	ctx, stop := context.WithTimeout(c.t.Context(), 5*time.Second)
	defer stop()
	for {
		n, err := c.Post.Deliver(ctx)
		if err != nil {
			c.t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

// visitor is somebody at a browser without JavaScript.
type visitor struct {
	*http.Client
	city *city
	at   string // address of the page they see
	page string // its text, with the marks taken out
	raw  string
	code int
}

func (c *city) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		c.t.Fatal(err)
	}
	return &visitor{Client: &http.Client{Jar: jar}, city: c}
}

func (c *city) signedIn(login string) *visitor {
	v := c.visitor()
	v.post("/signin", url.Values{"login": {login}, "password": {"Tongban-2026"}})
	if v.code != http.StatusOK {
		c.t.Fatalf("%s cannot sign in: %d\n%s", login, v.code, v.page)
	}
	return v
}

var tagMarks = regexp.MustCompile(`(?s)<(script|style|svg).*?</(script|style|svg)>|<[^>]*>`)

func (v *visitor) take(res *http.Response, err error) {
	v.city.t.Helper()
	if err != nil {
		v.city.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.city.t.Fatal(err)
	}
	v.at, v.code, v.raw = res.Request.URL.RequestURI(), res.StatusCode, string(body)
	v.page = strings.Join(strings.Fields(html.UnescapeString(tagMarks.ReplaceAllString(v.raw, " "))), " ")
}

func (v *visitor) get(path string) { v.city.t.Helper(); v.take(v.Get(v.city.site.URL + path)) }

func (v *visitor) post(path string, form url.Values) {
	v.city.t.Helper()
	v.take(v.PostForm(v.city.site.URL+path, form))
}

// upload posts a form with one file of it.
func (v *visitor) upload(path, field, name string, content []byte, fields url.Values) {
	v.city.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for key, values := range fields {
		for _, value := range values {
			w.WriteField(key, value)
		}
	}
	part, err := w.CreateFormFile(field, name)
	if err != nil {
		v.city.t.Fatal(err)
	}
	part.Write(content)
	w.Close()
	v.take(v.Post(v.city.site.URL+path, w.FormDataContentType(), &body))
}

// sees fails unless every word is on the page.
func (v *visitor) sees(code int, words ...string) {
	v.city.t.Helper()
	if v.code != code {
		v.city.t.Fatalf("%s answers %d, want %d\n%s", v.at, v.code, code, v.page)
	}
	for _, word := range words {
		if !strings.Contains(v.page, word) {
			v.city.t.Fatalf("%s does not say %q\n%s", v.at, word, v.page)
		}
	}
}

// misses fails if any of the words is on the page.
func (v *visitor) misses(words ...string) {
	v.city.t.Helper()
	for _, word := range words {
		if strings.Contains(v.raw, word) {
			v.city.t.Fatalf("%s says %q, and should not", v.at, word)
		}
	}
}

// fill answers a page from a set of answers until the way leads on past the
// questions; every answer is given as the page asks for it.
func (v *visitor) fill(answers url.Values) {
	v.city.t.Helper()
	for range 60 {
		if !strings.Contains(v.at, "/ask/") {
			return
		}
		v.post(v.at, v.asked(answers))
		if v.code != http.StatusOK {
			v.city.t.Fatalf("%s refuses: %s", v.at, v.page)
		}
	}
	v.city.t.Fatalf("the questions never end: %s", v.at)
}

var (
	inputs   = regexp.MustCompile(`<(?:input|textarea|select)[^>]* name="([^"]+)"[^>]*>`)
	valueOf  = regexp.MustCompile(` value="([^"]*)"`)
	typeOf   = regexp.MustCompile(` type="([^"]*)"`)
	selected = regexp.MustCompile(` checked`)
)

// asked is what the page asks, with what it shows already and what answers add.
func (v *visitor) asked(answers url.Values) url.Values {
	sent := url.Values{}
	for _, m := range inputs.FindAllStringSubmatch(v.raw, -1) {
		name := html.UnescapeString(m[1])
		if given, ok := answers[name]; ok {
			sent[name] = given
			continue
		}
		kind := typeOf.FindStringSubmatch(m[0])
		choice := kind != nil && (kind[1] == "radio" || kind[1] == "checkbox")
		if value := valueOf.FindStringSubmatch(m[0]); value != nil && (!choice || selected.MatchString(m[0])) {
			sent[name] = []string{html.UnescapeString(value[1])}
		}
	}
	return sent
}

// paper is a file that is what its name says.
var paper = append([]byte("%PDF-1.4\n1 0 obj<<>>endobj\n"), []byte("trailer<<>>\n%%EOF\n")...)

var restaurant = url.Values{
	"经营类别": {"餐饮服务"}, "自有房产": {"否"}, "经营面积档": {"150平方米及以下"}, "经营场所地址": {"徐州市云龙区示例路18号"}, "经营面积": {"120"},
	"主体业态": {"餐饮服务经营者"}, "经营项目": {"热食类食品制售", "自制饮品制售"}, "开业日期.year": {"2026"}, "开业日期.month": {"11"}, "开业日期.day": {"1"},
	"食品安全管理员姓名": {"张伟"}, "食品安全管理员手机": {"19900000002"}, "从业人员数": {"8"},
}

// apply goes through a whole application for a food permit and returns the
// number of the case.
func (v *visitor) apply() string {
	t := v.city.t
	t.Helper()
	v.get("/my/account")
	v.post("/my/account/act", url.Values{"party": {"f-canyin"}})
	v.get("/apply/food-permit")
	v.sees(200, "食品经营许可", "办完拿到", "多久办好", "开始办理")
	v.post("/apply/food-permit", nil)
	v.fill(restaurant)
	v.sees(200, "准备材料", "请拍照或上传")
	draft := v.at
	v.post(draft, nil)
	v.sees(422, "有 5 处需要修改", "请上传“经营场所使用证明”")
	for _, m := range []string{"m1", "m2", "m3", "m5", "m7"} {
		if strings.Contains(v.raw, "materials/"+m+`"`) {
			v.upload(draft+"/"+m, "file", m+".pdf", paper, nil)
			v.sees(200, "已上传 1 个文件")
		}
	}
	v.post(draft, nil)
	v.sees(200, "结果怎么给您")
	v.post(v.at, url.Values{"way": {"electronic"}})
	v.sees(200, "提交前再看一遍", "示例餐饮", "120平方米", "热食类食品制售、自制饮品制售")
	v.post(v.at, nil)
	v.sees(422, "请勾选承诺后再提交")
	check := v.at
	v.post(check, url.Values{"agree": {"1"}})
	v.sees(200, "已经收到您的申请", "接下来", "打印收件凭证")
	number := strings.Split(v.at, "/")[3]
	v.post(check, url.Values{"agree": {"1"}})
	if got := strings.Split(v.at, "/")[3]; got != number {
		t.Fatalf("pressed twice, it filed two cases: %s and %s", number, got)
	}
	return number
}

func TestACitizenAppliesWithoutAnyScript(t *testing.T) {
	c := openCity(t)
	zhang := c.signedIn("zhangwei")
	number := zhang.apply()
	c.deliver()

	zhang.get("/my")
	zhang.sees(200, "食品经营许可（新办）", "等窗口核对")
	zhang.get("/my/cases/" + number)
	zhang.sees(200, "办到哪一步了", "窗口核对中", "申请材料接收凭证", "提交申请", "撤回申请")
	zhang.get("/my/cases/" + number + "/papers/receipt-1")
	zhang.sees(200, "申请材料接收凭证", "徐州示例餐饮管理有限公司")
	if !strings.Contains(zhang.raw, `class="seal"`) {
		t.Error("the receipt carries no seal")
	}

	limin := c.signedIn("limin")
	for _, page := range []string{"", "/receipt", "/papers/receipt-1", "/correct", "/withdraw", "/rate"} {
		limin.get("/my/cases/" + number + page)
		limin.sees(404, "没有找到")
		limin.misses("示例餐饮")
	}
	nobody := c.visitor()
	nobody.get("/my/cases/" + number)
	nobody.sees(200, "登录名")
	if !strings.Contains(nobody.at, "back=") {
		t.Errorf("after signing in, %s does not lead back", nobody.at)
	}
}

func (c *city) official(login string) identity.Actor {
	c.t.Helper()
	session, err := c.Identity.SignIn(c.t.Context(), login, "Tongban-2026", "", identity.Client{Channel: "pc"}, "")
	if err != nil {
		c.t.Fatal(err)
	}
	return session.Actor
}

func (c *city) find(number string) *cases.Case {
	c.t.Helper()
	found, err := c.Cases.Store.ByNumber(c.t.Context(), number)
	if err != nil {
		c.t.Fatal(err)
	}
	return found
}
