package window_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestCasesThatShareTheEndOfTheirNumbersAreToldApart(t *testing.T) {
	c := open(t)
	li := c.liMin()
	freight, card := li.apply("road-freight", limin), li.apply("social-card", limin)
	const tail = "202609210001"
	heads := [2]string{strings.TrimSuffix(freight.Number, tail), strings.TrimSuffix(card.Number, tail)}
	if heads[0] == freight.Number || heads[1] == card.Number || heads[0] == heads[1] {
		t.Fatalf("the numbers %s and %s do not share their end", freight.Number, card.Number)
	}
	w := c.signIn("window1")
	calls := [2]string{heads[0][len(heads[0])-6:] + " " + tail, heads[1][len(heads[1])-6:] + " " + tail}
	w.Sees("/window", calls[0], calls[1])
	if body := w.Sees("/window?name="+url.QueryEscape(calls[0]), tail, "道路货物"); strings.Contains(body, calls[1]) || strings.Contains(body, "社会保障卡") {
		t.Errorf("%s finds the other, too", calls[0])
	}
	for _, asked := range []string{tail, "0921-0001", "09210001"} {
		w.Sees("/window?name="+asked, calls[0], calls[1])
		w.Sees("/window/find?q="+asked, "/window/cases/"+string(freight.ID), "/window/cases/"+string(card.ID), heads[0], heads[1])
	}
	w.Sees("/window?name=0922-0001", "没有等待处理的办件")
	if body := c.signIn("yl-window1").Sees("/window/find?q=" + tail); strings.Contains(body, string(freight.ID)) {
		t.Error("a county's window finds the city's case by the end of its number")
	}
	if res, _ := w.Ask("GET", "/window?name="+card.Number, nil); res.StatusCode != http.StatusSeeOther || !strings.HasSuffix(res.Header.Get("Location"), string(card.ID)) {
		t.Errorf("the whole number leads to %s %s", res.Status, res.Header.Get("Location"))
	}
}

func TestACodeWithAWrongCheckIsRefusedOrSeenAtTheCounter(t *testing.T) {
	w := open(t).signIn("window1")
	asked := url.Values{"number": {"91320300YB9000012T"}, "name": {"徐州示例面馆"}, "head": {"钱多多"}}
	for _, tt := range []struct{ number, say string }{
		{"320399200001010033", "最后一位校验不符"},
		{"320399200013010032", "不存在"},
		{"91320300YB9000012T", "最后一位校验不符"},
		{"91320300YB900001", "请填写18位"},
	} {
		asked.Set("number", tt.number)
		if res, body := w.Ask("POST", "/window/who", asked); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, tt.say) {
			t.Errorf("%s: %s lacks %q", tt.number, res.Status, tt.say)
		}
	}
	asked.Set("number", "91320300YB9000012T")
	asked.Set("sure", "1")
	w.Sees(w.Posts("/window/who", asked), "徐州示例面馆", "91320300YB9000012T（末位校验不符，请与证照核对）")
}
