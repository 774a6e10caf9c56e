package frame

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
)

// MostProof is how much the form of a service may carry, in bytes: photographs
// and scans of what was signed on paper.
const MostProof = 60 << 20

// ReadService reads ServiceFields, keeps what proves the service, and the
// receiver's signature if they gave one.
func ReadService(ctx context.Context, f *page.Form, files blob.Store) (cases.Delivered, error) {
	d := cases.Delivered{Way: f.Text("way"), Receiver: f.Text("receiver"), Waybill: f.Text("waybill"),
		Place: f.Text("place"), Witness: f.Text("witness"), Relation: f.Text("relation"),
		Refusal: f.Text("refusal"), On: calendar.Parse(f.Date("on"))}
	for _, sent := range f.Files("proof") {
		file, err := Keep(ctx, sent, "proof", files)
		if err != nil {
			return d, fault.Together(f.Err(), err)
		}
		d.Proof = append(d.Proof, file)
	}
	if err := f.Err(); err != nil || d.Receiver == "" || !HasInk(f, "sign") {
		return d, err
	}
	signed, err := ReadInk(ctx, f, "sign", d.Receiver, files)
	d.Signed = &signed
	return d, err
}

// unservedChoices are the refusals and notices whose service may be noted; the
// only one there is stands chosen.
func unservedChoices(c *cases.Case, chosen cases.PaperRef) (list []Choice) {
	all := c.Unserved()
	for _, p := range all {
		list = append(list, Choice{Value: p.Ref().String(), Label: p.Title, On: p.Ref() == chosen || len(all) == 1})
	}
	return list
}

// PapersOf lists the papers of a case, each at its address and in what state it
// is; one that was served says so.
func PapersOf(c *cases.Case, href func(cases.Paper) string, state func(cases.Paper) string) []Paper {
	var all []Paper
	for _, p := range c.Papers {
		one := Paper{Name: p.Title, Note: p.Tells(), Href: href(p), State: state(p)}
		if p.Served != nil {
			one.State, one.Tone = "已送达", Green
		}
		all = append(all, one)
	}
	return all
}

// serviceWays are the ways of service; the electronic one only with consent.
func serviceWays(c *cases.Case) (list []Choice) {
	for _, way := range cases.WayOrder {
		choice := Choice{Value: way, Label: cases.Ways[way], Hint: cases.WayHints[way]}
		switch {
		case way == "electronic" && !c.Consented():
			choice.Off, choice.Hint = true, "申请人没有确认同意电子送达"
		case way == "post" && c.Delivery.Address != "":
			choice.Hint = "寄到：" + c.Delivery.Address
		}
		list = append(list, choice)
	}
	return list
}
