package desk

import (
	"net/http"
	"strconv"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/places/frame"
)

// partnersPage is 协作平台: the installations with which matters are exchanged.
type partnersPage struct {
	frame.View
	Bar  frame.DeskBar
	Rows []partnerRow
	Own  elsewhere.Card

	Request string // for a certificate of ours; "" where nobody vouches for partners
	Fields  []frame.Field
	Long    []frame.Field
	Above   frame.Field // whether the one entered is our superior
	Checked bool
	Term    frame.Field
	Late    int
	Fault   error
	Done    bool
}

// partnerRow is one partner with its line.
type partnerRow struct {
	elsewhere.Partner
	Line    elsewhere.Line
	Balance elsewhere.Balance // the latest, none: no Day
}

func (r partnerRow) regions() string {
	var names []string
	for _, region := range r.Regions {
		names = append(names, region.Name)
	}
	return strings.Join(names, "、")
}

// state is how the line stands, in a word, and why.
func (r partnerRow) state() (frame.Tone, string, string) {
	switch {
	case r.Resting:
		return frame.Plain, "已停用", ""
	case r.Line.Outrun():
		return frame.Red, "发不出去", "对方收到的比本平台写过的多，请到“看对账”里接续"
	case r.Line.Tries > 0:
		return frame.Red, "发不出去", r.Line.Say
	case r.Line.Waiting() > 0:
		return frame.Amber, "待发送", ""
	}
	return frame.Green, "正常", ""
}

func (d *Desk) partnersPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	return d.showPartners(w, r, by, elsewhere.Partner{}, "", nil)
}

func (d *Desk) showPartners(w http.ResponseWriter, r *http.Request, by identity.Actor, entered elsewhere.Partner, days string, wrong error) error {
	ctx := r.Context()
	v := partnersPage{View: frame.Of(r).Named("协作平台"), Bar: adminBar(by), Fault: wrong, Done: page.Query(r).Has("done")}
	all, err := d.Elsewhere.Store.Partners(ctx)
	if err != nil {
		return err
	}
	lines, err := d.Elsewhere.Store.Lines(ctx)
	if err != nil {
		return err
	}
	for _, p := range all {
		row := partnerRow{Partner: p, Line: lines[p.ID]}
		last, err := d.Elsewhere.Balances(ctx, p.ID, 1)
		if err != nil {
			return err
		}
		if len(last) > 0 {
			row.Balance = last[0]
		}
		v.Rows = append(v.Rows, row)
	}
	if v.Own, err = d.Elsewhere.Own(); err != nil {
		return err
	}
	if v.Request, err = d.certificateRequest(); err != nil {
		return err
	}
	if v.Late, err = d.Elsewhere.Late(ctx); err != nil {
		return err
	}
	term, err := d.Elsewhere.Term(ctx)
	if err != nil {
		return err
	}
	if days == "" {
		days = strconv.Itoa(term.N)
	}
	v.Term = frame.Field{Name: "days", Label: "转送期限（工作日）", Hint: "收件地代收后几个工作日内转送，1 至 5", Value: days, Kind: "number", Width: "s", Max: 1}.Faulty(wrong)
	v.Fields = []frame.Field{
		frame.Field{Name: "name", Label: "平台名称", Value: entered.Name, Max: 60}.Faulty(wrong),
		frame.Field{Name: "address", Label: "网址", Hint: "须是启动参数 --partners 允许的网址，例如 https://zwfw.example.gov.cn", Value: entered.Address, Max: 200}.Faulty(wrong),
	}
	v.Long = []frame.Field{
		d.trustField(entered).Faulty(wrong),
		frame.Field{Name: "regions", Label: "对方办理的区划", Hint: "每行一个：12 位代码、空格、名称", Value: regionLines(entered.Regions), Rows: 3, Max: 2000}.Faulty(wrong),
	}
	v.Above, v.Checked = frame.Field{Name: "superior", Label: "对方是本级的上级平台：它发到主题库的方案，本级认领后只能更好，不能加码"}, entered.Superior
	if wrong != nil {
		v.View = v.View.Faulty(wrong)
		page.ShowFault(w, r, wrong, partnersView(v))
		return nil
	}
	page.Show(w, r, partnersView(v))
	return nil
}

