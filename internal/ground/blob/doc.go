// Package blob keeps the files people hand in (材料附件): each is stored once,
// under the hash of its content, and is what its content says it is, whatever
// its name claims.
//
// A file is checked while it comes in: it may not be empty or too large, its
// type is told from its bytes, its name may not claim another, and a picture may
// not be one that bursts when it is opened. What has been answered with a Ref
// survives a power cut.
//
// Large files come in by pieces through Uploads, which goes on after a broken
// connection where it stopped. Replicas share one folder or one bucket of an
// S3-compatible store.
package blob
