package window_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tongban/internal/app/apptest"
	"tongban/internal/handling/cases"
)

// pad is a browser that stands towards the public.
type pad struct {
	*apptest.Person
	c *city
}

// send asks as the screen, and keeps the key that it is given.
func (p *pad) send(method, path string, form url.Values) (*http.Response, string) {
	p.c.T.Helper()
	res, body := p.Ask(method, path, form)
	p.Keep(res)
	return res, body
}

// paired is a screen paired with w's window.
func (w *who) paired() *pad {
	w.c.T.Helper()
	p := &pad{w.c.Nobody(), w.c}
	p.send("POST", "/pad/begin", url.Values{})
	_, body := p.send("GET", "/pad", nil)
	code := regexp.MustCompile(`<b>(\d{3}) (\d{3})</b>`).FindStringSubmatch(body)
	if code == nil {
		w.c.T.Fatalf("no code: %s", body)
	}
	if res, body := w.Ask("POST", "/window/screen", url.Values{"code": {"12"}}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "没有显示这个配对码") {
		w.c.T.Errorf("a wrong code: %s", res.Status)
	}
	w.Posts("/window/screen", url.Values{"code": {code[1] + code[2]}})
	return p
}

func (p *pad) paper(words ...string) string {
	p.c.T.Helper()
	_, body := p.send("GET", "/pad", nil)
	for _, word := range words {
		if !strings.Contains(body, word) {
			p.c.T.Errorf("the screen lacks %q", word)
		}
	}
	at := regexp.MustCompile(`action="(/pad/papers/[^"]+)"`).FindStringSubmatch(body)
	if at == nil {
		p.c.T.Fatalf("nothing lies on the screen: %s", body)
	}
	return at[1]
}

// A paper goes to the screen, is changed once, declined once and signed at last;
// the case is accepted under that signature and no other (without any script).
func TestAPromiseIsSignedOnTheSecondScreen(t *testing.T) {
	c := open(t)
	filed := c.liMin().apply("road-freight", limin, "安全生产管理制度文本")
	w, of := c.signIn("window1"), "/window/cases/"+string(filed.ID)
	screen := w.paired()
	judged := url.Values{"request": {"r1"}, "next": {"accept"}, "v.m2": {"promised"}, "r.m2": {"1"}}
	for _, m := range []string{"m1", "m3", "m4", "m5"} {
		judged.Set("v."+m, "complete")
	}
	w.Posts(of+"/judge", judged)
	w.Sees(of+"/do/accept", "送签署屏", "而是在纸上签了")
	sign := func(day string) string {
		_, body := w.Ask("POST", of+"/sign/accept", url.Values{"materials[1]": {day}, "sign": {"send"}})
		id := regexp.MustCompile(`name="signing" value="([^"]+)"`).FindStringSubmatch(body)
		if id == nil || !strings.Contains(body, "等待签署") {
			t.Fatalf("not sent: %s", body)
		}
		return id[1]
	}
	sign("2026-09-25")
	at := screen.paper("容缺受理承诺书", "承诺于2026年9月25日前补交", "请李敏签名")
	if res, body := screen.send("POST", at, url.Values{"do": {"signed"}, "signed.typed": {"李敏"}}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "请确认已经看完") {
		t.Errorf("signed unread: %s", res.Status)
	}
	if res, body := screen.send("POST", at, url.Values{"do": {"signed"}, "read": {"1"}, "signed.typed": {"张三"}}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "不一致") {
		t.Errorf("signed by somebody else: %s", res.Status)
	}
	screen.send("POST", at, url.Values{"do": {"change"}, "say": {"来不及，请改到28日"}})
	id := sign("2026-09-28")
	at = screen.paper("2026年9月28日前补交")
	screen.send("POST", at, url.Values{"do": {"refused"}})
	yes := url.Values{"request": {"r2"}, "materials[1]": {"2026-09-28"}, "signing": {id}}
	if res, _ := w.Ask("POST", of+"/do/accept", yes); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("accepted though the applicant declined: %s", res.Status)
	}
	id = sign("2026-09-28")
	screen.send("POST", screen.paper(), url.Values{"do": {"signed"}, "read": {"1"}, "signed": {"10,10 200,40 300,120;40,80 60,180"}})
	yes.Set("signing", id)
	w.Sees("/window/signing/"+id+"?to=/x", "李敏 已手写签名")
	other := url.Values{"request": {"r3"}, "materials[1]": {"2026-09-25"}, "signing": {id}}
	if res, body := w.Ask("POST", of+"/do/accept", other); res.StatusCode < 400 || !strings.Contains(body, "文书在签署以后改过") {
		t.Errorf("a signature counts for another day: %s", res.Status)
	}
	w.Posts(of+"/do/accept", yes)
	c.Deliver()
	w.Sees(of+"/papers/promise-3", "在A01 号窗签署屏手写签名")
	got, err := c.Cases.Case(t.Context(), filed.ID, w.Actor)
	if err != nil || got.State != cases.Accepted || got.Promises[0].Signed.Hash == "" || got.Promises[0].Signed.At.IsZero() {
		t.Fatalf("%+v %v", got.Promises, err)
	}
	w.Posts("/signout", nil)
	if _, body := screen.send("GET", "/pad", nil); !strings.Contains(body, "显示配对码") {
		t.Error("the screen outlives the clerk's session")
	}
}
