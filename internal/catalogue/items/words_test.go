package items_test

import (
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
)

// A row that was begun and has no name yet was called “”: nobody knew which one.
func TestARowWithoutANameIsCalledByItsPlace(t *testing.T) {
	e := fresh(t, "food-permit")
	e.Materials, e.Fees = append(e.Materials, items.Material{}), append(e.Fees, items.Fee{})
	e.Mediators, e.Special = append(e.Mediators, items.Mediator{}), append(e.Special, items.Special{}, items.Special{Limit: clock.Limit{N: 99, Unit: clock.WorkingDays}})
	e.Results, e.Automatic.Rules = append(e.Results, items.Result{Kind: items.Certificate}), append(e.Automatic.Rules, items.AutoRule{})
	var said string
	for _, f := range e.Check() {
		said += f.Path + " " + f.Say + "\n"
	}
	if strings.Contains(said, "“”") || !strings.Contains(said, "中介服务第1项没有") {
		t.Error(said)
	}
}
