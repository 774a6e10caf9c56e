package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/handling/cases"
)

// A clerk in one county takes in for another: on the pages both places stand,
// with both terms and who answers; only the other place's window may accept.
func TestAClerkTakesInForAnotherPlace(t *testing.T) {
	c := openCity(t)
	clerk := c.signedIn("qs-window1")
	clerk.get("/window/find?q=" + url.QueryEscape("居民身份证申领"))
	clerk.sees(http.StatusOK, "居民身份证申领", "代收 云龙区")
	e := c.edition("id-card")
	q := url.Values{"item": {"id-card"}, "party": {"p-limin"}, "s.申领类型": {"换领"}, "s.未满16周岁": {"否"}}
	clerk.get("/window/file?" + q.Encode())
	clerk.sees(http.StatusOK, "代收，由云龙区办理", "代收并转送")
	form := url.Values{"request": {"away-1"}, "do": {"receive"}, "way": {"window"}}
	for k, v := range q {
		form[k] = v
	}
	a := app.Example(e, cases.Applicant{Party: "p-limin", Name: "李敏"}, forms.Answers{"申领类型": "换领", "未满16周岁": "否"}, nil, calendar.DayOf(c.now))
	for id, answer := range a.Answers {
		if !strings.HasPrefix(id, "申领") && id != "未满16周岁" {
			form.Set("answers."+id, answer)
		}
	}
	for _, m := range e.MaterialsFor(a.Answers) {
		form.Set("v."+m.ID, "complete")
	}
	clerk.post("/window/file", form)
	clerk.sees(http.StatusOK, "收件地", "泉山区", "办理地", "云龙区", "转送期限", "2026年9月22日", "还没有收到")
	parcel := clerk.at
	clerk.post(strings.TrimSuffix(parcel, "?done=1")+"/forward", url.Values{"request": {"away-2"}})
	clerk.sees(http.StatusOK, "办件编号", "已收件", "审查是否受理")
	clerk.sees(http.StatusOK, "再收一件，多地联办")
	id := strings.Split(strings.TrimSuffix(parcel, "?done=1"), "/")[3]
	clerk.get("/window/file?party=p-limin&with=" + id + "&q=" + url.QueryEscape("居民身份证申领"))
	clerk.sees(http.StatusOK, "代收 云龙区")
	if !strings.Contains(clerk.raw, "with="+id) {
		t.Error("what is picked next is not taken in together")
	}
	again := url.Values{"with": {id}}
	for k, v := range form {
		again[k] = v
	}
	again.Set("request", "away-3")
	clerk.post("/window/file", again)
	clerk.sees(http.StatusOK, "多地联办", "还没有收到")
	made := c.madeHere(id)
	decider := c.signedIn("yl-window1")
	decider.post("/window/cases/"+made+"/do/correct", url.Values{"f.户籍地址": {"1"}, "fs.户籍地址": {"与户口簿不一致"}, "until": {"2026-09-30"}, "request": {"w1"}})
	decider.sees(http.StatusOK, "待补正")
	c.deliver()
	clerk.get("/window/elsewhere/" + id)
	clerk.sees(http.StatusOK, "代收补正材料", "申请表：户籍地址", "与户口簿不一致")
	clerk.sends("/window/elsewhere/"+id+"/answer", nil)
	clerk.sees(http.StatusUnprocessableEntity, "请更正“申请表：户籍地址”")
	clerk.sends("/window/elsewhere/"+id+"/answer", url.Values{"answers.户籍地址": {"徐州市云龙区示例路二号"}})
	clerk.sees(http.StatusOK, "已收件")
	clerk.get("/window/elsewhere")
	clerk.sees(http.StatusOK, "居民身份证申领", "多地联办")
	clerk.get("/window/elsewhere/" + id + "/receipt")
	clerk.sees(http.StatusOK, "异地代收收件凭证", "泉山区", "徐州市公安局云龙区分局", "法定时限自办理地收件之日起算")

	limin := c.signedIn("limin")
	limin.get("/my/elsewhere")
	limin.sees(http.StatusOK, "居民身份证申领", "收件地", "泉山区", "云龙区", "现在由谁负责", "法定时限由此起算")
	limin.get(regexp.MustCompile(`/my/cases/[^"/]+`).FindString(limin.raw))
	limin.sees(http.StatusOK, "两个地方", "泉山区")
	receiver := c.signedIn("yl-window1")
	receiver.get("/window/elsewhere?came=1")
	receiver.sees(http.StatusOK, "李敏", "泉山区")
	stranger := c.signedIn("ts-window1")
	stranger.get(parcel)
	stranger.sees(http.StatusNotFound)
}

// The administrator enters a partner; what may not be called is refused at its
// field, and the line shows how it stands.
func TestTheAdministratorEntersAPartner(t *testing.T) {
	a, b, _ := pair(t)
	c := &city{App: a.App, t: t, site: a.site}
	admin := c.signedIn("admin")
	admin.get("/desk/admin/partners")
	admin.sees(http.StatusOK, "徐州市一体化政务服务平台", "徐州市云龙区", a.card().ID, "0 / 0", "正常")
	form := url.Values{"name": {"x"}, "address": {"http://169.254.169.254"}, "key": {b.card().Key}, "regions": {"320303000000 云龙区"}}
	admin.post("/desk/admin/partners", form)
	admin.sees(http.StatusUnprocessableEntity, "运维人员没有允许访问这个地址")
}

// madeHere is the case that was made here of a parcel.
func (c *city) madeHere(parcel string) string {
	p, err := c.Elsewhere.Store.Parcel(c.t.Context(), parcel)
	if err != nil {
		c.t.Fatal(err)
	}
	return string(p.Status.Case)
}
