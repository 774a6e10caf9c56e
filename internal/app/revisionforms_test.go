package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var checkLink = regexp.MustCompile(`href="(/desk/revisions/[^"#]+/edit/[a-z]+)#(f-[^"]+)"`)

// Every finding of the check leads to a place that is there, also where nothing is in
// a list yet; each name on a page of the editor is one place's.
func TestTheCheckOfAnEmptyDraftLeadsToItsParts(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	keeper.get("/desk/items/new")
	keeper.sends("/desk/items/new", with(why, url.Values{"name": {"养老机构许可"}, "type": {"行政许可"}, "agency": {"xz-market"}, "department": {"11"}}))
	rev, _, _ := strings.Cut(keeper.at, "/edit/")
	keeper.get(rev + "/check")
	links := checkLink.FindAllStringSubmatch(keeper.raw, -1)
	if len(links) < 6 {
		t.Fatalf("%d findings lead anywhere\n%s", len(links), keeper.page)
	}
	for _, link := range links {
		keeper.get(link[1])
		if n := strings.Count(keeper.raw, ` id="`+link[2]+`"`); n != 1 {
			t.Errorf("%s has %d places named %s", link[1], n, link[2])
		}
	}
	names := regexp.MustCompile(` id="(f-[^"]+)"`)
	for _, item := range []string{rev, keeper.opened("food-permit")} {
		for _, tab := range []string{"basics", "whose", "topics", "conditions", "materials", "questions", "form", "steps", "automatic", "fees", "results", "guide"} {
			keeper.get(item + "/edit/" + tab)
			seen := map[string]bool{}
			for _, id := range names.FindAllStringSubmatch(keeper.raw, -1) {
				if seen[id[1]] {
					t.Errorf("%s has two places named %s", keeper.at, id[1])
				}
				seen[id[1]] = true
			}
		}
	}
}

// What is refused on the overview is told at the form that was sent, and links there.
func TestARefusalOfARevisionLeadsToItsForm(t *testing.T) {
	c := openCity(t)
	keeper, auditor, superior := c.signedIn("items"), c.signedIn("auditor"), c.signedIn("auditor2")
	rev := keeper.opened("food-permit")
	refused := func(who *visitor, act string, fields url.Values, says string) {
		t.Helper()
		who.moves(rev, act, fields)
		who.sees(http.StatusUnprocessableEntity, says)
		leadsSomewhere(who)
	}
	refused(keeper, "withdraw", nil, "请写明理由")
	keeper.get(rev + "/edit/materials")
	keeper.sends(rev+"/edit/materials", url.Values{"materials[2].basis": {""}})
	refused(keeper, "submit", nil, "没有依据")
	keeper.get(rev + "/edit/materials")
	keeper.sends(rev+"/edit/materials", url.Values{"materials[2].basis": {"《食品经营许可和备案管理办法》第十四条"}, "materials[4].deferrable": {"1"}})
	keeper.moves(rev, "submit", nil)
	refused(auditor, "return", nil, "请写明理由")
	auditor.moves(rev, "approve", nil)
	refused(superior, "confirm", url.Values{"confirm.say": {"同意"}}, "请填写上级同意的文号")
	if got := superior.holds(rev + "/confirm").Get("confirm.say"); got != "同意" {
		t.Errorf("what was typed beside it is lost: %q", got)
	}
	superior.moves(rev, "confirm", url.Values{"confirm.document": {"苏政务函〔2026〕12号"}})
	public := strings.Replace(rev, "/desk/revisions", "/publicity", 1)
	citizen := c.signedIn("limin")
	for _, say := range []string{"能不能给个样子", "能不能再快些"} {
		citizen.get(public)
		citizen.sends(public, url.Values{"say": {say}})
	}
	keeper.get(rev)
	keeper.post(rev+"/answer", url.Values{"request": {"r-2"}, "number": {"1"}, "answer[1].adopted": {"1"}})
	keeper.sees(http.StatusUnprocessableEntity, "请写明采纳情况和理由")
	leadsSomewhere(keeper)
	if !strings.Contains(keeper.raw, `href="#f-answer-1-say"`) || !regexp.MustCompile(`name="answer\[1\].adopted"[^>]* checked`).MatchString(keeper.raw) {
		t.Error("the answer to the second opinion is not told there, or its tick is lost")
	}
	refused(keeper, "redraft", nil, "请写明理由")
}
