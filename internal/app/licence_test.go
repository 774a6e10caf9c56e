package app_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/register/certificates"
	"tongban/internal/register/licences"
	"tongban/internal/register/seals"
)

// Everybody finds what an industry takes: permits, conditions said once, and
// what the joint visit looks at (苏政务办发〔2023〕8号（七）统一申请材料和办事流程).
func TestIndustriesAreThereForEverybody(t *testing.T) {
	v := openCity(t).visitor()
	for _, tt := range []struct {
		path string
		says []string
	}{
		{"/industries", []string{"便利店", "药店", "餐饮店", "健身房", "一证准营", "沪府规〔2021〕5号", "先准予的先列上"}},
		{"/industries/store", []string{"食品经营许可证", "烟花爆竹经营（零售）许可凭证", "一起办、不列在这张证上的", "要符合什么条件", "联合踏勘看什么", "省了什么", "开始办", "示例数据，不能当真"}},
		{"/industries/gym", []string{"公共场所卫生许可证", "高危险性体育项目经营许可证", "约好同一天去", "安全出口保持畅通", "徐州市消防救援支队"}},
		{"/industries/gym/check", []string{"有游泳、攀岩、潜水项目吗？"}},
		{"/industries/gym/check?有高危险项目=否&卖食品饮料=否", []string{"您的证上会列 2 项许可", "公共场所卫生许可证"}},
		{"/industries/restaurant/check?公众聚集场所=否&卖预包装食品=否&经营类别=餐饮服务&自有房产=否&经营面积档=150平方米及以下", []string{"您的证上会列 1 项许可", "去一次"}},
	} {
		v.get(tt.path)
		v.sees(http.StatusOK, tt.says...)
		v.misses("style=")
	}
	v.get("/industries/gym/check?有高危险项目=否&卖食品饮料=否")
	v.misses("高危险性体育项目经营许可证")
	for _, path := range []string{"/industries/none", "/industries/none/check"} {
		v.get(path)
		v.sees(http.StatusNotFound)
	}
}

// shopLicence gives 李敏 a licence with two permits, as if she had applied.
func shopLicence(t *testing.T, c *city, matter string) *licences.Licence {
	t.Helper()
	ctx := t.Context()
	party, err := c.Parties.Store.Party(ctx, "p-limin")
	if err != nil {
		t.Fatal(err)
	}
	var b sqldb.Batch
	for i, one := range []struct{ agency, permit string }{{"xz-market", "食品经营许可证"}, {"xz-emergency", "烟花爆竹经营（零售）许可凭证"}} {
		agency, err := c.Agencies.Find(ctx, one.agency)
		if err != nil {
			t.Fatal(err)
		}
		kind, err := c.Certificates.TypeNamed(ctx, one.permit)
		if err != nil {
			t.Fatal(err)
		}
		made, err := c.Certificates.Issue(ctx, certificates.Order{
			Type: kind.Code, Issuer: seals.Agency{ID: agency.ID, Code: agency.USCC, Name: agency.Name}, Area: "320300",
			Holder: certificates.Holder{Party: party.ID, Name: party.Name, Code: party.Document.Number, Kind: party.Document.Type},
			Till:   calendar.DayOf(c.now).AddMonths(12 * (i + 1)),
		}, identity.TheSystem)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			err = c.Licences.Begin(ctx, &b, licences.Opening{Matter: matter, Industry: "store", Name: "便利店", Lead: made.Issuer, Area: "320300"}, made)
		} else {
			l, _ := c.Licences.Begun(ctx, matter)
			err = c.Licences.See(ctx, &b, l, made, "")
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := c.DB.Commit(ctx, &b); err != nil {
			t.Fatal(err)
		}
		b = sqldb.Batch{}
	}
	l, err := c.Licences.Begun(ctx, matter)
	if err != nil || l == nil {
		t.Fatal(l, err)
	}
	return l
}

// Whoever scans the code sees every part as it stands, and nobody's number; the
// code on an older paper leads there too (一证准营、审管联动).
func TestALicenceIsScannedShownAndPrinted(t *testing.T) {
	c := openCity(t)
	l := shopLicence(t, c, "m1")
	stranger := c.visitor()
	stranger.get("/verify/" + l.Sheet)
	stranger.sees(http.StatusOK, "食品经营许可证", "烟花爆竹经营（零售）许可凭证", "第 2 版", "有效", "李*", "徐州市应急管理局")
	stranger.misses("320399", "李敏", "这是以前的版本")

	if err := c.Certificates.Suspend(t.Context(), l.Parts[1].Certificate, "检查发现隐患", identity.TheSystem); err != nil {
		t.Fatal(err)
	}
	c.deliver()
	stranger.get("/verify/" + strings.ToLower(l.Sheet))
	stranger.sees(http.StatusOK, "部分有效", "暂扣", "第 3 版", "这是以前的版本")
	stranger.get("/my/certificates/" + l.Sheet + "/sheet")
	if stranger.sees(http.StatusOK, "登录"); strings.Contains(stranger.page, "烟花爆竹") {
		t.Error("the paper is shown to a stranger")
	}

	now, err := c.Licences.Begun(t.Context(), "m1")
	if err != nil {
		t.Fatal(err)
	}
	holder := c.signedIn("limin")
	holder.get("/my/certificates")
	holder.sees(http.StatusOK, "行业综合许可证")
	holder.get("/my/certificates/" + now.Sheet)
	holder.sees(http.StatusOK, "历次版本", "第 3 版：烟花爆竹经营（零售）许可凭证暂扣", "第 1 版：食品经营许可证准予", "打印或存 PDF")
	holder.get("/my/certificates/" + now.Sheet + "/sheet")
	holder.sees(http.StatusOK, "行业综合许可证", l.Number, "第3版", "扫码核验本证真伪")
	holder.get("/my/certificates/" + now.Sheet + "/sheet?as=pdf")
	if holder.code != http.StatusOK || !strings.HasPrefix(holder.raw, "%PDF") {
		t.Errorf("the file: %d %.40q", holder.code, holder.raw)
	}
	other := c.signedIn("zhangwei")
	other.get("/my/certificates/" + now.Sheet)
	other.sees(http.StatusNotFound)
	if _, err := c.Licences.Audit(t.Context(), true, func(say string) { t.Error(say) }); err != nil {
		t.Error(err)
	}
}

