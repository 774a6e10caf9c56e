package hearingroom

import (
	"net/http"
	"strconv"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/hearings"
	"tongban/internal/places/frame"
)

// listView is the hearings to be held, or those that were.
type listView struct {
	frame.View
	Rows   []noticeRow
	Over   bool
	First  string
	Next   string
	moment time.Time
}

// noticeRow is one hearing with the name of the agency that holds it.
type noticeRow struct {
	*hearings.Notice
	AgencyName string
}

func (p *Hearingroom) list(w http.ResponseWriter, r *http.Request) error {
	f := page.Query(r)
	v := listView{View: public(r, "听证公告"), Over: f.Has("over"), moment: p.Now()}
	all, next, err := p.Hearings.List(r.Context(), v.Over, f.Text("after"))
	if err != nil {
		return err
	}
	bodies, err := p.Agencies.Directory(r.Context())
	if err != nil {
		return err
	}
	for _, n := range all {
		v.Rows = append(v.Rows, noticeRow{n, bodies.Name(n.Agency)})
	}
	here := "/hearings?"
	if v.Over {
		here = "/hearings?over=1&"
	}
	if f.Has("after") {
		v.First = here
	}
	if next != "" {
		v.Next = here + "after=" + next
	}
	page.Show(w, r, listTemplate(v))
	return nil
}

// noticeView is one hearing as everybody reads it, with one's own sign-up.
type noticeView struct {
	frame.View
	*hearings.Notice
	AgencyName string
	Speakers   []string // as the public reads them
	Own        *hearings.Signup
	Applies    bool // it is the reader's own application
	moment     time.Time
}

func (p *Hearingroom) notice(w http.ResponseWriter, r *http.Request) error {
	v, err := p.of(r, frame.Actor(r))
	if err == nil {
		v.View = public(r, v.ItemName+"听证公告", frame.Link{Text: "听证公告", Href: "/hearings"})
		page.Show(w, r, noticeTemplate(v))
	}
	return err
}

// of is the notice of the address.
func (p *Hearingroom) of(r *http.Request, by identity.Actor) (v noticeView, err error) {
	ctx := r.Context()
	if v.Notice, err = p.Hearings.Notice(ctx, hearings.ID(r.PathValue("hearing"))); err != nil {
		return v, err
	}
	bodies, err := p.Agencies.Directory(ctx)
	if err != nil {
		return v, err
	}
	v.AgencyName, v.moment, v.Applies = bodies.Name(v.Agency), p.Now(), by.Party != "" && by.Party == v.Party
	if v.Speakers, err = p.Hearings.Shown(ctx, v.Notice); err != nil {
		return v, err
	}
	v.Own, err = p.Hearings.Own(ctx, v.ID, by)
	return v, err
}

// may reports whether the reader can sign up now.
func (v noticeView) may() bool {
	return v.Open(v.moment) && !v.Applies && (v.Own == nil || v.Own.Seat == hearings.Gone)
}

// rows are what the notice says.
func (v noticeView) rows() []frame.Row {
	rows := []frame.Row{
		{Key: "听证事由", Value: v.About}, {Key: "涉及的利益", Value: v.Reason}, {Key: "许可事项", Value: v.ItemName}, {Key: "申请人", Value: v.Applicant},
		{Key: "组织机关", Value: v.AgencyName}, {Key: "为什么公告", Value: v.Ground}, {Key: "时间", Value: calendar.Moment(v.At)}, {Key: "地点", Value: v.Place},
		{Key: "主持人", Value: v.Host}, {Key: "报名截止", Value: v.SignBy.Han() + "（含当日）"}, {Key: "社会代表名额", Value: strconv.Itoa(v.Seats) + "人，利害关系人不占名额"}, {Key: "咨询", Value: v.Contact},
	}
	if !v.Moved.IsZero() {
		rows = append(rows, frame.Row{Key: "改期", Value: calendar.Moment(v.Moved) + "公告改了时间或者地点，以本页为准"})
	}
	return rows
}

// tone colours where a hearing is.
func tone(n *hearings.Notice, at time.Time) frame.Tone {
	switch {
	case !n.Ended.IsZero():
		return frame.Plain
	case n.Open(at):
		return frame.Green
	}
	return frame.Amber
}

func seatTone(s hearings.Seat) frame.Tone {
	switch s {
	case hearings.Speaker, hearings.Listener:
		return frame.Green
	case hearings.Waiting:
		return frame.Blue
	}
	return frame.Plain
}

// public is the view of a page for everybody.
func public(r *http.Request, title string, more ...frame.Link) frame.View {
	return frame.Of(r).Named(title).Under(append([]frame.Link{{Text: "首页", Href: "/"}}, more...)...)
}
