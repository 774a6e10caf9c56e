package app

import (
	"bytes"
	"context"
	"encoding/json"
	"io"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/register/archives/eep"
	"tongban/internal/register/seals"
)

// HandOver writes an archived case as one file that is checked without the platform
// (归档信息包移交), sealed by the agency that decided. Faults are those of
// cases.Service.Package, and seals.none.
func (a *App) HandOver(ctx context.Context, w io.Writer, id cases.ID, by identity.Actor) error {
	parcel, err := a.parcel(ctx, id, by)
	if err != nil {
		return err
	}
	return eep.Write(w, parcel)
}

func (a *App) parcel(ctx context.Context, id cases.ID, by identity.Actor) (p eep.Parcel, err error) {
	p = eep.Parcel{Platform: a.City + "一体化政务服务平台", Made: a.Now()}
	if p.Package, err = a.Cases.Package(ctx, id, by); err != nil {
		return p, err
	}
	c, err := a.Cases.Case(ctx, id, by)
	if err != nil {
		return p, err
	}
	if c.Archived == nil || c.Archived.Digest != p.Package.Digest {
		return p, fault.New(fault.Conflict, "archives.moving", "办件%s正在依法变动，办完再归档后才能移交", c.Number)
	}
	frame, err := a.Cases.Frame(ctx, c)
	if err != nil {
		return p, err
	}
	p.Code = frame.Edition.Codes.Implementation
	for _, fill := range []func(context.Context, *eep.Parcel, *cases.Case, identity.Actor) error{a.parcelFiles, a.parcelPapers, a.parcelResult, a.parcelSteps, a.parcelProof} {
		if err := fill(ctx, &p, c, by); err != nil {
			return p, err
		}
	}
	p.Stamp, err = a.stampFor(ctx, c, by)
	return p, err
}

// parcelFiles adds what was handed in, and what was made meanwhile.
func (a *App) parcelFiles(ctx context.Context, p *eep.Parcel, _ *cases.Case, _ identity.Actor) error {
	content, err := p.Package.Open()
	for _, f := range content.Files {
		p.Files = append(p.Files, eep.File{Folder: eep.Handed, Title: f.Of, Name: f.Name, Open: func() (io.ReadCloser, error) { return a.Files.Open(ctx, f.Hash) }})
	}
	return err
}

// parcelPapers adds the papers that were given, as their holders have them.
func (a *App) parcelPapers(ctx context.Context, p *eep.Parcel, c *cases.Case, by identity.Actor) error {
	press := a.press()
	for _, paper := range c.Papers {
		sheet, err := a.Cases.PaperOf(ctx, c.ID, paper.Kind, paper.Seq, by)
		if err != nil {
			return err
		}
		file, err := press.Sheet(ctx, sheet)
		if err != nil {
			return err
		}
		p.Files = append(p.Files, made(eep.Papers, sheet.Title+sheet.Number, sheet.Title+".pdf", file))
	}
	return nil
}

// parcelResult adds the certificate, if there is one.
func (a *App) parcelResult(ctx context.Context, p *eep.Parcel, c *cases.Case, _ identity.Actor) error {
	identifier, err := a.Issuance.Store.Issued(ctx, c.ID)
	if err != nil || identifier == "" {
		return err
	}
	file, name, err := a.Certificates.OFD(ctx, identifier, identity.TheSystem)
	if err == nil {
		p.Files = append(p.Files, made(eep.Certificate, "电子证照"+identifier, name, file))
	}
	return err
}

func made(folder, title, name string, content []byte) eep.File {
	return eep.File{Folder: folder, Title: title, Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}

// parcelSteps adds what happened, and what automatic decisions are reckoned from.
func (a *App) parcelSteps(ctx context.Context, p *eep.Parcel, c *cases.Case, by identity.Actor) error {
	list, err := a.Cases.History(ctx, c.ID, by)
	if err != nil {
		return err
	}
	for _, e := range list {
		p.Steps = append(p.Steps, eep.Step{No: e.Seq, At: e.At, Act: cases.MoveOf(e.Act).Name, By: e.By.Name, Says: e.Reason})
	}
	record, err := a.Cases.Record(ctx, c.Number, identity.TheSystem)
	if err == nil {
		p.Record, err = json.Marshal(record)
	}
	return err
}

// parcelProof adds what leads from the archived fact to the root of its day, once
// that day is over.
func (a *App) parcelProof(ctx context.Context, p *eep.Parcel, c *cases.Case, _ identity.Actor) error {
	proof, err := a.Witness.Prove(ctx, c.ID.Stream(), c.Head.Seq, true)
	if fault.Of(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	proof.About = c.Number
	p.Proof, err = json.Marshal(proof)
	return err
}

// stampFor is how the agency of a case seals a package, with its own seal or the one
// for decisions; each use is logged.
func (a *App) stampFor(ctx context.Context, c *cases.Case, by identity.Actor) (func([]byte) ([]byte, error), error) {
	seal, err := a.Seals.Usable(ctx, c.Agency, seals.Official)
	if fault.Code(err) == "seals.none" {
		seal, err = a.Seals.Usable(ctx, c.Agency, seals.Certificate)
	}
	if err != nil {
		return nil, err
	}
	return func(digest []byte) ([]byte, error) {
		var b sqldb.Batch
		use := seals.Use{Document: c.Archived.Number, Item: string(c.Item), Case: c.Number, At: a.Now()}
		sealing, err := a.Seals.Stamp(ctx, &b, seal.ID, digest, "description.xml", use, by)
		if err != nil {
			return nil, err
		}
		if err := a.DB.Commit(ctx, &b); err != nil {
			return nil, err
		}
		return sealing.Bytes(seal)
	}, nil
}
