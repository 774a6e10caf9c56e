package desk_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tongban/internal/app/apptest"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/register/seals"
)

func TestEveryPageIsShutToThoseWithoutThePost(t *testing.T) {
	c := open(t)
	watch := []string{"/desk", "/desk/cases", "/desk/figures", "/desk/ratings", "/desk/export.csv", "/desk/find?q=x", "/desk/cases/x"}
	admin := []string{"/desk/admin", "/desk/admin/people", "/desk/admin/people/new", "/desk/admin/people/import", "/desk/admin/people/x", "/desk/admin/agencies", "/desk/admin/agencies/new",
		"/desk/admin/agencies/xz-market", "/desk/admin/agencies/import", "/desk/admin/halls", "/desk/admin/halls/new", "/desk/admin/halls/xz-centre", "/desk/admin/calendars", "/desk/admin/seals", "/desk/admin/seals/x", "/desk/admin/types"}
	people := map[string]*apptest.Person{"": c.Nobody()}
	for _, login := range []string{"limin", "window1", "market-r", "market-a", "market-h", "supervisor", "items", "auditor", "admin"} {
		people[login] = c.SignIn(login)
	}
	for login, w := range people {
		for _, path := range append(watch, admin...) {
			may := login == "supervisor" && !strings.HasPrefix(path, "/desk/admin") || login == "admin" && strings.HasPrefix(path, "/desk/admin")
			res, _ := w.Ask("GET", path, nil)
			switch {
			case login == "" && res.StatusCode != http.StatusSeeOther:
				t.Errorf("nobody at %s: %s", path, res.Status)
			case login != "" && !may && res.StatusCode != http.StatusForbidden:
				t.Errorf("%s at %s: %s", login, path, res.Status)
			case may && (res.StatusCode == http.StatusForbidden || res.StatusCode >= 500):
				t.Errorf("%s at %s: %s", login, path, res.Status)
			}
		}
	}
}

func TestTheFirstAdministratorSetsAnEmptyCityUp(t *testing.T) {
	c := apptest.In(t, t.TempDir(), monday)
	nobody := c.Nobody()
	token, needed, err := c.Identity.SetUpToken(t.Context())
	if err != nil || !needed {
		t.Fatal(err)
	}
	nobody.Sees("/setup?token="+token, "设置第一位管理员", token, identity.PasswordHint)
	right := url.Values{"token": {token}, "region": {"320300000000"}, "agency": {"xz-gso"}, "name": {"毕强磊"}, "login": {"root1"}, "password": {"Tongban-2026x"}, "again": {"Tongban-2026x"}}
	wrong := url.Values{}
	for k, v := range right {
		wrong[k] = v
	}
	wrong.Set("again", "other")
	nobody.Answers(http.StatusUnprocessableEntity, "/setup", wrong, "两次输入的密码不一样")
	wrong.Set("again", "Tongban-2026x")
	wrong.Set("token", "guess")
	nobody.Answers(http.StatusForbidden, "/setup", wrong, "服务器控制台")
	res, _ := nobody.Ask("POST", "/setup", right)
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/desk/admin" || len(res.Cookies()) != 1 {
		t.Fatalf("%s %v", res.Status, res.Header)
	}
	first := c.Nobody()
	first.Keep(res)
	first.Sees("/desk/admin", "运行", "SQLite")
	first.Sees("/desk/admin/people", "root1")
	nobody.Sees("/setup", "已经有管理员了")
	first.Answers(http.StatusForbidden, "/setup", right)
}

