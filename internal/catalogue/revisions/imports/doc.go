// Package imports brings files of items onto the desk (事项导入): a file is taken
// in, read and checked, everything found is told at its place, and then what is in
// it is kept as drafts, all of it or only what has no errors.
//
// The reading is that of items/intake and the drafts are those of revisions; this
// package remembers where the work stands, so that it goes on after the program
// was stopped, shows how far it is, and does nothing twice: the same file on the
// same desk is the same import (徐政发〔2022〕21号（一）).
package imports
