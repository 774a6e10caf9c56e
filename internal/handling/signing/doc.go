// Package signing is the second screen on a counter (双屏签署): whoever stands
// there reads, at full size and in their own hands, what they are about to sign,
// and signs it with a finger or by their name, asks to have it changed, or
// declines (电子签名法第十三条、第十四条; 徐政发〔2022〕21号（七）).
//
// A screen is paired with a clerk's window by a code that it shows and the clerk
// types. The pairing lasts as long as the clerk's session: who signs out leaves no
// screen behind. A signature counts for the very words that were read, by their
// digest, and for that window only. All of it is kept in the database, so the
// clerk's page and the screen may be served by different replicas.
package signing
