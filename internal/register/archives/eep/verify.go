package eep

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/emmansun/gmsm/sm3"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/witness"
	"tongban/internal/register/archives"
	"tongban/internal/register/seals"
)

// mostText is how large the description, the facts and the proof may be, unpacked.
const mostText = 64 << 20

// Is reports whether a ZIP is a package of ours.
func Is(z *zip.Reader) bool {
	return slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == Description })
}

// Anchors are what a package is held against that did not come with it.
type Anchors struct {
	Roots     *seals.Roots                                     // of the city, for the seal; nil: not at hand
	Published func(claimed witness.Root) (witness.Root, error) // the root of a day as it was noted down; nil: not at hand
}

// Verify checks a package without asking anyone: that everything listed is there and
// as it was summed up, that the facts hold together, that the files are those which the
// facts speak of, that the agency's seal is on the description, and that the published
// root proves it was archived so.
func Verify(z *zip.Reader, by Anchors) (report seals.Report) {
	report.Signed = true
	about, err := read(z)
	if err != nil {
		report.Fail("打开封装包", err.Error())
		return report
	}
	report.Title = about.Title
	report.Tell("档号", fmt.Sprintf("%s，第%d版", about.Number, about.Version))
	report.Tell("保管期限", about.Keep)
	note := func(name string, err error, good string) bool {
		if err != nil {
			report.Fail(name, err.Error())
			return false
		}
		report.Pass(name, good)
		return true
	}
	note("文件目录", listed(z, about), fmt.Sprintf("%d个文件都在，大小和SM3摘要相符，没有目录以外的文件", len(about.Files)))
	content, err := packed(z, about)
	if note("归档信息包", err, fmt.Sprintf("与归档时的摘要相符，%d条记录首尾相接", len(content.Facts))) {
		note("材料和文书", held(about, content), "记录所说的材料、文书都在包里，内容没有改动")
	}
	stamped(z, by.Roots, &report)
	proven(z, about, by.Published, &report)
	return report
}

func read(z *zip.Reader) (about Described, err error) {
	text, err := entry(z, Description)
	if err != nil {
		return about, errors.New("不是本平台的归档封装包")
	}
	if err := xml.Unmarshal(text, &about); err != nil || about.Format != format {
		return about, errors.New("基本信息描述读不出，或者不是这个程序认得的版本")
	}
	return about, nil
}

// entry reads a text of the package.
func entry(z *zip.Reader, name string) ([]byte, error) {
	f, err := z.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostText+1))
	if err == nil && len(text) > mostText {
		err = fmt.Errorf("%s 太大", name)
	}
	return text, err
}

// listed holds each file of the package against its list.
func listed(z *zip.Reader, about Described) error {
	rest := map[string]*zip.File{}
	for _, f := range z.File {
		if _, twice := rest[f.Name]; twice {
			return fmt.Errorf("%s 有两个", f.Name)
		}
		rest[f.Name] = f
	}
	delete(rest, Description)
	delete(rest, Seal)
	for _, e := range about.Files {
		f := rest[e.Path]
		if f == nil {
			return fmt.Errorf("缺少 %s", e.Path)
		}
		delete(rest, e.Path)
		if err := same(f, e); err != nil {
			return err
		}
	}
	for name := range rest {
		return fmt.Errorf("多出目录里没有的 %s", name)
	}
	return nil
}

func same(f *zip.File, e Entry) error {
	content, err := f.Open()
	if err != nil {
		return fmt.Errorf("%s 打不开", e.Path)
	}
	defer content.Close()
	sum := sm3.New()
	n, err := io.Copy(sum, io.LimitReader(content, e.Size+1))
	if err != nil || n != e.Size || hex.EncodeToString(sum.Sum(nil)) != e.Digest {
		return fmt.Errorf("%s 与目录所记的大小或者摘要不符", e.Path)
	}
	return nil
}

