package app_test

import (
	"net/url"
	"strings"
	"testing"
)

// A holder comes to the window: the clerk finds the certificate by whatever they
// have in hand, and takes their wish with what is known filled in
// (行政许可法第四十九条、第七十条). What is due shows on one page.
func TestAWindowTakesWishesAboutCertificates(t *testing.T) {
	c := openCity(t)
	k := c.certified()
	clerk := c.signedIn("window1")
	clerk.get("/window/today")
	clerk.sees(200, "今天要办")
	for _, asked := range []string{k.Certificate, "http://example.com/verify/" + k.Certificate, k.Number, "320399199003070025"} {
		clerk.get("/window/later?q=" + url.QueryEscape(asked))
		clerk.sees(200, "食品经营许可证", "李敏", "变更 延续 注销")
	}
	clerk.get("/window/later?q=" + url.QueryEscape("没有的"))
	clerk.sees(200, "没有找到证照")
	before, err := c.Parties.Unmaskings(t.Context(), limin.Party, "", "", 50, limin)
	if err != nil {
		t.Fatal(err)
	}
	clerk.post("/window/later", url.Values{"named": {"李敏"}, "reason": {"x"}})
	clerk.sees(422, "请写明")
	clerk.misses("食品经营许可证")
	certificate, err := c.Certificates.Certificate(t.Context(), k.Certificate, window1)
	if err != nil {
		t.Fatal(err)
	}
	for _, forget := range []string{`DELETE FROM certificates_marks`, `UPDATE certificates_certificates SET marked = 0`} {
		if _, err := c.DB.Exec(t.Context(), forget); err != nil { // as one was kept before it could be found so
			t.Fatal(err)
		}
	}
	if err := c.Certificates.MarkOld(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, asked := range []string{" 李 敏", strings.ToLower(certificate.Number)} {
		clerk.post("/window/later", url.Values{"named": {asked}, "reason": {"来人遗失证照申请变更"}})
		clerk.sees(200, "食品经营许可证", "李敏", "变更 延续 注销")
	}
	clerk.post("/window/later", url.Values{"named": {"李"}, "reason": {"来人遗失证照申请变更"}})
	clerk.sees(200, "没有找到证照")
	if seen, err := c.Parties.Unmaskings(t.Context(), limin.Party, "", "", 50, limin); err != nil || len(seen) != len(before)+2 || seen[0].Reason != "来人遗失证照申请变更" {
		t.Error(seen, err)
	}
	at := "/window/later/" + k.Certificate
	clerk.get(at + "?kind=cancel")
	clerk.sees(200, "请当面告知", "第七十条")
	clerk.get(at + "?kind=change")
	clerk.sees(200, "经营场所地址", "第四十九条")
	clerk.post(at, url.Values{"kind": {"change"}, "reason": {"搬了"}})
	clerk.sees(422, "请写明哪一项要变更")
	clerk.post(at, url.Values{"kind": {"change"}, "reason": {"搬了"}, "face.经营场所地址": {"中山北路1号"}, "request": {"w1"}})
	clerk.sees(200, "变更行政许可申请接收凭证")
	clerk.get(at + "?kind=renew")
	clerk.sees(200, "正在办理，决定以后才能办理别的")
	other := c.signedIn("limin")
	other.get(at)
	if k, err := c.Cases.Store.Case(t.Context(), k.ID); err != nil || k.Later == nil || k.Later.Changes[0].Say != "中山北路1号" {
		t.Errorf("%+v %v", k.Later, err)
	}
}
