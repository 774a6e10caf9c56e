// Package items is the list of what the government does for people who ask
// (政务服务事项): one item is what it is called and who owns it, one edition is
// how one agency carries it out (实施清单) with every element that its guide,
// its form, its procedure and its clock are made of.
//
// An edition is immutable once published and a case stays on the edition it
// was filed under, so that what the guide said is what the bureau may ask
// (徐政发〔2022〕21号（四）: 办事指南一经公布，要严格遵照执行).
package items
