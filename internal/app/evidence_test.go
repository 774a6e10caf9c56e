package app_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"time"
)

// shotAt is a picture that says when its camera took it, by Beijing's clock.
func shotAt(at time.Time) []byte {
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 30)), nil); err != nil {
		panic(err)
	}
	entry := func(b []byte, tag, kind uint16, n, value uint32) []byte {
		b = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(b, tag), kind)
		return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, n), value)
	}
	block := append(entry([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01"), 0x8769, 4, 1, 26), 0, 0, 0, 0)
	block = append(entry(append(block, 0, 1), 0x9003, 2, 20, 44), 0, 0, 0, 0)
	block = append(block, at.In(time.FixedZone("", 8*3600)).Format("2006:01:02 15:04:05")+"\x00"...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(2+len(block)))
	return append(append(head, block...), picture.Bytes()[2:]...)
}
