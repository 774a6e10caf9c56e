package openapi

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/register/certificates"
	"tongban/internal/register/licences"
)

// routeLicences names the operations of composite licences.
func (a *API) routeLicences(b *book) {
	signed(b, "GET /licences", "listLicences", "证照", "我的行业综合许可证（一业一证）", a.listLicences)
	signed(b, "GET /licences/{sheet}", "getLicence", "证照", "一份综合许可证和证上的各项许可（持证人和工作人员）", a.licence)
	signed(b, "GET /licences/{sheet}/editions", "listLicenceEditions", "证照", "综合许可证的历次版本：哪一项许可怎样变化", a.licenceEditions)
	public(b, "GET /licences/{sheet}/verification", "verifyLicence", "证照", "按证上的编码核验综合许可证和每一项许可", a.verifyLicence)
}

// licenceView is a composite licence as it stands today (行业综合许可证).
type licenceView struct {
	Number   string            `json:"number" doc:"综合许可证编号"`
	Sheet    string            `json:"sheet" doc:"现行一版的电子证照标识，即二维码里的编码"`
	Industry string            `json:"industry" doc:"行业模板编码"`
	Name     string            `json:"name" doc:"行业"`
	Lead     string            `json:"lead" doc:"牵头部门"`
	Edition  int               `json:"edition" doc:"第几版；任何一项许可变化就换发一版"`
	Standing licences.Standing `json:"standing" doc:"有效、部分有效、暂停、失效：由各项许可得出"`
	Validity string            `json:"validity" doc:"有效期"`
	Changed  time.Time         `json:"changed" doc:"这一版换发的时间"`
	Parts    []permitView      `json:"parts" doc:"证上的许可，各有各的有效期和状态"`
}

// permitView is one permit on a composite licence.
type permitView struct {
	Certificate string             `json:"certificate" doc:"这项许可的电子证照标识"`
	Item        string             `json:"item" doc:"事项"`
	Permit      string             `json:"permit" doc:"许可证名称"`
	Number      string             `json:"number" doc:"许可证编号"`
	Agency      string             `json:"agency" doc:"发证部门"`
	Scope       string             `json:"scope,omitempty" doc:"许可范围"`
	From        calendar.Day       `json:"from" doc:"有效期起"`
	Till        calendar.Day       `json:"till,omitzero" doc:"有效期止；没有则为长期"`
	State       certificates.State `json:"state" doc:"现在的状态"`
	StateName   string             `json:"stateName" doc:"状态的名称"`
	Since       int                `json:"since" doc:"从第几版起是这样"`
}

func permitOf(p licences.Part, today calendar.Day) permitView {
	state := p.Standing(today)
	return permitView{p.Certificate, p.Item, p.Permit, p.Number, p.Agency.Name, p.Scope, p.From, p.Till, state, state.String(), p.Since}
}

func (a *API) licenceOf(l *licences.Licence) licenceView {
	today := calendar.DayOf(a.Now())
	v := licenceView{l.Number, l.Sheet, l.Industry, l.Name, l.Lead.Name, l.Edition, l.Standing(today), l.Validity(today), l.Changed, []permitView{}}
	for _, p := range l.Parts {
		v.Parts = append(v.Parts, permitOf(p, today))
	}
	return v
}

// listLicences are the caller's own licences, the newest first.
func (a *API) listLicences(ctx context.Context, by identity.Actor, _ *nothing) (list[licenceView], error) {
	all, err := a.Licences.Mine(ctx, by)
	return listed(all, a.licenceOf), err
}

// OfLicence names a licence by the code on its paper, of whichever edition.
type OfLicence struct {
	Sheet string `path:"sheet" maxLength:"100" doc:"证上二维码里的编码（电子证照标识），哪一版的都可以"`
}

func (a *API) licence(ctx context.Context, by identity.Actor, in *OfLicence) (licenceView, error) {
	l, err := a.Licences.OwnOn(ctx, in.Sheet, by)
	if err != nil {
		return licenceView{}, err
	}
	return a.licenceOf(l), nil
}

// editionView is what made an edition: one act upon one permit.
type editionView struct {
	Edition int          `json:"edition" doc:"第几版"`
	Act     licences.Act `json:"act" doc:"grant、renew、suspend、restore、cancel、withdraw、revoke、recall"`
	ActName string       `json:"actName" doc:"准予、变更、暂扣等"`
	Reason  string       `json:"reason,omitempty" doc:"暂扣、发还、注销、撤销、撤回、吊销的原因"`
	Part    permitView   `json:"part" doc:"变化的那项许可在这一版里的样子"`
	Sheet   string       `json:"sheet" doc:"这一版的电子证照标识"`
	At      time.Time    `json:"at" doc:"什么时候"`
}

// licenceEditions are all editions of a licence, the first one first.
func (a *API) licenceEditions(ctx context.Context, by identity.Actor, in *OfLicence) (list[editionView], error) {
	out := list[editionView]{Items: []editionView{}}
	l, err := a.Licences.OwnOn(ctx, in.Sheet, by)
	if err != nil {
		return out, err
	}
	all, err := a.Licences.Editions(ctx, l.ID)
	for _, c := range all {
		p := permitOf(c.Part, calendar.DayOf(c.At))
		p.Since = c.Edition
		out.Items = append(out.Items, editionView{c.Edition, c.Act, c.Act.Han(), c.Reason, p, c.Sheet, c.At})
	}
	return out, err
}

// scanned is what a stranger is told of a licence: nothing of the holder but
// the masked name.
type scanned struct {
	licenceView
	Holder string `json:"holder" doc:"持证主体（个人已遮盖）"`
	Older  bool   `json:"older" doc:"手里的是以前的版本，现行的见 sheet"`
	Report report `json:"report" doc:"手里这一版的印章和登记状态"`
}

// verifyLicence answers whoever scans the code: is the paper real, and how does
// each permit stand today (扫码亮证、一证准营).
func (a *API) verifyLicence(ctx context.Context, _ identity.Actor, in *OfLicence) (scanned, error) {
	public, err := a.Certificates.Look(ctx, in.Sheet)
	if err != nil {
		return scanned{}, err
	}
	l, err := a.Licences.Scanned(ctx, public.Identifier)
	if err != nil {
		return scanned{}, err
	}
	found, err := a.Certificates.Verify(ctx, public.Identifier)
	if err != nil {
		return scanned{}, err
	}
	return scanned{a.licenceOf(l), public.Holder, public.Identifier != l.Sheet, a.reported(found)}, nil
}
