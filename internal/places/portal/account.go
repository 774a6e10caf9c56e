package portal

import (
	"net/http"
	"net/url"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

type accountView struct {
	frame.View
	Account    identity.Account
	Mobile     string // masked
	Real       string
	Actings    []actingView
	Sessions   []sessionView
	History    []frame.Moment
	Unmaskings []frame.Moment // by whom one was seen whole
	Earlier    string         // where those before them are
}

type actingView struct {
	identity.Acting
	Firm  bool
	Heads bool // legal representative: may grant mandates
}

type sessionView struct {
	ID, What, When string
	Current        bool
}

var realNames = map[identity.Real]string{identity.Claimed: "自己填写，尚未核验", identity.Compared: "已与人口信息比对", identity.Shown: "已在窗口核验证件"}

func (p *Portal) accountPage(w http.ResponseWriter, r *http.Request) error {
	ctx, by := r.Context(), frame.Actor(r)
	account, err := p.Identity.Mine(ctx, by)
	if err != nil {
		return err
	}
	actings, err := p.Identity.Actings(ctx, by)
	if err != nil {
		return err
	}
	sessions, err := p.Identity.Sessions(ctx, by)
	if err != nil {
		return err
	}
	history, err := p.Identity.History(ctx, "", 12, by)
	if err != nil {
		return err
	}
	v := accountView{View: under(r, "账号与安全"), Account: account, Real: realNames[account.Real], Mobile: hideMobile(account.Mobile)}
	for i, a := range actings {
		v.Actings = append(v.Actings, actingView{a, i > 0, i > 0 && a.Mandate == ""})
	}
	for _, s := range sessions {
		v.Sessions = append(v.Sessions, sessionView{s.ID, device(s.Client), "最近使用 " + clockTime(s.Seen), s.Current})
	}
	for _, e := range history {
		v.History = append(v.History, frame.Moment{When: clockTime(e.At), What: e.What()})
	}
	v.Unmaskings, v.Earlier, err = p.unmaskings(r)
	return showOr(w, r, err, accountTemplate(v))
}

const onUnmaskings = 10

// unmaskings are who of the staff saw one's numbers whole, and why (查看完整信息), the
// latest first, and where the earlier ones are.
func (p *Portal) unmaskings(r *http.Request) (seen []frame.Moment, next string, err error) {
	by := frame.Actor(r)
	if by.Party == "" {
		return nil, "", nil
	}
	all, err := p.Parties.Unmaskings(r.Context(), by.Party, "", page.Query(r).Text("seen"), onUnmaskings+1, by)
	if len(all) > onUnmaskings {
		all = all[:onUnmaskings]
		next = "/my/account?" + url.Values{"seen": {all[onUnmaskings-1].ID}}.Encode() + "#seen"
	}
	for _, u := range all {
		seen = append(seen, frame.Moment{When: clockTime(u.At), What: u.Name, Note: u.Reason})
	}
	return seen, next, err
}

// device says where a session is.
func device(c identity.Client) string {
	name := orElse(identity.Channels[c.Channel], "其他设备")
	if c.Label != "" {
		name += "（" + c.Label + "）"
	}
	if c.IP != "" {
		name += "，地址 " + c.IP
	}
	return name
}

// clockTime is an instant as people read it: 2026年11月20日 10:42.
func clockTime(t time.Time) string { return t.In(calendar.Zone).Format("2006年1月2日 15:04") }

func hideMobile(mobile string) string {
	if len(mobile) < 8 {
		return mobile
	}
	return mobile[:3] + "****" + mobile[len(mobile)-4:]
}

// actFor goes on in one's own name or in that of a firm.
func (p *Portal) actFor(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	session, err := p.Identity.Switch(r.Context(), frame.Token(r), f.Text("party"))
	if err != nil {
		return err
	}
	p.Sessions.Remember(w, session.Token)
	page.SeeOther(w, r, page.Local(f.Text("back"), "/my"))
	return nil
}

// endSession ends one session of one's own, or all others.
func (p *Portal) endSession(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by := frame.Actor(r)
	if f.Has("others") {
		err = p.Identity.EndOthers(r.Context(), by)
	} else {
		err = p.Identity.End(r.Context(), f.Text("session"), by)
	}
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/my/account#sessions")
	return nil
}

type passwordView struct {
	frame.View
	Must bool
	Err  error
}

func (p *Portal) passwordPage(w http.ResponseWriter, r *http.Request) error {
	page.Show(w, r, passwordTemplate(passwordView{under(r, "修改密码", accountCrumb), frame.Seat(r).MustChange, nil}))
	return nil
}

var accountCrumb = frame.Link{Text: "账号与安全", Href: "/my/account"}

func (p *Portal) changePassword(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	password := f.Values().Get("password")
	if password != f.Values().Get("again") {
		f.Refuse("again", "different", "两次输入的新密码不一样，请重新输入")
	}
	if err = f.Err(); err == nil {
		err = p.Identity.ChangePassword(r.Context(), f.Values().Get("old"), password, frame.Actor(r))
	}
	if err != nil {
		v := under(r, "修改密码", accountCrumb).Faulty(err)
		page.ShowFault(w, r, err, passwordTemplate(passwordView{v, frame.Seat(r).MustChange, err}))
		return nil
	}
	page.SeeOther(w, r, "/my/account")
	return nil
}
