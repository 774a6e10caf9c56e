// Package ofd writes and reads fixed-layout documents (版式文件, OFD,
// GB/T 33190-2016): a zip of XML parts, measured in millimetres from the top
// left, with electronic seals beside them.
//
// The writer makes one page, always the same bytes for the same content, so
// that a signature made when a certificate was issued still fits the file that
// is built years later. The reader takes files from anywhere: it bounds what it
// unpacks, how deep XML may go and how much of it there may be.
package ofd
