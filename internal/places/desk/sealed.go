package desk

import (
	"net/http"
	"slices"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
	"tongban/internal/register/seals"
)

// sealsPage lists the seals of one agency.
type sealsPage struct {
	frame.View
	Bar      frame.DeskBar
	Agency   string
	Name     string
	Agencies []frame.Choice
	Kinds    []frame.Choice
	Rows     []sealRow
	Fault    error
}

// sealRow is one seal.
type sealRow struct {
	ID, Name, State, Span string
	Tone                  frame.Tone
}

func (d *Desk) sealsPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := d.seals(r, page.Query(r).Text("agency"), by)
	if err != nil {
		return err
	}
	page.Show(w, r, sealsView(v))
	return nil
}

func (d *Desk) seals(r *http.Request, agency string, by identity.Actor) (sealsPage, error) {
	v := sealsPage{View: frame.Of(r).Named("电子印章"), Bar: adminBar(by), Agency: agency}
	dir, err := d.Agencies.Directory(r.Context())
	if err != nil {
		return v, err
	}
	for _, a := range dir.List(agencies.Filter{Within: regionOf(by, identity.Admin)}) {
		v.Agencies = append(v.Agencies, frame.Choice{Value: a.ID, Label: a.Short})
	}
	if agency == "" && len(v.Agencies) > 0 {
		v.Agency = v.Agencies[0].Value
	}
	v.Name = dir.Name(v.Agency)
	for _, k := range []seals.Kind{seals.Approval, seals.Intake, seals.Certificate} {
		v.Kinds = append(v.Kinds, frame.Choice{Value: string(k), Label: k.Purpose()})
	}
	all, err := d.Seals.Of(r.Context(), v.Agency)
	for _, s := range all {
		v.Rows = append(v.Rows, sealOf(s))
	}
	return v, err
}

func sealOf(s seals.Seal) sealRow {
	row := sealRow{ID: s.ID, Name: s.Name, State: s.State.String(), Span: s.From.Han() + "至" + s.Till.Han(), Tone: frame.Green}
	if s.State != seals.Enabled {
		row.Tone = frame.Amber
	}
	return row
}

// makeSeal has a seal made for ten years, disabled until it is enabled.
func (d *Desk) makeSeal(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	a, err := d.Agencies.Find(r.Context(), f.Text("agency"))
	if err != nil {
		return err
	}
	if !by.Administers(a.Region) {
		return fault.New(fault.Forbidden, "desk.seals.region", "只能为本级和下级部门制作印章")
	}
	day := calendar.DayOf(d.Now())
	seal, err := d.Seals.Make(r.Context(), seals.AgencyOf(a), seals.Kind(f.Text("kind")), day, day.AddMonths(120), by)
	if err != nil {
		v, e := d.seals(r, a.ID, by)
		if e != nil {
			return e
		}
		v.Fault, v.View = err, v.View.Faulty(err)
		page.ShowFault(w, r, err, sealsView(v))
		return nil
	}
	page.SeeOther(w, r, "/desk/admin/seals/"+seal.ID)
	return nil
}

// sealPage is one seal with the log of its uses.
type sealPage struct {
	frame.View
	Bar     frame.DeskBar
	Seal    sealRow
	Agency  string
	Moves   []seals.Move
	Uses    []useRow
	Next    string
	Fault   error
	Reason  frame.Field
	Picture string
}

// useRow is a line of the log.
type useRow struct {
	At, Document, Who, Case, Digest string
}

func (d *Desk) sealPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := d.sealShown(r, by, nil)
	if err != nil {
		return err
	}
	page.Show(w, r, sealView(v))
	return nil
}

func (d *Desk) sealShown(r *http.Request, by identity.Actor, wrong error) (v sealPage, err error) {
	seal, err := d.sealWithin(r, by)
	if err != nil {
		return v, err
	}
	v = sealPage{View: frame.Of(r).Named(seal.Name), Bar: adminBar(by), Seal: sealOf(seal), Agency: seal.Agency.ID, Fault: wrong, Picture: seal.Picture}
	for _, m := range seals.Life {
		for _, from := range m.From {
			if from == seal.State {
				v.Moves = append(v.Moves, m)
			}
		}
	}
	q := page.Query(r)
	uses, err := d.Seals.Uses(r.Context(), seal.ID, seals.Use{ID: q.Text("after"), At: atOf(q.Text("at"))}, 50)
	for _, u := range uses {
		v.Uses = append(v.Uses, useRow{second(u.At), u.Document, u.Name, u.Case, clip(u.Digest, 16)})
	}
	if len(uses) == 50 {
		v.Next = with("/desk/admin/seals/"+seal.ID, nil, "after", uses[49].ID, "at", instant(uses[49].At))
	}
	v.Reason = frame.Field{Name: "reason", Label: "停用或者注销的理由", Max: 100, Opt: seal.State != seals.Enabled}.Faulty(wrong)
	return v, err
}

// wantsReason reports whether something can be done here that says why.
func (v sealPage) wantsReason() bool {
	return slices.ContainsFunc(v.Moves, func(m seals.Move) bool { return m.To != seals.Enabled })
}

// buttons are what can be done with the seal; enabling it needs no field.
func (v sealPage) buttons() (all []frame.Btn) {
	for _, m := range v.Moves {
		all = append(all, frame.Btn{Text: m.Name, Act: "/desk/admin/seals/" + v.Seal.ID + "/" + string(m.Act), Skip: m.To == seals.Enabled})
	}
	return all
}

// sealWithin is the seal asked for, if its agency is of the administrator's division.
func (d *Desk) sealWithin(r *http.Request, by identity.Actor) (seals.Seal, error) {
	seal, err := d.Seals.Seal(r.Context(), r.PathValue("seal"))
	if err != nil {
		return seal, err
	}
	a, err := d.Agencies.Find(r.Context(), seal.Agency.ID)
	if err == nil && !by.Administers(a.Region) {
		err = fault.New(fault.Forbidden, "desk.seals.region", "只能查看和管理本级和下级部门的印章")
	}
	return seal, err
}

func (d *Desk) moveSeal(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	seal, err := d.sealWithin(r, by)
	if err != nil {
		return err
	}
	switch err := d.actOnSeal(r, seal, f.Text("reason"), by); {
	case err == nil:
		page.SeeOther(w, r, "/desk/admin/seals/"+seal.ID)
		return nil
	case !fault.Mendable(err):
		return err
	default:
		return d.sealFaulty(w, r, by, err)
	}
}

func (d *Desk) actOnSeal(r *http.Request, seal seals.Seal, reason string, by identity.Actor) error {
	switch seals.Act(r.PathValue("move")) {
	case seals.Enable:
		return d.Seals.Enable(r.Context(), seal.ID, by)
	case seals.Disable:
		return d.Seals.Disable(r.Context(), seal.ID, reason, by)
	case seals.Cancel:
		return d.Seals.Cancel(r.Context(), seal.ID, reason, by)
	}
	return fault.New(fault.NotFound, "desk.seals.move", "没有这种操作")
}

// sealFaulty is the seal's page with what is wrong.
func (d *Desk) sealFaulty(w http.ResponseWriter, r *http.Request, by identity.Actor, wrong error) error {
	v, err := d.sealShown(r, by, wrong)
	if err != nil {
		return err
	}
	v.View = v.View.Faulty(wrong)
	page.ShowFault(w, r, wrong, sealView(v))
	return nil
}