func TestAnAccountIsOpenedAppointedAndLocked(t *testing.T) {
	c := open(t)
	admin := c.SignIn("admin")
	admin.Answers(http.StatusUnprocessableEntity, "/desk/admin/people/new", url.Values{"login": {"新 人"}, "name": {""}, "region": {"320300000000"}}, "登录名须为3至64位", "请填写姓名")
	body := admin.Answers(http.StatusOK, "/desk/admin/people/new", url.Values{"login": {"newcomer"}, "name": {"新人"}, "region": {"320300000000"}}, "密码只显示这一次", "newcomer")
	password := regexp.MustCompile(`<code>([^<]+)</code>`).FindStringSubmatch(body)
	id := regexp.MustCompile(`/desk/admin/people/([0-9a-z]+)"`).FindStringSubmatch(body)
	if password == nil || id == nil {
		t.Fatal("no password or account on the page")
	}
	person := "/desk/admin/people/" + id[1]
	post := url.Values{"agency": {"xz-market"}, "role": {"supervisor"}, "title": {"效能监督岗"}}
	admin.Posts(person+"/appoint", post)
	admin.Sees(person, "效能监督岗", "首次登录须改密码", "开立账号")
	admin.Answers(http.StatusUnprocessableEntity, person+"/appoint", url.Values{"agency": {"xz-market"}, "role": {"reviewer"}, "title": {""}}, "请填写岗位名称")
	admin.Answers(http.StatusUnprocessableEntity, person+"/appoint", url.Values{"agency": {"xz-centre"}, "role": {"window"}, "title": {"综合窗口"}, "hall": {"xz-centre"}, "window": {"Z99"}}, "没有Z99号窗口")
	admin.Answers(http.StatusUnprocessableEntity, person+"/appoint", url.Values{"agency": {"xz-centre"}, "role": {"window"}, "title": {"综合窗口"}, "window": {"A01"}}, "请选择窗口在哪个大厅")
	admin.Answers(http.StatusConflict, "/desk/admin/halls/new", url.Values{"id": {"xz-centre"}, "name": {"徐州市示例政务服务中心"}, "kind": {"政务服务中心"}, "region": {"320300000000"}, "agency": {"xz-centre"}, "address": {"某路"}, "hours": {"法定工作日"}}, "编号xz-centre是")
	admin.Answers(http.StatusUnprocessableEntity, "/desk/admin/halls/new", url.Values{"id": {"nowhere"}, "name": {"徐州市示例政务服务中心"}, "kind": {"政务服务中心"}, "region": {"320300000000"}, "agency": {"nobody"}, "address": {"某路"}, "hours": {"法定工作日"}}, "没有这个部门")

	newcomer := c.SignInWith("newcomer", password[1])
	if res, _ := newcomer.Ask("GET", "/desk", nil); res.Header.Get("Location") != "/my/account/password" {
		t.Errorf("a given password need not be changed: %s %s", res.Status, res.Header.Get("Location"))
	}
	admin.Answers(http.StatusUnprocessableEntity, person+"/lock", url.Values{"reason": {""}}, "请写明停用账号的原因")
	admin.Posts(person+"/lock", url.Values{"reason": {"调离"}})
	admin.Sees(person, "已停用：调离")
	if res, _ := newcomer.Ask("GET", "/desk", nil); res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(res.Header.Get("Location"), "/signin") {
		t.Errorf("a locked account goes on: %s %s", res.Status, res.Header.Get("Location"))
	}
	admin.Posts(person+"/unlock", nil)
	admin.Answers(http.StatusOK, person+"/reset", nil, "新密码只显示这一次")
	held, err := c.Staff.Held(t.Context(), id[1], admin.Actor)
	if err != nil || len(held) != 1 {
		t.Fatal(held, err)
	}
	admin.Posts(person+"/dismiss", url.Values{"holding": {held[0].ID}})
	admin.Sees(person, "还没有岗位")
	district := c.SignIn("yl-admin")
	if res, _ := district.Ask("GET", person, nil); res.StatusCode != http.StatusForbidden {
		t.Errorf("a district's administrator opens the city's account: %s", res.Status)
	}
}

