package app_test

import (
	"net/url"
	"strings"
	"testing"
)

// The head of a firm finds items by name and ticks them; what was ticked stays
// while they look for more, and an item that is none is refused at the list.
func TestAMandatesItemsAreChosenByName(t *testing.T) {
	c := openCity(t)
	zhang := c.signedIn("zhangwei")
	at := "/my/account/mandates/f-canyin"
	form := url.Values{"login": {"limin"}, "scope": {"some"}, "through.year": {"2027"}, "through.month": {"3"}, "through.day": {"1"}}
	with := func(more url.Values) url.Values {
		all := url.Values{}
		for _, from := range []url.Values{form, more} {
			for key, values := range from {
				all[key] = values
			}
		}
		return all
	}
	ticks := func(item string, want bool) {
		t.Helper()
		i := strings.Index(zhang.raw, `value="`+item+`"`)
		if i < 0 || strings.HasPrefix(zhang.raw[i+len(`value="`+item+`"`):], " checked") != want {
			t.Errorf("%s ticked is not %v", item, want)
		}
	}
	zhang.get(at)
	zhang.sees(200, "授权办理的事项", "找事项", "查找")
	zhang.post(at, with(url.Values{"find": {"1"}, "q": {"食品生产"}}))
	zhang.sees(200, "找到", "生产许可核发")
	ticks("food-production", false)
	zhang.post(at, with(url.Values{"find": {"1"}, "q": {"食品经营"}, "items": {"food-production"}}))
	zhang.sees(200, "生产许可核发", "食品经营许可")
	ticks("food-production", true)
	ticks("food-permit", false)
	zhang.post(at, with(url.Values{"find": {"1"}, "q": {"绝无此事项甲乙丙"}, "items": {"food-production"}}))
	ticks("food-production", true)

	zhang.misses("李敏")
	zhang.post(at, with(url.Values{"items": {"food-production", "<none>"}}))
	zhang.sees(422, "没有“<none>”这个事项")
	ticks("food-production", true)
	if !strings.Contains(zhang.raw, `href="#f-items"`) {
		t.Error("the summary does not lead to the list")
	}
	zhang.post(at, form)
	zhang.sees(422, "请选择授权办理的事项")
	zhang.misses("李敏")
	zhang.post(at, with(url.Values{"items": {"food-production", "food-permit", "food-permit"}}))
	zhang.sees(200, "李敏", "事项：食品（不含特殊食品）生产许可核发")
	zhang.sees(200, "生产许可核发、食品经营许可")
}
