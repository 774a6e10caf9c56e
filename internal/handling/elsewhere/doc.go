// Package elsewhere is the room where a matter of another place is taken in
// here (跨域通办、收受分离).
//
// A window takes an application for another place: it looks who the applicant
// is and whether form and materials are what the guide asks for, and nothing
// more; the agency of the other place decides (国办发〔2020〕35号；
// 徐政发〔2022〕21号（二十二）). What was taken is a Parcel. It has a term within
// which it must be forwarded; the clock of the law begins there, with the
// receipt there. Who answers for it is known at every moment: see
// Parcel.Answers.
//
// The other place may be a division of this installation, and the parcel
// becomes a case in the queue of its window; or another installation, a
// Partner. Between installations everything travels as numbered, signed
// envelopes: each partner's line has numbers without a gap, what is written to
// the outbox in the commit that made it true is sent until the other side says
// it is kept there, and the inbox does each number once, in order, whatever the
// network does to it. See Admit for what becomes of everything else.
package elsewhere