func TestTablesAreTakenWholeOrNotAtAll(t *testing.T) {
	c := open(t)
	admin := c.SignIn("admin")
	admin.Uploads(http.StatusUnprocessableEntity, "/desk/admin/people/import", "table", "人员.csv", "登录名,姓名,部门编号,岗位角色,岗位名称\nok1,好人,xz-market,审查岗,审查岗\nX!,坏人,nowhere,神,\n",
		"第3行“登录名”", "第3行“部门编号”")
	if taken, err := c.Identity.Taken(t.Context(), "ok1"); taken || err != nil {
		t.Error("half a table was taken")
	}
	admin.Uploads(http.StatusOK, "/desk/admin/people/import", "table", "人员.csv", "登录名,姓名,部门编号,岗位角色,岗位名称\nok1,好人,xz-market,审查岗,审查岗\n", "共 1 条人员", "ok1", "密码只显示这一次")
	admin.Uploads(http.StatusUnprocessableEntity, "/desk/admin/agencies/import", "table", "x.csv", "部门编号,全称\n", "缺少“简称”列")
	admin.Uploads(http.StatusUnprocessableEntity, "/desk/admin/agencies/import", "table", "x.xlsx", "PK\x03\x04 this is no book", "无法读取表格")
	admin.Uploads(http.StatusOK, "/desk/admin/agencies/import", "table", "部门.csv",
		"部门编号,全称,简称,统一社会信用代码,区划代码,机构类型,上级部门编号\nxz-test,徐州市示例局,示例局,11320300YB9000055L,320300000000,部门,\n", "共 1 条部门")
	admin.Sees("/desk/admin/agencies?q=示例局", "徐州市示例局")
	admin.Uploads(http.StatusUnprocessableEntity, "/desk/admin/agencies/import", "table", "部门.csv",
		"部门编号,全称,简称,统一社会信用代码,区划代码,机构类型,上级部门编号\nxz-lost,徐州市示例二局,示例二局,11320300YB9000055L,320399000000,部门,\n", "第2行“区划代码”", "不在行政区划数据里")
}

func TestAnAgencyIsEditedWithFaultsAtItsFields(t *testing.T) {
	c := open(t)
	admin := c.SignIn("admin")
	a, err := c.Agencies.Find(t.Context(), "xz-market")
	if err != nil {
		t.Fatal(err)
	}
	values := func(name string, version string) url.Values {
		return url.Values{"name": {name}, "short": {a.Short}, "uscc": {a.USCC}, "region": {a.Region}, "kind": {string(a.Kind)}, "parent": {a.Parent}, "phone": {"0516-12345678"}, "version": {version}}
	}
	page := admin.Sees("/desk/admin/agencies/xz-market", a.Name)
	version := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(page)[1]
	admin.Answers(http.StatusUnprocessableEntity, "/desk/admin/agencies/xz-market", values("", version), "请填写部门全称", `href="#f-name"`)
	lost := values(a.Name, version)
	lost.Set("region", "320399000000")
	admin.Answers(http.StatusUnprocessableEntity, "/desk/admin/agencies/xz-market", lost, "区划代码320399000000不在行政区划数据里", `href="#f-region"`)
	admin.Posts("/desk/admin/agencies/xz-market", values(a.Name, version))
	admin.Answers(http.StatusConflict, "/desk/admin/agencies/xz-market", values(a.Name, version)) // a stale page
	admin.Sees("/desk/admin/agencies/xz-market", "0516-12345678")
	if res, _ := c.SignIn("yl-admin").Ask("POST", "/desk/admin/agencies/xz-market", values(a.Name, "2")); res.StatusCode != http.StatusForbidden {
		t.Errorf("a district edits the city's agency: %s", res.Status)
	}
}

func TestAHallIsEditedAndItsNameKept(t *testing.T) {
	c := open(t)
	admin := c.SignIn("admin")
	h, err := c.Halls.Find(t.Context(), "xz-centre")
	if err != nil {
		t.Fatal(err)
	}
	page := admin.Sees("/desk/admin/halls/xz-centre", h.Name)
	version := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(page)[1]
	values := url.Values{"name": {"徐州市市民之家"}, "kind": {string(h.Kind)}, "region": {h.Region}, "agency": {h.Agency}, "address": {h.Address}, "hours": {h.Hours}, "windows": {"A01 无差别\nB01 分领域 不动产登记"}, "version": {version}}
	admin.Answers(http.StatusUnprocessableEntity, "/desk/admin/halls/xz-centre", values, "名称不符合规定")
	values.Set("name", h.Name)
	values.Set("windows", "A01 无差别\nA01 无差别")
	admin.Answers(http.StatusUnprocessableEntity, "/desk/admin/halls/xz-centre", values, "且不重复")
	values.Set("windows", "A01 无差别\nB01 分领域 不动产登记")
	admin.Posts("/desk/admin/halls/xz-centre", values)
	admin.Sees("/desk/admin/halls/xz-centre", "B01 分领域 不动产登记")
	admin.Sees("/desk/admin/halls", h.Name)
}

