package seals

import (
	"crypto"
	"crypto/rand"
	"encoding/asn1"
	"fmt"
	"time"

	"github.com/emmansun/gmsm/sm2"
)

// vendor names the maker of the structure (Vid of SES_Header).
const vendor = "TONGBAN"

// organisation is the seal type of a body, as against a person's.
const organisation = 1

// compose makes the signed structure of a seal.
func (s Seal) compose(signer, maker []byte, key crypto.Signer) ([]byte, error) {
	list, err := asn1.Marshal([][]byte{signer})
	if err != nil {
		return nil, err
	}
	made := s.Made.UTC().Truncate(time.Second)
	info, err := asn1.Marshal(sealInfo{
		Header: header{ia5("ES"), 4, ia5(vendor)},
		ID:     ia5(s.ID),
		Property: property{organisation, asn1.RawValue{Tag: asn1.TagUTF8String, Bytes: []byte(s.Name)}, 1, asn1.RawValue{FullBytes: list},
			made, s.From.Start().UTC(), s.Till.Start().UTC().Add(24*time.Hour - time.Second)},
		Picture: picture{ia5("svg"), []byte(s.Picture), Diameter, Diameter},
	})
	if err != nil {
		return nil, err
	}
	input, err := sealInput(asn1.RawValue{FullBytes: info}, maker, SM2WithSM3)
	if err != nil {
		return nil, err
	}
	sig, err := key.Sign(rand.Reader, input, sm2.DefaultSM2SignerOpts)
	if err != nil {
		return nil, err
	}
	return asn1.Marshal(sealed{asn1.RawValue{FullBytes: info}, maker, SM2WithSM3, bits(sig)})
}

// A Sealing is one use of a seal on one document. With the seal it stands for,
// it is all that is needed to write the signature into a file, at any time.
type Sealing struct {
	Seal  string    // Seal.ID
	At    time.Time // whole seconds
	Hash  []byte    // SM3 of the document: of Signature.xml in an OFD
	Path  string    // of that file in the package
	Value []byte    // the SM2 signature
}

// input is the TBS_Sign that Value signs.
func (g Sealing) input(s Seal) ([]byte, error) {
	return asn1.Marshal(toSign{Version: 4, Seal: asn1.RawValue{FullBytes: s.Structure}, Time: g.At.UTC().Truncate(time.Second), Hash: bits(g.Hash), Path: ia5(g.Path)})
}

// seal signs; the seal must have been judged usable before.
func (s Seal) seal(key crypto.Signer, hash []byte, path string, at time.Time) (Sealing, error) {
	g := Sealing{Seal: s.ID, At: at.UTC().Truncate(time.Second), Hash: hash, Path: path}
	input, err := g.input(s)
	if err != nil {
		return g, fmt.Errorf("seal with %s: %w", s.ID, err)
	}
	if g.Value, err = key.Sign(rand.Reader, input, sm2.DefaultSM2SignerOpts); err != nil {
		return g, fmt.Errorf("seal with %s: %w", s.ID, err)
	}
	return g, nil
}

// Bytes writes the sealing as the SES_Signature of GB/T 38540-2020 that stands
// in a file (SignedValue.dat). The same sealing always gives the same bytes.
func (g Sealing) Bytes(s Seal) ([]byte, error) {
	input, err := g.input(s)
	if err != nil {
		return nil, fmt.Errorf("write sealing: %w", err)
	}
	return asn1.Marshal(signature{ToSign: asn1.RawValue{FullBytes: input}, Cert: s.Certificate, Alg: SM2WithSM3, Value: bits(g.Value)})
}

func bits(b []byte) asn1.BitString { return asn1.BitString{Bytes: b, BitLength: len(b) * 8} }

func ia5(s string) asn1.RawValue { return asn1.RawValue{Tag: asn1.TagIA5String, Bytes: []byte(s)} }
