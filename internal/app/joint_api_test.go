package app_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/handling/cases"
)

// A program applies for a theme as a person does: situation, components, one
// form, one set of materials, one submission; asked twice it is submitted once
// (一表申请、一套材料、一次提交, 苏协调小组〔2021〕1号 二).
func TestAThemeIsAppliedForThroughTheInterface(t *testing.T) {
	c := openCity(t)
	limin, other := c.as("limin"), c.as("wangfang")
	situation := forms.Answers{"办社保卡": "否", "报销生育费用": "否", "登记父亲信息": "否", "父母已婚": "是", "随谁落户": "随母亲", "邮寄户口簿": "否"}
	asked, _ := json.Marshal(map[string]any{"answers": situation})
	form := limin.post("/themes/birth/form", "", string(asked))
	if len(form["parts"].([]any)) != 4 || len(form["missing"].([]any)) == 0 || len(form["materials"].([]any)) == 0 {
		t.Fatalf("form: %v parts, %v missing", form["parts"], form["missing"])
	}
	limin.refused("/themes/birth/joint", "k0", string(asked), http.StatusUnprocessableEntity, "joint.submit.form")

	e, err := c.Joint.Offer(t.Context(), "theme.birth", situation)
	if err != nil {
		t.Fatal(err)
	}
	a := app.Example(e, cases.Applicant{Party: "p-limin", Name: "李敏"}, situation, nil, calendar.DayOf(c.now))
	var materials []map[string]any
	for _, m := range a.Materials {
		_, file := limin.call("POST", "/files?name=a.pdf", "", "application/octet-stream", []byte("%PDF-1.4 "+m.Material+"\n%%EOF"))
		materials = append(materials, map[string]any{"material": m.Material, "files": []map[string]any{{"hash": file["hash"], "name": "a.pdf"}}})
	}
	body := func(materials any, hospital string) string {
		a.Answers["出生医院"] = hospital
		text, _ := json.Marshal(map[string]any{"answers": a.Answers, "materials": materials, "delivery": map[string]any{"way": "electronic"}})
		return string(text)
	}
	limin.refused("/themes/birth/joint", "k1", body(nil, "徐州示例医院"), http.StatusUnprocessableEntity, "joint.submit.materials")
	limin.refused("/themes/birth/joint", "k1", body([]map[string]any{{"material": "m99"}}, "徐州示例医院"), http.StatusUnprocessableEntity, "joint.submit.materials")
	limin.refused("/themes/nothing/joint", "k1", string(asked), http.StatusNotFound, "themes.none")

	first := limin.post("/themes/birth/joint", "k1", body(materials, "徐州示例医院"))
	again := limin.post("/themes/birth/joint", "k1", body(materials, "徐州示例医院"))
	number := first["number"].(string)
	c.usesAll() // what waits for its turn included
	if again["number"] != number || len(first["parts"].([]any)) != 4 {
		t.Fatalf("first %v, again %v", first, again)
	}
	limin.refused("/themes/birth/joint", "k1", body(materials, "另一家医院"), http.StatusConflict, "joint.request.reused")
	if second := limin.post("/themes/birth/joint", "", body(materials, "徐州示例医院")); second["number"] == number {
		t.Error("without a key it is another submission")
	}

	if status, _ := other.call("GET", "/joint/"+number, "", "application/json", nil); status != http.StatusNotFound {
		t.Errorf("somebody else sees it: %d", status)
	}
	other.refused("/joint/"+number, "", `{"act":"withdraw","reason":"x"}`, http.StatusNotFound, "joint.none")
	after := limin.post("/joint/"+number, "", `{"act":"withdraw","item":"vaccination-card","reason":"在外地打"}`)
	states := map[string]string{}
	for _, p := range after["parts"].([]any) {
		part := p.(map[string]any)
		states[part["item"].(string)] = part["state"].(string)
	}
	if fmt.Sprint(states) != "map[birth-certificate:filed medical-resident:waiting newborn-household:waiting vaccination-card:withdrawn]" {
		t.Errorf("after withdrawing one part: %v", states)
	}
	limin.refused("/joint/"+number, "", `{"act":"withdraw","item":"vaccination-card","reason":"x"}`, http.StatusConflict, "joint.withdraw.none")
	if _, err := c.Joint.Audit(t.Context(), func(say string) { t.Error(say) }); err != nil {
		t.Fatal(err)
	}
}
