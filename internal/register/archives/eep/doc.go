// Package eep makes of an archived case one file that can be handed over and be
// checked without the platform (归档信息包移交, 电子文件封装包).
//
// It is a ZIP as GB/T 42727-2023 chapter 7 has it (一件一包) with a description in XML
// after DA/T 46-2009 and DA/T 48-2009: the metadata, each file with its format, size
// and SM3, and what happened in order. In it are what the applicant handed in, the
// papers that were given, the certificate, the facts as they were summed up on the
// shelf, what is needed to reckon automatic decisions again, and the proof that leads
// from the archived fact to the root published for that day. That fact names the
// digest of the package, and the package the digests of all files, so whoever has the
// root from a newspaper can check everything.
package eep
