package eep

import (
	"encoding/xml"
	"io"
	"time"

	"tongban/internal/register/archives"
)

// The names of what every package has in it.
const (
	Description = "基本信息描述.xml"
	Seal        = "基本信息描述.签章.dat" // SES_Signature (GB/T 38540-2020) of the description
	Facts       = "03办理过程/记录.json"
	Record      = "03办理过程/重演.json"
	Proof       = "05证明/存证凭据.json"
)

// format names the form of a description.
const format = "tongban-eep/1"

// The folders, after annex B of GB/T 42727-2023.
const (
	Handed      = "01申请材料"
	Papers      = "02文书"
	Certificate = "04结果"
)

// A File is one that goes into the package.
type File struct {
	Folder string // Handed, Papers or Certificate
	Title  string // what it is: the material, the title of the paper
	Name   string // as it was handed in, or given
	Open   func() (io.ReadCloser, error)
}

// A Step is one thing that happened, for people: the facts say all of it.
type Step struct {
	No   int64     `xml:"序号,attr"`
	At   time.Time `xml:"时间,attr"`
	Act  string    `xml:"行为"`
	By   string    `xml:"办理者,omitempty"`
	Says string    `xml:"意见,omitempty"`
}

// Parcel is all that is to be handed over.
type Parcel struct {
	Platform string // 系统名称
	Made     time.Time
	Package  archives.Package
	Code     string // implementation code of the item
	Files    []File
	Steps    []Step
	Record   []byte // what automatic decisions are reckoned from again
	Proof    []byte // of the fact that the case was archived; nil before its day is sealed

	// Stamp seals the description for the agency: it signs its SM3.
	Stamp func(digest []byte) ([]byte, error)
}

// Described is the description of a package (DA/T 46-2009, DA/T 48-2009).
type Described struct {
	XMLName  xml.Name  `xml:"电子文件封装包"`
	Format   string    `xml:"版本,attr"`
	Platform string    `xml:"封装包元数据>系统名称"`
	Made     time.Time `xml:"封装包元数据>封装时间"`
	Digests  string    `xml:"封装包元数据>摘要算法"`

	Level   string    `xml:"元数据>聚合层次"`
	Number  string    `xml:"元数据>档号"`
	Version int64     `xml:"元数据>版本"`
	Title   string    `xml:"元数据>题名"`
	Author  string    `xml:"元数据>责任者"`
	Agency  string    `xml:"元数据>机构"`
	Year    int       `xml:"元数据>年度"`
	Keep    string    `xml:"元数据>保管期限"`
	Item    string    `xml:"元数据>事项"`
	Code    string    `xml:"元数据>实施编码,omitempty"`
	Edition int       `xml:"元数据>清单版次"`
	About   string    `xml:"元数据>办件编号"`
	Holder  string    `xml:"元数据>当事人"`
	Opened  time.Time `xml:"元数据>收件时间"`
	Closed  time.Time `xml:"元数据>办结时间"`
	Result  string    `xml:"元数据>结果"`

	Digest string             `xml:"归档信息包>摘要"`
	Prev   string             `xml:"归档信息包>前一件摘要,omitempty"`
	Tested []archives.Finding `xml:"归档信息包>四性检测"`

	Steps []Step  `xml:"办理过程>行为记录"`
	Files []Entry `xml:"文件目录>文件"`
}

// An Entry is a file as the description lists it.
type Entry struct {
	Path   string `xml:"路径,attr"`
	Title  string `xml:"题名"`
	Size   int64  `xml:"字节"`
	Digest string `xml:"摘要"`
}

func describe(p Parcel, c archives.Content) Described {
	return Described{
		Format: format, Platform: p.Platform, Made: p.Made, Digests: "SM3",
		Level: c.Level, Number: p.Package.Number, Version: p.Package.Version, Title: c.Title, Author: c.Author, Agency: c.Agency,
		Year: p.Package.Year, Keep: c.Keep.Han(), Item: c.Item, Code: p.Code, Edition: c.Edition, About: c.About, Holder: c.Holder,
		Opened: c.Opened, Closed: c.Closed, Result: c.Result,
		Digest: p.Package.Digest, Prev: p.Package.Prev, Tested: c.Findings, Steps: p.Steps,
	}
}
