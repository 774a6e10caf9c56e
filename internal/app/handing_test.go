package app_test

import (
	"net/http"
	"net/url"
	"testing"
)

// A reviewer asks a colleague to sign beside them and has another do a step in
// their name, by pages; a program does the same and is refused alike (加签、委托,
// 徐政发〔2022〕21号（六）).
func TestWorkIsSharedByPagesAndByTheInterface(t *testing.T) {
	c := openCity(t)
	k := c.accepted()
	at := "/bureau/cases/" + string(k.ID)
	one, two, fire := c.signedIn("market-r"), c.signedIn("market-r2"), c.signedIn("fire-r")

	one.does(k.ID, "claim", "材料审查", nil)
	one.get(at + "?do=add-signer&work=" + c.step(k.ID, "材料审查").ID)
	one.sees(200, "请人加签", "加签人签署意见以后")
	one.does(k.ID, "add-signer", "材料审查", nil)
	one.sees(http.StatusUnprocessableEntity, "请选择加签人", "请写明请其加签的事由")
	one.does(k.ID, "add-signer", "材料审查", url.Values{"reason": {"请看健康证明"}})
	one.sees(http.StatusUnprocessableEntity, "请选择加签人", "请看健康证明")
	for _, act := range []string{"transfer", "delegate"} {
		one.does(k.ID, act, "材料审查", nil)
		one.sees(http.StatusUnprocessableEntity, "请选择接办的同事", "请写明理由")
	}
	one.does(k.ID, "add-signer", "材料审查", url.Values{"to": {"u-market-r2"}, "reason": {"请看健康证明"}})
	one.sees(200, "已加签")
	one.does(k.ID, "review", "材料审查", url.Values{"opinion": {"同意"}})
	one.sees(200, "已出具审查意见")
	c.step(k.ID, "材料审查") // which waits for who was asked
	fire.does(k.ID, "review", "材料审查", url.Values{"opinion": {"同意"}})
	fire.sees(http.StatusForbidden)
	two.get(at + "?work=" + c.step(k.ID, "材料审查").ID)
	two.sees(200, "请您加签")
	two.does(k.ID, "review", "材料审查", url.Values{"opinion": {"同意"}})
	two.sees(200, "已出具审查意见")
	two.get(at)
	two.misses("请您加签")

	one.does(k.ID, "claim", "场所布局审查", nil)
	one.does(k.ID, "add-signer", "场所布局审查", url.Values{"to": {"u-market-r2"}, "reason": {"请看布局"}})
	layout := c.step(k.ID, "场所布局审查").ID + "/u-market-r2"
	fire.get(at)
	fire.misses("撤回加签")
	head := c.signedIn("market-h")
	for _, may := range []*visitor{one, head} {
		may.get(at + "?do=drop-signer")
		may.sees(200, "撤回谁的加签", "（场所布局审查）")
	}
	one.does(k.ID, "drop-signer", "", url.Values{"to": {layout}})
	one.sees(422, "请写明理由")
	fire.does(k.ID, "drop-signer", "", url.Values{"to": {layout}, "reason": {"不用了"}})
	fire.sees(http.StatusForbidden)
	one.does(k.ID, "drop-signer", "", url.Values{"to": {layout}, "reason": {"他在休假"}})
	one.sees(200, "已撤回加签")
	one.misses("撤回谁的加签")
	two.get(at)
	two.misses("请您加签")

	one.get(at + "?do=delegate&work=" + c.step(k.ID, "场所布局审查").ID)
	one.sees(200, "委托同岗位的同事办理")
	one.does(k.ID, "delegate", "场所布局审查", url.Values{"to": {"u-market-r2"}})
	one.sees(http.StatusUnprocessableEntity)
	one.does(k.ID, "delegate", "场所布局审查", url.Values{"to": {"u-market-r2"}, "reason": {"出差"}})
	one.sees(200, "已委托办理")
	two.get(at)
	two.sees(200, "您受同事委托办理这个环节")
	two.misses("收回委托")
	one.get("/bureau/mine")
	one.sees(200, "委托给同事的", "场所布局审查")
	two.get("/bureau/mine")
	two.misses("委托给同事的")
	one.get(at + "?do=take-back")
	one.sees(200, "收回哪个环节", "场所布局审查（", "在办）")
	layout = c.step(k.ID, "场所布局审查").ID
	one.does(k.ID, "take-back", "", url.Values{"reason": {"提前回来"}})
	one.sees(422, "请选择收回哪个环节的委托")
	one.does(k.ID, "take-back", "", url.Values{"to": {layout}})
	one.sees(422, "请写明理由")
	two.does(k.ID, "take-back", "", url.Values{"to": {layout}, "reason": {"不办了"}})
	two.sees(http.StatusForbidden)
	one.does(k.ID, "take-back", "", url.Values{"to": {layout}, "reason": {"提前回来"}})
	one.sees(200, "已收回委托")
	one.get(at)
	one.misses("收回哪个环节")
	one.get("/bureau/mine")
	one.misses("委托给同事的")
	two.get(at)
	two.sees(200, "已收回委托您办理的“场所布局审查”，理由：提前回来")
	one.get(at + "?see=flow")
	one.sees(200, "收回委托")
	given := "/cases/" + string(k.ID) + "/work/" + layout
	c.as("market-r").post(given+"/delegate", "t1", `{"to":"u-market-r2","reason":"又要出差"}`)
	two.get(at)
	two.misses("已收回委托您办理的")
	c.as("market-r2").refused(given+"/take-back", "t2", `{"reason":"x"}`, 403, "cases.take-back.who")
	c.as("market-r").post(given+"/take-back", "t3", `{"reason":"不出差了"}`)
	c.as("market-r").post(given+"/take-back", "t3", `{"reason":"不出差了"}`)

	program, work := c.as("fire-r"), c.step(k.ID, "消防安全核对").ID
	step := "/cases/" + string(k.ID) + "/work/" + work
	program.post(step+"/claim", "h1", "")
	program.refused(step+"/delegate", "h2", `{"to":"u-market-r","reason":"出差"}`, 422, "cases.delegate.receiver")
	program.refused(step+"/add-signer", "h3", `{"to":"u-limin","reason":"请看"}`, 422, "staff.signer.none")
	program.post(step+"/add-signer", "h4", `{"to":"u-market-r","reason":"请看消防通道"}`)
	program.post(step+"/add-signer", "h4", `{"to":"u-market-r","reason":"请看消防通道"}`)
	if open := works(program.post(step+"/review", "h5", `{"opinion":"同意"}`)); open["fire"] != work {
		t.Error("done without who was asked", open)
	}
	if open := works(c.as("market-r").post(step+"/review", "h6", `{"opinion":"同意"}`)); open["fire"] == work {
		t.Error("still open", open)
	}
}
