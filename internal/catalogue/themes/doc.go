// Package themes is what people come for when it takes several items (一件事):
// having a child, opening a shop. A theme names its items; everything else is
// computed from their editions by pure code: one form, one list of materials,
// one plan, and what is saved against handling each item apart (一表申请、一套
// 材料、一次提交、限时办结, 苏协调小组〔2021〕1号).
//
// Compose computes. What it cannot decide, such as whether two names mean the
// same paper, it proposes; a person confirms, and the theme keeps the answer.
// What does not fit together is a finding with both sources, never a failure:
// real schemes hold such things.
package themes
