// Package licences keeps composite licences (行业综合许可证, 一业一证): one
// paper for a shop, in which each permit goes on living its own life.
//
// Nothing is decided here. Each permit is granted, suspended and revoked by its
// own agency as a certificate; a licence is told and follows. Whatever changes
// one part makes a new edition of the licence and leaves every other part as it
// was (苏政务办发〔2023〕8号（七）探索行业综合许可证改革).
package licences
