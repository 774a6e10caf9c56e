package portal

import (
	"net/http"
	"strings"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
	"tongban/internal/register/certificates"
	"tongban/internal/register/seals"
)

type verifyView struct {
	frame.View
	Public  *certificates.Public
	Licence *licenceView // nil: the certificate of something else
	Facts   []frame.Row
	Report  *seals.Report
	Tone    frame.Tone
	Use     string // from when one may operate under it, where that is not at once
	Value   string
	Err     error
}

// largestVerified is how large a file may be that somebody wants verified.
const largestVerified = 20 << 20

// verifyPage takes a number or a file.
func (p *Portal) verifyPage(w http.ResponseWriter, r *http.Request) error {
	if id := strings.TrimSpace(r.URL.Query().Get("identifier")); id != "" {
		page.SeeOther(w, r, "/verify/"+pathSafe(id))
		return nil
	}
	page.Show(w, r, verifyTemplate(verifyView{View: frame.Of(r).Named("核验证照和文书").Under(home[:1]...)}))
	return nil
}

// verifyCertificate answers whoever scanned a code: is it real, whose, and good today?
func (p *Portal) verifyCertificate(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("identifier")
	v := verifyView{View: frame.Of(r).Named("核验证照").Under(home[0], frame.Link{Text: "核验证照和文书", Href: "/verify"}), Value: id}
	public, err := p.Certificates.Look(r.Context(), id)
	if err == nil {
		var report seals.Report
		report, err = p.Certificates.Verify(r.Context(), id)
		v.Report, v.Public = &report, &public
	}
	if err == nil {
		v.Licence, err = p.licenceOn(r.Context(), public.Identifier)
	}
	if fault.Of(err) == fault.Internal && err != nil {
		return err
	}
	if err != nil {
		v.Err, v.View = fault.Placed(err, "identifier"), v.Faulty(err)
		page.ShowFault(w, r, v.Err, verifyTemplate(v))
		return nil
	}
	v.Facts = []frame.Row{{Key: "证照名称", Value: public.TypeName}, {Key: "证照编号", Value: public.Number}, {Key: "持证主体", Value: public.Holder},
		{Key: "颁发机构", Value: public.Issuer}, {Key: "颁发日期", Value: public.Issued.Han()}, {Key: "有效期", Value: public.Validity}, {Key: "当前状态", Value: public.State.String()}, {Key: "证照标识", Value: public.Identifier}}
	v.Tone = toneOf(v.Report.Verdict())
	if v.Use, err = p.Cases.MeetSays(r.Context(), cases.ID(public.Case)); err != nil {
		return err
	}
	ownPeriods(v.Licence, v.Facts)
	page.Show(w, r, verifyTemplate(v))
	return nil
}

// verifyFile reports on a file, step by step.
func (p *Portal) verifyFile(w http.ResponseWriter, r *http.Request) error {
	v := verifyView{View: frame.Of(r).Named("核验证照和文书").Under(home[:1]...)}
	report, err := p.reportOn(w, r)
	if fault.Of(err) == fault.Internal && err != nil {
		return err
	}
	if err != nil {
		v.Err, v.View = fault.Placed(err, "file"), v.Faulty(err)
		page.ShowFault(w, r, v.Err, verifyTemplate(v))
		return nil
	}
	v.Report, v.Tone = &report, toneOf(report.Verdict())
	for _, d := range report.Details {
		v.Facts = append(v.Facts, frame.Row{Key: d.Label, Value: d.Text})
	}
	page.Show(w, r, verifyTemplate(v))
	return nil
}

func (p *Portal) reportOn(w http.ResponseWriter, r *http.Request) (seals.Report, error) {
	f, err := page.ReadUpload(w, r, largestVerified)
	if err != nil {
		return seals.Report{}, err
	}
	files := f.Files("file")
	if len(files) == 0 {
		return seals.Report{}, fault.New(fault.Invalid, "portal.verify.file", "请先选择要核验的文件")
	}
	data, err := files[0].Read()
	if err != nil {
		return seals.Report{}, err
	}
	return p.Certificates.VerifyFile(r.Context(), data)
}

func toneOf(verdict seals.Verdict) frame.Tone {
	switch verdict {
	case seals.Genuine:
		return frame.Green
	case seals.Forged:
		return frame.Red
	}
	return frame.Amber
}

// stepTone is the tone of one step of a report.
func stepTone(s seals.Step) frame.Tone {
	switch {
	case s.OK():
		return frame.Green
	case s.Outcome == seals.Failed && !s.Trust:
		return frame.Red
	}
	return frame.Amber
}
