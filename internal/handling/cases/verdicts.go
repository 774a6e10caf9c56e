package cases

import (
	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
)

// checkVerdicts refuses what a window may not find of a material: that it is
// not in the guide (指南即契约), that it may follow though the item does not say
// so (主要材料不得容缺), or that a word stands for it that was not given.
func (c *Case) checkVerdicts(act Act, e *items.Edition, verdicts []Verdict) error {
	bad := fault.New(fault.Invalid, "cases."+string(act)+".verdicts", "核对结果有误，请逐项检查")
	for i, v := range verdicts {
		at := path("verdicts", i)
		m, ok := e.Material(v.Material)
		switch {
		case !ok:
			return fault.New(fault.Invalid, "cases."+string(act)+".not-in-guide", "办事指南没有列出这项材料：%.40s", v.Material)
		case v.Finding.Han() == "":
			return fault.New(fault.Invalid, "cases."+string(act)+".finding", "核对结果只能是齐全、缺失、不符合要求、免提交、容缺或承诺代替")
		case v.Finding == Promised && !m.MayFollow():
			bad = bad.At(at, "main", "“%s”是主要材料，不能容缺", m.Name)
		case v.Finding == OnWord && !c.Stands(m):
			bad = bad.At(at, "unpledged", "“%s”还没有申请人签署的告知承诺书，不能记为承诺代替", m.Name)
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// checkPromises refuses a promise for what is on no list of materials that may
// follow, or promised twice (徐政发〔2022〕21号（七）).
func checkPromises(e *items.Edition, promises []Promise) error {
	bad := fault.New(fault.Invalid, "cases.accept.promises", "容缺承诺有误，请逐项检查")
	seen := map[string]bool{}
	for i, p := range promises {
		m, ok := e.Material(p.Material)
		switch at := path("promises", i); {
		case !ok:
			bad = bad.At(at, "not-in-guide", "办事指南没有列出这项材料：%.40s", p.Material)
		case !m.MayFollow():
			bad = bad.At(at, "main", "“%s”是主要材料，不能容缺", m.Name)
		case seen[m.ID]:
			bad = bad.At(at, "twice", "“%s”承诺了两次", m.Name)
		}
		seen[m.ID] = true
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}
