package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/experts"
)

// Experts find on their own page what waits for them; who organises the review
// answers for those without an account, one form at a time, and a form that was
// refused stands open with what was written.
func TestExpertsReviewOnTheirPages(t *testing.T) {
	c := openCity(t)
	ctx, host := t.Context(), c.official("urban-r")
	e, err := c.Items.Open(ctx, "ancient-tree", calendar.DayOf(c.now))
	if err != nil {
		t.Fatal(err)
	}
	filed, err := c.Cases.Submit(ctx, app.Example(e, cases.Applicant{Party: limin.Party, Name: limin.Name}, nil, nil, calendar.DayOf(c.now)), limin)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.Cases.Accept(ctx, filed.ID, nil, nil, window1); err != nil {
		t.Fatal(err)
	}
	r, err := c.Experts.Announce(ctx, filed.ID, "土球直径够不够", []string{"古树名木", "园林绿化"}, 5, host)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.Experts.Waive(ctx, r.ID, limin); err != nil {
		t.Fatal(err)
	}
	if r, err = c.Experts.Draw(ctx, r.ID, host); err != nil {
		t.Fatal(err)
	}
	if i := r.Now().Invited[0]; i.Expert != "ex-01" { // the place goes to the sixth, or to nobody who matters here
		c.answers(r, i.Expert, false)
	}
	own, desk := "/my/reviews/"+string(r.ID), "/reviews/"+string(r.ID)
	expert := c.signedIn("ouyangxue")
	expert.get("/my")
	expert.sees(http.StatusOK, "专家评审：迁移古树名木审批", "请在", "去评审")
	organiser := c.signedIn("urban-r")
	organiser.get(desk)
	if n := strings.Count(organiser.raw, `name="comes"`); n != 0 {
		t.Errorf("%d answers to choose on one page, where forms stand for one another", n)
	}
	r, _ = c.Experts.Store.Review(ctx, r.ID)
	for _, i := range r.Now().Invited {
		if i.Reply == "" {
			c.answers(r, i.Expert, true)
		}
	}
	expert.get("/my")
	expert.misses("去评审")
	if _, err = c.Experts.Call(ctx, r.ID, calendar.DayOf(c.now)+1, "线上", host); err != nil {
		t.Fatal(err)
	}
	c.now = c.now.AddDate(0, 0, 1)
	expert = c.signedIn("ouyangxue")
	expert.get("/my")
	expert.sees(http.StatusOK, "专家评审：迁移古树名木审批", "当天起请签署意见")
	answer := url.Values{"act": {"opine"}, "expert": {"ex-01"}, "verdict": {"不同意"}, "text": {""}, "sign.typed": {"欧阳雪"}}
	expert.post(own, answer)
	expert.sees(http.StatusUnprocessableEntity, "请写明理由")
	if strings.Contains(expert.raw, `<details class="more"`) || !strings.Contains(expert.raw, `name="verdict"`) {
		t.Error("the form that was refused is folded away")
	}
	answer.Set("text", "土球只有胸径的6倍")
	expert.post(own, answer)
	expert.sees(http.StatusOK, "欧阳雪：不同意", "土球只有胸径的6倍")
	organiser = c.signedIn("urban-r")
	organiser.get("/bureau/cases/" + string(filed.ID))
	organiser.sees(http.StatusOK, "出具专家意见 欧阳雪")
}

// answers says whether an expert comes, by themselves or by who organises it.
func (c *city) answers(r *experts.Review, id experts.ExpertID, comes bool) {
	c.t.Helper()
	by := c.official("urban-r")
	if id == "ex-01" {
		by = c.official("ouyangxue")
	}
	if _, err := c.Experts.Answer(c.t.Context(), r.ID, id, comes, "有事", by); err != nil {
		c.t.Fatal(err)
	}
}

// Who declines is led to their list, where the review does not stand any more, and
// is told so if they open it by its address.
func TestAnExpertWhoDeclinedSeesNoMoreOfTheReview(t *testing.T) {
	c := openCity(t)
	ctx, host := t.Context(), c.official("urban-r")
	e, err := c.Items.Open(ctx, "ancient-tree", calendar.DayOf(c.now))
	if err != nil {
		t.Fatal(err)
	}
	filed, err := c.Cases.Submit(ctx, app.Example(e, cases.Applicant{Party: limin.Party, Name: limin.Name}, nil, nil, calendar.DayOf(c.now)), limin)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.Cases.Accept(ctx, filed.ID, nil, nil, window1); err != nil {
		t.Fatal(err)
	}
	r, err := c.Experts.Announce(ctx, filed.ID, "土球直径够不够", []string{"古树名木", "园林绿化"}, 5, host)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.Experts.Waive(ctx, r.ID, limin); err != nil {
		t.Fatal(err)
	}
	if r, err = c.Experts.Draw(ctx, r.ID, host); err != nil {
		t.Fatal(err)
	}
	if i := r.Now().Invited[0]; i.Expert != "ex-01" {
		c.answers(r, i.Expert, false)
	}
	expert := c.signedIn("ouyangxue")
	expert.get("/my/reviews")
	expert.sees(http.StatusOK, "土球直径够不够")
	expert.post("/my/reviews/"+string(r.ID), url.Values{"act": {"answer"}, "expert": {"ex-01"}, "comes": {"no"}, "why": {"有事"}})
	expert.sees(http.StatusOK, "没有专家评审")
	expert.get("/my/reviews/" + string(r.ID))
	expert.sees(http.StatusForbidden, "您不参加这次评审")
	expert.misses("土球直径够不够")
}
