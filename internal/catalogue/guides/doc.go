// Package guides turns an edition of an item into what people read before they
// apply (办事指南): the guide in the sections of GB/T 36114-2018, the short
// version, the steps of the procedure in order, and, once a few questions are
// answered, one's own list of conditions, papers, time and fees.
//
// A guide holds nothing that the edition does not, and once published it binds
// the agency (徐政发〔2022〕21号（四）: 办事指南一经公布，要严格遵照执行).
package guides
