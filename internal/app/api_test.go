package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// caller is someone who uses the open interface.
type caller struct {
	c     *city
	token string
}

// call asks and returns the status and the answer; key is the Idempotency-Key.
func (u caller) call(method, path, key, kind string, body []byte) (int, map[string]any) {
	u.c.t.Helper()
	r, err := http.NewRequestWithContext(u.c.t.Context(), method, u.c.site.URL+"/api/v1"+path, bytes.NewReader(body))
	if err != nil {
		u.c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	if u.token != "" {
		r.Header.Set("Authorization", "Bearer "+u.token)
	}
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		u.c.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		u.c.t.Fatal(err)
	}
	v := map[string]any{}
	if strings.Contains(answer.Header.Get("Content-Type"), "json") {
		if err := json.Unmarshal(text, &v); err != nil {
			u.c.t.Fatalf("%s %s: %v: %s", method, path, err, text)
		}
	}
	return answer.StatusCode, v
}

func (u caller) get(path string) map[string]any {
	u.c.t.Helper()
	status, v := u.call("GET", path, "", "application/json", nil)
	if status != http.StatusOK {
		u.c.t.Fatalf("GET %s: %d %v", path, status, v)
	}
	return v
}

// post acts, and must succeed.
func (u caller) post(path, key, body string) map[string]any {
	u.c.t.Helper()
	status, v := u.call("POST", path, key, "application/json", []byte(body))
	if status >= 300 {
		u.c.t.Fatalf("POST %s: %d %v", path, status, v)
	}
	return v
}

// refused acts, and must be refused so.
func (u caller) refused(path, key, body string, status int, code string) {
	u.c.t.Helper()
	got, v := u.call("POST", path, key, "application/json", []byte(body))
	if got != status || v["code"] != code || v["detail"] == "" || v["type"] != "urn:tongban:fault:"+code {
		u.c.t.Errorf("POST %s: %d %v, want %d %s", path, got, v, status, code)
	}
}

// as signs somebody in by the open interface.
func (c *city) as(login string) caller {
	c.t.Helper()
	if login == "nobody" {
		return caller{c, ""}
	}
	v := caller{c, ""}.post("/sessions", "", fmt.Sprintf(`{"login":%q,"password":"Tongban-2026"}`, login))
	return caller{c, v["token"].(string)}
}

// permit is an application for a food permit, with a file for every material.
func (c *city) permit(u caller) string {
	c.t.Helper()
	_, file := u.call("POST", "/files?name=a.pdf", "", "application/octet-stream", []byte("%PDF-1.4\n%%EOF"))
	e, err := c.Items.Open(c.t.Context(), "food-permit", calendar.DayOf(c.now))
	if err != nil {
		c.t.Fatal(err)
	}
	a := app.Example(e, cases.Applicant{Party: "p-limin", Name: "李敏"}, nil, nil, calendar.DayOf(c.now))
	var materials []map[string]any
	for _, m := range a.Materials {
		materials = append(materials, map[string]any{"material": m.Material, "files": []map[string]any{{"hash": file["hash"], "name": "a.pdf"}}})
	}
	text, err := json.Marshal(map[string]any{"item": "food-permit", "answers": a.Answers, "materials": materials})
	if err != nil {
		c.t.Fatal(err)
	}
	return string(text)
}

// works lists the open work of an answer by its node.
func works(v map[string]any) map[string]string {
	open := map[string]string{}
	for _, w := range v["work"].([]any) {
		open[w.(map[string]any)["node"].(string)] = w.(map[string]any)["id"].(string)
	}
	return open
}

func TestAWholeLifeByTheOpenInterface(t *testing.T) {
	apptest.Each(t, apptest.Name, opening, func(t *testing.T, s app.Settings) {
		openWith(t, s).liveByTheInterface()
	})
}

