package app_test

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

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
	v.sees(200, "准备材料", "请拍照或上传", "已调取您的电子营业执照", "电子证照，免提交", "网上填写，自动生成")
	draft := v.at
	v.post(draft, nil)
	v.sees(422, "有 3 处需要修改", "请上传“经营场所使用证明”")
	for _, m := range []string{"m3", "m5", "m7"} {
		if strings.Contains(v.raw, "materials/"+m+`"`) {
			v.upload(draft+"/"+m, "file", m+".pdf", paper, nil)
			v.sees(200, "已上传 1 个文件")
		}
	}
	v.get(draft + "/m1/written")
	if !strings.HasPrefix(v.raw, "%PDF-") {
		t.Fatalf("the form is not written: %s", v.raw[:40])
	}
	v.post(draft, nil)
	v.sees(200, "结果怎么给您")
	v.post(v.at, url.Values{"way": {"electronic"}})
	v.sees(200, "提交前再看一遍", "示例餐饮", "120平方米", "热食类食品制售、自制饮品制售")
	v.post(v.at, nil)
	v.sees(422, "请勾选承诺后再提交")
	check := v.at
	v.post(check, url.Values{"sign": {"10,10 200,120"}})
	if !strings.Contains(v.raw, `name="sign" value="10,10 200,120"`) {
		t.Error("what was drawn is lost where something else is refused")
	}
	v.post(check, url.Values{"agree": {"1"}, "sign.typed": {"别人"}})
	v.sees(422, "输入的姓名与签名人")
	if !regexp.MustCompile(`name="agree"[^>]* checked`).MatchString(v.raw) || !strings.Contains(v.raw, `value="别人"`) {
		t.Error("what was typed and ticked is lost where it is refused")
	}
	v.post(check, url.Values{"agree": {"1"}, "sign": {"10,10 200,120 300,60;40,80 60,180"}})
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
	zhang.sees(200, "申请材料接收凭证", "徐州示例餐饮管理有限公司", "申请书签名", "手写签名")
	if !strings.Contains(zhang.raw, `class="seal"`) {
		t.Error("the receipt carries no seal")
	}
	c.codeOf(zhang)

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

var held = regexp.MustCompile(`name="materials\.m5\.uploaded" value="([^"]+)" checked`)

func TestAFileSentWithACorrectionThatIsRefusedIsNotChosenAgain(t *testing.T) {
	c := openCity(t)
	zhang := c.signedIn("zhangwei")
	number := zhang.apply()
	_, err := c.Cases.AskOnce(t.Context(), c.find(number).ID, []cases.Deficiency{
		{Material: "m5", Finding: cases.Defective, Say: "没有标明操作间面积"}, {Material: "m7", Finding: cases.Missing, Say: "没有交"}}, calendar.Date(2026, 9, 30), c.official("window1"))
	if err != nil {
		t.Fatal(err)
	}
	zhang.get("/my")
	zhang.sees(200, "请补 2 份材料", "场所平面图和操作流程图、从业人员健康证明")
	correct := "/my/cases/" + number + "/correct"
	zhang.upload(correct, "materials.m5", "图.pdf", paper, nil)
	zhang.sees(422, "请上传“从业人员健康证明”", "已收到“图.pdf”，不用再选")
	zhang.upload(correct, "materials.m7", "证.txt", []byte("MZ no"), url.Values{"materials.m5.uploaded": {held.FindStringSubmatch(zhang.raw)[1]}})
	zhang.sees(422, "此处不接收", "已收到“图.pdf”，不用再选")
	zhang.upload(correct, "materials.m7", "证.pdf", paper, url.Values{"materials.m5.uploaded": {held.FindStringSubmatch(zhang.raw)[1]}})
	zhang.sees(200, "等窗口核对", "图.pdf", "证.pdf")
}

