package frame

import (
	"context"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
)

// ReadService reads ServiceFields, and keeps the receiver's signature if they gave one.
func ReadService(ctx context.Context, f *page.Form, files blob.Store) (cases.Delivered, error) {
	d := cases.Delivered{Way: f.Text("way"), Receiver: f.Text("receiver"), Waybill: f.Text("waybill"),
		Place: f.Text("place"), Witness: f.Text("witness"), Relation: f.Text("relation")}
	if d.Receiver == "" || !HasInk(f, "sign") {
		return d, nil
	}
	signed, err := ReadInk(ctx, f, "sign", d.Receiver, files)
	d.Signed = &signed
	return d, err
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
