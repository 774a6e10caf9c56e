// Package identity knows who is at the door (身份认证): accounts, how they
// prove themselves, and the sessions in which they act.
//
// It also says what an Actor is: the one value in which every rule is told who
// is asking.
package identity