func TestCorrectingAsksOnlyForWhatIsFaulty(t *testing.T) {
	c := openCity(t)
	zhang := c.signedIn("zhangwei")
	number := zhang.apply()
	window := c.official("window1")
	_, err := c.Cases.AskOnce(t.Context(), c.find(number).ID, []cases.Deficiency{
		{Material: "m5", Finding: cases.Defective, Say: "没有标明操作间面积，请补标后重新拍照"}}, calendar.Date(2026, 9, 30), window)
	if err != nil {
		t.Fatal(err)
	}
	zhang.get("/my")
	zhang.sees(200, "等您处理", "请补 1 份材料", "没有标明操作间面积", "去补正")
	correct := "/my/cases/" + number + "/correct"
	zhang.get(correct)
	zhang.sees(200, "补正材料", "场所平面图和操作流程图", "2026年9月30日")
	zhang.misses("从业人员健康证明")
	zhang.post(correct, nil)
	zhang.sees(422, "请上传“场所平面图和操作流程图”")
	zhang.upload(correct, "materials.m5", "图.pdf", []byte("MZ this is a program"), nil)
	zhang.sees(422, "图.pdf")
	zhang.upload(correct, "materials.m5", "图.pdf", nil, nil)
	zhang.sees(422, "文件“图.pdf”是空的，请重新选择")
	once := url.Values{"request": {"k1"}}
	zhang.upload(correct, "materials.m5", "图.pdf", paper, once)
	zhang.sees(200, "等窗口核对", "提交补正材料")
	zhang.upload(correct, "materials.m5", "图.pdf", paper, once)
	zhang.sees(200, "等窗口核对", "提交补正材料")
	zhang.upload(correct, "materials.m5", "图.pdf", paper, url.Values{"request": {"k2"}})
	zhang.sees(409, "没有要补交的材料")
	if got := len(c.find(number).Notices); got != 1 {
		t.Errorf("%d notices", got)
	}
	c.deliver()
	zhang.get("/my/cases/" + number)
	zhang.sees(200, "收〔2026〕1号，2026年9月", "收〔2026〕2号，2026年9月", "，提交补正材料")
}

func TestACitizenWithdrawsAndRates(t *testing.T) {
	c := openCity(t)
	zhang := c.signedIn("zhangwei")
	number := zhang.apply()
	at := "/my/cases/" + number
	zhang.get(at + "/rate")
	zhang.sees(404, "办结后才能评价")
	zhang.get(at + "/withdraw")
	zhang.sees(200, "撤回以后", "确认撤回")
	zhang.post(at+"/withdraw", url.Values{"reason": {"<b>想好了</b>再办\u202e"}, "request": {"w1"}})
	zhang.sees(200, "已撤回", "去评价")
	c.deliver()

	zhang.get(at + "/rate")
	zhang.sees(200, "这件事办得怎么样", "非常满意", "非常不满意", "自愿评价")
	zhang.post(at+"/rate", url.Values{})
	zhang.sees(422, "请选择满意程度")
	zhang.post(at+"/rate", url.Values{"grade": {"2"}, "more": {"1"}})
	zhang.sees(200, "没有提供材料清单", "差评会这样处理")
	zhang.misses("一窗受理一次办结")
	zhang.post(at+"/rate", url.Values{"grade": {"2"}, "tags": {"510"}})
	zhang.sees(422, "请从所选满意程度对应的选项里选择")
	zhang.post(at+"/rate", url.Values{"grade": {"2"}, "tags": {"208"}, "text": {"<script>alert(1)</script>"}, "anonymous": {"1"}})
	zhang.sees(200, "您的评价", "不满意", "没有提供材料清单", "前联系您核实", "追评")
	zhang.misses("<script>alert(1)")
	if err := c.Ratings.Answer(t.Context(), c.find(number).ID, 1, "已补上材料清单", c.official("market-h")); err != nil {
		t.Fatal(err)
	}
	zhang.get(at + "/rate")
	zhang.sees(200, "部门答复", "已补上材料清单")
	zhang.post(at+"/rate", url.Values{"grade": {"4"}})
	zhang.sees(200, "您的追评", "不能再评了")
}

func TestTheAccountIsOnesOwn(t *testing.T) {
	c := openCity(t)
	v := c.visitor()
	v.post("/signin", url.Values{"login": {"limin"}, "password": {"wrong-password"}, "back": {"https://evil.example/"}})
	v.sees(422, "登录名或密码不正确")
	v.misses("evil.example")
	v.post("/signin", url.Values{"login": {"limin"}, "password": {"Tongban-2026"}, "back": {"/my/certificates"}})
	v.sees(200, "证照卡包", "居民身份证", "有效")
	v.get("/my/account")
	v.sees(200, "李敏", "199****0001", "就是这里", "没有开启")
	v.misses("19900000001", "320399199003070025")
	v.get("/my/account/password")
	if fields := strings.Count(v.raw, `type="password"`); fields < 3 {
		t.Errorf("%d fields of passwords are hidden", fields)
	}

	other := c.signedIn("limin")
	v.post("/my/account/end", url.Values{"others": {"1"}})
	other.get("/my")
	other.sees(200, "登录名") // led to sign in again
	v.post("/my/account/password", url.Values{"old": {"Tongban-2026"}, "password": {"12345678"}, "again": {"12345678"}})
	v.sees(422, "这个密码太常见")
	v.post("/my/account/act", url.Values{"party": {"f-canyin"}})
	v.sees(403, "没有代表该企业办事的授权")
	v.get("/my/account/mandates/f-canyin")
	v.sees(403, "只有企业的法定代表人")
	v.post("/signout", nil)
	v.get("/my")
	v.sees(200, "登录名")
}

