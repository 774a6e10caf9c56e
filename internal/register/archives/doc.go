// Package archives keeps what was handled for good (电子档案).
//
// What has been over for long leaves the working tables and becomes one package
// (一件一包, GB/T 42727-2023, GB/T 18894-2016): all its facts with their hashes,
// its papers with their numbers, the digests of its files, and the metadata of
// an archive. A package is checked for the four properties (四性: 真实性、完整性、
// 可用性、安全性, DA/T 70-2018) before it is taken in, is numbered without gaps in
// the series of its agency, year and term of keeping, holds the digest of the
// one before it, and is never changed: if its case moves again and comes back,
// that is a new version of the package.
package archives
