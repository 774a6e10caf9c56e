package app_test

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var (
	backLink = regexp.MustCompile(`class="bk" href="([^"]+)"`)
	takes    = regexp.MustCompile(`约 (\d+) 分钟`)
)

// Whoever looked over a list of what is known and goes back finds that list, and
// the start page counts on as much time as the first step.
func TestTheWayBackLeadsToTheListThatWasLookedOver(t *testing.T) {
	c := openCity(t)
	zhang := c.signedIn("zhangwei")
	zhang.post("/my/account/act", url.Values{"party": {"f-canyin"}})
	for _, item := range []string{"mass-event", "water-permit", "venue-health", "fireworks-retail", "food-permit"} {
		zhang.get("/apply/" + item)
		start := takes.FindStringSubmatch(zhang.page)
		zhang.post("/apply/"+item, nil)
		first := takes.FindStringSubmatch(zhang.page)
		if start == nil || first == nil || len(first[1]) > len(start[1]) || len(first[1]) == len(start[1]) && first[1] > start[1] {
			t.Errorf("%s begins with %v, and the first step tells of %v", item, start, first)
		}
	}
	zhang.post("/apply/venue-health", nil)
	zhang.sees(200, "这些我们已经知道")
	list := zhang.at
	zhang.post(list, url.Values{"looked": {"1"}})
	zhang.sees(200, "经营场所地址")
	if to := html.UnescapeString(backLink.FindStringSubmatch(zhang.raw)[1]); !strings.HasSuffix(list, to) {
		t.Errorf("the list at %s is left for %s", list, to)
	}
	zhang.get(list)
	zhang.sees(200, "这些我们已经知道", "徐州示例餐饮管理有限公司")
	zhang.get(list + "?edit=1")
	zhang.post(zhang.at, url.Values{"单位名称": {"徐州示例餐饮有限公司"}})
	zhang.get(list)
	zhang.misses("这些我们已经知道")
}
