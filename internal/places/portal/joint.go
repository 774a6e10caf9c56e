package portal

import (
	"context"
	"net/http"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/handling/visits"
	"tongban/internal/oversight/rating"
	"tongban/internal/places/frame"
	"tongban/internal/register/licences"
)

// offered is what may be applied for under a name today: an item, or a theme as
// one, for someone who has given these answers so far.
func (p *Portal) offered(ctx context.Context, item items.ID, answers forms.Answers) (*items.Edition, error) {
	if joint.Is(item) {
		return p.Joint.Offer(ctx, item, answers)
	}
	return p.Items.Open(ctx, item, calendar.DayOf(p.Now()))
}

// jointView is one matter: one bar of all its parts, and what each waits for.
type jointView struct {
	frame.View
	Joint    *joint.Joint
	Say      string
	Parts    []frame.Part
	Rows     []jointRow
	Due      []todo
	Notice   *joint.Notice
	Withdraw bool
	Rate     string
	Visits   []*visits.Visit   // joint visits to the place, the latest first
	Licence  *licences.Licence // of an industry: what has been granted, on one paper
	History  []frame.Moment
	Request  string
	Err      error
}

type jointRow struct {
	joint.Part
	Tone      frame.Tone
	Now       string
	Foreseen  string // by when, as it follows the agency: "，预计2026年9月24日前"
	MayCancel bool
}

// matter is the joint case of the address, for its applicant.
func (p *Portal) matter(r *http.Request) (*joint.Joint, map[items.ID]*cases.Case, error) {
	by := frame.Actor(r)
	j, err := p.Joint.Find(r.Context(), r.PathValue("number"), by)
	if err != nil {
		return nil, nil, err
	}
	if !j.Own(by) {
		return nil, nil, joint.None()
	}
	all, err := p.Joint.CasesOf(r.Context(), j)
	return j, all, err
}

// jointPage shows where every part stands.
func (p *Portal) jointPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.jointView(r)
	return showOr(w, r, err, jointTemplate(v))
}

func (p *Portal) jointView(r *http.Request) (jointView, error) {
	j, all, err := p.matter(r)
	if err != nil {
		return jointView{}, err
	}
	v := jointView{View: under(r, j.Name+"一件事"), Joint: j, Withdraw: j.Open(), Request: sqldb.NewID()}
	for _, part := range j.Parts {
		row := jointRow{Part: part, MayCancel: part.State.Open()}
		row.Tone, row.Now = partStanding(part, all[part.Item])
		if c := all[part.Item]; c != nil && c.Clock().Started != 0 && c.State.Open() {
			row.Foreseen = "，" + c.DueDay(p.Days).Han() + "前"
		} else if part.State == joint.Waiting || part.State == joint.Filed {
			row.Foreseen = "，预计" + part.Due.Han() + "前"
		}
		href := ""
		if part.Number != "" {
			href = "/my/cases/" + part.Number
		}
		v.Parts = append(v.Parts, frame.Part{Name: part.Title, Tone: row.Tone, State: row.Now, Href: href})
		v.Rows = append(v.Rows, row)
		if part.State == joint.Lacking {
			v.Due = append(v.Due, todo{part.Title + "：请补充 " + itoa(len(part.Lacks)) + " 项", "前一项已经办好，补上这几项就接着办", "去补充", "/my/joint/" + j.Number + "/supply/" + string(part.Item)})
		}
	}
	if n := correcting(all); n > 0 {
		v.Due = append(v.Due, todo{"请补 " + itoa(n) + " 项的材料", "各部门要补的都在一页上，一次补齐", "去补正", "/my/joint/" + j.Number + "/correct"})
	}
	if n := len(j.Notices); n > 0 {
		v.Notice = &j.Notices[n-1]
	}
	v.Say = jointSay(j)
	if v.Visits, err = p.Visits.OfJoint(r.Context(), j.ID, frame.Actor(r)); err != nil {
		return v, err
	}
	if v.Licence, err = p.Licences.Begun(r.Context(), string(j.ID)); err != nil {
		return v, err
	}
	if _, ok := j.Rated(); ok && !j.Open() {
		v.Rate = "/my/joint/" + j.Number + "/rate"
	}
	return v, nil
}