// liveByTheInterface leads a case from its submission to its rating.
func (c *city) liveByTheInterface() {
	t := c.t
	limin, window, reviewer, second, fire := c.as("limin"), c.as("window1"), c.as("market-r"), c.as("market-r2"), c.as("fire-r")
	approver, other := c.as("market-a"), c.as("market-a2")
	v := limin.post("/cases", "k-submit", c.permit(limin))
	id, number := v["id"].(string), v["number"].(string)
	if again := limin.post("/cases", "k-submit", c.permit(limin)); again["id"] != id {
		t.Errorf("sent twice, filed twice: %v", again)
	}
	limin.refused("/cases", "k-submit", strings.Replace(c.permit(limin), "李敏", "李敏敏", 1), http.StatusConflict, "cases.request.reused")
	limin.refused("/cases/"+id+"/withdraw", "k-submit", `{"reason":"x"}`, http.StatusConflict, "cases.request.reused")
	v = window.post("/cases/"+number+"/accept", "k-accept", `{}`)
	if again := window.post("/cases/"+id+"/accept", "k-accept", `{}`); again["version"] != v["version"] || again["state"] != "accepted" {
		t.Errorf("accepted twice: %v after %v", again, v)
	}
	window.refused("/cases/"+id+"/accept", "k-other", `{}`, http.StatusConflict, "cases.accept.state")
	w := works(v)
	reviewer.post("/cases/"+id+"/work/"+w["papers"]+"/claim", "", ``)
	second.refused("/cases/"+id+"/work/"+w["papers"]+"/review", "", `{"opinion":"同意"}`, http.StatusConflict, "cases.review.claimed")
	reviewer.post("/cases/"+id+"/work/"+w["papers"]+"/review", "", `{"opinion":"同意"}`)
	reviewer.post("/cases/"+id+"/work/"+w["layout"]+"/review", "", `{"opinion":"同意"}`)
	second.post("/cases/"+id+"/work/"+w["layout"]+"/review", "", `{"opinion":"同意"}`)
	v = fire.post("/cases/"+id+"/work/"+w["fire"]+"/review", "", `{"opinion":"附条件同意","reason":"配齐灭火器","evidence":[`+c.filmed(fire, limin)+`]}`)
	v = second.post("/cases/"+id+"/work/"+works(v)["review"]+"/review", "", `{"opinion":"同意"}`)
	decide := "/cases/" + id + "/work/" + works(v)["decide"] + "/decide"
	approver.post(decide, "k-decide", `{"grant":true}`)
	if v = other.post(decide, "", `{"grant":true}`); v["state"] != "granted" {
		t.Fatalf("decided: %v", v)
	}
	c.deliver()
	c.checkGranted(limin, id)
}

// filmed is a film as evidence, with its place and time; it is no material.
func (c *city) filmed(by, applicant caller) string {
	c.t.Helper()
	_, ref := by.call("POST", "/files?name=site.mp4", "", "application/octet-stream", film)
	hash, _ := ref["hash"].(string)
	form := regexp.MustCompile(`"hash":"[0-9a-f]+","name":"a.pdf"`).ReplaceAllString(c.permit(applicant), `"hash":"`+hash+`","name":"site.mp4"`)
	applicant.refused("/cases", "", form, http.StatusUnprocessableEntity, "blob.type")
	return fmt.Sprintf(`{"hash":%q,"name":"现场.mp4","place":"云龙区示例路18号","at":%q}`, hash, c.now.Add(-time.Minute).Format(time.RFC3339))
}