// Two agencies act in the same moment: each act makes an edition, and neither
// undoes what the other said of its own permit; told again, there are no more.
func TestTwoAgenciesActInOneBreath(t *testing.T) {
	c := openCity(t)
	l := shopLicence(t, c, "m1")
	for i, act := range []certificates.Act{certificates.Suspend, certificates.Revoke} {
		if err := c.Certificates.Move(t.Context(), l.Parts[i].Certificate, act, "检查发现隐患", identity.TheSystem); err != nil {
			t.Fatal(err)
		}
	}
	for range 5 { // what failed because somebody was faster is told again, later
		c.deliver()
		c.now = c.now.Add(time.Minute)
	}
	now, err := c.Licences.Begun(t.Context(), "m1")
	if err != nil || now.Edition != 4 || now.Parts[0].State != certificates.Suspended || now.Parts[1].State != certificates.Revoked {
		t.Fatalf("%+v %v", now, err)
	}
	for _, p := range now.Parts {
		var b sqldb.Batch
		if err := c.Licensing.CertificateChanged(t.Context(), certificates.Changed{Identifier: p.Certificate}, &b); err != nil {
			t.Error(err)
		}
		if err := c.DB.Commit(t.Context(), &b); err != nil {
			t.Error(err)
		}
	}
	if again, err := c.Licences.Begun(t.Context(), "m1"); err != nil || again.Edition != 4 {
		t.Errorf("told twice, it has edition %d (%v)", again.Edition, err)
	}
	if _, err := c.Licences.Audit(t.Context(), true, func(say string) { t.Error(say) }); err != nil {
		t.Error(err)
	}
}

// Whoever looks at a licence that was changed behind the facts is told so.
func TestALicenceChangedBehindItsFactsIsFound(t *testing.T) {
	c := openCity(t)
	l := shopLicence(t, c, "m1")
	if _, err := c.DB.Exec(t.Context(), `UPDATE licences_licences SET body = REPLACE(body, '便利店', '大商场') WHERE id = $1`, string(l.ID)); err != nil {
		t.Fatal(err)
	}
	found := 0
	if _, err := c.Licences.Audit(t.Context(), true, func(string) { found++ }); err != nil || found != 1 {
		t.Errorf("%d differences found, %v", found, err)
	}
}

// The matter that permits were applied for with leads to the licence.
func TestAMatterLeadsToItsLicence(t *testing.T) {
	c := openCity(t)
	v := c.signedIn("limin")
	number := aBaby(v) // any matter will do
	v.get("/my/joint/" + number)
	v.misses("您的综合许可证")
	j, err := c.Joint.Store.ByNumber(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	l := shopLicence(t, c, string(j.ID))
	v.get("/my/joint/" + number)
	v.sees(http.StatusOK, "您的综合许可证", "已列上 2 项许可")
	if !strings.Contains(v.raw, "/my/certificates/"+l.Sheet) {
		t.Error("it does not lead there")
	}
}

// Every industry that ships has its theme and its items in the sample city, and
// every permit on it gives a certificate.
func TestEveryIndustryThatShipsCanBeAppliedFor(t *testing.T) {
	c := openCity(t)
	for _, i := range c.Industries.Industries {
		theme, err := c.Themes.Current(t.Context(), i.Theme)
		if err != nil {
			t.Errorf("%s: %v", i.Name, err)
			continue
		}
		if _, err := c.Joint.Offer(t.Context(), items.ID(themes.Prefix+string(theme.ID)), nil); err != nil {
			t.Errorf("%s cannot be applied for: %v", i.Name, err)
		}
		for _, permit := range i.Permits {
			e, err := c.Items.Current(t.Context(), permit)
			if _, in := theme.Component(permit); err != nil || !in {
				t.Errorf("%s: %s is not in its theme (%v)", i.Name, permit, err)
				continue
			}
			certified := false
			for _, r := range e.Results {
				certified = certified || r.CertificateType != ""
			}
			if !certified {
				t.Errorf("%s: %s gives no certificate", i.Name, permit)
			}
		}
	}
}
