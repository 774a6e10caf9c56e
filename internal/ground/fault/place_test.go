package fault

import (
	"errors"
	"fmt"
	"testing"
)

func TestAFaultIsToldWhereItIsShown(t *testing.T) {
	plain, unforeseen := New(Conflict, "a.b", "再试"), errors.New("a wire is cut")
	at := plain.At("x", "required", "请填写").At("y", "long", "太长").At("z", "long", "太长")
	if got := Fields(Placed(fmt.Errorf("keep: %w", plain), "file")); len(got) != 1 || got[0] != (Field{"file", "a.b", "再试"}) {
		t.Errorf("placed at %v", got)
	}
	if got := Placed(at, "file"); len(Fields(got)) != 3 {
		t.Errorf("what has places was placed again: %v", Fields(got))
	}
	told := Retold(at, func(f Field) (Field, bool) { f.Path = "here." + f.Path; return f, f.Code == "long" })
	if got := Fields(told); len(got) != 2 || got[0].Path != "here.y" || Of(told) != Conflict || at.Fields[1].Path != "y" {
		t.Errorf("told %v, after %v", got, at.Fields)
	}
	if got := plain.At("w", "required", "请填写").With("b.", at.Fields[:2]); len(got.Fields) != 3 || got.Fields[2] != (Field{"b.y", "long", "太长"}) || len(at.Fields) != 3 {
		t.Errorf("with other places: %v, after %v", got.Fields, at.Fields)
	}
	if Placed(nil, "x") != nil || Placed(unforeseen, "x") != unforeseen || Retold(unforeseen, nil) != unforeseen {
		t.Error("what nobody foresaw was told as if it were a fault")
	}
}
