package app_test

import (
	"net/url"
	"testing"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

// A firm files online and is granted by rules; the approver sees why and checks
// it; the keeper switches a rule off, and the next case goes to a person.
func TestWhatRulesGrantIsSeenCheckedAndStopped(t *testing.T) {
	c := openCity(t)
	file := func() *cases.Case {
		t.Helper()
		e, err := c.Items.Open(t.Context(), "fund-employer", calendar.DayOf(c.now))
		if err != nil {
			t.Fatal(err)
		}
		a := app.Example(e, cases.Applicant{Party: "f-canyin", Name: "徐州示例餐饮管理有限公司", Org: true, Agent: "张伟"}, nil, nil, calendar.DayOf(c.now))
		for i, h := range a.Materials {
			a.Materials[i] = cases.Handed{Material: h.Material, Files: []cases.File{{Hash: "h" + h.Material, Name: "a.pdf", Type: "pdf", Size: 9}}}
		}
		filed, err := c.Cases.Submit(t.Context(), a, identity.Actor{Account: "u-zhangwei", Name: "张伟", Party: "f-canyin", Channel: "pc"})
		if err != nil {
			t.Fatal(err)
		}
		c.deliver()
		return filed
	}
	granted := file()
	at := "/bureau/cases/" + string(granted.ID)

	approver := c.signedIn("fund-a")
	approver.get(at)
	approver.sees(200, "规则全部成立，已自动准予", "持有有效的营业执照", "《住房公积金管理条例》第十四条", "抽查自动决定")
	approver.post(at+"/check", url.Values{"right": {"0"}})
	approver.sees(422, "请写明错在哪里")
	approver.post(at+"/check", url.Values{"right": {"0"}, "say": {"设立日期不对"}, "rule": {"r3"}})
	approver.sees(200, "有误，待纠正")
	approver.get("/bureau/checks")
	approver.sees(200, "待纠正", granted.Number)
	approver.get("/bureau/checks?q=" + url.QueryEscape(granted.Applicant.Name[:6]))
	approver.sees(200, granted.Number)
	approver.get("/bureau/checks?q=" + granted.Number[len(granted.Number)-6:])
	approver.sees(200, granted.Number)
	approver.get("/bureau/checks?q=0000000")
	approver.sees(200, "没有符合“0000000”的办件")
	approver.post(at+"/mend", url.Values{"how": {"已通知重新登记"}})
	approver.sees(200, "有误，已纠正")

	keeper := c.signedIn("items")
	keeper.get("/desk/switches/fund-employer")
	keeper.sees(200, "整个事项的自动办理", "运行中", "自设立之日起30日内办理")
	keeper.post("/desk/switches/fund-employer", url.Values{"rule": {"r3"}, "off": {"1"}})
	keeper.sees(422, "请写明理由")
	keeper.post("/desk/switches/fund-employer", url.Values{"rule": {"r3"}, "off": {"1"}, "reason-r3": {"日期算错"}})
	keeper.sees(200, "已经生效", "已停用", "日期算错")

	stopped := file()
	window := c.signedIn("window1")
	window.get("/window/cases/" + string(stopped.ID))
	window.sees(200, "转人工的原因", "“自设立之日起30日内办理”停用")

	supervisor := c.signedIn("supervisor")
	supervisor.get("/desk/alarms")
	supervisor.sees(200, "预警规则", "超过承诺时限", "1个工作日后告知部门负责人")
}
