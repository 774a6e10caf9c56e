package frame

import (
	"strconv"

	"tongban/internal/civic/calendar"
	"tongban/internal/register/certificates"
	"tongban/internal/register/licences"
)

// LicenceTone is the colour of how a composite licence stands.
func LicenceTone(s licences.Standing) Tone {
	return map[licences.Standing]Tone{licences.Whole: Green, licences.Some: Amber, licences.Held: Amber, licences.None: Red}[s]
}

// CertificateTone is the colour of a certificate's state.
func CertificateTone(s certificates.State) Tone {
	switch s {
	case certificates.Valid:
		return Green
	case certificates.Suspended:
		return Amber
	case certificates.Expired, certificates.Cancelled:
		return Plain
	}
	return Red
}

// Editions tells what each edition of a licence changed, newest first; paper is
// where the sealed paper of an edition is shown, before its identifier.
func Editions(all []licences.Changed, paper string) []Moment {
	var told []Moment
	for i := len(all) - 1; i >= 0; i-- {
		e := all[i]
		told = append(told, Moment{When: calendar.DayOf(e.At).Han(), What: "第 " + strconv.Itoa(e.Edition) + " 版：" + e.Part.Permit + e.Act.Han(), Who: e.Part.Agency.Name, Note: e.Reason,
			Links: []Link{{Text: "这一版", Href: paper + e.Sheet}}})
	}
	return told
}