// On every kind of page of the portal whoever is signed in can leave, without
// scripts and in every mode, and nobody else is offered to (ASVS 7.4.4).
func TestOneCanLeaveFromEveryPage(t *testing.T) {
	c := openCity(t)
	const leave = `action="/signout"`
	stranger := c.visitor()
	stranger.get("/")
	if strings.Contains(stranger.raw, leave) {
		t.Error("a stranger is offered to sign out")
	}
	v := c.signedIn("limin")
	v.post("/apply/food-permit", nil)
	step := v.at
	for _, mode := range []string{"elder=0", "elder=1", "contrast=1"} {
		for _, page := range []string{"/", "/my", "/my/account", "/items/food-permit", "/help", "/verify", step, "/nowhere"} {
			v.get("/mode?" + mode + "&back=" + url.QueryEscape(page))
			if !strings.Contains(v.raw, leave) {
				t.Errorf("in mode %s one cannot leave from %s", mode, v.at)
			}
		}
	}
	v.post("/signout", nil)
	v.get("/my")
	v.sees(200, "登录名")
}

func TestTheHeadOfAFirmGrantsAndRevokes(t *testing.T) {
	c := openCity(t)
	zhang := c.signedIn("zhangwei")
	at := "/my/account/mandates/f-canyin"
	zhang.post(at, url.Values{"login": {"nobody-here"}, "scope": {"all"}, "through.year": {"2027"}, "through.month": {"3"}, "through.day": {"1"}})
	zhang.sees(422, "没有这个登录名的个人账号")
	zhang.post(at, url.Values{"login": {"limin"}, "scope": {"some"}, "items": {"food-production"}, "through.year": {"2027"}, "through.month": {"3"}, "through.day": {"1"}})
	zhang.sees(200, "李敏", "事项：食品（不含特殊食品）生产许可核发", "2027年3月1日")

	limin := c.signedIn("limin")
	limin.post("/my/account/act", url.Values{"party": {"f-canyin"}})
	limin.sees(200, "徐州示例餐饮管理有限公司")
	limin.post("/apply/food-permit", nil)
	limin.sees(403, "授权不包括这件事")
	limin.post("/apply/food-production", nil)
	if !strings.Contains(limin.at, "/my/drafts/") {
		t.Errorf("with a mandate for it, limin is at %s: %s", limin.at, limin.page)
	}
}

func TestAStrangerVerifiesACertificate(t *testing.T) {
	c := openCity(t)
	v := c.signedIn("limin")
	v.get("/my/certificates")
	at := regexp.MustCompile(`/my/certificates/[^"]+`).FindString(v.raw)
	v.get(at)
	v.sees(200, "居民身份证", "下载 OFD", "李敏")
	v.get(at + "/sheet")
	v.sees(200, "持证主体 李敏", "查看现在的状态")
	v.misses("李敏：", "每一项许可")
	v.get(at + "/ofd")
	file := []byte(v.raw)

	stranger := c.visitor()
	stranger.get(strings.Replace(at, "/my/certificates/", "/verify/", 1))
	stranger.sees(200, "核验通过", "徐州市公安局", "有效")
	stranger.misses("李敏", "320399199003070025")
	stranger.upload("/verify", "file", "证照.ofd", file, nil)
	stranger.sees(200, "核验通过", "逐项核验")
	stranger.upload("/verify", "file", "证照.ofd", []byte("not a certificate"), nil)
	stranger.sees(200, "请勿采信")
	stranger.post("/verify", nil)
	stranger.sees(422, "请先选择要核验的文件")
	stranger.get("/verify/1.2.3")
	stranger.sees(422)
	stranger.get(at)
	stranger.sees(200, "登录名")
	zhang := c.signedIn("zhangwei")
	zhang.get(at)
	zhang.sees(404, "没有查到这份证照")
}

// codeOf follows the code of the paper on the page as a stranger does.
func (c *city) codeOf(v *visitor) {
	c.t.Helper()
	link := regexp.MustCompile(`/verify/paper\?of=[^"]+`).FindString(html.UnescapeString(v.raw))
	if link == "" {
		c.t.Fatal("the paper has no code that can be followed")
	}
	stranger := c.visitor()
	stranger.get(link)
	stranger.sees(200, "这份文书是真的", "申请材料接收凭证", "徐州市市场监督管理局收〔2026〕1号")
	stranger.misses("徐州示例餐饮管理有限公司", "19900000002")
	stranger.get(link[:len(link)-4] + "AAAA")
	stranger.sees(404, "没有查到这份文书")
	stranger.get("/verify/paper")
	stranger.sees(404, "没有查到这份文书")
}
