package app_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
)

// A department's own system answers for a joint visit as its officials do on the
// page: it agrees, asks for another day, and concludes for itself alone (联合踏勘).
func TestAJointVisitThroughTheInterface(t *testing.T) {
	c := openCity(t)
	j := c.restaurant()
	if _, err := c.Joint.Accept(t.Context(), j.ID, window1); err != nil {
		t.Fatal(err)
	}
	c.deliver()
	v, err := c.Visits.Call(t.Context(), c.part(j.ID, "food-permit").Case, calendar.DayOf(c.now)+3, "云龙区示例路18号", c.official("market-r"))
	if err != nil {
		t.Fatal(err)
	}
	path := "/visits/" + string(v.ID)
	market, fire, stranger := c.as("market-r"), c.as("fire-r"), c.as("wangfang")
	if all := fire.get("/visits")["items"].([]any); len(all) != 1 || all[0].(map[string]any)["id"] != string(v.ID) {
		t.Errorf("the visits of the fire brigade: %v", all)
	}
	asked := fire.post(path, "", `{"act":"ask","day":"`+(v.Day+1).String()+`","say":"当天有演练"}`)
	if asked["agreed"] != false {
		t.Errorf("asked for another day, it is %v", asked)
	}
	fire.refused(path, "", `{"act":"conclude","verdict":"通过","signed":{"name":"别人"}}`, http.StatusUnprocessableEntity, "ink.name")
	market.post(path, "", `{"act":"agree"}`)
	if after := fire.post(path, "", `{"act":"agree"}`); after["agreed"] != true {
		t.Errorf("all agreed, it is %v", after)
	}
	if status, _ := stranger.call("GET", path, "", "application/json", nil); status != http.StatusNotFound {
		t.Errorf("a stranger sees it: %d", status)
	}

	c.now = c.now.AddDate(0, 0, 3)
	body := map[string]any{"act": "conclude", "verdict": "通过", "signed": map[string]any{"name": c.official("market-r").Name}}
	var findings []map[string]any
	for _, p := range v.Own("xz-market") {
		findings = append(findings, map[string]any{"point": p.ID, "meets": true})
	}
	body["findings"] = findings
	market = c.as("market-r")
	taken := c.now.Add(-time.Hour).Truncate(time.Second)
	_, photo := market.call("POST", "/files?name=a.jpg", "", "application/octet-stream", shotAt(taken))
	picture := map[string]any{"hash": photo["hash"], "name": "后厨.jpg", "place": "后厨", "at": c.now.AddDate(0, 0, -4)}
	body["evidence"] = []map[string]any{picture}
	early, _ := json.Marshal(body)
	market.refused(path, "", string(early), http.StatusUnprocessableEntity, "visits.conclude")
	delete(picture, "at") // the file says it itself
	text, _ := json.Marshal(body)
	done := market.post(path, "", string(text))
	said := map[string]any{}
	for _, p := range done["parts"].([]any) {
		part := p.(map[string]any)
		if part["verdict"] != nil {
			said[part["agency"].(string)] = part["verdict"]
		}
	}
	if said["xz-market"] != "通过" || len(said) != 1 || done["ended"] != false {
		t.Errorf("one department concluded for itself alone: %v", said)
	}
	seen := market.get("/cases/" + string(c.part(j.ID, "food-permit").Case))["evidence"]
	if all, _ := seen.([]any); len(all) != 1 || all[0].(map[string]any)["at"] != taken.UTC().Format(time.RFC3339) {
		t.Errorf("the evidence of the case: %v", seen)
	}
	if looked, err := c.Visits.Audit(t.Context(), func(say string) { t.Error(say) }); err != nil || looked != 1 {
		t.Errorf("%d visits audited, %v", looked, err)
	}
	if _, err := c.DB.Exec(t.Context(), `UPDATE visits_visits SET body = REPLACE(body, '示例路18号', '示例路19号')`); err != nil {
		t.Fatal(err)
	}
	found := 0
	if _, err := c.Visits.Audit(t.Context(), func(string) { found++ }); err != nil || found != 1 {
		t.Errorf("%d differences of a visit changed behind its facts, %v", found, err)
	}
}
