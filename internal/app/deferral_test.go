package app_test

import (
	"net/url"
	"strings"
	"testing"

	"tongban/internal/handling/cases"
)

// Somebody applies without script, promises a minor material for later, is
// accepted with it, and brings it (容缺受理, 徐政发〔2022〕21号（七）). A main
// material cannot be promised, nor one without a day or a signature.
func TestAMinorMaterialIsPromisedAndBroughtLater(t *testing.T) {
	c := openCity(t)
	zhang := c.signedIn("zhangwei")
	zhang.get("/my/account")
	zhang.post("/my/account/act", url.Values{"party": {"f-canyin"}})
	zhang.post("/apply/food-permit", nil)
	zhang.fill(restaurant)
	list := zhang.at
	later := strings.Replace(list, "/materials", "/later", 1)
	zhang.get(later)
	zhang.sees(200, "容缺受理承诺书", "“食品安全管理制度文本”稍后补交", "逾期的后果", "不选不影响办理")
	zhang.misses("later.m5", "<script>")
	signed := url.Values{"later.m6": {"1"}, "by.m6": {"2026-09-25"}, "signed.typed": {"张伟"}}
	for say, change := range map[string]url.Values{
		"请选择要稍后补交的材料": {"later.m6": nil, "later.m5": {"1"}, "by.m5": {"2026-09-25"}},
		"签名":          {"signed.typed": {"别人"}},
		"承诺办结的日子":     {"by.m6": {"2027-09-25"}},
	} {
		form := url.Values{}
		for _, from := range []url.Values{signed, change} {
			for name, values := range from {
				form[name] = values
			}
		}
		zhang.post(later, form)
		zhang.sees(422, say)
	}
	other := c.signedIn("limin")
	other.post(later, signed)
	other.sees(404)

	zhang.post(later, signed)
	zhang.sees(200, "准备材料", "2026年9月25日")
	for _, m := range []string{"m3", "m5", "m7"} {
		zhang.upload(list+"/"+m, "file", m+".pdf", paper, nil)
	}
	zhang.post(list, nil)
	zhang.post(zhang.at, url.Values{"way": {"electronic"}})
	zhang.sees(200, "提交前再看一遍", "食品安全管理制度文本")
	zhang.post(zhang.at, url.Values{"agree": {"1"}, "sign": {"10,10 200,120 300,60;40,80 60,180"}})
	number := strings.Split(zhang.at, "/")[3]
	k := c.find(number)
	if len(k.Offers) != 1 || k.Offers[0].Material != "m6" {
		t.Fatalf("the case holds the offers %+v", k.Offers)
	}

	if _, err := c.Cases.Accept(t.Context(), k.ID, nil, []cases.Promise{{Material: k.Offers[0].Material, By: k.Offers[0].By}}, window1); err != nil {
		t.Fatal(err)
	}
	zhang.get("/my")
	zhang.sees(200, "请补交承诺的材料", "食品安全管理制度文本，2026年9月25日前补上即可")
	bring := "/my/cases/" + number + "/correct"
	zhang.get(bring)
	zhang.sees(200, "补交承诺的材料", "您承诺2026年9月25日前补交")
	zhang.upload(bring, "materials.m6", "制度.pdf", []byte("MZ this is a program"), nil)
	zhang.sees(422, "制度.pdf")
	zhang.upload(bring, "materials.m6", "制度.pdf", paper, url.Values{"request": {"cure"}})
	zhang.sees(200, "补交")
	if k = c.find(number); len(k.Promises) != 1 || !k.Promises[0].Kept {
		t.Errorf("after it was brought: %+v", k.Promises)
	}
	zhang.get(bring)
	zhang.sees(409, "现在没有要补交的材料")
}
