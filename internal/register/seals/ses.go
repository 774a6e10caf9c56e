package seals

import (
	"encoding/asn1"
	"errors"
	"fmt"
	"time"
)

// The object identifiers of commercial cryptography (GM/T 0006).
var (
	SM2WithSM3 = asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 501}
	SM3        = asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 401}
)

// The ASN.1 of GB/T 38540-2020, with the standard's names in the comments.
type (
	header struct { // SES_Header
		ID      asn1.RawValue
		Version int
		Vendor  asn1.RawValue
	}
	property struct { // SES_ESPropertyInfo
		Type                int
		Name                asn1.RawValue
		ListType            int
		List                asn1.RawValue
		Created, From, Till time.Time `asn1:"generalized"`
	}
	picture struct { // SES_ESPictrueInfo
		Type          asn1.RawValue
		Data          []byte
		Width, Height int
	}
	sealInfo struct { // SES_SealInfo
		Header   header
		ID       asn1.RawValue
		Property property
		Picture  picture
		Ext      asn1.RawValue `asn1:"optional"`
	}
	sealed struct { // SESeal
		Info  asn1.RawValue
		Maker []byte
		Alg   asn1.ObjectIdentifier
		Value asn1.BitString
	}
	toSign struct { // TBS_Sign
		Version int
		Seal    asn1.RawValue
		Time    time.Time `asn1:"generalized"`
		Hash    asn1.BitString
		Path    asn1.RawValue
		Ext     asn1.RawValue `asn1:"optional"`
	}
	signature struct { // SES_Signature
		ToSign asn1.RawValue
		Cert   []byte
		Alg    asn1.ObjectIdentifier
		Value  asn1.BitString
		Stamp  asn1.RawValue `asn1:"optional"`
	}
)

// The ASN.1 of GM/T 0031-2014, which differs in four places.
type (
	oldProperty struct {
		Type                int
		Name                asn1.RawValue
		List                asn1.RawValue
		Created, From, Till time.Time
	}
	oldInfo struct {
		Header   header
		ID       asn1.RawValue
		Property oldProperty
		Picture  picture
		Ext      asn1.RawValue `asn1:"optional"`
	}
	oldSealed struct {
		Info asn1.RawValue
		Sign struct {
			Maker []byte
			Alg   asn1.ObjectIdentifier
			Value asn1.BitString
		}
	}
	oldToSign struct {
		Version int
		Seal    asn1.RawValue
		Time    asn1.BitString
		Hash    asn1.BitString
		Path    asn1.RawValue
		Cert    []byte
		Alg     asn1.ObjectIdentifier
	}
	oldSignature struct {
		ToSign asn1.RawValue
		Value  asn1.BitString
	}
)

// A Structure is a seal as it stands in a document, of either version.
type Structure struct {
	Version           int
	ID, Vendor, Name  string
	Type              int // 3 in samples of an organisation's seal
	Created           time.Time
	From, Till        time.Time
	PictureType       string
	Picture           []byte
	Width, Height     int // mm
	certs, digests    [][]byte
	maker, input, sig []byte
	info              []byte
	alg               asn1.ObjectIdentifier
}

// A Stamp is a sealing as it stands in a document: the seal, the document's
// digest, who and when.
type Stamp struct {
	Version     int
	Seal        Structure
	At          time.Time
	Hash        []byte
	Path        string
	Timestamped bool
	cert        []byte
	input, sig  []byte
	alg         asn1.ObjectIdentifier
}

// ParseSeal reads a seal of GB/T 38540-2020 or GM/T 0031-2014.
func ParseSeal(der []byte) (Structure, error) {
	var s sealed
	var info sealInfo
	err := errors.Join(all(der, &s))
	if err == nil {
		if err = all(s.Info.FullBytes, &info); err == nil {
			return newStructure(s, info)
		}
	}
	var old oldSealed
	if oldErr := all(der, &old); oldErr != nil {
		return Structure{}, fmt.Errorf("read seal: %w", errors.Join(err, oldErr))
	}
	return oldStructure(old)
}

func newStructure(s sealed, info sealInfo) (Structure, error) {
	p := info.Property
	out := Structure{
		Version: info.Header.Version, ID: text(info.ID), Vendor: text(info.Header.Vendor), Name: text(p.Name), Type: p.Type,
		Created: p.Created, From: p.From, Till: p.Till,
		PictureType: text(info.Picture.Type), Picture: info.Picture.Data, Width: info.Picture.Width, Height: info.Picture.Height,
		maker: s.Maker, alg: s.Alg, sig: s.Value.RightAlign(), info: s.Info.FullBytes,
	}
	if text(info.Header.ID) != "ES" {
		return Structure{}, errors.New("read seal: the header does not say ES")
	}
	var err error
	if p.ListType == 2 {
		out.digests, err = certDigests(p.List.FullBytes)
	} else {
		out.certs, err = octets(p.List.FullBytes)
	}
	if err != nil {
		return Structure{}, fmt.Errorf("read signer list: %w", err)
	}
	out.input, err = sealInput(s.Info, s.Maker, s.Alg)
	return out, err
}

