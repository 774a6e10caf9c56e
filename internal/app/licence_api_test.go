package app_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"tongban/internal/civic/identity"
)

// A program verifies a composite licence by the code on its paper, as whoever
// scans it does; the holder lists it with its editions, and nobody else does
// (扫码亮证, 苏政务办发〔2023〕8号（七）).
func TestALicenceIsAskedForThroughTheInterface(t *testing.T) {
	c := openCity(t)
	first := shopLicence(t, c, "m1")
	if err := c.Certificates.Suspend(t.Context(), first.Parts[1].Certificate, "检查发现隐患", identity.TheSystem); err != nil {
		t.Fatal(err)
	}
	c.deliver()

	stranger := caller{c, ""}
	seen := stranger.get("/licences/" + strings.ToLower(first.Sheet) + "/verification")
	if seen["standing"] != "部分有效" || seen["edition"] != 3.0 || seen["older"] != true || seen["holder"] != "李*" || seen["report"].(map[string]any)["verdict"] == "genuine" {
		t.Errorf("an older paper is verified as %v", seen)
	}
	if text, _ := json.Marshal(seen); strings.Contains(string(text), "李敏") || strings.Contains(string(text), "320399") || strings.Contains(string(text), "p-limin") {
		t.Errorf("a stranger is told who holds it: %s", text)
	}
	now := seen["sheet"].(string)
	if v := stranger.get("/licences/" + now + "/verification"); v["older"] != false || v["report"].(map[string]any)["verdict"] != "genuine" {
		t.Errorf("the paper in force is verified as %v", v)
	}

	limin, other, window := c.as("limin"), c.as("wangfang"), c.as("window1")
	mine := limin.get("/licences")["items"].([]any)
	if len(mine) != 1 || mine[0].(map[string]any)["number"] != first.Number {
		t.Fatalf("the holder's list: %v", mine)
	}
	part := limin.get("/licences/" + now)["parts"].([]any)[1].(map[string]any)
	if part["stateName"] != "暂扣" || part["since"] != 3.0 || part["agency"] != "徐州市应急管理局" {
		t.Errorf("the suspended permit: %v", part)
	}
	var acts []string
	for _, e := range window.get("/licences/" + first.Sheet + "/editions")["items"].([]any) {
		acts = append(acts, e.(map[string]any)["act"].(string))
	}
	if strings.Join(acts, " ") != "grant grant suspend" {
		t.Errorf("editions: %v", acts)
	}

	if all := other.get("/licences")["items"].([]any); len(all) != 0 {
		t.Errorf("somebody else lists %v", all)
	}
	for _, path := range []string{"/licences/" + now, "/licences/" + now + "/editions", "/licences/" + first.Parts[0].Certificate} {
		if status, v := other.call("GET", path, "", "application/json", nil); status != http.StatusNotFound || v["code"] != "licences.none" {
			t.Errorf("somebody else opens %s: %d %v", path, status, v)
		}
	}
	if status, v := stranger.call("GET", "/licences/"+first.Parts[0].Certificate+"/verification", "", "application/json", nil); status != http.StatusNotFound || v["code"] != "licences.none" {
		t.Errorf("a permit by itself is no licence: %d %v", status, v)
	}
}
