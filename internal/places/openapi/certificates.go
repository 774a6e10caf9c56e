package openapi

import (
	"context"
	"io"
	"net/http"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/register/certificates"
	"tongban/internal/register/seals"
)

// routeCertificates names the operations of certificates.
func (a *API) routeCertificates(b *book) {
	signed(b, "GET /certificates", "listCertificates", "证照", "我的证照", a.listCertificates)
	signed(b, "GET /certificates/{identifier}", "getCertificate", "证照", "证照详情（持证人和工作人员）", a.certificate)
	download(b, "GET /certificates/{identifier}/file", "getCertificateFile", "证照", "下载证照文件（OFD 或者 JSON）", a.certificateFile)
	public(b, "GET /certificates/{identifier}/verification", "verifyCertificate", "证照", "按电子证照标识核验", a.verify)
	check(b, "POST /certificates/verify-file", "verifyFile", "证照", "上传证照文件核验", a.verifyFile)
}

type certificateView struct {
	Identifier string               `json:"identifier" doc:"电子证照标识（GB/T 36904）"`
	TypeName   string               `json:"typeName" doc:"证照类型"`
	Number     string               `json:"number" doc:"证照编号"`
	Version    int                  `json:"version" doc:"版本"`
	Issuer     string               `json:"issuer" doc:"发证机关"`
	Holder     string               `json:"holder" doc:"持证主体"`
	Issued     calendar.Day         `json:"issued" doc:"发证日期"`
	Validity   string               `json:"validity" doc:"有效期"`
	State      certificates.State   `json:"state" doc:"状态"`
	StateName  string               `json:"stateName" doc:"状态的名称"`
	Face       []certificates.Entry `json:"face" doc:"照面"`
	Case       string               `json:"case,omitempty" doc:"由哪个办件发出"`
	Address    string               `json:"address" doc:"核验网址"`
}

func (a *API) certificateOf(c *certificates.Certificate) certificateView {
	state := c.Standing(calendar.DayOf(a.Now()))
	return certificateView{c.Identifier, c.TypeName, c.Number, c.Version, c.Issuer.Name, c.Holder.Name, c.Issued, c.Validity(), state, state.String(), some(c.Face), c.Case, c.Address}
}

type listCertificatesInput struct {
	After string `query:"after" maxLength:"100" doc:"上一页返回的 next"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"50" doc:"每页多少条"`
}

func (a *API) listCertificates(ctx context.Context, by identity.Actor, in *listCertificatesInput) (list[certificateView], error) {
	if by.Party == "" {
		return list[certificateView]{Items: []certificateView{}}, nil
	}
	var after *certificates.Certificate
	if in.After != "" {
		var err error
		if after, err = a.Certificates.Certificate(ctx, in.After, by); err != nil {
			return list[certificateView]{}, badCursor()
		}
	}
	all, err := a.Certificates.OfHolder(ctx, by.Party, after, in.Limit, by)
	return paged(all, a.certificateOf, in.Limit, func(c *certificates.Certificate) string { return c.Identifier }), err
}

// OfCertificate names the certificate that an operation is about.
type OfCertificate struct {
	Identifier string `path:"identifier" maxLength:"100" doc:"电子证照标识"`
}

func (a *API) certificate(ctx context.Context, by identity.Actor, in *OfCertificate) (certificateView, error) {
	c, err := a.Certificates.Certificate(ctx, in.Identifier, by)
	if err != nil {
		return certificateView{}, err
	}
	return a.certificateOf(c), nil
}

type certificateFileInput struct {
	OfCertificate
	As string `query:"as" enum:"ofd,json" default:"ofd" doc:"文件格式"`
}

func (a *API) certificateFile(ctx context.Context, by identity.Actor, in *certificateFileInput) (func(http.ResponseWriter, *http.Request), error) {
	make, kind := a.Certificates.OFD, "application/ofd"
	if in.As == "json" {
		make, kind = a.Certificates.JSON, "application/json"
	}
	file, name, err := make(ctx, in.Identifier, by)
	if err != nil {
		return nil, err
	}
	return attachment(file, name, kind), nil
}

// report is what a verification found, step by step.
type report struct {
	Verdict seals.Verdict `json:"verdict" doc:"genuine 真实有效；其余见 say"`
	Say     string        `json:"say" doc:"结论"`
	Title   string        `json:"title,omitempty" doc:"核验的是什么"`
	Steps   []stepView    `json:"steps" doc:"逐项核验的结果"`
	At      time.Time     `json:"at" doc:"核验时间"`
	Use     string        `json:"use,omitempty" doc:"承诺以后达到条件的：什么时候可以经营"`
}

type stepView struct {
	Name    string        `json:"name" doc:"核验项"`
	Outcome seals.Outcome `json:"outcome" doc:"结果"`
	Say     string        `json:"say" doc:"说明"`
}

func (a *API) reported(r seals.Report) report {
	v := report{Verdict: r.Verdict(), Say: r.Say(), Title: r.Title, Steps: []stepView{}, At: a.Now()}
	for _, s := range r.Steps {
		v.Steps = append(v.Steps, stepView{s.Name, s.Outcome, s.Say})
	}
	return v
}

func (a *API) verify(ctx context.Context, _ identity.Actor, in *OfCertificate) (report, error) {
	r, err := a.Certificates.Verify(ctx, in.Identifier)
	if err != nil {
		return report{}, err
	}
	public, err := a.Certificates.Look(ctx, in.Identifier)
	if err != nil {
		return report{}, err
	}
	v := a.reported(r)
	v.Use, err = a.Cases.MeetSays(ctx, cases.ID(public.Case))
	return v, err
}

// mostFile is the largest certificate file that is looked at, in bytes.
const mostFile = 10 << 20

func (a *API) verifyFile(ctx context.Context, _ identity.Actor, in *sent) (report, error) {
	data, err := io.ReadAll(io.LimitReader(in.body, mostFile+1))
	switch {
	case err != nil:
		return report{}, fault.New(fault.Invalid, "api.body.broken", "文件没有收完整，请重新上传")
	case len(data) > mostFile:
		return report{}, fault.New(fault.TooLarge, "api.file.size", "证照文件不超过 %d MB", mostFile>>20)
	case len(data) == 0:
		return report{}, fault.New(fault.Invalid, "blob.empty", "文件是空的，请重新选择")
	}
	r, err := a.Certificates.VerifyFile(ctx, data)
	if err != nil {
		return report{}, err
	}
	return a.reported(r), nil
}
