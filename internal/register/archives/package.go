package archives

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// format names the form of a package's content.
const format = "tongban-archive/1"

// A Keep is how long a package is to be kept (保管期限).
type Keep string

// The terms (GB/T 18894-2016).
const (
	Forever Keep = "Y"   // 永久
	Thirty  Keep = "D30" // 定期30年
	Ten     Keep = "D10" // 定期10年
)

// Han is the term in the words of the field.
func (k Keep) Han() string {
	return map[Keep]string{Forever: "永久", Thirty: "定期30年", Ten: "定期10年"}[k]
}

// Content is what a package holds: the metadata (DA/T 46-2009, as far as an
// electronic case has them), and everything that the case is proven by.
type Content struct {
	Format   string         `json:"format"`
	Level    string         `json:"level"`  // 聚合层次
	About    string         `json:"about"`  // 办件编号
	Title    string         `json:"title"`  // 题名: applicant, item, result
	Author   string         `json:"author"` // 责任者: the agency that decided
	Agency   string         `json:"agency"`
	Item     string         `json:"item"`
	Edition  int            `json:"edition"`
	Holder   string         `json:"holder"` // 当事人
	Opened   time.Time      `json:"opened"`
	Closed   time.Time      `json:"closed"`
	Result   string         `json:"result"`
	Keep     Keep           `json:"keep"`
	Digests  string         `json:"digests"` // what files and facts are summed up by
	Head     event.Head     `json:"head"`    // where the facts end
	Facts    []event.Record `json:"facts"`
	Papers   []Paper        `json:"papers,omitempty"`
	Files    []File         `json:"files,omitempty"`
	Findings []Finding      `json:"findings"` // of the four properties, when it was taken in
}

// A Paper is one that was given (文书), with its number; what it says is made
// again from the facts.
type Paper struct {
	Kind   string `json:"kind"`
	Title  string `json:"title"`
	Seq    int64  `json:"seq"` // fact that gave it
	Year   int    `json:"year,omitempty"`
	Serial int    `json:"serial,omitempty"`
}

// A File is one that was handed in or made. It stays among the files of the
// platform under its digest (外部存储, 只存摘要).
type File struct {
	Of   string `json:"of"` // material, evidence, receipt
	Name string `json:"name"`
	Type string `json:"type"` // blob.Type
	Size int64  `json:"size"`
	Hash string `json:"hash"` // SM3
}

// A Package is a content as it is kept.
type Package struct {
	ID      string // of the thing, such as a case
	Version int64
	Number  string // 档号
	About   string
	Title   string
	Agency  string
	Year    int
	Keep    Keep
	Serial  int64 // 件号 within the series
	Made    time.Time
	Size    int64  // bytes of the content, not packed
	Digest  string // SM3 of the content
	Prev    string // digest of the package before it in the series; "" for the first
	Packed  string // the content, deflated, in base64
}

// Pack makes a content the one text that is summed up and kept. Its package has no
// number yet.
func Pack(c Content) (Package, error) {
	c.Format = format
	text, err := json.Marshal(c)
	if err != nil {
		return Package{}, fmt.Errorf("write package: %w", err)
	}
	p := Package{About: c.About, Title: c.Title, Agency: c.Agency, Year: calendar.DayOf(c.Closed).Year(), Keep: c.Keep, Size: int64(len(text)), Digest: Digest(text)}
	p.Packed, err = Deflate(string(text))
	return p, err
}

// Digest is the SM3 of a content.
func Digest(text []byte) string {
	sum := sm3.Sum(text)
	return hex.EncodeToString(sum[:])
}

// Text is the content as it was summed up. Fault: archives.digest when it is not
// what was taken in.
func (p Package) Text() ([]byte, error) {
	text, err := Inflate(p.Packed)
	if err != nil || Digest([]byte(text)) != p.Digest || int64(len(text)) != p.Size {
		return nil, fault.New(fault.Conflict, "archives.digest", "档案%s的内容与归档时的摘要不符", p.Number)
	}
	return []byte(text), nil
}

// Open is the content, after its digest was checked.
func (p Package) Open() (c Content, err error) {
	text, err := p.Text()
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	return c, err
}

// deflaters are at hand, for a new one takes more than a megabyte.
var deflaters = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(io.Discard, flate.DefaultCompression) // a level that there is
	return w
}}

// Deflate makes a text small and fit for a column of text.
func Deflate(text string) (string, error) {
	var b bytes.Buffer
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&b)
	if _, err := io.WriteString(w, text); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.RawStdEncoding.EncodeToString(b.Bytes()), nil
}

// Inflate is the text that Deflate made small.
func Inflate(packed string) (string, error) {
	raw, err := base64.RawStdEncoding.DecodeString(packed)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(flate.NewReader(bytes.NewReader(raw)))
	return string(text), err
}
