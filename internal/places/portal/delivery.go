package portal

import (
	"net/http"

	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

type deliveryView struct {
	frame.View
	Bar          frame.StepBar
	Way, Address string
	Post         bool
	Err          error
}

func (p *Portal) deliveryPage(w http.ResponseWriter, r *http.Request, a *application) error {
	v := a.deliveryView(r)
	if v.Address == "" {
		party, err := p.Parties.View(r.Context(), a.Party, a.By)
		if err != nil {
			return err
		}
		v.Address = party.Address
	}
	page.Show(w, r, deliveryTemplate(v))
	return nil
}

func (a *application) deliveryView(r *http.Request) deliveryView {
	v := deliveryView{View: frame.Of(r).Named("结果怎么给您？"), Bar: a.bar(a.at("delivery")), Way: a.Delivery.Way, Address: a.Delivery.Address, Post: a.Edition.Mail.Result}
	if r.URL.Query().Get("back") == "check" {
		v.Bar.Back, v.Bar.Next = a.at("check"), "保存并返回核对"
	}
	return v
}

// delivery keeps how the result is to reach the applicant.
func (p *Portal) delivery(w http.ResponseWriter, r *http.Request, a *application) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v := a.deliveryView(r)
	v.Way, v.Address = f.OneOf("way", "electronic", "window", "post"), f.Text("address")
	if v.Way == "" && f.Err() == nil {
		f.Refuse("way", "required", "请选择结果怎么给您")
	}
	if v.Way == "post" {
		f.Require("address", "收件地址")
		if len([]rune(v.Address)) > 200 {
			f.Refuse("address", "length", "收件地址最多 200 个字，请缩短")
		}
	}
	if v.Err = f.Err(); v.Err != nil {
		v.View = v.Faulty(v.Err)
		page.ShowFault(w, r, v.Err, deliveryTemplate(v))
		return nil
	}
	chosen := cases.Delivery{Way: v.Way}
	if v.Way == "post" {
		chosen.Address = v.Address
	}
	if _, err := p.Cases.Saved(r.Context(), a.ID, a.By, func(d *cases.Draft) error { d.Delivery = chosen; return nil }); err != nil {
		return err
	}
	page.SeeOther(w, r, a.at("check"))
	return nil
}