// checkGranted looks at everything that a granted case leaves behind.
func (c *city) checkGranted(limin caller, id string) {
	t := c.t
	t.Helper()
	v := limin.get("/cases/" + id)
	certificate, _ := v["certificate"].(string)
	if certificate == "" || len(v["papers"].([]any)) != 3 {
		t.Errorf("after the decision: %v", v)
	}
	if states, _ := json.Marshal(v["states"]); v["exchange"] != 11.0 || strings.Count(string(states), `"state":`) != 4 {
		t.Errorf("as the exchange numbers it %v: %s", v["exchange"], states)
	}
	if history := limin.get("/cases/" + id + "/history")["items"].([]any); len(history) != 11 || history[10].(map[string]any)["act"] != "certify" {
		t.Errorf("%d facts: %v", len(history), history)
	}
	clocks := limin.get("/cases/" + id + "/clock")
	if all, _ := json.Marshal(clocks["clocks"]); clocks["promised"].(map[string]any)["how"] == nil ||
		strings.Count(string(all), `"kind":"step"`) != 5 || strings.Count(string(all), `"kind":"service"`) != 1 {
		t.Errorf("clock: %v", clocks)
	}
	if sheet := limin.get("/cases/" + id + "/papers/decision/10"); sheet["title"] != "准予行政许可决定书" {
		t.Errorf("paper: %v", sheet)
	}
	if report := (caller{c, ""}).get("/certificates/" + certificate + "/verification"); report["verdict"] != "genuine" {
		t.Errorf("verification: %v", report)
	}
	file, _, err := c.Certificates.OFD(t.Context(), certificate, citizenLimin)
	if err != nil {
		t.Fatal(err)
	}
	if status, report := (caller{c, ""}).call("POST", "/certificates/verify-file", "", "application/octet-stream", file); status != http.StatusOK || report["verdict"] != "genuine" {
		t.Errorf("verification of the file: %d %v", status, report)
	}
	if r := limin.post("/cases/"+id+"/ratings", "k-rate", `{"grade":4,"text":"挺快"}`); r["seq"] != 1.0 {
		t.Errorf("rated: %v", r)
	}
	if r := limin.post("/cases/"+id+"/ratings", "k-rate", `{"grade":4,"text":"挺快"}`); r["seq"] != 1.0 {
		t.Errorf("rated again under the same name: %v", r)
	}
	stranger := c.as("wangfang")
	for _, path := range []string{"/cases/" + id, "/cases/" + id + "/history", "/certificates/" + certificate, "/certificates/" + certificate + "/file"} {
		if status, v := stranger.call("GET", path, "", "application/json", nil); status != http.StatusNotFound {
			t.Errorf("a stranger at %s: %d %v", path, status, v)
		}
	}
	stranger.refused("/cases/"+id+"/ratings", "", `{"grade":1}`, http.StatusNotFound, "rating.none")
	d, err := c.Cases.AuditOne(t.Context(), cases.ID(id))
	if err != nil || d != nil {
		t.Errorf("audit: %v %v", d, err)
	}
}

func TestListsGoOnAtTheirCursor(t *testing.T) {
	c := openCity(t)
	u := c.as("limin")
	form := c.permit(u)
	var filed []string
	for i := range 5 {
		filed = append(filed, u.post("/cases", fmt.Sprint("k", i), form)["id"].(string))
	}
	slices.Reverse(filed)
	var seen []string
	for next := ""; ; {
		page := u.get("/cases?limit=2&after=" + next)
		for _, row := range page["items"].([]any) {
			seen = append(seen, row.(map[string]any)["id"].(string))
		}
		if next, _ = page["next"].(string); next == "" {
			break
		}
	}
	if !slices.Equal(seen, filed) {
		t.Errorf("%v, want %v", seen, filed)
	}
	seenItems := map[any]bool{}
	for next, pages := "", 0; pages < 30; pages++ {
		page := u.get("/items?limit=7&after=" + next)
		for _, row := range page["items"].([]any) {
			if id := row.(map[string]any)["id"]; seenItems[id] {
				t.Errorf("%v twice", id)
			} else {
				seenItems[id] = true
			}
		}
		if next, _ = page["next"].(string); next == "" {
			break
		}
	}
	if len(seenItems) < 30 {
		t.Errorf("only %d items", len(seenItems))
	}
}

var uscc = regexp.MustCompile(`"统一社会信用代码":"[^"]*"`)

