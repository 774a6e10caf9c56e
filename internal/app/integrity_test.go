package app_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"tongban/internal/ground/witness"
)

func TestAnApplicantTakesTheProofOfTheReceiptAway(t *testing.T) {
	c := guarded(t)
	number, sunyue := "", c.cookie(t, "sunyue")
	if err := c.app.DB.Row(t.Context(), `SELECT number FROM cases WHERE id = $1`, c.names["case"]).Scan(&number); err != nil {
		t.Fatal(err)
	}
	address := "/my/cases/" + number + "/proof"
	if body := c.as(sunyue, address); !strings.Contains(body, "次日公布") {
		t.Errorf("a proof before the day is over: %.200s", body)
	}
	proven(t, c.app) // delivers the news
	if err := c.app.Witness.Seal(t.Context(), "2026-03-02"); err != nil {
		t.Fatal(err)
	}
	var roots []witness.Root
	if err := json.Unmarshal(read(c.doors, "/integrity.json").Body.Bytes(), &roots); err != nil || len(roots) != 1 {
		t.Fatal(roots, err)
	}
	if page := read(c.doors, "/integrity").Body.String(); !strings.Contains(page, roots[0].Hash) || !strings.Contains(page, "tongban verify") {
		t.Error("the root is not published")
	}
	p, err := witness.ReadProof([]byte(c.as(sunyue, address)))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Check(roots[0]); err != nil || p.About != number || p.Fact == nil || !strings.Contains(p.Fact.Body, `"act":"submit"`) {
		t.Errorf("%v %+v", err, p)
	}
	if body := c.as(sunyue, address+"?seq=9"); !strings.Contains(body, "没有这条记录") {
		t.Error("a proof of what did not happen")
	}
	if w := read(c.doors, address); w.Code != http.StatusSeeOther {
		t.Errorf("a stranger gets %d", w.Code)
	}
	if _, err := witness.ReadProof([]byte(c.as(c.cookie(t, "limin"), address))); err == nil {
		t.Error("somebody else's proof")
	}
	leaves, err := c.app.Witness.Audit(t.Context(), func(say string) { t.Error(say) })
	if err != nil || leaves != roots[0].Size || leaves < 10 {
		t.Errorf("%d leaves audited, %d sealed, %v", leaves, roots[0].Size, err)
	}
}
