package bureau

import (
	"context"
	"fmt"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/hearings"
	"tongban/internal/places/frame"
)

// offersHearing reports whether a hearing is to be called, or its minutes are to
// be written.
func (p casePage) offersHearing(act cases.Act) bool {
	h := p.Case.CurrentHearing()
	if p.Case.State == cases.Granted && !p.Case.Later.Pending() {
		return false
	}
	if act == cases.CallHearing { // also of the agency's own wish (行政许可法第四十六条)
		return h == nil || h.Minutes == nil
	}
	if h == nil {
		return false
	}
	return h.Minutes == nil && (!h.At.IsZero() || h.Asked != 0)
}

// noteHearing puts the minutes on file, signed on the screen by whoever took part.
func (b *Bureau) noteHearing(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	c, err := b.Cases.Case(ctx, id, by)
	if err != nil {
		return nil, err
	}
	n := cases.Minutes{Held: f.Text("held") != "no", Text: f.Text("text"), Unsigned: f.Text("unsigned")}
	n.Attended = strings.FieldsFunc(f.Text("attended"), func(r rune) bool { return strings.ContainsRune("、，,；; \n\r", r) })
	if err := f.Err(); err != nil {
		return nil, err
	}
	speakers, err := b.Hearings.Speakers(ctx, c)
	if err != nil {
		return nil, err
	}
	for _, who := range signers(c, speakers) {
		if !frame.HasInk(f, who.field) {
			continue
		}
		signed, err := frame.ReadInk(ctx, f, who.field, who.name, b.Files)
		if err != nil {
			return nil, err
		}
		n.Signed = append(n.Signed, signed)
	}
	return b.Cases.NoteHearing(ctx, id, n, by)
}

// signer is somebody who signs the minutes.
type signer struct{ field, label, name string }

// signers are the party heard, those of the public who were chosen to speak, and
// the host.
func signers(c *cases.Case, speakers []*hearings.Signup) []signer {
	all := []signer{{"sign", "申请人（持证人）签名", c.Applicant.Name}}
	for _, u := range speakers {
		all = append(all, signer{"sign-" + u.ID, u.Name + "签名", u.Name})
	}
	h := c.CurrentHearing()
	for _, o := range admitted(h) {
		all = append(all, signer{"sign-" + o.ID, o.Name + "签名", o.Name})
	}
	if h != nil && h.Host != "" {
		all = append(all, signer{"hostsign", "主持人签名", h.Host})
	}
	return all
}

// admitted are the others who are heard.
func admitted(h *cases.Hearing) (all []cases.Other) {
	if h == nil {
		return nil
	}
	for _, o := range h.Others {
		if o.Admitted && o.Asked != 0 {
			all = append(all, o)
		}
	}
	return all
}

// concerned says how many are known, and whether one of them waits for an answer.
func concerned(h cases.Hearing) string {
	if len(h.Others) == 0 {
		return ""
	}
	for _, o := range h.Others {
		if o.Waits() {
			return "（有人等待答复）"
		}
	}
	return fmt.Sprintf("（%d人）", len(h.Others))
}

func hearingTone(h cases.Hearing) (frame.Tone, string) {
	switch {
	case h.Minutes != nil && h.Minutes.Held:
		return frame.Green, "笔录在案"
	case h.Minutes != nil:
		return frame.Plain, "没有举行"
	case !h.At.IsZero():
		return frame.Amber, "待举行"
	case h.Asked != 0:
		return frame.Red, "已要求听证，待通知"
	}
	return frame.Blue, "等待要求听证"
}

// hearingRows are what is known of the hearing.
func hearingRows(h cases.Hearing) []frame.Row {
	var rows []frame.Row
	add := func(key, value string) {
		if value != "" {
			rows = append(rows, frame.Row{Key: key, Value: value})
		}
	}
	add("拟作决定", h.About)
	if h.Until != 0 && h.Asked == 0 && h.At.IsZero() {
		add("要求听证的期限", h.Until.Han())
	}
	if h.Asked != 0 {
		add("要求听证", h.Asked.Han())
	}
	add("希望就什么听证", h.Wish)
	if !h.At.IsZero() {
		add("举行", moment(h.At)+"，"+h.Place+"，主持人"+h.Host)
	}
	if a := h.Public; a != nil {
		add("向社会公告", a.Ground+"，"+a.SignBy.Han()+"报名截止")
	}
	if n := h.Minutes; n != nil {
		add("参加人", strings.Join(n.Attended, "、"))
		add("笔录", n.Text)
		add("未签字的情况", n.Unsigned)
	}
	return rows
}

// wasHeard reports whether the decision has to answer what was said at a hearing.
func (p casePage) wasHeard() bool {
	h := p.Case.CurrentHearing()
	return h != nil && h.Minutes != nil && h.Minutes.Held
}
