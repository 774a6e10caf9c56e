package helpdesk

import (
	"net/http"
	"strconv"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/rating"
	"tongban/internal/places/frame"
)

type ratingsView struct {
	frame.View
	Bar  frame.DeskBar
	Tabs []frame.Link
	Rows []ratingRow
	Next string
}

// ratingRow is a bad rating in the list.
type ratingRow struct {
	rating.Rating
	Tone frame.Tone
	Left string
}

func (r ratingRow) href() string { return "/aid/ratings/" + string(r.Case) + "/" + strconv.Itoa(r.Seq) }

// ratings lists the bad ratings that wait for an answer, or all of them, of
// one's agency or of the division that a supervisor watches.
func (h *Helpdesk) ratings(w http.ResponseWriter, r *http.Request) error {
	q, by := page.Query(r), frame.Actor(r)
	all := q.Text("all") == "1"
	f := rating.Filter{Poor: true, Open: !all, After: q.Text("after"), Limit: perPage}
	for _, p := range by.Posts {
		if f.Agency = p.Agency; p.Role == identity.Supervisor {
			f.Agency, f.Region = "", p.Region
		}
	}
	list, err := h.Ratings.List(r.Context(), f, by)
	if err != nil {
		return err
	}
	v := ratingsView{View: frame.Of(r).Named("差评回访和整改"), Bar: bar(by), Tabs: []frame.Link{{Text: "待整改", Href: "/aid/ratings", Here: !all}, {Text: "全部差评", Href: "/aid/ratings?all=1", Here: all}}}
	for _, one := range list {
		v.Rows = append(v.Rows, rowOf(one, calendar.DayOf(h.Now())))
	}
	if len(list) == perPage {
		v.Next = "/aid/ratings?all=" + q.Text("all") + "&after=" + list[perPage-1].Cursor()
	}
	page.Show(w, r, ratingsTemplate(v))
	return nil
}

func rowOf(r rating.Rating, today calendar.Day) ratingRow {
	row := ratingRow{r, frame.Amber, ""}
	switch {
	case !r.Answered.IsZero():
		row.Tone, row.Left = frame.Green, "已答复"
	case r.Late(today):
		row.Tone, row.Left = frame.Red, "整改超期"
	case r.Disputed():
		row.Left = "待监督部门复核"
	case r.Called.IsZero() && !r.Anonymous:
		if row.Left = r.Contact.Han() + "前回访"; today > r.Contact {
			row.Tone, row.Left = frame.Red, "回访超期"
		}
	default:
		row.Left = r.Rectify.Han() + "前答复"
	}
	return row
}

type ratingView struct {
	frame.View
	Bar      frame.DeskBar
	Row      ratingRow
	Said     []string
	Rows     []frame.Row
	Reviewer bool
	Err      error
}

// rated finds the rating of the address, for who may see the case.
func (h *Helpdesk) rated(r *http.Request) (rating.Rating, error) {
	all, err := h.Ratings.Of(r.Context(), cases.ID(r.PathValue("case")), frame.Actor(r))
	if err != nil {
		return rating.Rating{}, err
	}
	for _, one := range all {
		if strconv.Itoa(one.Seq) == r.PathValue("seq") && one.Rectify != 0 {
			return one, nil
		}
	}
	return rating.Rating{}, fault.New(fault.NotFound, "helpdesk.rating.none", "没有找到这条差评")
}

func (h *Helpdesk) ratingPage(w http.ResponseWriter, r *http.Request) error {
	return h.showRating(w, r, nil)
}

func (h *Helpdesk) showRating(w http.ResponseWriter, r *http.Request, wrong error) error {
	one, err := h.rated(r)
	if err != nil {
		return err
	}
	by := frame.Actor(r)
	v := ratingView{View: frame.Of(r).Named("差评：" + one.ItemName).Faulty(wrong), Bar: bar(by), Row: rowOf(one, calendar.DayOf(h.Now())),
		Said: rating.Said(one.Version, one.Grade, one.Tags), Reviewer: by.Plays(identity.Supervisor), Err: wrong}
	v.Rows = []frame.Row{{Key: "评价", Value: one.Grade.Han()}, {Key: "时间", Value: calendar.DayOf(one.At).Han()}, {Key: "回访", Value: one.Contact.Han() + "前"}, {Key: "整改答复", Value: one.Rectify.Han() + "前"}}
	if one.Found != "" {
		v.Rows = append(v.Rows, frame.Row{Key: "核实结果", Value: one.Found.Han() + "：" + one.FoundSay})
	}
	if !one.Reviewed.IsZero() {
		v.Rows = append(v.Rows, frame.Row{Key: "复核", Value: map[bool]string{true: "不计入统计", false: "仍然计入统计"}[one.Excluded]})
	}
	if one.Answer != "" {
		v.Rows = append(v.Rows, frame.Row{Key: "答复", Value: one.Answer})
	}
	if wrong != nil {
		page.ShowFault(w, r, wrong, ratingTemplate(v))
		return nil
	}
	page.Show(w, r, ratingTemplate(v))
	return nil
}

// ratingAct does what a form of the page says about the rating.
func (h *Helpdesk) ratingAct(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	one, err := h.rated(r)
	if err != nil {
		return err
	}
	ctx, by := r.Context(), frame.Actor(r)
	switch f.OneOf("act", "find", "review", "answer") {
	case "find":
		err = h.Ratings.Find(ctx, one.Case, one.Seq, rating.Finding(f.Text("found")), f.Text("say"), by)
	case "review":
		err = h.Ratings.Review(ctx, one.Case, one.Seq, f.Text("excluded") == "yes", by)
	case "answer":
		err = h.Ratings.Answer(ctx, one.Case, one.Seq, f.Text("text"), by)
	default:
		err = f.Err()
	}
	if fault.Mendable(err) {
		return h.showRating(w, r, err)
	}
	if err != nil {
		return err
	}
	page.SeeOther(w, r, ratingRow{Rating: one}.href())
	return nil
}
