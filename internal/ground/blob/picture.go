package blob

import (
	"bytes"
	"encoding/binary"
	"image"
	_ "image/gif"  // to read the size of
	_ "image/jpeg" // to read the size of
	_ "image/png"  // to read the size of
	"io"

	"tongban/internal/ground/fault"
)

// MostPixels is how many dots a picture may have where a Limit does not say:
// an A0 sheet scanned at 300 dpi has 140 million.
const MostPixels = 200_000_000

// mostSide is how wide or high a picture may be, in dots.
const mostSide = 65_500

// checkPicture refuses a picture that would fill the memory of whoever opens
// it, or whose size cannot be told.
func checkPicture(f io.ReaderAt, ref Ref, limit Limit) error {
	width, height := dimensions(f, ref)
	most := limit.Pixels
	if most <= 0 {
		most = MostPixels
	}
	switch {
	case width <= 0 || height <= 0:
		return fault.New(fault.Invalid, "blob.image", "图片%s已损坏，无法打开，请重新拍摄或扫描后上传", quoted(limit.Name))
	case width > mostSide || height > mostSide || width*height > most:
		return fault.New(fault.TooLarge, "blob.image", "图片%s有 %d×%d 像素，超过了限度，请缩小后再上传", quoted(limit.Name), width, height)
	}
	return nil
}

// dimensions reads a picture's width and height, in dots, without opening the
// picture itself; zero if they are not there.
func dimensions(f io.ReaderAt, ref Ref) (width, height int64) {
	head, err := part(f, 0, HeadSize)
	if err != nil {
		return 0, 0
	}
	switch ref.Type {
	case WebP:
		return webp(head)
	case BMP:
		return bmp(head)
	case TIFF:
		return tiff(f, head)
	case HEIC:
		return heic(head)
	}
	config, _, err := image.DecodeConfig(io.NewSectionReader(f, 0, ref.Size))
	if err != nil {
		return 0, 0
	}
	return int64(config.Width), int64(config.Height)
}

// webp reads the three kinds of first chunk of RFC 9649.
func webp(head []byte) (width, height int64) {
	if len(head) < 30 {
		return 0, 0
	}
	le := binary.LittleEndian
	switch string(head[12:16]) {
	case "VP8 ":
		return int64(le.Uint16(head[26:]) & 0x3fff), int64(le.Uint16(head[28:]) & 0x3fff)
	case "VP8L":
		bits := le.Uint32(head[21:])
		return int64(bits&0x3fff) + 1, int64(bits>>14&0x3fff) + 1
	case "VP8X":
		return int64(le.Uint32(head[24:])&0xffffff) + 1, int64(le.Uint32(head[26:])>>8) + 1
	}
	return 0, 0
}

func bmp(head []byte) (width, height int64) {
	if len(head) < 26 {
		return 0, 0
	}
	le := binary.LittleEndian
	if le.Uint32(head[14:]) == 12 { // the oldest header
		return int64(le.Uint16(head[18:])), int64(le.Uint16(head[20:]))
	}
	width, height = int64(int32(le.Uint32(head[18:]))), int64(int32(le.Uint32(head[22:])))
	return width, max(height, -height) // negative: stored top down
}

// tiff reads tags 256 and 257 of the first directory.
func tiff(f io.ReaderAt, head []byte) (width, height int64) {
	if len(head) < 8 {
		return 0, 0
	}
	var order binary.ByteOrder = binary.LittleEndian
	if head[0] == 'M' {
		order = binary.BigEndian
	}
	directory := make([]byte, 2+12*64)
	n, _ := f.ReadAt(directory, int64(order.Uint32(head[4:]))) // a short read shows as missing tags
	if n < 2 {
		return 0, 0
	}
	entries := directory[2:n]
	for range min(int(order.Uint16(directory)), len(entries)/12) {
		value := int64(order.Uint32(entries[8:]))
		if order.Uint16(entries[2:]) == 3 { // SHORT
			value = int64(order.Uint16(entries[8:]))
		}
		switch order.Uint16(entries) {
		case 256:
			width = value
		case 257:
			height = value
		}
		entries = entries[12:]
	}
	return width, height
}

// heic takes the largest picture that the properties speak of (ispe boxes of
// ISO/IEC 23008-12).
func heic(head []byte) (width, height int64) {
	for {
		at := bytes.Index(head, []byte("ispe"))
		if at < 0 || at+16 > len(head) {
			return width, height
		}
		head = head[at:]
		w, h := int64(binary.BigEndian.Uint32(head[8:])), int64(binary.BigEndian.Uint32(head[12:]))
		if w*h > width*height {
			width, height = w, h
		}
		head = head[16:]
	}
}