// packed opens what the shelf kept: its digest, the four properties it was taken in
// with, looked at again, and that the description says the same.
func packed(z *zip.Reader, about Described) (c archives.Content, err error) {
	text, err := entry(z, Facts)
	if err != nil {
		return c, fmt.Errorf("缺少 %s", Facts)
	}
	if archives.Digest(text) != about.Digest {
		return c, errors.New("全部记录与归档时的摘要不符")
	}
	if err := json.Unmarshal(text, &c); err != nil {
		return c, errors.New("全部记录读不出")
	}
	if bad := archives.Refused(c.Check(nil)); bad != "" {
		return c, errors.New(bad)
	}
	if !about.says(c) {
		return c, errors.New("基本信息描述与归档信息包所记的不同")
	}
	return c, nil
}

// says reports whether a description says what the content does.
func (d Described) says(c archives.Content) bool {
	again := describe(Parcel{Platform: d.Platform, Made: d.Made, Code: d.Code, Steps: d.Steps,
		Package: archives.Package{Number: d.Number, Version: d.Version, Year: d.Year, Digest: d.Digest, Prev: d.Prev}}, c)
	again.Files = d.Files
	one, err := xml.Marshal(d)
	other, err2 := xml.Marshal(again)
	return err == nil && err2 == nil && bytes.Equal(one, other)
}

// stamped checks the seal on the description.
func stamped(z *zip.Reader, roots *seals.Roots, report *seals.Report) {
	text, err := entry(z, Description)
	sealed, none := entry(z, Seal)
	if err != nil || none != nil {
		report.Fail("签章", "缺少 "+Seal)
		return
	}
	if roots == nil {
		report.Leave("签章", "没有给出城市根证书，未核对签章；用 --root 给出")
		return
	}
	sum := sm3.Sum(text)
	roots.Verify(sealed, sum[:], report)
}

// held: each file that was handed in or made is in the package as it was, and so many
// papers as were given.
func held(about Described, c archives.Content) error {
	digests, papers := map[string]bool{}, 0
	for _, e := range about.Files {
		digests[e.Digest] = true
		if strings.HasPrefix(e.Path, Papers+"/") {
			papers++
		}
	}
	for _, f := range c.Files {
		if !digests[f.Hash] {
			return fmt.Errorf("缺少“%s”的文件“%s”，或者它被改动过", f.Of, f.Name)
		}
	}
	if papers != len(c.Papers) {
		return fmt.Errorf("应有%d份文书，包里有%d份", len(c.Papers), papers)
	}
	return nil
}

// archivedFact is what of the fact that a case was archived leads to the package.
type archivedFact struct {
	Archived *struct {
		Number  string `json:"number"`
		Version int64  `json:"version"`
		Digest  string `json:"digest"`
	} `json:"archived"`
}

func proven(z *zip.Reader, about Described, published func(witness.Root) (witness.Root, error), report *seals.Report) {
	const step = "每日总根"
	text, err := entry(z, Proof)
	if err != nil {
		report.Leave(step, "打包时当天的总根还没有公布，包里没有存证凭据")
		return
	}
	proof, err := witness.ReadProof(text)
	if err != nil {
		report.Fail(step, "存证凭据读不出")
		return
	}
	var fact archivedFact
	if proof.Fact == nil || json.Unmarshal([]byte(proof.Fact.Body), &fact) != nil || fact.Archived == nil || fact.Archived.Digest != about.Digest || fact.Archived.Number != about.Number {
		report.Fail(step, "存证凭据证明的不是这一件的归档")
		return
	}
	if published == nil {
		report.Leave(step, "没有给出公布的总根，未核对；用 --roots 或者 --day 给出")
		return
	}
	root, err := published(proof.Root)
	if err != nil {
		report.Leave(step, err.Error())
		return
	}
	if err := proof.Check(root); err != nil {
		report.Fail(step, fault.Say(err))
		return
	}
	report.Pass(step, "归档时的摘要已被"+root.Day+"公布的总根证明")
}

// Say is what a report on a package comes to.
func Say(r seals.Report) string {
	switch r.Verdict() {
	case seals.Genuine:
		return "核验通过：封装包完整，内容没有改动"
	case seals.Untrusted:
		return "内容没有发现改动，但有事项没有核对，见上"
	}
	return "核验不通过：封装包被改动过，或者不完整"
}
