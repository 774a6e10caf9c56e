package forms

import (
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
)

// Show is an answer as people read it: labels of options, 2026年9月24日, 120平方米.
func (f Field) Show(v string) string {
	if v == "" {
		return ""
	}
	switch f.Kind {
	case Choice, Choices:
		return f.labels(v)
	case Date, Birth:
		if day := calendar.Parse(v); day != 0 {
			return day.Han()
		}
	case Number:
		return v + f.Unit
	case Money:
		return v + "元"
	}
	return v
}

// Seen is Show for those who judge by the answer, the applicant before sending it
// among them: with the doubt about a credit code that fails its check.
func (f Field) Seen(v string) string {
	if f.Kind == USCC {
		return codes.Questioned(v)
	}
	return f.Show(v)
}

func (f Field) labels(v string) string {
	labels := strings.Split(v, "\n")
	for i, value := range labels {
		if at := f.place(value); at < len(f.Options) {
			labels[i] = f.Options[at].Label
		}
	}
	return strings.Join(labels, "、")
}

// Mask is an answer with what is private hidden, by the kind of the field.
// Only sensitive fields are masked.
func (f Field) Mask(v string) string {
	if !f.Sensitive || v == "" {
		return v
	}
	switch f.Kind {
	case IDNumber:
		return codes.MaskID(v)
	case Mobile:
		return codes.MaskMobile(v)
	case Bank:
		return codes.MaskBank(v)
	case Address:
		return codes.MaskAddress(v)
	case Text:
		return codes.MaskName(v)
	default:
		return "******"
	}
}

// Sensitive are the IDs of the fields whose answers are kept encrypted.
func (f Form) Sensitive() []string {
	var ids []string
	for _, field := range f.All() {
		if field.Sensitive {
			ids = append(ids, field.ID)
		}
	}
	return ids
}

// Private reports whether the answer is kept unreadable and shown masked: what
// the form calls sensitive, and always identity numbers, telephones and accounts.
func (f Field) Private() bool {
	return f.Sensitive || f.Kind == IDNumber || f.Kind == Mobile || f.Kind == Bank
}
