package issuance

import (
	"context"
	"fmt"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/register/certificates"
)

// ends are what becomes of a certificate when the decision behind it is undone.
var ends = map[cases.LaterKind]certificates.Act{
	cases.Cancelling: certificates.Cancel, cases.Annulling: certificates.Withdraw,
	cases.Recalling: certificates.Recall, cases.Stripping: certificates.Revoke,
}

// follow does to the certificate what was decided after it was issued: its next
// version (变更、延续), or its end. Told twice, or about a certificate that has
// met its end otherwise, it does nothing.
func (s *Service) follow(ctx context.Context, m cases.Moved, b *sqldb.Batch) error {
	old, err := s.Certificates.Store.Certificate(ctx, m.Later.Holds)
	if err != nil {
		return err
	}
	act, ending := ends[m.Later.Kind]
	switch {
	case ending && (old.State == certificates.Valid || old.State == certificates.Suspended):
		return s.Certificates.MoveInto(ctx, b, old.Identifier, act, brief(m.Reason), identity.TheSystem)
	case ending || old.State != certificates.Valid:
		return nil
	}
	party, err := s.party(ctx, old.Holder.Party)
	if err != nil {
		return err
	}
	o := Next(old.Record, *m.Later)
	o.Holder = certificates.Holder{Party: party.ID, Name: party.Name, Code: party.Document.Number, Kind: party.Document.Type}
	o.Case = string(m.Case)
	if _, err := s.Certificates.RenewInto(ctx, b, old.Identifier, o, identity.TheSystem); err != nil {
		return fmt.Errorf("issue the next version of %s: %w", old.Identifier, err)
	}
	return nil
}

// Next says what the next version of a certificate is to show: the lines that
// were to change, where it has them, and its new last day. It is pure.
func Next(old certificates.Record, l cases.Later) certificates.Order {
	o := certificates.Order{InTime: true}
	if l.Kind == cases.Renewing {
		o.From, o.Till = old.From, l.Till
		return o
	}
	o.Face = make([]certificates.Entry, len(old.Face))
	for i, e := range old.Face {
		o.Face[i] = e
		for _, x := range l.Changes {
			if x.Name == e.Label {
				o.Face[i].Text = x.Say
			}
		}
	}
	return o
}

// mostReason is how long a reason the register takes, in characters.
const mostReason = 200

func brief(text string) string {
	if r := []rune(text); len(r) > mostReason {
		return string(r[:mostReason-1]) + "…"
	}
	return text
}
