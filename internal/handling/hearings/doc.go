// Package hearings tells the public of hearings and takes down who wants to take
// part in them (听证公告与报名). An agency that announces a hearing says who may
// speak, by when to sign up and where to ask (行政许可法第四十六条). Whoever has an
// interest of their own in the matter speaks; of the others as many as there are
// seats are chosen after signing up has ended, with reasons for everybody who is
// not. Those chosen are called seven working days before, like the parties
// (行政许可法第四十八条). The hearing itself, its clock and its minutes are part of
// the case: see cases.Hearing.
package hearings
