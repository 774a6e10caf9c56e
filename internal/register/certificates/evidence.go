package certificates

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"tongban/internal/ground/fault"
	"tongban/internal/register/certificates/ofd"
	"tongban/internal/register/seals"
)

// signedPath is where the signed description stands in the file.
const signedPath = "/" + ofd.SignaturePath

// evidence is what the seal on a record signs: the parts of its page, and the
// description that lists their digests. The same record and second always give
// the same bytes.
func (r Record) evidence(at time.Time) (parts []ofd.Part, description, digest []byte, err error) {
	sheet, err := r.sheet()
	if err != nil {
		return nil, nil, nil, err
	}
	parts = sheet.Parts()
	description = ofd.Signature(parts, stampBox, at)
	sum := sm3.Sum(description)
	return parts, description, sum[:], nil
}

// OFD is the sealed file. The fault certificates.file.drift means that the
// record is no longer what was sealed; no file is handed out then.
func (c *Certificate) OFD(seal seals.Seal) ([]byte, error) {
	parts, description, digest, err := c.evidence(c.Sealing.At)
	if err != nil {
		return nil, err
	}
	if err := c.undrifted(digest); err != nil {
		return nil, err
	}
	note, err := ofd.Note(c.Address, codeBox)
	if err != nil {
		return nil, err
	}
	value, err := c.Sealing.Bytes(seal)
	if err != nil {
		return nil, err
	}
	return ofd.Pack(parts, note, description, value)
}

func (c *Certificate) undrifted(digest []byte) error {
	if !bytes.Equal(digest, c.Sealing.Hash) {
		return fault.New(fault.Internal, "certificates.file.drift", "证照“%s”的登记内容与签章时不一致，已停止提供文件，请联系颁发机关", c.Identifier)
	}
	return nil
}

// portableKind names the JSON wrapping.
const portableKind = "tongban-certificate/1"

// portable is a certificate as one line of JSON, under the same seal.
type portable struct {
	Kind    string `json:"kind"`
	Record  Record `json:"record"`
	Sealing []byte `json:"sealing"` // SES_Signature
	At      int64  `json:"at"`      // second of the sealing
}

// JSON is the certificate in a wrapping that needs no page: the record, and
// the same signature as in the OFD. A verifier draws the page anew.
func (c *Certificate) JSON(seal seals.Seal) ([]byte, error) {
	_, _, digest, err := c.evidence(c.Sealing.At)
	if err != nil {
		return nil, err
	}
	if err := c.undrifted(digest); err != nil {
		return nil, err
	}
	value, err := c.Sealing.Bytes(seal)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(portable{portableKind, c.Record, value, c.Sealing.At.Unix()})
	if err != nil {
		return nil, fmt.Errorf("write certificate: %w", err)
	}
	return data, nil
}
