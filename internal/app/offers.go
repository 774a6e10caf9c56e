package app

import (
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
)

// offers is the name of the item, if it is the agency's to decide.
func (a *App) offers(ctx context.Context, agency, item string) (string, error) {
	e, err := a.Items.Current(ctx, items.ID(item))
	switch {
	case err != nil:
		return "", err
	case e.Agency != agency:
		return "", fault.New(fault.Invalid, "staff.depute.item", "“%s”不是本部门实施的事项，不能授权", e.Name).At("items", "agency", "请选择本部门实施的事项")
	}
	return e.Name, nil
}
