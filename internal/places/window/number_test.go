package window_test

import (
	"net/http"
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
	w.sees("/window", tail, heads[0], heads[1])
	for _, asked := range []string{tail, "0921-0001", "09210001"} {
		w.sees("/window?name="+asked, heads[0], heads[1])
		w.sees("/window/find?q="+asked, "/window/cases/"+string(freight.ID), "/window/cases/"+string(card.ID), heads[0], heads[1])
	}
	w.sees("/window?name=0922-0001", "没有等待处理的办件")
	if body := c.signIn("yl-window1").sees("/window/find?q=" + tail); strings.Contains(body, string(freight.ID)) {
		t.Error("a county's window finds the city's case by the end of its number")
	}
	if res, _ := w.ask("GET", "/window?name="+card.Number, nil); res.StatusCode != http.StatusSeeOther || !strings.HasSuffix(res.Header.Get("Location"), string(card.ID)) {
		t.Errorf("the whole number leads to %s %s", res.Status, res.Header.Get("Location"))
	}
}