func correcting(all map[items.ID]*cases.Case) int {
	n := 0
	for _, c := range all {
		if c.State == cases.Correcting {
			n++
		}
	}
	return n
}

func jointSay(j *joint.Joint) string {
	if !j.Open() {
		return "全部办结：办好 " + itoa(j.Count(joint.Done)) + " 项，共 " + itoa(len(j.Parts)) + " 项。"
	}
	say := "共 " + itoa(len(j.Parts)) + " 项，办好 " + itoa(j.Count(joint.Done)) + " 项"
	if j.Until != 0 {
		say += "；承诺" + j.Promised.String() + "，" + j.Until.Han() + "前全部办好"
	}
	return say + "。"
}

// partStanding is where a part stands, as its applicant reads it.
func partStanding(p joint.Part, c *cases.Case) (frame.Tone, string) {
	switch p.State {
	case joint.Waiting:
		return frame.Plain, "等前一项办好"
	case joint.Lacking:
		return frame.Amber, "等您补充"
	case joint.Stopped:
		return frame.Red, "没有开始"
	case joint.Withdrawn:
		return frame.Plain, "已撤回"
	case joint.Failed:
		return frame.Red, "没有办成"
	}
	if c == nil {
		return frame.Blue, p.State.Han()
	}
	return standingOf(c)
}

// jointWithdraw takes back one part, or all of it.
func (p *Portal) jointWithdraw(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, err := p.jointView(r)
	if err != nil {
		return err
	}
	if _, err = p.Joint.Withdraw(r.Context(), v.Joint.ID, items.ID(f.Text("item")), f.Text("reason"), frame.Asking(r, f.Text("request"))); err == nil {
		page.SeeOther(w, r, "/my/joint/"+v.Joint.Number)
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v.Err, v.View = err, v.Faulty(err)
	page.ShowFault(w, r, err, jointTemplate(v))
	return nil
}

// matters are one's own joint cases as lists show them, and what they wait for.
func (p *Portal) matters(r *http.Request) (rows []caseRow, due []todo, err error) {
	all, err := p.Joint.Mine(r.Context(), frame.Actor(r))
	for _, j := range all {
		row := caseRow{Number: j.Number, Name: j.Name + "一件事", Say: clockTime(j.Opened) + " 提交，" + jointSay(j), Tone: frame.Blue, State: "办理中"}
		if !j.Open() {
			row.Tone, row.State = frame.Green, "办结"
		}
		rows = append(rows, row)
		for _, part := range j.Parts {
			if part.State == joint.Lacking {
				due = append(due, todo{j.Name + "：" + part.Title + "要补充 " + itoa(len(part.Lacks)) + " 项", "补上就接着办", "去补充", "/my/joint/" + j.Number + "/supply/" + string(part.Item)})
			}
		}
	}
	return rows, due, err
}

// ownInvites leaves out invites of parts that the whole's one rating speaks for.
func (p *Portal) ownInvites(ctx context.Context, all []rating.Invite) ([]rating.Invite, error) {
	var kept []rating.Invite
	for _, i := range all[:min(len(all), mostDue)] {
		j, err := p.Joint.OfCase(ctx, i.Case)
		if err != nil {
			return nil, err
		}
		if j == nil {
			kept = append(kept, i)
			continue
		}
		if part, ok := j.Rated(); ok && part.Case == i.Case && !j.Open() {
			i.ItemName = j.Name + "一件事"
			i.Number = j.Number
			kept = append(kept, i)
		}
	}
	return slices.Clip(kept), nil
}
