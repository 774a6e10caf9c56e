package cases

import (
	"context"
	"fmt"
	"maps"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
)

// Vault makes texts unreadable outside the program, and readable again. About
// binds a text to its place, so that it cannot be moved to another.
type Vault interface {
	Seal(plain, about string) (string, error)
	Open(sealed, about string) (string, error)
	// Mark is a mark of a value that nobody else can make, always the same by the key
	// of that generation; Marking is the one that marks now.
	Mark(generation int, value, about string) string
	Marking() int
}

// Private reports whether an answer is kept unreadable and shown masked: what
// the form calls sensitive, and always identity numbers, telephones and accounts.
func Private(f forms.Field) bool { return f.Private() }

// seal hides the answers that are private.
func (s *Service) seal(id ID, form forms.Form, answers forms.Answers) (forms.Answers, error) {
	sealed := maps.Clone(answers)
	for _, f := range form.All() {
		if !Private(*f) || sealed[f.ID] == "" {
			continue
		}
		text, err := s.Vault.Seal(sealed[f.ID], about(id, f.ID))
		if err != nil {
			return nil, fmt.Errorf("seal %s: %w", f.ID, err)
		}
		sealed[f.ID] = text
	}
	return sealed, nil
}

// hide seals what is private of the answers that a move brings.
func (s *Service) hide(m *Moved, form forms.Form) (err error) {
	for _, f := range form.All() {
		if f.Kind == forms.File && Private(*f) {
			m.plain += m.Answers[f.ID] + "\n"
		}
	}
	m.Answers, err = s.seal(m.Case, form, m.Answers)
	return err
}

// Sealed is seal for cases that come from elsewhere.
func (s *Service) Sealed(id ID, form forms.Form, answers forms.Answers) (forms.Answers, error) {
	return s.seal(id, form, answers)
}

func about(id ID, field string) string { return id.Stream() + "/" + field }

// Answers are the case's answers as the actor may see them: the applicant, and
// the program that writes their certificate, see everything; everyone else sees
// what is private masked.
func (s *Service) Answers(ctx context.Context, c *Case, by identity.Actor) (forms.Answers, error) {
	f, err := s.Frame(ctx, c)
	if err != nil {
		return nil, err
	}
	return s.shown(c, f.Edition, c.Answers, by)
}

// shown are answers of a case, as they are kept, as the actor may see them.
func (s *Service) shown(c *Case, e *items.Edition, sealed forms.Answers, by identity.Actor) (forms.Answers, error) {
	plain, err := s.opened(c.ID, e, sealed)
	if err != nil {
		return nil, err
	}
	if by.Party != "" && by.Party == c.Applicant.Party || by.Plays(identity.System) {
		return plain, nil
	}
	return Masked(e.Form, plain), nil
}

// opened are a case's answers, with what is private readable again. Those of a
// case that is only foreseen, and has no ID yet, were never sealed.
func (s *Service) opened(id ID, e *items.Edition, sealed forms.Answers) (forms.Answers, error) {
	plain := maps.Clone(sealed)
	if id == "" {
		return plain, nil
	}
	for _, field := range e.Form.All() {
		if !Private(*field) || plain[field.ID] == "" {
			continue
		}
		text, err := s.Vault.Open(plain[field.ID], about(id, field.ID))
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", field.ID, err)
		}
		plain[field.ID] = text
	}
	return plain, nil
}

// Masked are answers as everyone sees them who is not the applicant.
func Masked(form forms.Form, answers forms.Answers) forms.Answers {
	shown := maps.Clone(answers)
	for _, f := range form.All() {
		if Private(*f) && shown[f.ID] != "" {
			shown[f.ID] = masked(f.Kind, shown[f.ID])
		}
	}
	return shown
}

func masked(kind forms.Kind, text string) string {
	switch kind {
	case forms.IDNumber:
		return codes.MaskID(text)
	case forms.Mobile:
		return codes.MaskMobile(text)
	case forms.Bank:
		return codes.MaskBank(text)
	case forms.Address:
		return codes.MaskAddress(text)
	}
	return codes.MaskName(text)
}
