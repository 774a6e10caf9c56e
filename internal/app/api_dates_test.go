package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A day that does not exist is refused at its field, and never read as none.
func TestADayThatDoesNotExistIsRefusedAtItsField(t *testing.T) {
	c := openCity(t)
	limin, window, desk := c.as("limin"), c.as("window1"), c.as("supervisor")
	id := limin.post("/cases", "k-submit", c.permit(limin))["id"].(string)
	for _, tt := range []struct {
		by               caller
		path, body, want string
	}{
		{desk, "/urge", `{"text":"请抓紧","until":"2026-02-30"}`, "until"},
		{desk, "/urge", `{"text":"请抓紧","until":"明天"}`, "until"},
		{window, "/ask-once", `{"items":[{"finding":"missing","say":"缺签字"}],"until":"2026-13-01"}`, "until"},
		{window, "/accept", `{"promises":[{"material":"m2","by":"2026/10/01"}]}`, "promises[0].by"},
	} {
		status, v := tt.by.call("POST", "/cases/"+id+tt.path, "", "application/json", []byte(tt.body))
		said := fmt.Sprint(v["fields"])
		if status != http.StatusUnprocessableEntity || !strings.Contains(said, "path:"+tt.want) || !strings.Contains(said, "应为真实的日期") || strings.Contains(said, "parsing") {
			t.Errorf("%s: %d %v", tt.path, status, v)
		}
	}
	for letter, want := range map[string]string{`{}`: "path:letter]", `{"signed":{"name":""}}`: "path:letter.signed"} {
		body := fmt.Sprintf(`{"promises":[{"material":"m6","by":"%s"}],"letter":%s}`, dayAfter(c, 4), letter)
		status, v := window.call("POST", "/cases/"+id+"/accept", "", "application/json", []byte(body))
		if status != http.StatusUnprocessableEntity || !strings.Contains(fmt.Sprint(v["fields"]), want) {
			t.Errorf("a promise with the letter %s: %d %v", letter, status, v)
		}
	}
	admin := c.signedIn("admin")
	admin.post("/desk/admin/words/receipt", url.Values{"text": {"已于{收到时间}收到，{告知期限}前答复。\n{清单}"}, "why": {"写得更简单"}, "from": {"2026-02-30"}, "do": {"publish"}})
	admin.sees(422, "请填写真实的日期")
}