func oldStructure(s oldSealed) (Structure, error) {
	var info oldInfo
	if err := all(s.Info.FullBytes, &info); err != nil {
		return Structure{}, fmt.Errorf("read seal: %w", err)
	}
	p := info.Property
	certs, err := octets(p.List.FullBytes)
	if err != nil {
		return Structure{}, fmt.Errorf("read signer list: %w", err)
	}
	input, err := sealInput(s.Info, s.Sign.Maker, s.Sign.Alg)
	return Structure{
		Version: info.Header.Version, ID: text(info.ID), Vendor: text(info.Header.Vendor), Name: text(p.Name), Type: p.Type,
		Created: p.Created, From: p.From, Till: p.Till,
		PictureType: text(info.Picture.Type), Picture: info.Picture.Data, Width: info.Picture.Width, Height: info.Picture.Height,
		certs: certs, maker: s.Sign.Maker, alg: s.Sign.Alg, sig: s.Sign.Value.RightAlign(), input: input, info: s.Info.FullBytes,
	}, err
}

// sealInput is what the maker of a seal signs.
func sealInput(info asn1.RawValue, maker []byte, alg asn1.ObjectIdentifier) ([]byte, error) {
	return asn1.Marshal(struct {
		Info  asn1.RawValue
		Maker []byte
		Alg   asn1.ObjectIdentifier
	}{asn1.RawValue{FullBytes: info.FullBytes}, maker, alg})
}

// ParseStamp reads a sealing (SignedValue.dat) of either version.
func ParseStamp(der []byte) (Stamp, error) {
	var s signature
	err := all(der, &s)
	if err == nil {
		return newStamp(s)
	}
	var old oldSignature
	if oldErr := all(der, &old); oldErr != nil {
		return Stamp{}, fmt.Errorf("read sealing: %w", errors.Join(err, oldErr))
	}
	return oldStamp(old)
}

func newStamp(s signature) (Stamp, error) {
	var tbs toSign
	if err := all(s.ToSign.FullBytes, &tbs); err != nil {
		return Stamp{}, fmt.Errorf("read what was signed: %w", err)
	}
	seal, err := ParseSeal(tbs.Seal.FullBytes)
	return Stamp{Version: tbs.Version, Seal: seal, At: tbs.Time, Hash: tbs.Hash.RightAlign(), Path: text(tbs.Path),
		Timestamped: len(s.Stamp.FullBytes) > 0, cert: s.Cert, alg: s.Alg, sig: s.Value.RightAlign(), input: s.ToSign.FullBytes}, err
}

func oldStamp(s oldSignature) (Stamp, error) {
	var tbs oldToSign
	if err := all(s.ToSign.FullBytes, &tbs); err != nil {
		return Stamp{}, fmt.Errorf("read what was signed: %w", err)
	}
	seal, err := ParseSeal(tbs.Seal.FullBytes)
	at, stamped := oldTime(tbs.Time.RightAlign())
	return Stamp{Version: tbs.Version, Seal: seal, At: at, Hash: tbs.Hash.RightAlign(), Path: text(tbs.Path),
		Timestamped: stamped, cert: tbs.Cert, alg: tbs.Alg, sig: s.Value.RightAlign(), input: s.ToSign.FullBytes}, err
}

// oldTime reads the time of the 2014 structure, which is text or a time stamp.
func oldTime(b []byte) (at time.Time, stamped bool) {
	for _, layout := range []string{"20060102150405Z", "060102150405Z", time.DateTime} {
		if at, err := time.Parse(layout, string(b)); err == nil {
			return at, false
		}
	}
	return time.Time{}, len(b) > 0
}

// all reads der into v and refuses anything left over.
func all(der []byte, v any) error {
	rest, err := asn1.Unmarshal(der, v)
	if err == nil && len(rest) > 0 {
		return fmt.Errorf("%d bytes after the end", len(rest))
	}
	return err
}

// text is a string of any of ASN.1's kinds; makers do not agree on which.
func text(v asn1.RawValue) string { return string(v.Bytes) }

func octets(der []byte) ([][]byte, error) {
	var list [][]byte
	return list, all(der, &list)
}

func certDigests(der []byte) ([][]byte, error) {
	var list []struct {
		Type  asn1.RawValue
		Value []byte
	}
	if err := all(der, &list); err != nil {
		return nil, err
	}
	var digests [][]byte
	for _, d := range list {
		digests = append(digests, d.Value)
	}
	return digests, nil
}