// trustField is what makes us believe a partner: a certificate where roots vouch
// for them, else a key that was compared by telephone.
func (d *Desk) trustField(p elsewhere.Partner) frame.Field {
	if d.Elsewhere.Roots != nil {
		return frame.Field{Name: "certificate", Label: "对方的证书", Hint: "PEM 格式，须由约定的根证书签发；过期以后自动停止交换。对方换过密钥的，在证书后面另起一行，贴上对方“协作平台”页面上的整段公钥", Value: p.Certificate, Rows: 6, Max: 8000}
	}
	return frame.Field{Name: "key", Label: "对方的公钥", Hint: "从对方的“协作平台”页面复制；请用电话核对平台代码", Value: p.Key, Rows: 4, Max: 4000}
}

func (d *Desk) certificateRequest() (string, error) {
	if d.Elsewhere.Roots == nil {
		return "", nil
	}
	return d.Elsewhere.Request()
}

func regionLines(all []elsewhere.Region) string {
	var lines []string
	for _, r := range all {
		lines = append(lines, r.Code+" "+r.Name)
	}
	return strings.Join(lines, "\n")
}

// partnerRegions reads what regionLines writes; the room judges it.
func partnerRegions(text string) (all []elsewhere.Region) {
	for line := range strings.Lines(text) {
		if code, name, _ := strings.Cut(strings.TrimSpace(line), " "); code != "" {
			all = append(all, elsewhere.Region{Code: code, Name: strings.TrimSpace(name)})
		}
	}
	return all
}

func (d *Desk) putPartner(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	entered := elsewhere.Partner{Name: f.Text("name"), Address: f.Text("address"), Key: f.Text("key"), Certificate: f.Text("certificate"), Regions: partnerRegions(f.Text("regions")), Superior: f.Has("superior")}
	if _, err := d.Elsewhere.PutPartner(r.Context(), entered, by); err != nil {
		return d.showPartners(w, r, by, entered, "", err)
	}
	page.SeeOther(w, r, "/desk/admin/partners?done=1")
	return nil
}

func (d *Desk) setTerm(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	days, _ := strconv.Atoi(f.Text("days")) // what is no number is out of range
	if err := d.Elsewhere.SetTerm(r.Context(), days, by); err != nil {
		return d.showPartners(w, r, by, elsewhere.Partner{}, f.Text("days"), err)
	}
	page.SeeOther(w, r, "/desk/admin/partners?done=1")
	return nil
}

func (d *Desk) movePartner(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	ctx, id := r.Context(), r.PathValue("partner")
	var err error
	switch move := r.PathValue("move"); move {
	case "rest", "resume":
		err = d.Elsewhere.Rest(ctx, id, move == "rest", by)
	case "above", "beside":
		err = d.Elsewhere.Rank(ctx, id, move == "above", by)
	default:
		err = fault.New(fault.NotFound, "desk.partners.move", "没有这个操作，请回到“协作平台”重新选择")
	}
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/desk/admin/partners?done=1")
	return nil
}

// moves are the acts offered for the partner.
func (r partnerRow) moves() []frame.Link {
	rest, rank := frame.Link{Text: "停用", Href: "rest"}, frame.Link{Text: "设为上级", Href: "above"}
	if r.Resting {
		rest = frame.Link{Text: "恢复", Href: "resume"}
	}
	if r.Superior {
		rank = frame.Link{Text: "取消上级", Href: "beside"}
	}
	return []frame.Link{rest, rank}
}

func (r partnerRow) moveHref(move string) string { return "/desk/admin/partners/" + r.ID + "/" + move }
