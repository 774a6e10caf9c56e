package portal

import (
	"context"
	"net/http"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/places/frame"
	"tongban/internal/register/licences"
)

// licenceView is a composite licence as it stands today, each part by itself.
type licenceView struct {
	Licence  *licences.Licence
	Standing licences.Standing
	Tone     frame.Tone
	Validity string
	Parts    []partView
	Older    bool           // the paper in hand is of an earlier edition
	Moments  []frame.Moment // its editions, for the holder
}

type partView struct {
	licences.Part
	State string
	Tone  frame.Tone
	Since string
}

// licenceOn is the licence that a sealed paper is of, nil for any other paper.
func (p *Portal) licenceOn(ctx context.Context, sheet string) (*licenceView, error) {
	l, err := p.Licences.On(ctx, sheet)
	if err != nil || l == nil {
		return nil, err
	}
	today := calendar.DayOf(p.Now())
	v := &licenceView{Licence: l, Standing: l.Standing(today), Validity: l.Validity(today), Older: !strings.EqualFold(strings.TrimSpace(sheet), l.Sheet)}
	v.Tone = frame.LicenceTone(v.Standing)
	for _, part := range l.Parts {
		v.Parts = append(v.Parts, partOf(part, today))
	}
	return v, nil
}

func partOf(part licences.Part, today calendar.Day) partView {
	state := part.Standing(today)
	return partView{part, state.String(), frame.CertificateTone(state), "第 " + itoa(part.Since) + " 版起"}
}

// ownPeriods says of a licence's paper that each permit on it has its own time.
func ownPeriods(v *licenceView, rows []frame.Row) {
	for i := range rows {
		if v != nil && rows[i].Key == "有效期" {
			rows[i].Value = licences.OwnPeriods
		}
	}
}

// licenceSheet is the licence as a sealed paper, to be printed or saved as PDF.
func (p *Portal) licenceSheet(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Certificates.Certificate(r.Context(), r.PathValue("identifier"), frame.Actor(r))
	if err != nil {
		return err
	}
	leaf := frame.Leaf{
		Title: c.TypeName, Number: c.Number, ListName: "编号、发证部门、范围、有效期和状态", From: c.Issuer.Name, On: c.Issued.Han(), Seal: "电子证照专用章", At: c.Sealing.At,
		Check: p.full(r, c.Address), CheckSay: "扫码核验本证真伪，并查看现在的状态。",
	}
	leaf.Facts = []frame.Row{{Key: "持证主体", Value: c.Holder.Name}, {Key: "有效期", Value: c.Validity()}}
	if c.TypeName == licences.TypeName {
		leaf.Facts[1].Value, leaf.CheckSay = licences.OwnPeriods, "扫码核验本证真伪，并查看每一项许可现在的状态。"
		leaf.After = []string{"本证由各主管部门分别准予的许可组成，一项许可变更、延续、暂扣、吊销或者注销的，换发新版，其他各项许可的效力不受影响。打印件以扫码查询的结果为准。"}
	}
	for _, e := range c.Face {
		name, rest, several := strings.Cut(e.Text, "，")
		switch {
		case c.TypeName == licences.TypeName && several:
			leaf.List = append(leaf.List, frame.Row{Key: name, Value: rest})
		case e.Text != licences.OwnPeriods:
			leaf.Facts = append(leaf.Facts, frame.Row{Key: e.Label, Value: e.Text})
		}
	}
	leaf.Facts = append(leaf.Facts, frame.Row{Key: "颁发机构", Value: c.Issuer.Name}, frame.Row{Key: "证照标识", Value: c.Identifier})
	return p.Press.ShowLeaf(w, r, "/my/certificates/"+c.Identifier, leaf)
}
