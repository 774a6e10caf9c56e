package cases_test

import (
	"context"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

// kinds are editions of which only their kind matters.
type kinds struct{ cases.Editions }

func (kinds) Edition(_ context.Context, id items.ID, _ int) (*items.Edition, error) {
	return &items.Edition{Item: id, Type: items.Type(id)}, nil
}

// rows is a store of one list.
type rows struct {
	cases.Store
	all []cases.Row
}

func (r rows) List(context.Context, cases.Filter) ([]cases.Row, error) { return r.all, nil }

func TestARefusedCaseOfAListIsCalledByItsKind(t *testing.T) {
	want := []string{"不予许可", "不予给付", "不予确认", "不予办理", "准予", "已受理"}
	s := &cases.Service{Editions: kinds{}, Store: rows{all: []cases.Row{
		{Item: "行政许可", State: cases.Denied}, {Item: "行政给付", State: cases.Denied}, {Item: "行政确认", State: cases.Denied},
		{Item: "公共服务", State: cases.Denied}, {Item: "行政给付", State: cases.Granted}, {Item: "行政给付", State: cases.Accepted},
	}}}
	got, err := s.List(t.Context(), cases.Filter{Party: "p"}, identity.Actor{Party: "p"})
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range got {
		if r.StateHan() != want[i] {
			t.Errorf("%s %s is called %s, not %s", r.Item, r.State, r.StateHan(), want[i])
		}
	}
}