func TestAHostileCallerGetsAnAnswerAndChangesNothing(t *testing.T) {
	c := openCity(t)
	u := c.as("limin")
	form := c.permit(u)
	with := func(old, new string) string { return strings.Replace(form, old, new, 1) }
	for _, tt := range []struct {
		name, kind, body string
		status           int
		code             string
	}{
		{"broken JSON", "application/json", `{"item":`, 400, "api.body.json"},
		{"two values", "application/json", `{} {}`, 400, "api.body.json"},
		{"nothing", "application/json", ``, 400, "api.body.missing"},
		{"an array", "application/json", `[]`, 422, "api.fields"},
		{"null", "application/json", `null`, 422, "api.fields"},
		{"wrong types", "application/json", `{"item":1,"answers":"x"}`, 422, "api.fields"},
		{"an unknown field", "application/json", with(`{"answers"`, `{"admin":true,"answers"`), 422, "api.fields"},
		{"an unknown field within", "application/json", with(`"material":"m1"`, `"material":"m1","verdict":{"finding":"complete"}`), 422, "api.fields"},
		{"deep nesting", "application/json", strings.Repeat("[", 5000) + strings.Repeat("]", 5000), 400, "api.body.json"},
		{"invalid UTF-8", "application/json", with(`"示例`, "\"\xff\xfe"), 400, "api.body.json"},
		{"a name twice", "application/json", `{"item":"food-permit",` + form[1:], 422, "api.fields"},
		{"a name twice within", "application/json", with(`"material":"m1"`, `"material":"m2","material":"m1"`), 422, "api.fields"},
		{"gzip", "application/json", "\x1f\x8b\x08\x00", 400, "api.body.json"},
		{"NUL", "application/json", with(`"示例`, `"\u0000示例`), 422, "api.fields"},
		{"a mark that turns reading round", "application/json", with(`"示例`, `"\u202e示例`), 422, "api.fields"},
		{"half a surrogate", "application/json", with(`"示例`, `"\ud800示例`), 422, "api.fields"},
		{"over-long", "application/json", with(`"示例`, `"`+strings.Repeat("长", 20000)), 422, "cases.submit.form"},
		{"more than a body may be", "application/json", `{"item":"` + strings.Repeat("x", 2<<20) + `"}`, 413, "api.body.size"},
		{"a huge array", "application/json", `{"item":"food-permit","answers":{},"materials":[` + strings.Repeat(`{"material":"m1"},`, 5000) + `{"material":"m1"}]}`, 422, "api.fields"},
		{"wrong content type", "text/plain", form, 415, "api.body.type"},
		{"a form", "application/x-www-form-urlencoded", "item=food-permit", 415, "api.body.type"},
		{"XML", "application/xml", "<a/>", 415, "api.body.type"},
		{"an item that is not", "application/json", with(`"food-permit"`, `"'; DROP TABLE cases; --"`), 404, "items.none"},
		{"a file that is not", "application/json", `{"item":"food-permit","answers":{},"materials":[{"material":"m1","files":[{"hash":"` + strings.Repeat("0", 64) + `"}]}]}`, 422, "api.file.none"},
		{"a hash that leads elsewhere", "application/json", `{"item":"food-permit","answers":{},"materials":[{"material":"m1","files":[{"hash":"../../etc/passwd"}]}]}`, 422, "api.fields"},
		{"paper from home", "application/json", `{"item":"food-permit","answers":{},"materials":[{"material":"m1","paper":true}]}`, 422, "api.material.paper"},
		{"somebody else's name", "application/json", with(`{"answers"`, `{"party":"p-wangfang","answers"`), 403, "api.submit.other"},
		{"an impossible code", "application/json", uscc.ReplaceAllString(form, `"统一社会信用代码":"123"`), 422, "cases.submit.form"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, v := u.call("POST", "/cases", "", tt.kind, []byte(tt.body))
			if status != tt.status || v["code"] != tt.code {
				t.Errorf("%d %v, want %d %s", status, v, tt.status, tt.code)
			}
		})
	}
	if rows := u.get("/cases")["items"].([]any); len(rows) != 0 {
		t.Errorf("%d cases were filed", len(rows))
	}
	t.Run("texts that are only odd are kept as they are", func(t *testing.T) {
		odd := `<b>alert(1)</b> 𠮷野家 '; DROP TABLE cases; --`
		text, _ := json.Marshal(odd) // a text always marshals
		id := u.post("/cases", "", with(`"示例食品安全管理员姓名"`, string(text)))["id"].(string)
		if v := u.get("/cases/" + id)["answers"].(map[string]any)["食品安全管理员姓名"]; v != odd {
			t.Errorf("kept as %v", v)
		}
	})
}

