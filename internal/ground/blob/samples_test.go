package blob

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
)

// zipped is a zip with files of those names, as the Java and Office writers make it.
func zipped(method uint16, names ...string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		name, body, _ := strings.Cut(name, "=")
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = f.Write([]byte(body))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// cfb is an old Office file whose directory, in its third sector, names stream.
func cfb(stream string) []byte {
	b := make([]byte, 512*200)
	copy(b, cfbMagic)
	b[30] = 9
	binary.LittleEndian.PutUint32(b[48:], 150) // far behind the head
	copy(b[151*512:], utf16(stream))
	return b
}

func picture(encode func(*bytes.Buffer, image.Image) error) []byte {
	var out bytes.Buffer
	if err := encode(&out, image.NewGray(image.Rect(0, 0, 8, 6))); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func pngBytes() []byte {
	return picture(func(b *bytes.Buffer, m image.Image) error { return png.Encode(b, m) })
}
func jpegBytes() []byte {
	return picture(func(b *bytes.Buffer, m image.Image) error { return jpeg.Encode(b, m, nil) })
}
func gifBytes() []byte {
	return picture(func(b *bytes.Buffer, m image.Image) error { return gif.Encode(b, m, nil) })
}

func bmpBytes() []byte {
	b := make([]byte, 60)
	copy(b, "BM")
	binary.LittleEndian.PutUint32(b[14:], 40)
	binary.LittleEndian.PutUint32(b[18:], 8)
	binary.LittleEndian.PutUint32(b[22:], 0xfffffffa) // -6: top down
	return b
}

func tiffBytes(order binary.ByteOrder, mark string) []byte {
	b := make([]byte, 8+2+24)
	copy(b, mark)
	order.PutUint32(b[4:], 8)
	order.PutUint16(b[8:], 2)
	for i, tag := range []struct{ id, kind, value uint16 }{{256, 3, 8}, {257, 4, 6}} {
		e := b[10+12*i:]
		order.PutUint16(e, tag.id)
		order.PutUint16(e[2:], tag.kind)
		if tag.kind == 3 {
			order.PutUint16(e[8:], tag.value)
		} else {
			order.PutUint32(e[8:], uint32(tag.value))
		}
	}
	return b
}

func webpBytes() []byte {
	b := append([]byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00"), 7, 0, 0, 5, 0, 0)
	return append(b, make([]byte, 10)...)
}

func heicBytes() []byte {
	b := []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic\x00\x00\x00\x14ispe\x00\x00\x00\x00")
	return append(b, 0, 0, 0, 8, 0, 0, 0, 6)
}

// samples is a file of every type that can be told.
var samples = []struct {
	name string
	is   Type
	body []byte
}{
	{"申请表.pdf", PDF, []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")},
	{"marked.pdf", PDF, []byte("\xef\xbb\xbf%PDF-1.4\n")},
	{"a.jpg", JPEG, jpegBytes()},
	{"a.png", PNG, pngBytes()},
	{"a.gif", GIF, gifBytes()},
	{"a.webp", WebP, webpBytes()},
	{"a.heic", HEIC, heicBytes()},
	{"a.tif", TIFF, tiffBytes(binary.LittleEndian, "II*\x00")},
	{"b.tiff", TIFF, tiffBytes(binary.BigEndian, "MM\x00*")},
	{"a.bmp", BMP, bmpBytes()},
	{"证照.ofd", OFD, zipped(zip.Deflate, "OFD.xml=<ofd/>", "Doc_0/Document.xml=x")},
	{"stored.ofd", OFD, zipped(zip.Store, "Doc_0/Document.xml="+strings.Repeat("x", 3*HeadSize), "OFD.xml=<ofd/>")},
	{"a.docx", DOCX, zipped(zip.Deflate, "[Content_Types].xml=x", "_rels/.rels=x", "word/document.xml=x")},
	{"late.docx", DOCX, zipped(zip.Store, "docProps/thumb="+strings.Repeat("x", 3*HeadSize), "word/document.xml=x", "[Content_Types].xml=x")},
	{"a.xlsx", XLSX, zipped(zip.Deflate, "[Content_Types].xml=x", "xl/workbook.xml=x")},
	{"a.pptx", PPTX, zipped(zip.Deflate, "[Content_Types].xml=x", "ppt/presentation.xml=x")},
	{"a.zip", Zip, zipped(zip.Deflate, "a.txt=x", "word/no.xml=x")},
	{"holds an ofd.zip", Zip, zipped(zip.Store, "inner.ofd="+string(zipped(zip.Store, "OFD.xml=<ofd/>")))},
	{"a.doc", DOC, cfb("WordDocument")},
	{"a.wps", DOC, cfb("WordDocument")},
	{"a.xls", XLS, cfb("Workbook")},
	{"old.xls", XLS, cfb("Book")},
	{"a.ppt", PPT, cfb("PowerPoint Document")},
	{"locked.docx", CFB, cfb("EncryptedPackage")},
	{"a.rar", RAR, []byte("Rar!\x1a\x07\x01\x00")},
	{"a.7z", SevenZ, []byte("7z\xbc\xaf\x27\x1c\x00\x04")},
	{"a.mp4", MP4, []byte("\x00\x00\x00\x20ftypisom\x00\x00\x02\x00")},
	{"a.dwg", DWG, []byte("AC1032\x00\x00\x00\x00")},
	{"a.exe", Program, []byte("MZ\x90\x00\x03\x00\x00\x00")},
	{"a.sh", Program, []byte("#!/bin/sh\n")},
	{"a.so", Program, []byte("\x7fELF\x02\x01\x01")},
	{"a.html", HTML, []byte("  <!DOCTYPE html><p>")},
	{"a.svg", HTML, []byte(`<?xml version="1.0"?><svg onload="x()">`)},
	{"utf8.txt", Text, []byte("徐州市政务服务")},
	{"gbk.txt", Text, []byte("\xd0\xec\xd6\xdd\xca\xd0\r\n")},
	{"utf16.txt", Text, []byte("\xff\xfe\x10\x5f")},
	{"a.csv", Text, []byte("AC10,1\nBM,2")},
	{"mz.txt", Text, []byte("MZ 民政")},
}

// withSum sets right the check sum of a PNG's first chunk.
func withSum(b []byte) []byte {
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}
