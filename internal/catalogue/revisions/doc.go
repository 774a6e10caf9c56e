// Package revisions is how an item comes to be changed (调整申请): a draft of the
// next edition, reported, reviewed at its own level, confirmed by the level
// above, put before the public (公示), and in force from a day.
//
// A revision never touches the edition in force; until it is published nobody
// outside the desk sees anything of it but its publicity. Who may do what, and
// from where to where, is the table Life; what the text says is judged by the
// items room, here as everywhere (徐政发〔2022〕21号（一）：动态调整；阿营组发〔2018〕3号：
// 二报二审、公示).
package revisions