func TestACalendarIsLookedAtBeforeItIsInForce(t *testing.T) {
	c := open(t)
	due := c.accepted("food-permit").DueDay(c.Calendar)
	admin := c.SignIn("admin")
	admin.Sees("/desk/admin/calendars", "<b>2026</b>", "国务院办公厅通知 1")
	admin.Uploads(http.StatusUnprocessableEntity, "/desk/admin/calendars", "file", "x.json", `{"year":2026}`, "没有任何放假安排")
	admin.Uploads(http.StatusUnprocessableEntity, "/desk/admin/calendars", "file", "x.json", `{"year":2026,"days":[{"name":"元旦","date":"2026-02-30","isOffDay":true}]}`, "不是日历上有的日期")
	extra := `{"year":2026,"papers":["防汛通知"],"days":[{"name":"防汛","date":"2026-09-22","isOffDay":true}]}`
	body := admin.Uploads(http.StatusOK, "/desk/admin/calendars", "file", "2026.json", extra, "生效前请确认", "这一年已有安排", "其中 1 件的到期日会变", "承诺时限", due.Han(), "法定时限", "确认生效")
	if !c.Calendar.Works(calendar.Parse("2026-09-22")) {
		t.Fatal("it is in force before anyone confirmed")
	}
	kept := regexp.MustCompile(`name="body" value="([^"]+)"`).FindStringSubmatch(body)
	if kept == nil {
		t.Fatal("the year is not in the form")
	}
	if res, _ := c.SignIn("yl-admin").Ask("POST", "/desk/admin/calendars/force", url.Values{"body": {extra}}); res.StatusCode != http.StatusForbidden {
		t.Errorf("a district puts the city's calendar in force: %s", res.Status)
	}
	to := admin.Posts("/desk/admin/calendars/force", url.Values{"body": {extra}})
	admin.Sees(to, "日历已生效", "毕强磊")
	if c.Calendar.Works(calendar.Parse("2026-09-22")) {
		t.Error("it is not in force")
	}
	admin.Sees("/desk/admin", "逐件重算")
}

func TestSealsAreMovedAndTheirLogIsKept(t *testing.T) {
	c := open(t)
	admin := c.SignIn("admin")
	admin.Sees("/desk/admin/seals?agency=xz-market", "行政审批专用章", seals.Enabled.String())
	all, err := c.Seals.Of(t.Context(), "xz-market")
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	one := "/desk/admin/seals/" + all[0].ID
	admin.Sees(one, "用章记录", "停用")
	if res, body := admin.Ask("POST", one+"/disable", url.Values{}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "请写明停用的理由") || !strings.Contains(body, `href="#f-reason"`) {
		t.Errorf("disabled without a reason: %s", res.Status)
	}
	admin.Posts(one+"/disable", url.Values{"reason": {"换章"}})
	admin.Sees(one, seals.Disabled.String(), "启用")
	admin.Posts(one+"/enable", nil)
	if res, _ := admin.Ask("POST", one+"/melt", url.Values{}); res.StatusCode != http.StatusNotFound {
		t.Errorf("no such act: %s", res.Status)
	}
	if res, _ := c.SignIn("yl-admin").Ask("GET", one, nil); res.StatusCode != http.StatusForbidden {
		t.Errorf("a district looks at the city's seal: %s", res.Status)
	}
	to := admin.Posts("/desk/admin/seals", url.Values{"agency": {"xz-market"}, "kind": {string(seals.Intake)}})
	admin.Sees(to, "受理专用章", "启用")
}

func TestTypesOfCertificateAreDefined(t *testing.T) {
	c := open(t)
	admin := c.SignIn("admin")
	admin.Sees("/desk/admin/types", "证照类型", "照面登载项")
	admin.Answers(http.StatusUnprocessableEntity, "/desk/admin/types", url.Values{"code": {"x"}, "name": {"示例证"}, "definer": {"示例局"}, "years": {"五"}}, "请填写整数")
	admin.Answers(http.StatusUnprocessableEntity, "/desk/admin/types", url.Values{"code": {"x"}, "name": {"示例证"}, "definer": {"示例局"}, "years": {"5"}}, "共21位")
	admin.Posts("/desk/admin/types", url.Values{"code": {"11100000000014349W777"}, "name": {"示例许可证"}, "definer": {"示例局"}, "years": {"5"}, "fields": {"名称*\n地址"}})
	admin.Sees("/desk/admin/types", "示例许可证", "名称、地址", "5 年")
}
