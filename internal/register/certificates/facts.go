package certificates

import (
	"time"

	"tongban/internal/civic/calendar"
)

// Issued is the fact that a certificate was issued, or a new version of it.
type Issued struct {
	Identifier string       `json:"identifier"`
	Previous   string       `json:"previous,omitempty"`
	Type       string       `json:"type"`
	TypeName   string       `json:"typeName"`
	Number     string       `json:"number"`
	Version    int          `json:"version"`
	Party      string       `json:"party"`
	Agency     string       `json:"agency"`
	Item       string       `json:"item,omitempty"`
	Case       string       `json:"case,omitempty"`
	From       calendar.Day `json:"from"`
	Till       calendar.Day `json:"till"`
	Digest     string       `json:"digest"` // SM3 of what was sealed, hex
	Seal       string       `json:"seal"`
	By         string       `json:"by"`
	At         time.Time    `json:"at"`
}

// FactName is the fact's name in the record.
func (Issued) FactName() string { return "certificates.issued" }

// Changed is the fact that a certificate changed its state.
type Changed struct {
	Identifier string    `json:"identifier"`
	Act        Act       `json:"act"`
	Was        State     `json:"was"`
	State      State     `json:"state"`
	Reason     string    `json:"reason,omitempty"`
	Party      string    `json:"party"`
	By         string    `json:"by"`
	At         time.Time `json:"at"`
}

// FactName is the fact's name in the record.
func (Changed) FactName() string { return "certificates.changed" }
