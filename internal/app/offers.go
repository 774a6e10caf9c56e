package app

import (
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/staff"
)

// offers are the items that the agency decides, as they are in force today.
func (a *App) offers(ctx context.Context, agency string) (all []staff.Offer, err error) {
	for after := (items.Cursor{}); ; {
		page, next, err := a.Items.List(ctx, items.Filter{Agency: agency}, after, 200)
		if err != nil {
			return nil, err
		}
		for _, e := range page {
			all = append(all, staff.Offer{Item: string(e.ID), Name: e.Name})
		}
		if next == (items.Cursor{}) {
			return all, nil
		}
		after = next
	}
}
