// Package credit remembers whose word was not kept, and for how long it counts
// (信用): records with their source, the grade that follows, who is left out of
// 容缺受理 and 告知承诺 meanwhile, objections (异议) and repair (信用修复).
//
// Whoever is meant is named by a keyed hash of their document, so that a record
// finds its subject under another account too, and nobody reads a number here.
package credit
