package app_test

import (
	"net/http"
	"net/url"
	"testing"
)

// A theme published by one installation comes over the signed exchange to the
// shelf of another, where an item manager makes a theme of it that may be better
// and never worse (主题库：发布、版本、同步).
func TestAThemeTravelsToAnotherInstallation(t *testing.T) {
	a, b, _ := pair(t)
	above, below := &city{App: a.App, t: t, site: a.site}, &city{App: b.App, t: t, site: b.site}
	auditor := above.signedIn("auditor")
	auditor.get("/desk/themes/birth")
	auditor.sees(http.StatusOK, "发到主题库")
	auditor.sends("/desk/themes/birth/share", url.Values{})
	auditor.sees(http.StatusOK, "已发往 1 个协作平台的主题库")
	auditor.sends("/desk/themes/birth/share", url.Values{})
	auditor.sees(http.StatusConflict, "都已收到这一版")
	settle(t, a, b)

	items := below.signedIn("items")
	items.get("/desk/themes")
	items.sees(http.StatusOK, "主题库", "宿州市一体化政务服务平台", "未认领", "不是上级，认领后只作参考")
	items.sends("/desk/themes/shelf", url.Values{"library": {a.card().ID}, "id": {"birth"}, "number": {"1"}})
	items.sees(http.StatusOK, "新生儿出生", "草稿，新编，还没有发布过", "出生医学证明首次签发")
	items.misses("上级方案里的")
	items.sends("/desk/themes/birth-superior/save", url.Values{"promised": {"60个工作日"}, "components[0].delete": {"1"}})
	items.misses("上级方案")
	admin := below.signedIn("admin")
	admin.get("/desk/admin/partners")
	admin.sends("/desk/admin/partners/"+a.card().ID+"/above", url.Values{})
	admin.sees(http.StatusOK, "上级平台", "取消上级")
	items.get("/desk/themes")
	items.sees(http.StatusOK, "上级，认领后就低不就高")
	items.get("/desk/themes/birth-superior")
	items.sees(http.StatusOK, "长于上级方案的40个工作日", "上级方案里的“出生医学证明首次签发”没有列入", "不得发布")
}