func TestHostileAddressesAndHeaders(t *testing.T) {
	c := openCity(t)
	u := c.as("limin")
	for path, want := range map[string]int{
		"/cases/%00": 422, "/cases/%ff%fe": 422, "/cases?name=%00": 422, "/cases/" + strings.Repeat("9", 500): 422, "/cases?limit=100000": 422, "/cases?limit=x": 422,
		"/cases?after=%27%20OR%201%3D1": 200, "/cases?list=everything": 422, "/cases?nope=1": 422, "/cases?list=agency&agency=xz-market": 403,
		"/cases?list=watch&region=320300000000": 403, "/items?after=!!": 422, "/items/%E2%80%AE": 404, "/nowhere": 404, "/cases/../../etc/passwd": 404,
		"/regions/999999": 404, "/regions/abc": 422, "/calendars/1800": 404, "/agencies/nobody": 404, "/certificates/x/verification": 422, "/inbox": 403,
	} {
		if status, v := u.call("GET", path, "", "application/json", nil); status != want {
			t.Errorf("GET %s: %d %v, want %d", path, status, v, want)
		}
	}
	for _, token := range []string{"x", strings.Repeat("x", 43), "'; --"} {
		if status, v := (caller{c, token}).call("GET", "/me", "", "application/json", nil); status != http.StatusUnauthorized {
			t.Errorf("token %q: %d %v", token, status, v)
		}
	}
	form := c.permit(u)
	for _, key := range []string{strings.Repeat("k", 101), "two words"} {
		u.refused("/cases", key, form, 422, "api.fields")
	}
	if status, v := u.call("POST", "/files?name=a.jpg", "", "application/octet-stream", []byte("%PDF-1.4\n%%EOF")); status != 422 || v["code"] != "blob.name" {
		t.Errorf("a PDF called a picture: %d %v", status, v)
	}
	if status, v := u.call("POST", "/files", "", "application/octet-stream", nil); status != 422 || v["code"] != "blob.empty" {
		t.Errorf("an empty file: %d %v", status, v)
	}
	if status, v := u.call("POST", "/files", "", "application/octet-stream", []byte("MZ\x90\x00program")); status != 422 {
		t.Errorf("a program: %d %v", status, v)
	}
	for _, method := range []string{"PUT", "TRACE"} {
		if status, v := u.call(method, "/cases", "", "application/json", []byte("{}")); status != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d %v", method, status, v)
		}
	}
}

func TestATokenOfABrowserIsNotHeard(t *testing.T) {
	c := openCity(t)
	s, err := c.Identity.SignIn(t.Context(), "limin", "Tongban-2026", "", clientOfABrowser, "")
	if err != nil {
		t.Fatal(err)
	}
	if status, v := (caller{c, s.Token}).call("GET", "/me", "", "application/json", nil); status != http.StatusUnauthorized || v["code"] != "api.token.kind" {
		t.Errorf("%d %v", status, v)
	}
	u := c.as("limin")
	if status, _ := u.call("DELETE", "/sessions/current", "", "application/json", nil); status != http.StatusOK {
		t.Errorf("sign out: %d", status)
	}
	c.now = c.now.Add(time.Minute)
	if status, _ := u.call("GET", "/me", "", "application/json", nil); status != http.StatusUnauthorized {
		t.Errorf("after signing out: %d", status)
	}
}
