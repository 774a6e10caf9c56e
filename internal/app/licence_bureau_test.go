package app_test

import (
	"net/http"
	"net/url"
	"testing"

	"tongban/internal/register/certificates"
)

// The agency of one part suspends it and gives it back on a page: a new edition
// each time, the other part as it was; nobody else may, and nothing is done twice
// (审管联动, 苏政务办发〔2023〕8号（七）; 行政处罚法第九条).
func TestEachAgencyMovesItsOwnPermitOnALicence(t *testing.T) {
	c := openCity(t)
	l := shopLicence(t, c, "m1")
	at, food, fireworks := "/bureau/licences/"+string(l.ID), l.Parts[0].Certificate, l.Parts[1].Certificate
	reviewer, approver, other := c.signedIn("market-r"), c.signedIn("market-a"), c.signedIn("tax-a")

	reviewer.get("/bureau/licences")
	reviewer.sees(200, "便利店", l.Number, "李敏", "食品经营许可证", "有效")
	reviewer.misses("烟花爆竹")
	reviewer.get("/bureau/licences?q=" + l.Sheet)
	reviewer.sees(200, l.Number)
	reviewer.get("/bureau/licences?q=ZH0000")
	reviewer.sees(200, "没有找到这份综合许可证")
	other.get("/bureau/licences")
	other.sees(200, "还没有含本部门许可的综合许可证")
	reviewer.get(at + "?do=suspend&part=" + food)
	reviewer.sees(200, "您的部门不能变动这一项")
	reviewer.misses("登记暂扣")
	approver.get(at + "?do=suspend&part=" + food)
	approver.sees(200, "登记暂扣", "行政处罚法第九条", "历次版本")

	for _, tt := range []struct {
		by        *visitor
		part, act string
		reason    string
		code      int
		says      string
	}{
		{approver, fireworks, "suspend", "越权", http.StatusForbidden, "暂扣由颁发机关“徐州市应急管理局”的审批人员办理"},
		{reviewer, food, "suspend", "不是审批岗", http.StatusForbidden, "暂扣由颁发机关"},
		{approver, food, "suspend", "", http.StatusUnprocessableEntity, "请写明理由"},
		{approver, food, "revoke", "不走程序", http.StatusUnprocessableEntity, "在准予许可的办件里办理"},
		{approver, food, "resume", "没有暂扣", http.StatusConflict, "不能暂扣发还"},
		{approver, food, "suspend", "徐市监罚〔2026〕1号", http.StatusOK, "其他许可不变"},
		{approver, food, "suspend", "徐市监罚〔2026〕1号", http.StatusConflict, "不能暂扣"},
	} {
		tt.by.post(at+"/move", url.Values{"part": {tt.part}, "act": {tt.act}, "reason": {tt.reason}})
		tt.by.sees(tt.code, tt.says)
		c.deliver()
	}
	now, err := c.Licences.Begun(t.Context(), "m1")
	if err != nil || now.Edition != 3 || now.Parts[0].State != certificates.Suspended || now.Parts[1] != l.Parts[1] {
		t.Fatalf("after the suspension: %+v %v", now, err)
	}
	approver.get(at)
	approver.sees(200, "部分有效", "第 3 版：食品经营许可证暂扣", "暂扣发还")
	approver.post(at+"/move", url.Values{"part": {food}, "act": {"resume"}, "reason": {"整改合格"}})
	c.deliver()
	approver.get(at)
	approver.sees(200, "第 4 版：食品经营许可证暂扣发还")
	approver.misses("部分有效")
}
