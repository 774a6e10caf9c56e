package window

import (
	"net/http"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/page"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/places/frame"
)

// parcelReceipt is what the applicant takes home: what was taken in, and who
// answers for what at either place (收件方、办理方责任划分, 国办发〔2020〕35号).
func (p *Window) parcelReceipt(w http.ResponseWriter, r *http.Request) error {
	found, err := p.Elsewhere.Parcel(r.Context(), r.PathValue("parcel"), frame.Actor(r))
	if err != nil {
		return err
	}
	page.Show(w, r, parcelReceiptView(frame.Of(r).Named("收件凭证 "+found.Number()), parcelHref(found.ID), receiptOf(found)))
	return nil
}

func receiptOf(p *elsewhere.Parcel) frame.Leaf {
	l := frame.Leaf{
		Title: "异地代收收件凭证", Number: p.Number(), To: p.Applicant.Name, ListName: "收到", Receipt: true,
		Text: []string{"您向" + p.There.Name + "申请的“" + p.ItemName + "”，由" + p.Here.Name + "代为收件。",
			"收件地" + p.Here.Name + " " + p.Here.Agency + "负责核对身份和材料形式，在" + p.ForwardBy.Han() + "前转送；办理地" + p.There.Name + " " + p.There.Agency + "负责受理、审查和决定，法定时限自办理地收件之日起算。"},
		From: p.Here.Name + " " + p.Here.Agency, On: calendar.DayOf(p.Taken).Han(), At: p.Taken,
	}
	for _, name := range p.Materials {
		l.List = append(l.List, frame.Row{Key: name, Value: "已收"})
	}
	for _, s := range p.Sides() {
		l.Facts = append(l.Facts, frame.Row{Key: s.Name, Value: s.Value})
	}
	return l
}
