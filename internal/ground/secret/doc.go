// Package secret keeps what must not be read (密钥与口令): the key ring in the
// data directory, the encryption of single columns, keyed hashes for looking
// them up, random tokens and passwords.
//
// The algorithms are the commercial ones of China: SM4 in GCM for columns
// (GB/T 32907), SM3 and HMAC-SM3 for digests (GB/T 32905), SM2 for signatures
// (GB/T 32918). Columns, look-ups and signatures are asked for through Cipher,
// Indexer and Signers, so that a certified cipher machine (服务器密码机) can take
// the place of the ring without any room noticing.
package secret

import "crypto"

// A Cipher keeps single values unreadable in the database.
type Cipher interface {
	// Seal encrypts plain; about names where it is kept ("parties.idno") and
	// must be said again to open it, so that a value cannot be moved to
	// another column. "" stays "".
	Seal(plain, about string) (string, error)
	// Open gives back what Seal was told. The fault is secret.open when the
	// value was altered, moved, or sealed with a key that is not here.
	Open(sealed, about string) (string, error)
}

// An Indexer makes a keyed hash by which a sealed value can be looked up.
type Indexer interface {
	// Index is the same for the same value and about, and says nothing of the
	// value to anyone without the key. "" stays "".
	Index(value, about string) string
	// Indexes are all digests under which the value may stand, for looking it up
	// while the key is being replaced.
	Indexes(value, about string) []string
}

// A Marker makes keyed hashes that stand for ever, in facts and on papers.
type Marker interface {
	// Marking is the generation of the key that marks now.
	Marking() int
	// Mark is the mark of a value by the key of a generation.
	Mark(generation int, value, about string) string
	// Marks are all marks that the value may have been given, today's first.
	Marks(value, about string) []string
}

// Signers keeps SM2 signing keys by name and never gives them away.
type Signers interface {
	// Signer returns the key of that name, made when it is first asked for.
	// Sign takes the whole message, with sm2.DefaultSM2SignerOpts.
	Signer(name string) (crypto.Signer, error)
	// Keep returns the public thing of that name (a certificate), made by
	// make when it is first asked for; whoever is first decides for all.
	Keep(name string, make func() ([]byte, error)) ([]byte, error)
	// Kept is the public thing of that name, nil if there is none.
	Kept(name string) ([]byte, error)
	// Used is the generation of a series that signs now, and Known the newest of each.
	Used(Series) int
	Known() map[Series]int
}

var (
	_ Cipher  = (*Ring)(nil)
	_ Indexer = (*Ring)(nil)
	_ Marker  = (*Ring)(nil)
	_ Signers = (*Ring)(nil)
)
