package app_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"
)

// The register of companies as its people see it: the head of the company, the
// public, the window and the bureau (汉经开〔2023〕(二) 6).
func TestTheRegisterAsItsPeopleSeeIt(t *testing.T) {
	c := openCity(t)
	const code = "91320300YB9000012R"
	v := c.signedIn("zhangwei")
	v.get("/my/company")
	v.sees(http.StatusOK, "我的企业", "徐州示例餐饮管理有限公司", "存续（在营）")
	v.get("/my/company/" + code)
	v.sees(http.StatusOK, "您是法定代表人", "以公司身份办理", "歇业备案")
	v.post("/my/account/act", url.Values{"party": {"f-canyin"}, "back": {"/my/company/" + code}})
	v.get("/my/company/" + code)
	v.sees(http.StatusOK, "简易注销公示", "现在不能办的", "请先在公司页面办理简易注销公示")
	v.get("/apply/company-dereg-simple")
	v.post("/apply/company-dereg-simple", nil)
	v.sees(http.StatusConflict, "请先在公司页面办理简易注销公示，公示20日无异议的再申请")
	v.post("/my/company/"+code, url.Values{"act": {"announce"}, "say": {""}})
	v.sees(http.StatusUnprocessableEntity, "请写明作出承诺的全体投资人")
	v.post("/my/company/"+code, url.Values{"act": {"announce"}, "say": {"张伟"}})
	v.sees(http.StatusOK, "拟注销（公告中）", "撤销注销公示")

	public := c.visitor()
	public.get("/companies")
	public.sees(http.StatusOK, "徐州示例餐饮管理有限公司", "简易注销公示到")
	public.get("/companies/" + code)
	public.sees(http.StatusOK, "提出异议", "利害关系人")
	creditor := c.signedIn("zhoudeshun")
	creditor.post("/companies/"+code+"/objection", url.Values{"kind": {"债权人"}, "say": {"欠"}})
	creditor.sees(http.StatusUnprocessableEntity, "请写明异议的内容")
	creditor.post("/companies/"+code+"/objection", url.Values{"kind": {"债权人"}, "say": {"2026年蔬菜款没有付"}})
	creditor.sees(http.StatusOK, "已有异议 1 条")
	creditor.get("/my/company/" + code)
	creditor.sees(http.StatusNotFound)

	tax := c.signedIn("tax-r")
	tax.get("/registry?show=watch")
	tax.sees(http.StatusOK, "企业登记簿", "简易注销公示有异议")
	tax.get("/registry/" + code)
	tax.sees(http.StatusOK, "以部门名义提出异议", "可以办")
	tax.post("/registry/"+code+"/objection", url.Values{"say": {"有未申报的税款"}})
	tax.sees(http.StatusOK, "有关部门，国家税务总局徐州市税务局")
	window := c.signedIn("window1")
	window.get("/registry?code=" + code)
	window.sees(http.StatusOK, "徐州示例餐饮管理有限公司", "2026年蔬菜款没有付")
	window.get("/registry?code=123")
	window.sees(http.StatusOK, "登记簿里没有这个统一社会信用代码")

	c.now = c.now.Add(21 * 24 * time.Hour)
	v = c.signedIn("zhangwei")
	v.get("/my/company/" + code)
	v.sees(http.StatusOK, "简易注销公示有异议，不能按简易程序办理", "公示期内有异议")
	if _, err := c.Companies.Audit(t.Context(), func(say string) { t.Error(say) }); err != nil {
		t.Fatal(err)
	}
}
