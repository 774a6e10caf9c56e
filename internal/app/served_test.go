package app_test

import (
	"bytes"
	"image"
	"image/png"
	"net/url"
	"strings"
	"testing"

	"tongban/internal/handling/cases"
)

// A refusal, a notice and a decision reach the applicant, each with a proof that
// is on file: by the window's page, the bureau's and the interface (送达回证,
// 民事诉讼法第八十七条).
func TestPapersAreServedWithProof(t *testing.T) {
	c := openCity(t)
	k := c.filed()
	c.grant(k.ID)
	at, doing := "/bureau/cases/"+string(k.ID), "/window/cases/"+string(k.ID)
	limin, clerk, reviewer := c.signedIn("limin"), c.signedIn("window1"), c.signedIn("market-r")

	reviewer.get(at + "?do=serve-paper")
	reviewer.sees(200, "登记文书的送达", "受理通知书", "送达证明")
	reviewer.does(k.ID, "serve-paper", "", url.Values{"paper": {"acceptance-2"}, "way": {"post"}, "receiver": {"李敏"}})
	reviewer.sees(422, "邮寄送达的，请填写运单号")
	reviewer.upload(at+"/serve-paper", "proof", "回执.png", photograph(t), url.Values{"paper": {"acceptance-2"}, "way": {"post"}, "receiver": {"李敏"}, "waybill": {"EMS1"}, "request": {"s1"}})
	reviewer.sees(200, "已送达文书")
	reviewer.misses("登记文书送达")
	reviewer.get(at + "/history")
	reviewer.sees(200, "运单号：EMS1", "回执.png")
	proof := at + "/files/attached/" + between(reviewer.raw, "/files/attached/", `"`)
	reviewer.get(proof)
	reviewer.sees(200)
	reviewer.does(k.ID, "serve-paper", "", url.Values{"paper": {"acceptance-2"}, "way": {"post"}, "receiver": {"李敏"}, "waybill": {"EMS1"}})
	reviewer.sees(409, "已经登记过送达")
	limin.get("/my/cases/" + k.Number)
	limin.sees(200, "邮寄送达，李敏签收", "送达回证")

	clerk.get(doing + "/do/deliver")
	clerk.sees(200, "送达证明")
	clerk.upload(doing+"/do/deliver", "proof", "木马.exe", []byte("MZ"), url.Values{"way": {"left"}, "receiver": {"李敏"}, "place": {"云龙区"}})
	clerk.sees(422, "送达证明")
	clerk.upload(doing+"/do/deliver", "proof", "门牌.png", photograph(t), url.Values{"way": {"left"}, "receiver": {"李敏"}, "refusal": {"认为决定不公"}, "place": {"云龙区"}, "request": {"s2"}})
	clerk.sees(200, "留置送达")
	clerk.get(doing + "?tab=history")
	clerk.sees(200, "留置送达，李敏拒收", "门牌.png")
}

// The interface says of each paper how it was served, and refuses what the page
// refuses.
func TestARefusalIsServedByTheInterface(t *testing.T) {
	c := openCity(t)
	limin, window, stranger := c.as("limin"), c.as("window1"), c.as("sport-r")
	k := limin.post("/cases", "k1", c.permit(limin))
	at := "/cases/" + k["id"].(string)
	window.post(at+"/refuse", "k2", `{"reason":"不属于本机关职权范围","basis":"应向市体育局申请"}`)
	_, file := window.call("POST", "/files?name=门牌.pdf", "", "application/octet-stream", []byte("%PDF-1.4\n%%EOF"))
	serve := at + "/papers/refusal/2/serve"
	body := `{"way":"left","receiver":"李敏","refusal":"不服","place":"云龙区","proof":[{"hash":"` + file["hash"].(string) + `","name":"门牌.pdf"}]}`
	stranger.refused(serve, "k3", body, 404, "cases.none")
	limin.refused(serve, "k4", body, 403, "cases.serve-paper.role")
	window.refused(serve, "k6", `{"way":"left","receiver":"李敏","place":"云龙区","proof":[{"hash":"`+strings.Repeat("0", 64)+`"}]}`, 422, "api.file.none")
	window.post(serve, "k7", body)
	window.post(serve, "k7", body)
	window.refused(serve, "k8", body, 409, "cases.serve.twice")
	for _, p := range limin.get(at + "/papers")["items"].([]any) {
		if p := p.(map[string]any); p["kind"] == string(cases.RefusalNotice) && p["served"].(map[string]any)["place"] != "云龙区" {
			t.Error(p)
		}
	}
	events := window.get(at + "/history")["items"].([]any)
	if last := events[len(events)-1].(map[string]any); len(events) != 3 || last["serves"].(map[string]any)["kind"] != "refusal" || len(last["served"].(map[string]any)["proof"].([]any)) != 1 {
		t.Error(last)
	}
	if status, _ := limin.call("GET", at+"/materials/attached/files/"+file["hash"].(string), "", "", nil); status != 200 {
		t.Error("the proof is not given out", status)
	}
}

// photograph is a small picture, as a phone takes it.
func photograph(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 3))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// between is what stands between two texts.
func between(text, from, to string) string {
	_, rest, _ := strings.Cut(text, from)
	found, _, _ := strings.Cut(rest, to)
	return found
}
