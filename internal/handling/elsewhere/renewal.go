package elsewhere

import (
	"context"
	"crypto"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"github.com/emmansun/gmsm/sm2"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
)

// A card is the public keys that an installation has had, from the first, which names
// it: every one after that with a "." and the signature of the one before it, and "|"
// between them. So a key is replaced without a new name, and without asking: whoever
// knows one of the keys follows the card to the last (更换密钥).

// follow reads a card: whose it is, and its keys. Fault: elsewhere.partner.key.
func follow(card string) (id string, keys []string, err error) {
	for i, part := range strings.Split(strings.Join(strings.Fields(card), ""), "|") {
		key, signature, _ := strings.Cut(part, ".")
		if i == 0 {
			if id, err = Identify(key); err != nil {
				return "", nil, err
			}
			keys = append(keys, key)
			continue
		}
		sig, err := base64.StdEncoding.DecodeString(signature)
		if err != nil || !(packet{Text: succession(key), Signature: sig}).signedBy(keys[i-1]) {
			return "", nil, badKey()
		}
		if _, err := Identify(key); err != nil {
			return "", nil, err
		}
		keys = append(keys, key)
	}
	return id, keys, nil
}

// succession is what a key signs of the one that comes after it.
func succession(next string) []byte { return []byte("tongban partner key " + next) }

// signer is the key of this installation in use, and its card up to that key.
func (s *Service) signer() (crypto.Signer, string, error) {
	n := s.Keys.Used(secret.Partners)
	card, err := s.card(n)
	if err != nil {
		return nil, "", err
	}
	key, err := s.Keys.Signer(secret.Partners.Name(n))
	return key, card, err
}

// card is written once for every generation and kept: it is needed when the key
// before it is no longer there.
func (s *Service) card(n int) (string, error) {
	name := fmt.Sprintf("partners-card-%d", n)
	text, err := s.Keys.Keep(name, func() ([]byte, error) {
		key, err := s.Keys.Signer(secret.Partners.Name(n))
		if err != nil {
			return nil, err
		}
		public, err := PublicKey(key)
		if err != nil || n == 1 {
			return []byte(public), err
		}
		before, err := s.card(n - 1)
		if err != nil {
			return nil, err
		}
		old, err := s.Keys.Signer(secret.Partners.Name(n - 1))
		if err != nil {
			return nil, err
		}
		sig, err := old.Sign(rand.Reader, succession(public), sm2.DefaultSM2SignerOpts)
		return []byte(before + "|" + public + "." + base64.StdEncoding.EncodeToString(sig)), err
	})
	return string(text), err
}

// from reports whether the partner signed the packet, and follows it to a newer key if
// the card in the packet leads there from the one that is known; the partner is kept
// with that, and its older keys are refused from then on. Where roots vouch for
// partners a new key needs a new certificate.
func (s *Service) from(ctx context.Context, p *Partner, m packet) (bool, error) {
	if m.signedBy(p.Key) {
		return true, nil
	}
	if m.Card == "" || s.Roots != nil {
		return false, nil
	}
	id, keys, err := follow(m.Card)
	if err != nil || id != p.ID || !slices.Contains(keys, p.Key) || !m.signedBy(keys[len(keys)-1]) {
		return false, nil //nolint:nilerr // what cannot be read was not signed by the partner
	}
	before := p.Key
	p.Key = keys[len(keys)-1]
	return true, s.Store.Renew(ctx, p.ID, before, p.Key)
}

// older refuses a card that lacks the key by which a partner is known: it is from
// before that was replaced.
func (s *Service) older(ctx context.Context, id string, keys []string) error {
	known, err := s.Store.Partner(ctx, id)
	if fault.Of(err) == fault.NotFound || err == nil && slices.Contains(keys, known.Key) {
		return nil
	}
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "elsewhere.partner.older", "这个公钥已经被对方更换").At("key", "older", "这是对方更换以前的公钥，请从对方“协作平台”页面重新复制")
}
